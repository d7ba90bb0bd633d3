"""Where the plan stands: one pure function makes every number that chat, page, papers and JSON then show.

A summary names the fiscal year of its figures, which are the actual where it is known and else the forecast; the
steps and states are those of the round held in that year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.evaluation.rounds import EvaluationRound, latest_round, rounds, term_by
from bot.progress.amounts import Amounts
from bot.progress.breakdown import DepartmentPart, PillarPart, YearChange, changes, departments, pillars
from bot.progress.lags import Lag, lags
from bot.progress.plan_rows import counted, effect_amounts
from bot.progress.reported_figures import FigureLine, reports
from bot.progress.scope import Scope, label_of
from bot.progress.submission_state import (
    Counts,
    RequestedWork,
    SubmissionState,
    asked,
    counts,
    standings,
    states,
)
from bot.progress.submissions import SubmissionCount, submissions
from bot.storage.entry import Entry, EntryState
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Initiative, Plan
from knowledge.roster.roster import Roster
from reminders.calendar import Calendar, PhaseTerm

MOST_DEADLINES = 4


@dataclass(frozen=True)
class Summary:
    """The progress of a scope. `year` is that of the figures, `round` names the round whose steps are counted.

    `last_day` is the round's, `submissions` how they came in; `deadlines` are the next ones of the whole cycle.
    `indicators` are all that is counted in other units than the effect amounts; `unassigned` are the initiatives
    within the scope that no department answers for.
    """

    scope: Scope
    label: str
    edition: str
    today: date
    year: FiscalYear
    round: str
    last_day: date
    is_sample: bool
    standings: tuple[SubmissionState, ...]
    counts: Counts
    submissions: tuple[SubmissionCount, ...]
    departments: tuple[DepartmentPart, ...]
    states: tuple[tuple[EntryState | None, int], ...]
    pillars: tuple[PillarPart, ...]
    amounts: Amounts
    indicators: tuple[FigureLine, ...]
    lags: tuple[Lag, ...]
    changes: tuple[YearChange, ...]
    deadlines: tuple[PhaseTerm, ...]
    unassigned: tuple[str, ...]

    @property
    def lines(self) -> tuple[FigureLine, ...]:
        """Every row that has figures: indicators, effect amounts, and those that the sums leave out."""
        return (*self.indicators, *self.amounts.lines, *self.amounts.left_out)


def summarise(
    known: Known,
    roster: Roster,
    entries: Iterable[Entry],
    scope: Scope,
    fiscal_year: FiscalYear,
    today: date,
    calendar: Calendar,
) -> Summary:
    """The progress in that fiscal year, or, in the year after the plan's last, in its last.

    `entries` may be of every round and version: the latest version of each counts. `roster` is that of the day.
    ValueError (in Japanese) for a year without a round in this plan; Refusal where the calendar has no days for one.
    """
    one_round = _round_of(known.plan, fiscal_year)
    opens, last_day = term_by(calendar)(one_round.year)
    latest = _latest(entries)
    everything = asked(known, roster)
    found = reports(latest)
    year = min(fiscal_year, known.plan.last_year)
    inside = _initiatives(known, everything, scope)
    several = standings(known, roster, everything, _of_round(latest, one_round.name), scope)
    amounts = effect_amounts(known, inside, found, scope, year)
    indicators = tuple(counted(known, inside, several, found))
    lines = (*amounts.lines, *amounts.left_out, *indicators)
    return Summary(
        scope=scope,
        label=label_of(scope, known, roster),
        edition=known.edition.title,
        today=today,
        year=year,
        round=one_round.name,
        last_day=last_day,
        is_sample=roster.is_sample,
        standings=several,
        counts=counts(several),
        submissions=submissions(several, opens, today),
        departments=departments(several),
        states=states(several),
        pillars=pillars(known, several, amounts, year),
        amounts=amounts,
        indicators=indicators,
        lags=lags(several, lines, year, last_day < today),
        changes=changes(several, _of_round(latest, one_round.year.previous.short)),
        deadlines=coming(calendar, known.plan, today),
        unassigned=tuple(one.code for one in inside if not everything.answering(one)),
    )


def year_on(plan: Plan, calendar: Calendar, today: date) -> FiscalYear:
    """The year of the latest round opened by that day; the plan's first before any has."""
    found = latest_round(plan, term_by(calendar), today)
    return found.year if found else plan.first_year


def coming(calendar: Calendar, plan: Plan, today: date) -> tuple[PhaseTerm, ...]:
    """What of the yearly cycle is due next, the soonest first."""
    ahead = [one for one in calendar.terms(plan.first_year, plan.last_year) if today <= one.deadline]
    return tuple(sorted(ahead, key=lambda one: one.deadline)[:MOST_DEADLINES])


def _round_of(plan: Plan, year: FiscalYear) -> EvaluationRound:
    found = {one.year: one for one in rounds(plan)}
    if year not in found:
        first, last = min(found), max(found)
        raise ValueError(f"進捗のある年度は{first.label}から{last.label}までです: {year.label}")
    return found[year]


def _latest(entries: Iterable[Entry]) -> list[Entry]:
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = (entry.round, entry.subject)
        if key not in found or found[key].version < entry.version:
            found[key] = entry
    return list(found.values())


def _of_round(entries: Sequence[Entry], name: str) -> list[Entry]:
    return [entry for entry in entries if entry.round == name]


def _initiatives(known: Known, everything: RequestedWork, scope: Scope) -> tuple[Initiative, ...]:
    inside = known.initiatives_in(scope.ref)
    return tuple(one for one in inside if scope.holds(everything.answering(one)))
