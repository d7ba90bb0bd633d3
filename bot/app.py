"""Where the parts are joined: the real clock, the edition in force, the database, the conversation."""

from __future__ import annotations

from datetime import date, datetime
from importlib import metadata

from bot.database import DatabaseFile
from bot.migrations import prepare
from bot.settings import Settings
from bot.tables import MIGRATIONS
from knowledge.editions import Edition, shipped
from reminders.moment import TOKYO


def now() -> datetime:
    """The present moment in Japan; the only look at the clock."""
    return datetime.now(TOKYO)


def today_of(settings: Settings) -> date:
    """The day that the settings give, or today."""
    return settings.today or now().date()


def version() -> str:
    """Our own version."""
    return metadata.version("kaikaku")


def open_database(settings: Settings) -> DatabaseFile:
    """The database, made or brought up to date. Raises DatabaseFault."""
    prepare(settings.database_path, MIGRATIONS, version=version(), now=now())
    return DatabaseFile(settings.database_path)


def edition_in_force(settings: Settings, today: date) -> Edition:
    """The edition that is in force on that day."""
    if not settings.database_path.exists():
        return shipped()
    # Here, since opening a database costs more time than a whole answer, and most questions need none.
    from bot.kept_editions import edition_in_force as kept_in_force

    return kept_in_force(settings.database_path, today)
