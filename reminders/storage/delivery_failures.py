"""Outbox messages that did not arrive, or of which nobody knows: whose address is passed over, and what is told of them.

The only module that speaks of these tables.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from knowledge.roster.roster import Address, Channel, Roster
from knowledge.storage.migration import Migration
from reminders.addressees import Addressee
from reminders.moment import written
from reminders.storage import notices, outbox
from reminders.storage.outbox_message import State

if TYPE_CHECKING:
    from sqlite_utils import Database

KIND = "delivery"
"""What outbox messages about troubles are called in the outbox: one a recipient and day."""

PASSED_OVER = timedelta(days=14)
"""For so long an address that refused an outbox message for good is not written to."""

PATIENCE = timedelta(hours=1)
"""How long a doubt may take to settle, and the troubles of one morning to come together in one outbox message."""

MIGRATIONS = (
    Migration(
        "troubles-1",
        """
        CREATE TABLE troubles (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            letter INTEGER NOT NULL REFERENCES letters (id),
            channel TEXT NOT NULL CHECK (channel <> ''),
            address TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('failed', 'doubtful', 'lapsed')),
            reason TEXT NOT NULL,
            since TEXT NOT NULL,
            UNIQUE (letter, channel, address, state)
        ) STRICT;
        CREATE INDEX troubles_since ON troubles (since);
        CREATE TABLE troubles_told (
            trouble INTEGER NOT NULL REFERENCES troubles (id),
            letter INTEGER NOT NULL REFERENCES letters (id),
            UNIQUE (trouble, letter)
        ) STRICT;
        """,
    ),
)


@dataclass(frozen=True, slots=True)
class DeliveryFailure:
    """An outbox message of `day` to `recipient` (as Addressee.id) that is in that state, and why."""

    number: int
    recipient: str
    day: date
    channel: str
    address: str
    state: State
    reason: str


_FOUND = f"""
    SELECT id, channel, address, state, reason, settled_at FROM letters
    WHERE kind IN ('{notices.KIND}', '{KIND}')
      AND (
          state = 'failed'
          OR (state = 'doubtful' AND settled_at <= :before)
          OR (state = 'lapsed' AND settled_at >= lapses_at)
      )
      AND NOT EXISTS (
          SELECT 1 FROM troubles AS known
          WHERE known.letter = letters.id AND known.channel = letters.channel
            AND known.address = letters.address AND known.state = letters.state
      )
"""


def is_any_new(database: Database, now: datetime) -> bool:
    """Whether there is anything to take note of."""
    return (
        next(iter(database.query(f"{_FOUND} LIMIT 1", {"before": written(now - PATIENCE)})), None) is not None
    )


def take_note(database: Database, now: datetime) -> None:
    """Keep every outbox message that is in trouble, since a refused one may leave by another way and forget it."""
    database.execute(
        f"INSERT INTO troubles (letter, channel, address, state, reason, since) {_FOUND}",
        {"before": written(now - PATIENCE)},
    )


def refused(database: Database, now: datetime) -> frozenset[Address]:
    """The addresses that lately refused an outbox message for good."""
    rows = database.query(
        "SELECT channel, address FROM troubles WHERE state = 'failed' AND since > ?",
        [written(now - PASSED_OVER)],
    )
    return frozenset(Address(Channel(row["channel"]), row["address"]) for row in rows)


def without(roster: Roster, refused: Collection[Address]) -> Roster:
    """The roster as if it did not hold these addresses, so that others are written to."""
    if not refused:
        return roster
    keys = {one.key for one in refused}
    return replace(
        roster,
        persons=tuple(
            replace(person, addresses=tuple(one for one in person.addresses if one.key not in keys))
            for person in roster.persons
        ),
        departments=tuple(
            replace(one, mailbox="") if Address(Channel.MAIL, one.mailbox).key in keys else one
            for one in roster.departments
        ),
    )


def untold(database: Database, now: datetime) -> tuple[DeliveryFailure, ...]:
    """What no outbox message has told of, the oldest first, once the first of it is no longer fresh.

    Outbox messages about troubles are not told of themselves, nor is one that lapsed where another has said the same.
    """
    found = database.query(
        """
        SELECT troubles.*, letters.recipient, letters.day FROM troubles JOIN letters ON letters.id = troubles.letter
        WHERE letters.kind = ?
          AND (troubles.state <> 'lapsed' OR EXISTS (SELECT 1 FROM notices WHERE notices.letter = letters.id))
          AND NOT EXISTS (
            SELECT 1 FROM troubles_told AS told JOIN letters AS saying ON saying.id = told.letter
            WHERE told.trouble = troubles.id AND saying.state NOT IN ('lapsed', 'failed')
        )
        ORDER BY troubles.id
        """,
        [notices.KIND],
    )
    rows = list(found)
    if not any(row["since"] <= written(now - PATIENCE) for row in rows):
        return ()
    return tuple(
        DeliveryFailure(
            number=row["id"],
            recipient=row["recipient"],
            day=date.fromisoformat(row["day"]),
            channel=row["channel"],
            address=row["address"],
            state=row["state"],
            reason=row["reason"],
        )
        for row in rows
    )


def tell(
    database: Database,
    troubles: Sequence[DeliveryFailure],
    to: Addressee,
    body: str,
    now: datetime,
    lapses_at: datetime,
) -> bool:
    """Put an outbox message about them into the outbox; False when that day's is there already."""
    outgoing = outbox.notice(
        database,
        kind=KIND,
        recipient=to.id,
        day=written(now)[:10],
        channel=to.address.channel.value,
        address=to.address.value,
        body=body,
        now=now,
        lapses_at=lapses_at,
    )
    if outgoing is None:
        return False
    for trouble in troubles:
        database.execute(
            "INSERT INTO troubles_told (trouble, letter) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [trouble.number, outgoing],
        )
    return True
