"""What would be sent on the days to come if nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.notices.labels import step_label
from bot.notices.notice_text import department_label
from bot.wording.wording import say
from knowledge.question import Language
from knowledge.roster.roster import Roster
from reminders.calendar import Calendar
from reminders.due import Item, Notice
from reminders.preview import items_of, notices_ahead
from reminders.steps import UNREACHABLE
from reminders.work import OpenWork

Said = Collection[tuple[str, tuple[str, str, str, str, str]]]
RosterOn = Callable[[date], Roster]


@dataclass(frozen=True, slots=True)
class UpcomingItem:
    """One thing that will be said on a day, and in which notices."""

    day: date
    item: Item
    notices: tuple[Notice, ...]

    def row(self, roster: Roster, language: Language = "ja") -> tuple[str, str, str, str, str]:
        """Day, recipients, phase, step and codes, in words."""
        item = self.item
        return (
            f"{self.day.month}/{self.day.day}",
            "、".join(notice.to.label for notice in self.notices) or say("notices/nobody", language),
            f"{item.term.round} {item.term.phase.name}",
            step_label(item.step, language),
            "、".join(dict.fromkeys(task.code for task in item.tasks))
            or department_label(item.department, roster),
        )


def coming(
    calendar: Calendar,
    roster_on: RosterOn,
    open_work: Sequence[OpenWork],
    days: tuple[date, date],
    started_at: datetime | None = None,
    said: Said = (),
) -> tuple[UpcomingItem, ...]:
    """Everything from the first of the days to the last, both included; without a start as if it were the first."""
    found = items_of(
        tuple(notices_ahead(calendar, roster_on, open_work, *days, started_at=started_at, said=said))
    )
    return tuple(
        UpcomingItem(day, item, several)
        for (day, item), several in found.items()
        # The sample has no addresses at all, which is no news.
        if not (item.step == UNREACHABLE and roster_on(day).is_sample)
    )
