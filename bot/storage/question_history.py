"""What a conversation asked before, so that 「R6は？」 can be understood; a few questions, for a short while.

The only module that speaks of the table of asked questions.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from knowledge.storage.migration import Migration
from reminders.moment import written

if TYPE_CHECKING:
    from sqlite_utils import Database

KEPT = 5
"""How many questions of a conversation a follow-up may reach back."""

FRESH = timedelta(hours=1)
"""How long after its predecessor a question still counts as following it."""

MIGRATIONS = (
    Migration(
        "last-question-1",
        """
        CREATE TABLE asked_questions (
            id INTEGER PRIMARY KEY,
            channel TEXT NOT NULL,
            conversation TEXT NOT NULL CHECK (conversation <> ''),
            text TEXT NOT NULL,
            asked_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX asked_questions_conversation ON asked_questions (channel, conversation, id);
        """,
    ),
)


def remember(database: Database, channel: str, conversation: str, text: str, now: datetime) -> None:
    """Keep `text` as the latest question of the conversation, and only the few before it."""
    database.execute(
        "INSERT INTO asked_questions (channel, conversation, text, asked_at) VALUES (?, ?, ?, ?)",
        [channel, conversation, text, written(now)],
    )
    database.execute(
        """
        DELETE FROM asked_questions WHERE channel = ? AND conversation = ? AND id NOT IN (
            SELECT id FROM asked_questions WHERE channel = ? AND conversation = ? ORDER BY id DESC LIMIT ?
        )
        """,
        [channel, conversation, channel, conversation, KEPT],
    )


def earlier(database: Database, channel: str, conversation: str, now: datetime) -> tuple[str, ...]:
    """The conversation's questions that a follow-up asked now may refer to, oldest first."""
    rows = database.query(
        """
        SELECT text FROM asked_questions WHERE channel = ? AND conversation = ? AND asked_at >= ? ORDER BY id
        """,
        [channel, conversation, written(now - FRESH)],
    )
    return tuple(row["text"] for row in rows)


def clear(database: Database, channel: str, conversation: str) -> None:
    """Begin anew: the next question follows nothing."""
    database.execute(
        "DELETE FROM asked_questions WHERE channel = ? AND conversation = ?", [channel, conversation]
    )


def forget(database: Database, before: datetime) -> None:
    """Drop what was asked before that moment."""
    database.execute("DELETE FROM asked_questions WHERE asked_at < ?", [written(before)])
