"""Who has entered what in a round: one `SubmissionState` for each thing that the round asks for, and counts of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.evaluation.open_work import EvaluationWork
from bot.progress.reported_figures import FigureSource
from bot.progress.scope import Scope
from bot.storage.entry import Entry, EntryState, SignOffStep, subject_of
from knowledge.known import Known
from knowledge.plan.plan import Initiative, code_order
from knowledge.roster.duties import all_duties
from knowledge.roster.roster import Roster
from reminders.moment import TOKYO


@dataclass(frozen=True, slots=True)
class SubmissionState:
    """One thing that is asked of a department in the round. Without an entry the last four say nothing.

    `initiatives` are the ids of the rows that it covers, `listings` their codes; `submitted_on` is the day in
    Japan on which the latest version was submitted.
    """

    department: str
    department_name: str
    subject: str
    code: str
    title: str
    pillar: str
    initiatives: tuple[str, ...]
    listings: tuple[str, ...]
    state: EntryState | None = None
    source: FigureSource | None = None
    is_late: bool = False
    submitted_on: date | None = None

    @property
    def step(self) -> SignOffStep | None:
        return self.source.step if self.source else None

    @property
    def is_open(self) -> bool:
        """Whether the department still owes it: not entered, or returned."""
        return self.step in (None, SignOffStep.RETURNED)


@dataclass(frozen=True, slots=True)
class RequestedWork:
    """All that a round asks for: each work with the ids of every department that answers for it."""

    works: tuple[tuple[EvaluationWork, frozenset[str]], ...]
    departments: Mapping[str, frozenset[str]]

    def answering(self, initiative: Initiative) -> frozenset[str]:
        """Who answers for an initiative; nobody where the roster names none."""
        return self.departments.get(initiative.id, frozenset())


def asked(known: Known, roster: Roster) -> RequestedWork:
    """What the roster of the day makes of the plan; a relisted pair stands once."""
    leading: dict[str, EvaluationWork] = {}
    answering: dict[str, set[str]] = {}
    for department, duties in all_duties(roster, known.plan).items():
        for duty in duties:
            subject = subject_of(known.plan, duty)
            if duty.leads:
                leading.setdefault(subject, EvaluationWork(department, subject, duty))
            for key in {subject, *(one.id for one in duty.initiatives)}:
                answering.setdefault(key, set()).add(department)
    whole = {key: frozenset(several) for key, several in answering.items()}
    works = sorted(leading.values(), key=lambda work: code_order(work.duty.code))
    return RequestedWork(tuple((work, whole[work.subject]) for work in works), whole)


def standings(
    known: Known, roster: Roster, everything: RequestedWork, entries: Iterable[Entry], scope: Scope
) -> tuple[SubmissionState, ...]:
    """How each work within the scope stands; `entries` are the round's latest versions."""
    codes, pillars = codes_in(known, scope), _pillars(known)
    by_subject = {entry.subject: entry for entry in entries}
    found = []
    for work, departments in everything.works:
        inside = next((code for code in work.duty.codes if code in codes), None)
        if inside is not None and scope.holds(departments):
            one = _not_entered(work, roster.name_of(work.department), inside, pillars[inside])
            entry = by_subject.get(work.subject)
            found.append(one if entry is None else _entered(one, entry))
    return tuple(found)


def _pillars(known: Known) -> dict[str, str]:
    """The pillar of each item and initiative, all by their codes."""
    return {
        code: pillar.code
        for pillar in known.plan.pillars
        for item in pillar.items
        for code in (item.code, *(one.code for one in item.initiatives))
    }


def _not_entered(work: EvaluationWork, department_name: str, code: str, pillar: str) -> SubmissionState:
    ids = tuple(one.id for one in work.duty.initiatives)
    listings = tuple(one.code for one in work.duty.initiatives)
    return SubmissionState(
        work.department, department_name, work.subject, code, work.duty.title, pillar, ids, listings
    )


def _entered(one: SubmissionState, entry: Entry) -> SubmissionState:
    return replace(
        one,
        state=entry.state,
        source=FigureSource.of(entry),
        is_late=entry.is_late,
        submitted_on=entry.submitted_at.astimezone(TOKYO).date(),
    )


def codes_in(known: Known, scope: Scope) -> frozenset[str]:
    """The codes of the initiatives and items within a part of the plan."""
    initiatives = {one.code for one in known.initiatives_in(scope.ref)}
    if known.initiative(scope.ref) is not None:
        return frozenset(initiatives)
    pillar = known.pillar(scope.ref)
    item = known.item(scope.ref)
    items = pillar.items if pillar else (item,) if item else known.plan.items
    return frozenset(initiatives | {one.code for one in items})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were asked for, and how many stand at each step; `missing` holds those without an entry."""

    total: int
    submitted: int
    confirmed: int
    accepted: int
    returned: int
    missing: int

    @property
    def done(self) -> int:
        """How many were entered and are not to be entered again."""
        return self.submitted + self.confirmed + self.accepted


def counts(several: Sequence[SubmissionState]) -> Counts:
    """The steps counted; together they are the total."""
    steps = Counter(one.step for one in several)
    return Counts(
        len(several),
        steps[SignOffStep.SUBMITTED],
        steps[SignOffStep.CONFIRMED],
        steps[SignOffStep.ACCEPTED],
        steps[SignOffStep.RETURNED],
        steps[None],
    )


def states(several: Sequence[SubmissionState]) -> tuple[tuple[EntryState | None, int], ...]:
    """How many stand at each state that occurs, in the states' own order; None: not entered."""
    found = Counter(one.state for one in several)
    return tuple((state, found[state]) for state in (*EntryState, None) if found[state])
