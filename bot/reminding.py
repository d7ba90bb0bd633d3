"""Joins reminders to the running bot: what is due is looked for in its data, worded and delivered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from bot import undelivered
from bot.app import App
from bot.cycle.letters import reply_of
from bot.cycle.work import work_of
from bot.doors import allowed
from knowledge.fiscal_year import fiscal_year_of
from knowledge.roster import Roster
from reminders.deliver import Send
from reminders.due import Notice
from reminders.tick import City, Turn, tick


def one_turn(app: App, send: Mapping[str, Send]) -> Turn:
    """One turn of the clock over the running bot."""

    def look(day: date) -> City:
        calendar, roster, plan = app.calendar(), app.roster(), app.known().plan
        years = (fiscal_year_of(day).previous, fiscal_year_of(day))
        found = work_of(app.database, calendar, plan, roster, years)
        return City(calendar, roster, found)

    roster, doors = app.roster(), allowed(app.settings, send)
    return tick(app.database, look, partial(_word, roster), partial(undelivered.word, roster), doors, app.now)


def _word(roster: Roster, notice: Notice) -> str:
    return reply_of(notice, roster).to_json()
