"""What is owed in each phase of the cycle, and by whom: the calendar joined to the roster, the entries, and what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.evaluation.open_work import EvaluationWork, all_work
from bot.storage import entry_store
from bot.storage import work_records as marks
from bot.storage.database import DatabaseFile
from bot.storage.entry import Entry
from bot.storage.work_records import ENDS, WorkRecord, WorkState
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Plan
from knowledge.roster.roster import Roster
from reminders.calendar import Audience, Calendar, EndsWith, PhaseTerm
from reminders.storage import responses
from reminders.storage.responses import Objection, Place
from reminders.work import AskedAgain, OpenWork, Postponed, Remark, Task

if TYPE_CHECKING:
    from sqlite_utils import Database

NOT_OURS, CONSULT = "not_ours", "consult"
"""The kinds of words for the secretariat: a notice is not for the one who got it; somebody wants advice."""


def work_of(
    database: DatabaseFile | None,
    calendar: Calendar,
    plan: Plan,
    roster: Roster,
    years: Sequence[FiscalYear],
) -> tuple[OpenWork, ...]:
    """What is owed in each phase of the rounds of `years`; without a database nothing has been entered or said."""
    held = calendar.terms(plan.first_year, plan.last_year)
    terms = [one for one in held if one.year in years and not _is_first_taking_over(one, plan)]
    kept = _Kept()
    if database is not None:
        with database.reading() as inside:
            kept = _kept(inside, tuple({term.round for term in terms}))
    asked = _by_department(all_work(plan, roster))
    return tuple(one for term in terms for one in _work_in(term, asked, kept, roster))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the database has of some rounds."""

    entered: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], tuple[WorkRecord, ...]] = field(default_factory=dict)
    asked_again: Mapping[Place, tuple[AskedAgain, ...]] = field(default_factory=dict)
    postponed: Mapping[Place, tuple[Postponed, ...]] = field(default_factory=dict)
    objections: Mapping[Place, tuple[Objection, ...]] = field(default_factory=dict)

    def ended(self, term: PhaseTerm) -> dict[tuple[str, str], WorkRecord]:
        """The marks that end work in that phase, by subject, or by department for its work as a whole."""
        ends = ENDS.get(term.phase.ends_with, ())
        found = [one for one in self.marks.get((term.round, term.phase.id), ()) if one.state in ends]
        return {("", one.subject) if one.subject else (one.department, ""): one for one in found}


def _kept(database: Database, rounds: tuple[str, ...]) -> _Kept:
    by_phase: dict[tuple[str, str], list[WorkRecord]] = defaultdict(list)
    for mark in marks.latest(database, rounds):
        by_phase[mark.round, mark.phase].append(mark)
    return _Kept(
        {round: entry_store.latest(database, round) for round in rounds},
        {phase: tuple(several) for phase, several in by_phase.items()},
        responses.asked_again(database, rounds),
        responses.postponed(database, rounds),
        responses.objections(database, rounds),
    )


def _by_department(work: Sequence[EvaluationWork]) -> dict[str, tuple[EvaluationWork, ...]]:
    found: dict[str, tuple[EvaluationWork, ...]] = {}
    for one in work:
        found[one.department] = (*found.get(one.department, ()), one)
    return found


def _work_in(
    term: PhaseTerm, asked: Mapping[str, tuple[EvaluationWork, ...]], kept: _Kept, roster: Roster
) -> tuple[OpenWork, ...]:
    if term.phase.responsible is Audience.SECRETARIAT:
        done = kept.ended(term).get(("", ""))
        owed = OpenWork(term.round, term.phase.id, "", (), done.at if done else None)
        return (_with_said(owed, kept, roster),)
    return tuple(
        _with_said(_owed(term, department, work, kept), kept, roster) for department, work in asked.items()
    )


def _owed(term: PhaseTerm, department: str, work: Sequence[EvaluationWork], kept: _Kept) -> OpenWork:
    if term.phase.ends_with_entries:
        return _entries_owed(term, department, work, kept.entered.get(term.round, ()))
    ended = kept.ended(term)
    whole = ended.get((department, ""))
    asked = [one for one in work if _is_asked(term, one)]
    tasks = [_task(one, None) for one in asked if ("", one.subject) not in ended]
    consulted = tuple(
        Remark(mark.number, CONSULT, mark.by, mark.at, (_task(one, None),))
        for one in asked
        if (mark := ended.get(("", one.subject))) and mark.state is WorkState.CONSULT
    )
    return OpenWork(
        term.round,
        term.phase.id,
        department,
        () if whole else tuple(tasks),
        whole.at if whole else None,
        words=consulted,
    )


def _entries_owed(
    term: PhaseTerm, department: str, work: Sequence[EvaluationWork], entered: Sequence[Entry]
) -> OpenWork:
    done = {entry.subject: entry for entry in entered}
    return OpenWork(
        term.round,
        term.phase.id,
        department,
        tuple(_task(one, done.get(one.subject)) for one in work if _is_open(done.get(one.subject))),
        _completed_at([done.get(one.subject) for one in work]),
    )


def _is_first_taking_over(term: PhaseTerm, plan: Plan) -> bool:
    """In the plan's first April there is nothing yet to take over."""
    return term.phase.ends_with is EndsWith.PACKS_OPENED and term.year == plan.first_year


_OF_INITIATIVES = frozenset({EndsWith.PULSE, EndsWith.PACKS_MADE, EndsWith.PACKS_OPENED})


def _is_asked(term: PhaseTerm, work: EvaluationWork) -> bool:
    """Whether the phase asks for that work: how things go, and what is handed over, is said of initiatives alone."""
    return work.duty.indicator is None or term.phase.ends_with not in _OF_INITIATIVES


def _with_said(work: OpenWork, kept: _Kept, roster: Roster) -> OpenWork:
    """The same with what was said to its notices."""
    place = (work.round, work.phase, work.department)
    return replace(
        work,
        asked_again=kept.asked_again.get(place, ()),
        postponed=kept.postponed.get(place, ()),
        words=(
            *(replace(one, by=label_of(roster, one.by)) for one in work.words),
            *(
                Remark(one.number, NOT_OURS, label_of(roster, one.person), one.at, work.tasks)
                for one in kept.objections.get(place, ())
            ),
        ),
    )


def label_of(roster: Roster, person: str) -> str:
    """What to call a person by their id; the id itself where the roster does not have them."""
    found = roster.person(person)
    return roster.label(found) if found else person


def _is_open(entry: Entry | None) -> bool:
    return entry is None or entry.is_returned


def _completed_at(found: Sequence[Entry | None]) -> datetime | None:
    submitted = [entry.submitted_at for entry in found if entry is not None and not entry.is_returned]
    return max(submitted) if len(submitted) == len(found) and submitted else None


def _task(work: EvaluationWork, entry: Entry | None) -> Task:
    title = f"指標「{work.duty.title}」" if work.duty.indicator else f"「{work.duty.title}」"
    if entry is None:
        return Task(work.subject, work.duty.code, title)
    return Task(work.subject, work.duty.code, title, entry.version, entry.sign_off.at)
