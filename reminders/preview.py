"""What would be said on each day if nothing changed: the days are lived through with the same rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from knowledge.roster.roster import DELIVERING, Channel, Roster
from reminders.calendar import Calendar
from reminders.due import Item, Notice, notices_due
from reminders.work import OpenWork

_Key = tuple[str, str, str, str, str]


def notices_ahead(
    calendar: Calendar,
    roster_on: Callable[[date], Roster],
    open_work: Sequence[OpenWork],
    first: date,
    last: date,
    by: Collection[Channel] = DELIVERING,
    started_at: datetime | None = None,
    said: Collection[tuple[str, _Key]] = (),
) -> Iterator[Notice]:
    """The notices from `first` to `last`, each thing once and nothing that was `said` before.

    While reminders have not been started, as if they began at the opening of `first`.
    """
    said = set(said)
    began = started_at or calendar.office.opening_of(first)
    for day in (first + timedelta(days=count) for count in range((last - first).days + 1)):
        if not calendar.office.is_working_day(day):
            continue
        moment = calendar.office.opening_of(day)
        for notice in notices_due(calendar, roster_on(day), open_work, began, moment, by):
            fresh = tuple(item for item in notice.items if (notice.to.id, item.key) not in said)
            said.update((notice.to.id, item.key) for item in fresh)
            if fresh:
                yield Notice(day, notice.to, fresh)


def items_of(notices: Sequence[Notice]) -> dict[tuple[date, Item], tuple[Notice, ...]]:
    """The same by what is said: on which day, and the notices that say it."""
    found: dict[tuple[date, Item], tuple[Notice, ...]] = {}
    for notice in notices:
        for item in notice.items:
            key = (notice.send_on, item)
            found[key] = (*found.get(key, ()), notice)
    return found
