"""What stands open for a person as a page shows it: each thing with the work that can be begun, and the answers to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from bot.identity.rights import Act, Granted, may, work_of
from bot.message import Choice
from bot.notices.notice_text import RESPOND, own, paragraphs, reply_of, text_of
from bot.storage.entry import Entry
from knowledge.roster.roster import Person, Roster
from reminders.due import Item, Notice
from reminders.work import Task


@dataclass(frozen=True, slots=True)
class BadgeItem:
    """One thing in words; `tasks` can be begun in that round (R5), and are then not named in the words."""

    text: str
    round: str
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxBadge:
    """What somebody has to do today; the `answers` put it off or decline it.

    `to_sign` are the entries whose turn it is to be confirmed or accepted by them.
    """

    things: tuple[BadgeItem, ...] = ()
    answers: tuple[Choice, ...] = ()
    to_sign: tuple[Entry, ...] = ()

    @property
    def count(self) -> int:
        return len(self.things) + len(self.to_sign)


def badge_of(
    notice: Notice | None, roster: Roster, person: Person | None, to_sign: tuple[Entry, ...]
) -> InboxBadge:
    """What the person's notice says, if there is one, and what waits for their signature."""
    if notice is None:
        return InboxBadge(to_sign=to_sign)
    return InboxBadge(standings(notice, roster, person), answers(notice, roster), to_sign)


def standings(notice: Notice, roster: Roster, person: Person | None) -> tuple[BadgeItem, ...]:
    """Everything that the notice says, without the words around it; only who may enter can begin anything."""
    begun = {
        item.key
        for item in own(notice)
        if item.term.phase.ends_with_entries and _may_enter(person, roster, item.department)
    }
    return tuple(_standings(notice, roster, begun))


def answers(notice: Notice, roster: Roster) -> tuple[Choice, ...]:
    """The buttons that put the notice off or decline it."""
    return tuple(one for one in reply_of(notice, roster).choices if one.action == RESPOND)


def _standings(notice: Notice, roster: Roster, begun: Collection[tuple[str, ...]]) -> Iterator[BadgeItem]:
    for items in paragraphs(notice):
        first = items[0]
        tasks = first.tasks if first.key in begun else ()
        words = [_without_tasks(first)] if tasks else items
        yield BadgeItem(text_of(words, roster, notice.send_on), first.term.round, tasks)


def _may_enter(person: Person | None, roster: Roster, department: str) -> bool:
    on = work_of(roster, (roster.current(department),))
    return isinstance(may(person, Act.ENTER, on), Granted)


def _without_tasks(item: Item) -> Item:
    return replace(item, tasks=())
