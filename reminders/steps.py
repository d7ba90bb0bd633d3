"""The steps of a phase: on which day what is said, and to whom. Pure; who has something to do is asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from reminders.calendar import Audience, Office, PhaseTerm
from reminders.moment import TOKYO

OPENING, THE_DAY, MOVED, AGAIN, LATER = "opening", "the_day", "moved", "again", "later"
RETURNED, THANKS, UNREACHABLE, DIGEST = "returned", "thanks", "unreachable", "digest"


@dataclass(frozen=True, slots=True)
class NoticeStep:
    """A step of a term: said from `day` on, until the next of the same audience takes its place.

    `since` is the moment from which it was due: reminders started later say nothing of it.
    """

    name: str
    to: Audience
    day: date
    occasion: str
    since: datetime


@lru_cache(maxsize=1024)
def steps_of(office: Office, term: PhaseTerm) -> tuple[NoticeStep, ...]:
    """Every step of a term by its deadline, in order; those before the opening are left out.

    What falls into a quiet period is said after it. A deadline that was moved once the term had opened is told of.
    """
    audience, occasion = term.phase.responsible, term.deadline.isoformat()
    found = [(OPENING, audience, term.opens)]
    for days in sorted(term.phase.before, reverse=True):
        day = office.working_day(term.deadline - timedelta(days=days), "before")
        if term.opens < day < term.deadline:
            found.append((f"before_{days}", audience, day))
    if term.deadline > term.opens:
        found.append((THE_DAY, audience, term.deadline))
    for count in sorted(term.phase.after):
        found.append((f"after_{count}", audience, office.working_days_after(term.deadline, count)))
    for one in term.phase.escalation:
        found.append((f"to_{one.to}", one.to, office.working_days_after(term.deadline, one.after)))
    steps = [_step(office, name, to, day, occasion) for name, to, day in found]
    return tuple(sorted((*steps, *_moved(office, term)), key=lambda step: step.day))


def digest_of(office: Office, term: PhaseTerm) -> NoticeStep | None:
    """When the managers are told how things stand; None where the calendar has no such day."""
    if term.phase.digest is None:
        return None
    day = office.working_days_after(term.deadline, term.phase.digest)
    return _step(office, DIGEST, Audience.MANAGER, day, term.deadline.isoformat())


def _moved(office: Office, term: PhaseTerm) -> Iterator[NoticeStep]:
    if term.moved is not None:
        at = term.moved.at.astimezone(TOKYO)
        day = office.saying_day(MOVED, office.working_day(at.date(), "after"))
        if day > term.opens:
            yield NoticeStep(MOVED, term.phase.responsible, day, f"moved #{term.moved.number}", at)


def _step(office: Office, name: str, to: Audience, day: date, occasion: str) -> NoticeStep:
    said_on = office.saying_day(name, day)
    return NoticeStep(name, to, said_on, occasion, office.opening_of(said_on))


def latest(steps: Iterable[NoticeStep], today: date) -> NoticeStep | None:
    """The last step that has come; of several on one day the last given."""
    come = [step for step in steps if step.day <= today]
    return max(reversed(come), key=lambda step: step.day) if come else None
