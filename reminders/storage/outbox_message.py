"""What an outbox message is, and the table that outbox messages rest in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from knowledge.storage.migration import Migration
from reminders.moment import read

State = Literal["waiting", "sending", "sent", "failed", "doubtful", "lapsed"]

MIGRATIONS = (
    Migration(
        "outbox-1",
        """
        CREATE TABLE letters (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind <> ''),
            channel TEXT NOT NULL CHECK (channel <> ''),
            address TEXT NOT NULL,
            conversation TEXT NOT NULL DEFAULT '',
            recipient TEXT CHECK (recipient <> ''),
            day TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            in_reply_to TEXT UNIQUE,
            body TEXT,
            state TEXT NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'doubtful', 'lapsed')),
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            created_at TEXT NOT NULL,
            not_before TEXT,
            lapses_at TEXT,
            claimed_until TEXT,
            settled_at TEXT,
            receipt TEXT NOT NULL DEFAULT '',
            reason TEXT NOT NULL DEFAULT '',
            CHECK ((kind = 'reply') = (in_reply_to IS NOT NULL)),
            CHECK ((recipient IS NULL) = (in_reply_to IS NOT NULL)),
            CHECK ((day IS NULL) = (recipient IS NULL)),
            CHECK ((state = 'sending') = (claimed_until IS NOT NULL)),
            CHECK ((state IN ('waiting', 'sending')) = (settled_at IS NULL)),
            CHECK (body IS NOT NULL OR state NOT IN ('waiting', 'sending')),
            UNIQUE (recipient, day, kind)
        ) STRICT;
        CREATE INDEX letters_open ON letters (channel, address, id) WHERE settled_at IS NULL;
        CREATE INDEX letters_state ON letters (state, id);
        CREATE INDEX letters_conversation ON letters (channel, conversation, id) WHERE conversation <> '';
        """,
    ),
)


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One thing to be said once. `body` is the channel's to read: for a reply, its JSON; None once forgotten.

    `in_reply_to` is "channel:key" of the message it answers; one of our own has a `recipient` (a person of
    the roster) and a `day` (ISO date) instead.
    """

    id: int
    kind: str
    channel: str
    address: str
    conversation: str
    recipient: str | None
    day: str | None
    in_reply_to: str | None
    body: str | None
    state: State
    attempts: int
    created_at: datetime
    reason: str = ""
    receipt: str = ""


def letter_in(row: dict[str, Any]) -> OutboxMessage:
    """The outbox message of one row."""
    return OutboxMessage(
        id=row["id"],
        kind=row["kind"],
        channel=row["channel"],
        address=row["address"],
        conversation=row["conversation"],
        recipient=row["recipient"],
        day=row["day"],
        in_reply_to=row["in_reply_to"],
        body=row["body"],
        state=row["state"],
        attempts=row["attempts"],
        created_at=read(row["created_at"]),
        reason=row["reason"],
        receipt=row["receipt"],
    )
