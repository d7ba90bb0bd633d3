"""What was received, once whatever repeats it, and whether it has been handled.

The only module that speaks of the table of messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.message import Message
from knowledge.storage.migration import Migration
from reminders.moment import read, written

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS = (
    Migration(
        "inbox-1",
        """
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            channel TEXT NOT NULL CHECK (channel <> ''),
            key TEXT NOT NULL CHECK (key <> ''),
            conversation TEXT NOT NULL,
            body TEXT,
            received_at TEXT NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
            handled_at TEXT,
            letter INTEGER UNIQUE REFERENCES letters (id),
            fault TEXT CHECK (fault <> ''),
            UNIQUE (channel, key),
            CHECK ((handled_at IS NULL) = (letter IS NULL)),
            CHECK (body IS NOT NULL OR handled_at IS NOT NULL),
            CHECK (fault IS NULL OR handled_at IS NOT NULL)
        ) STRICT;
        CREATE INDEX messages_waiting ON messages (channel, conversation, id) WHERE handled_at IS NULL;
        CREATE INDEX messages_conversation ON messages (channel, conversation, id);
        CREATE INDEX messages_received ON messages (received_at);
        """,
    ),
)


@dataclass(frozen=True, slots=True)
class Received:
    """A message in safe keeping. `earlier` are those of its conversation that still wait before it.

    `outgoing` is the id of the reply once there is one.
    """

    id: int
    message: Message
    outgoing: int | None = None
    earlier: tuple[Received, ...] = ()


@dataclass(frozen=True, slots=True)
class Faulty:
    """A message whose handling failed: its number, when, and where in the code; not what it said."""

    id: int
    channel: str
    received_at: datetime
    fault: str


def receive(database: Database, message: Message, now: datetime) -> Received:
    """Keep `message`; one that a channel repeats is found as it was received the first time."""
    kept = database.query(
        """
        INSERT INTO messages (channel, key, conversation, body, received_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (channel, key) DO NOTHING RETURNING id, letter
        """,
        [message.channel, message.key, message.conversation, message.to_json(), written(now)],
    )
    row = next(iter(kept), None) or _kept_before(database, message)
    earlier = () if row["letter"] else _waiting_before(database, message, row["id"])
    return Received(row["id"], message, row["letter"], earlier)


def outgoing_of(database: Database, number: int) -> int | None:
    """The outbox message that answers message `number`, once it has been handled."""
    rows = database.query("SELECT letter FROM messages WHERE id = ?", [number])
    outgoing = next(iter(rows))["letter"]
    return None if outgoing is None else int(outgoing)


def mark_handled(
    database: Database, number: int, outgoing: int, now: datetime, fault: str | None = None
) -> None:
    """Say that message `number` has been handled, answered by `outgoing`, or failed at `fault`."""
    database.execute(
        "UPDATE messages SET handled_at = ?, letter = ?, fault = ? WHERE id = ? AND handled_at IS NULL",
        [written(now), outgoing, fault, number],
    )


def mark_tried(database: Database, number: int) -> int:
    """Count one more start at handling message `number`; gives how many there have been."""
    rows = database.query("UPDATE messages SET tries = tries + 1 WHERE id = ? RETURNING tries", [number])
    return int(next(iter(rows))["tries"])


def waiting(database: Database, received_before: datetime | None = None) -> list[Received]:
    """What was received, until that moment where one is given, and not handled; oldest first."""
    rows = database.query(
        "SELECT id, body, letter FROM messages WHERE handled_at IS NULL AND received_at <= ? ORDER BY id",
        [written(received_before) if received_before else "9"],
    )
    return [_received(row) for row in rows]


def latest(
    database: Database, channel: str, conversation: str, limit: int
) -> list[tuple[datetime, Received]]:
    """The latest messages of a conversation that are still kept, oldest first, each with when it was received."""
    rows = database.query(
        """
        SELECT id, body, letter, received_at FROM messages
        WHERE channel = ? AND conversation = ? AND body IS NOT NULL ORDER BY id DESC LIMIT ?
        """,
        [channel, conversation, limit],
    )
    newest_first = [(read(row["received_at"]), _received(row)) for row in rows]
    return newest_first[::-1]


def faults(database: Database, since: datetime) -> list[Faulty]:
    """The messages received since that moment whose handling failed, oldest first."""
    rows = database.query(
        """
        SELECT id, channel, received_at, fault FROM messages
        WHERE fault IS NOT NULL AND received_at >= ? ORDER BY id
        """,
        [written(since)],
    )
    return [Faulty(row["id"], row["channel"], read(row["received_at"]), row["fault"]) for row in rows]


def forget(database: Database, *, text_before: datetime, before: datetime) -> None:
    """Empty what has been handled and was received before the one moment; drop it before the other."""
    database.execute(
        """
        UPDATE messages SET body = NULL
        WHERE body IS NOT NULL AND handled_at IS NOT NULL AND received_at < ?
        """,
        [written(text_before)],
    )
    database.execute(
        "DELETE FROM messages WHERE handled_at IS NOT NULL AND received_at < ?", [written(before)]
    )


def _kept_before(database: Database, message: Message) -> dict[str, Any]:
    rows = database.query(
        "SELECT id, letter FROM messages WHERE channel = ? AND key = ?", [message.channel, message.key]
    )
    return next(iter(rows))


def _waiting_before(database: Database, message: Message, number: int) -> tuple[Received, ...]:
    # Without the index's name SQLite reads through all that was ever said in the conversation.
    rows = database.query(
        """
        SELECT id, body, letter FROM messages INDEXED BY messages_waiting
        WHERE channel = ? AND conversation = ? AND handled_at IS NULL AND id < ? ORDER BY id
        """,
        [message.channel, message.conversation, number],
    )
    return tuple(_received(row) for row in rows)


def _received(row: dict[str, Any]) -> Received:
    return Received(row["id"], Message.from_json(row["body"]), row["letter"])
