"""What stands open for one person on a day, for where they look in by themselves: a pure function, and no notice.

Unlike a notice it names all that is open, whether or not today is the day of a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from knowledge.plan.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.roster.roster import OF_A_DEPARTMENT, Person, PostKind, Roster
from reminders.addressees import Addressee
from reminders.calendar import Calendar, PhaseTerm
from reminders.due import Item, Notice
from reminders.steps import RETURNED, THE_DAY
from reminders.work import OpenWork

IN_SIGHT = timedelta(days=31)
"""So long before its deadline a phase in which nothing is entered is spoken of: some last for the whole year."""


def standing(
    calendar: Calendar,
    roster: Roster,
    open_work: Iterable[OpenWork],
    person: Person,
    started_at: datetime,
    today: date,
) -> Notice | None:
    """What the person has to do in the round of the day, the most urgent first; None when it is nothing.

    `person` as they are in the roster of the day. What was due before `started_at` is left out, and so is what
    they put off.
    """
    items = [
        item
        for work in open_work
        if FiscalYear.from_short(work.round) == fiscal_year_of(today)
        and _is_theirs(work, person)
        and not any(one.recipient == person.id and one.until > today for one in work.postponed)
        for item in _items(calendar, work, started_at, today)
    ]
    if not items:
        return None
    items.sort(key=lambda item: (item.term.deadline, item.term.phase.id, item.department, item.step))
    return Notice(today, Addressee(person.id, roster.label(person)), tuple(items))


def _is_theirs(work: OpenWork, person: Person) -> bool:
    if not work.department:
        return person.holds(PostKind.SECRETARIAT)
    return any(post.kind in OF_A_DEPARTMENT and post.department == work.department for post in person.posts)


def _items(calendar: Calendar, work: OpenWork, started_at: datetime, today: date) -> Iterator[Item]:
    phase = calendar.phase(work.phase)
    if phase is None or not work.is_open:
        return
    term = calendar.term(phase, FiscalYear.from_short(work.round))
    is_in_sight = phase.ends_with_entries or term.deadline - IN_SIGHT <= today <= term.deadline
    if today < term.opens or not is_in_sight or term.deadline < started_at.date():
        return
    for task in work.tasks:
        if task.returned_at is not None:
            occasion = f"returned v{task.returned_version}"
            yield Item(term, f"{RETURNED} {task.code}", occasion, work.department, (task,))
    fresh = tuple(task for task in work.tasks if task.returned_at is None)
    if fresh or not work.department:
        yield Item(term, _step(term, today), term.deadline.isoformat(), work.department, fresh)


def _step(term: PhaseTerm, today: date) -> str:
    """What is said of the deadline as today stands to it."""
    days = (term.deadline - today).days
    if days == 0:
        return THE_DAY
    return f"before_{days}" if days > 0 else f"after_{-days}"
