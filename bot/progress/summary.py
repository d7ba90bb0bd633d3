"""Where the plan stands: one pure function makes every number that chat, page, papers and JSON then show.

A summary names the fiscal year of its figures, which are the actual where it is known and else the forecast; the
steps and states are those of the round held in that year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.progress.amounts import Amounts, Reached, Rounding, reached
from bot.progress.figures import Line, Reports, Source, indicator_line, initiative_line, reports
from bot.progress.lags import Lag, lags
from bot.progress.scope import Scope, label_of
from bot.progress.standing import Asked, Counts, Standing, asked, counts, standings, states
from bot.self_evaluation.entry import Entry, EntryState
from bot.self_evaluation.rounds import EvaluationRound, days_of, round_on, rounds
from knowledge.fiscal_year import FiscalYear, MonthSpan
from knowledge.known import Known
from knowledge.plan import Initiative, MarkKind, Plan
from knowledge.roster import Roster

_PHASE = "自己評価"


@dataclass(frozen=True, slots=True)
class DepartmentPart:
    """A department's work in the round; `open` is what it still owes: 5-1-1, 5-1の指標."""

    id: str
    name: str
    counts: Counts
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PillarPart:
    """A pillar's work in the round and its effect amounts, in the year and up to it."""

    code: str
    title: str
    counts: Counts
    states: tuple[tuple[EntryState | None, int], ...]
    year: Reached
    cumulative: Reached


@dataclass(frozen=True, slots=True)
class Change:
    """A subject whose state is another than in the round before."""

    code: str
    title: str
    before: EntryState
    after: EntryState
    source: Source
    source_before: Source


@dataclass(frozen=True)
class Summary:
    """The progress of a scope. `year` is that of the figures, `round` names the round whose steps are counted.

    `last_day` is the round's (None where the plan gives it no month). `indicators` are all that is counted in other
    units than the effect amounts; `unassigned` are the initiatives within the scope that no department answers for.
    """

    scope: Scope
    label: str
    edition: str
    today: date
    year: FiscalYear
    round: str
    last_day: date | None
    is_sample: bool
    standings: tuple[Standing, ...]
    counts: Counts
    departments: tuple[DepartmentPart, ...]
    states: tuple[tuple[EntryState | None, int], ...]
    pillars: tuple[PillarPart, ...]
    amounts: Amounts
    indicators: tuple[Line, ...]
    lags: tuple[Lag, ...]
    changes: tuple[Change, ...]
    unassigned: tuple[str, ...]


def summarise(
    known: Known,
    roster: Roster,
    entries: Iterable[Entry],
    scope: Scope,
    fiscal_year: FiscalYear,
    today: date,
) -> Summary:
    """The progress in that fiscal year, or, in the year after the plan's last, in its last.

    `entries` may be of every round and version: the latest version of each counts. `roster` is that of the day.
    ValueError (in Japanese) for a year without a round in this plan.
    """
    one_round = _round_of(known.plan, fiscal_year)
    latest = _latest(entries)
    everything = asked(known, roster)
    found = reports(latest)
    year = min(fiscal_year, known.plan.last_year)
    inside = _initiatives(known, everything, scope)
    several = standings(known, roster, everything, _of_round(latest, one_round.name), scope)
    amounts = _amounts(known, inside, found, scope, year)
    indicators = (*_indicator_lines(known, several, found), *_count_lines(inside, found))
    last_day = _last_day(known.plan, one_round)
    is_over = last_day is not None and last_day < today
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
        departments=_departments(several),
        states=states(several),
        pillars=_pillars(known, several, amounts, year),
        amounts=amounts,
        indicators=indicators,
        lags=lags(several, lines, year, is_over),
        changes=_changes(several, _of_round(latest, one_round.year.previous.short)),
        unassigned=tuple(one.code for one in inside if not everything.answering(one)),
    )


def year_on(plan: Plan, today: date) -> FiscalYear:
    """The year of the latest round begun by that day; the plan's first before any has."""
    months = evaluation_months(plan)
    found = round_on(plan, months, today) if months else None
    return found.year if found else plan.first_year


def evaluation_months(plan: Plan) -> MonthSpan | None:
    """The months in which the plan has the departments evaluate themselves; None where it names none."""
    return next((MonthSpan(*phase.months) for phase in plan.phases if phase.name == _PHASE), None)


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


def _last_day(plan: Plan, one_round: EvaluationRound) -> date | None:
    months = evaluation_months(plan)
    return days_of(one_round, months)[1] if months else None


def _initiatives(known: Known, everything: Asked, scope: Scope) -> tuple[Initiative, ...]:
    inside = known.initiatives_in(scope.ref)
    return tuple(one for one in inside if scope.holds(everything.answering(one)))


def _amounts(
    known: Known, inside: Sequence[Initiative], found: Reports, scope: Scope, year: FiscalYear
) -> Amounts:
    plan, annotations = known.plan, known.edition.annotations
    single = known.initiative(scope.ref) is not None
    rows = [(one, one.targets) for one in inside if one.targets and one.targets.measure.is_effect_amount]
    lines = [(one, initiative_line(one, row, found)) for one, row in rows]
    counted = [pair for pair in lines if single or not annotations.excluded_from_targets(pair[0])]
    chosen = tuple(line for _, line in counted)
    codes = {one.code for one, _ in counted}
    unit = next((line.unit for _, line in lines), "千円")
    return Amounts(
        unit=unit,
        lines=chosen,
        left_out=tuple(line for one, line in lines if one.code not in codes),
        relisted=tuple(one.code for one, _ in counted if one.has(MarkKind.RELISTED)),
        roundings=_roundings(known, codes, unit),
        years=tuple((one, reached(chosen, (one,))) for one in plan.years),
        cumulative=reached(chosen, (one for one in plan.years if one <= year)),
    )


def _roundings(known: Known, codes: set[str], unit: str) -> tuple[Rounding, ...]:
    within = {item.code for item in known.plan.items for one in item.initiatives if one.code in codes}
    return tuple(
        Rounding(one.item, one.printed, one.summed, unit)
        for one in known.edition.annotations.roundings
        if one.item in within
    )


def _count_lines(inside: Sequence[Initiative], found: Reports) -> tuple[Line, ...]:
    """The initiatives' rows that count something else than money, where they count anything."""
    rows = [(one, one.targets) for one in inside if one.targets and not one.targets.measure.is_effect_amount]
    lines = [(row, initiative_line(one, row, found)) for one, row in rows]
    return tuple(line for row, line in lines if row.is_set or _is_reported(line))


def _is_reported(line: Line) -> bool:
    return any(cell.forecast or cell.actual for cell in line.cells)


def _indicator_lines(known: Known, several: Sequence[Standing], found: Reports) -> tuple[Line, ...]:
    wanted = {one.subject for one in several if not one.initiatives}
    return tuple(
        indicator_line(known.plan, item, number, indicator, found)
        for item in known.plan.items
        for number, indicator in enumerate(item.indicators, start=1)
        if f"{item.code}#{number}" in wanted
    )


def _departments(several: Sequence[Standing]) -> tuple[DepartmentPart, ...]:
    grouped: dict[str, list[Standing]] = {}
    for one in several:
        grouped.setdefault(one.department, []).append(one)
    return tuple(
        DepartmentPart(
            id,
            own[0].department_name,
            counts(own),
            tuple(dict.fromkeys(_called(one) for one in own if one.is_open)),
        )
        for id, own in grouped.items()
    )


def _called(one: Standing) -> str:
    """5-1-1; 5-1の指標 for all the indicators of an item."""
    return one.code if one.initiatives else f"{one.code}の指標"


def _pillars(
    known: Known, several: Sequence[Standing], amounts: Amounts, year: FiscalYear
) -> tuple[PillarPart, ...]:
    so_far = [one for one in known.plan.years if one <= year]
    parts = []
    for pillar in known.plan.pillars:
        codes = {one.code for one in pillar.initiatives}
        own = [one for one in several if one.pillar == pillar.code]
        lines = [line for line in amounts.lines if line.code in codes]
        if own or lines:
            parts.append(
                PillarPart(
                    pillar.code,
                    pillar.title,
                    counts(own),
                    states(own),
                    reached(lines, (year,)),
                    reached(lines, so_far),
                )
            )
    return tuple(parts)


def _changes(several: Sequence[Standing], before: Sequence[Entry]) -> tuple[Change, ...]:
    earlier = {entry.subject: entry for entry in before}
    found = []
    for one in several:
        old = earlier.get(one.subject)
        if old is not None and one.source and one.state is not None and one.state is not old.state:
            found.append(Change(one.code, one.title, old.state, one.state, one.source, Source.of(old)))
    return tuple(found)
