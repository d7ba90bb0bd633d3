"""What a recipient answers to an outbox message by its buttons: later, or not ours."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled
from bot.identity.asker import Asker
from bot.message import Reply
from bot.notices.context import NoticeContext, told
from bot.notices.notice_text import LATER, NEXT_WEEK, NOT_OURS, TOMORROW, day_label
from bot.wording.wording import say
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.roster.roster import Person
from reminders.calendar import Calendar
from reminders.storage import responses
from reminders.storage.responses import Place
from reminders.work import Postponed

if TYPE_CHECKING:
    from sqlite_utils import Database


def respond(context: NoticeContext, asker: Asker, value: str) -> Handled:
    """What the pressed button leads to, for what it is about and is still open in the asker's own department."""
    what, when, about = (*value.split(";"), "", "")[:3]
    if asker.person is None:
        return told(say("notices/not_yours"))
    places = [place for one in about.split(",") if (place := _place(one)) and _is_in(asker.person, place[2])]
    if not places:
        return told(say("notices/not_yours"))
    owed = {(one.round, one.phase, one.department) for one in context.work(asker) if one.is_open}
    still_open = [place for place in places if place in owed]
    if not still_open:
        return told(say("notices/nothing_left"))
    if what == LATER and when in (TOMORROW, NEXT_WEEK):
        return _put_off(
            context.calendar(), asker, still_open, _day(context.calendar(), asker.at.date(), when)
        )
    return _declined(asker, still_open) if what == NOT_OURS else told(say("notices/unknown"))


def _put_off(calendar: Calendar, asker: Asker, places: list[Place], until: date) -> Handled:
    assert asker.person is not None, "strangers were turned away"
    later = Postponed(asker.person.id, asker.at, until)
    deadlines = sorted(day for place in places if (day := _deadline(calendar, place)))
    passed = [day for day in deadlines if asker.at.date() <= day < until]
    reply = told(say("notices/later", day=day_label(until), passed=day_label(passed[0]) if passed else ""))

    def keep(database: Database) -> Reply:
        for place in places:
            responses.postpone(database, place, later)
        return reply

    return keep


def _declined(asker: Asker, places: list[Place]) -> Handled:
    assert asker.person is not None, "strangers were turned away"
    person, first, again = (
        asker.person.id,
        told(say("notices/declined")),
        told(say("notices/declined_before")),
    )

    def keep(database: Database) -> Reply:
        news = [responses.object_to(database, place, person, asker.at) for place in places]
        return first if any(news) else again

    return keep


def _day(calendar: Calendar, today: date, when: str) -> date:
    """The next working day, or the first one of the next week."""
    if when == TOMORROW:
        return calendar.office.working_days_after(today, 1)
    return calendar.office.working_day(today + timedelta(days=7 - today.weekday()), "after")


def _deadline(calendar: Calendar, place: Place) -> date | None:
    phase = calendar.phase(place[1])
    return calendar.term(phase, FiscalYear.from_short(place[0])).deadline if phase else None


def _place(text: str) -> Place | None:
    parts = text.split(":")
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def _is_in(person: Person, department: str) -> bool:
    return any(post.department == department for post in person.posts)
