"""The calendar in force: the days of its file, and in their place the deadlines that were moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.storage.database import DatabaseFile
from reminders.calendar import Calendar
from reminders.calendar_file import SHIPPED, read_calendar
from reminders.storage import deadlines

if TYPE_CHECKING:
    from sqlite_utils import Database

CALENDAR_FILE = "calendar.toml"
"""In the data folder: the city's own days, in the place of those that ship."""


def calendar_of(settings: Settings) -> Calendar:
    """The city's calendar, or the one that ships, as it stands now. Raises CalendarFaults."""
    written = written_calendar(settings)
    if not settings.database_path.exists():
        return written
    with DatabaseFile(settings.database_path).reading() as inside:
        return calendar_in(inside, written)


def written_calendar(settings: Settings) -> Calendar:
    """What the file alone says. Raises CalendarFaults."""
    own = settings.data / CALENDAR_FILE
    return read_calendar(own if own.exists() else SHIPPED)


def calendar_in(database: Database, written: Calendar) -> Calendar:
    """The written calendar with the deadlines moved in this database, which may be older than their table."""
    moved = deadlines.moved(database) if database[deadlines.TABLE].exists() else {}
    return replace(written, moved=moved)


@dataclass(frozen=True, slots=True)
class Calendars:
    """Gives the calendar as it stands whenever it is called: another process may have moved a deadline.

    Ask outside units of work; inside one, `calendar_in` reads with the unit's own Database.
    """

    written: Calendar
    database: DatabaseFile

    def __call__(self) -> Calendar:
        with self.database.reading() as inside:
            return calendar_in(inside, self.written)
