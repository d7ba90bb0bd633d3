"""Deadlines that were set by hand in place of the calendar file's. The only module that speaks of their table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from knowledge.storage.migration import Migration
from reminders.calendar import Moved
from reminders.moment import read, written

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLE = "deadlines"

MIGRATIONS = (
    Migration(
        "deadlines-1",
        """
        CREATE TABLE deadlines (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            number INTEGER NOT NULL CHECK (number >= 1),
            before TEXT NOT NULL CHECK (before GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            moved_at TEXT NOT NULL,
            moved_by TEXT NOT NULL CHECK (moved_by <> ''),
            UNIQUE (round, phase, number)
        ) STRICT;
        """,
    ),
)


class MovedMeanwhile(Exception):
    """Raised where somebody else has moved the deadline since it was looked at: nothing is kept."""


def moved(database: Database) -> dict[tuple[str, str], Moved]:
    """By round and phase, how each deadline that was ever moved stands now."""
    rows = database.query("SELECT * FROM deadlines ORDER BY number")
    return {(row["round"], row["phase"]): _moved(row) for row in rows}


def move(database: Database, round: str, phase: str, change: Moved, by: str) -> None:
    """Keep the change as the latest; its number says how often the deadline had been moved when it was decided."""
    found = database.query(
        "SELECT count(*) AS times FROM deadlines WHERE round = ? AND phase = ?", [round, phase]
    )
    if next(iter(found))["times"] != change.number - 1:
        raise MovedMeanwhile(f"{round} {phase}")
    database.execute(
        """
        INSERT INTO deadlines (round, phase, number, before, day, moved_at, moved_by) VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
            round,
            phase,
            change.number,
            change.before.isoformat(),
            change.day.isoformat(),
            written(change.at),
            by,
        ],
    )


def _moved(row: dict[str, Any]) -> Moved:
    day, before = (date.fromisoformat(row[name]) for name in ("day", "before"))
    return Moved(day, before, read(row["moved_at"]), row["number"])
