"""What a round asks of the departments: their duties in the plan, and what an entry on each is filed under."""

from __future__ import annotations

from dataclasses import dataclass

from bot.storage.entry import subject_of
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
