"""Joins reminders to the running bot: what is due is looked for in its data, worded and delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial

from bot.app import App
from bot.message import Reply
from bot.notices import delivery_failures
from bot.notices.digest import digests
from bot.notices.notice_text import Digest, reply_of
from bot.notices.owed_work import work_of
from knowledge.plan.fiscal_year import fiscal_year_of
from reminders.delivery import Send
from reminders.due import Notice
from reminders.moment import TOKYO
from reminders.open_items import standing
from reminders.storage import notices, outbox
from reminders.storage.delivery_failures import DeliveryFailure
from reminders.tick import NoticeInputs, Turn, tick

EVER = datetime.min.replace(tzinfo=TOKYO)

SHOWN = "shown"
"""What outbox messages are called that a person sees where they look in: one a person and day."""


def one_turn(app: App, send: Mapping[str, Send]) -> Turn:
    """One turn of the clock over the running bot."""
    # Read inside the turn and once: what is wrong there breaks off this turn alone.
    roster = cache(app.roster)

    @cache
    def digest() -> Digest:
        return digests(app.database, app.known(), app.calendar(), roster(), app.now().date())

    def word(notice: Notice) -> str:
        return reply_of(notice, roster(), digest()).to_json()

    def tell(failures: Sequence[DeliveryFailure]) -> str:
        return delivery_failures.word(roster(), failures)

    return tick(app.database, partial(city_on, app), word, tell, send, app.now)


def city_on(app: App, day: date) -> NoticeInputs:
    """What notices depend on, as it is now."""
    calendar, roster, plan = app.calendar(), app.roster(), app.known().plan
    years = (fiscal_year_of(day).previous, fiscal_year_of(day))
    return NoticeInputs(calendar, roster, work_of(app.database, calendar, plan, roster, years))


def standing_for(app: App, person: str) -> Reply | None:
    """What stands open for that person (by id) today; None when it is nothing, or reminders are off."""
    with app.database.reading() as database:
        started_at = notices.started_at(database)
    notice = _standing(app, person, started_at) if started_at is not None else None
    return reply_of(notice, app.roster()) if notice is not None else None


def open_for(app: App, person: str) -> Notice | None:
    """What stands open for that person (by id) today, also while reminders are off: nothing is sent of it."""
    with app.database.reading() as database:
        started_at = notices.started_at(database)
    return _standing(app, person, started_at or EVER)


def _standing(app: App, person: str, started_at: datetime) -> Notice | None:
    today = app.now().date()
    city = city_on(app, today)
    found = city.roster.person(person)
    if found is None:
        return None
    return standing(city.calendar, city.roster, city.open_work, found, started_at, today)


def shown_today(app: App, person: str, channel: str) -> Reply | None:
    """The same, once a day: None when it was shown before. It is kept as shown, since it is shown right away."""
    reply = standing_for(app, person)
    if reply is None:
        return None
    with app.database.writing() as database:
        outgoing = outbox.shown(
            database,
            kind=SHOWN,
            recipient=person,
            channel=channel,
            day=app.now().date().isoformat(),
            body=reply.to_json(),
            now=app.now(),
        )
    return reply if outgoing is not None else None
