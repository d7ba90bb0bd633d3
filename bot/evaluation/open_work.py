"""What the departments still owe in a round: their duties in the plan less what they have entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.evaluation.rounds import EvaluationRound
from bot.storage.entry import Entry, subject_of
from knowledge.plan.plan import Plan
from knowledge.roster.duties import Duty, all_duties
from knowledge.roster.roster import Roster


@dataclass(frozen=True, slots=True)
class EvaluationWork:
    """One thing that a department (by id) answers for in a round, and what an entry on it is filed under."""

    department: str
    subject: str
    duty: Duty


def all_work(plan: Plan, roster: Roster) -> tuple[EvaluationWork, ...]:
    """Everything that a round asks for, in the plan's order for each department.

    A relisted pair stands once, and what several departments answer for stands with the leading one.
    """
    found: dict[str, EvaluationWork] = {}
    for department, duties in all_duties(roster, plan).items():
        for duty in duties:
            if duty.leads:
                subject = subject_of(plan, duty)
                found.setdefault(subject, EvaluationWork(department, subject, duty))
    return tuple(found.values())


def open_work(
    plan: Plan, roster: Roster, entries: Iterable[Entry], one_round: EvaluationRound
) -> tuple[EvaluationWork, ...]:
    """What is still owed in that round: not entered yet, or returned. `roster` is that of the day."""
    done = {entry.subject for entry in entries if entry.round == one_round.name and not entry.is_returned}
    return tuple(work for work in all_work(plan, roster) if work.subject not in done)
