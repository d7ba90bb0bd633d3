"""Whether an answer helped, as the person who asked marked it; the last mark counts.

The only module that speaks of the table of marks.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from knowledge.storage.migration import Migration
from reminders.moment import written

if TYPE_CHECKING:
    from sqlite_utils import Database

Mark = Literal["helpful", "not_helpful"]

MARKS: dict[str, Mark] = {"helpful": "helpful", "not_helpful": "not_helpful"}
"""The marks by their names, as buttons and forms bring them."""

MIGRATIONS = (
    Migration(
        "feedback-1",
        """
        CREATE TABLE feedback (
            channel TEXT NOT NULL,
            key TEXT NOT NULL,
            mark TEXT NOT NULL CHECK (mark IN ('helpful', 'not_helpful')),
            marked_at TEXT NOT NULL,
            PRIMARY KEY (channel, key)
        ) STRICT;
        """,
    ),
)


def mark(database: Database, channel: str, key: str, value: Mark, now: datetime) -> None:
    """Mark the answer to the message that `channel` knows by `key`."""
    database.execute(
        """
        INSERT INTO feedback VALUES (?, ?, ?, ?)
        ON CONFLICT (channel, key) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
        """,
        [channel, key, value, written(now)],
    )


def mark_of(database: Database, channel: str, key: str) -> Mark | None:
    """How the answer to that message was marked."""
    rows = database.query("SELECT mark FROM feedback WHERE channel = ? AND key = ?", [channel, key])
    return next((row["mark"] for row in rows), None)
