"""What has been said, and since when reminders are on. The only module that speaks of these tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from knowledge.storage.migration import Migration
from reminders.due import Notice
from reminders.moment import read, written
from reminders.storage import outbox
from reminders.storage.outbox_message import OutboxMessage, letter_in

if TYPE_CHECKING:
    from sqlite_utils import Database

KIND = "reminder"
"""What outbox messages of ours are called in the outbox: one a recipient and day."""

Key = tuple[str, str, str, str, str]
"""Round, phase, step, department, occasion, as Item.key."""

MIGRATIONS = (
    Migration(
        "reminders-1",
        """
        CREATE TABLE notices (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            step TEXT NOT NULL CHECK (step <> ''),
            department TEXT NOT NULL,
            recipient TEXT NOT NULL CHECK (recipient <> ''),
            occasion TEXT NOT NULL CHECK (occasion <> ''),
            letter INTEGER NOT NULL REFERENCES letters (id),
            UNIQUE (round, phase, step, department, recipient, occasion)
        ) STRICT;
        CREATE INDEX notices_letter ON notices (letter);
        CREATE TABLE reminder_starts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started_at TEXT NOT NULL,
            started_by TEXT NOT NULL CHECK (started_by <> ''),
            ended_at TEXT CHECK (ended_at >= started_at)
        ) STRICT;
        CREATE UNIQUE INDEX reminder_starts_one ON reminder_starts (ended_at IS NULL) WHERE ended_at IS NULL;
        """,
    ),
)


class AlreadySaid(Exception):
    """Raised where somebody else has meanwhile said a part of the notice: nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """One thing that was said, and the outbox message that says it."""

    key: Key
    outgoing: OutboxMessage


def started_at(database: Database) -> datetime | None:
    """Since when reminders are on; None while they are off."""
    rows = database.query("SELECT started_at FROM reminder_starts WHERE ended_at IS NULL")
    return next((read(row["started_at"]) for row in rows), None)


def start(database: Database, by: str, now: datetime) -> bool:
    """Turn reminders on; False when they are on already."""
    cursor = database.execute(
        "INSERT INTO reminder_starts (started_at, started_by) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [written(now), by],
    )
    return cursor.rowcount == 1


def stop(database: Database, now: datetime) -> bool:
    """Turn reminders off, until somebody starts them again; False when they are off already."""
    moment = written(now)
    cursor = database.execute(
        "UPDATE reminder_starts SET ended_at = max(?, started_at) WHERE ended_at IS NULL", [moment]
    )
    return cursor.rowcount == 1


def said(database: Database, rounds: Collection[str]) -> frozenset[tuple[str, Key]]:
    """Each recipient with what was said to them of those rounds; what lapsed or was refused was not."""
    places = ", ".join("?" for _ in rounds)
    rows = database.query(
        f"""
        SELECT notices.* FROM notices JOIN letters ON letters.id = notices.letter
        WHERE round IN ({places}) AND letters.state NOT IN ('lapsed', 'failed')
        """,
        list(rounds),
    )
    return frozenset(
        (row["recipient"], (row["round"], row["phase"], row["step"], row["department"], row["occasion"]))
        for row in rows
    )


def lay_down(
    database: Database, notice: Notice, *, body: str, now: datetime, lapses_at: datetime
) -> int | None:
    """Put the notice into the outbox and remember each part as said; None when the day's outbox message is there.

    Raises AlreadySaid, and the unit of work then keeps nothing, when a part of it stands in another outbox message.
    """
    outgoing = outbox.notice(
        database,
        kind=KIND,
        recipient=notice.to.id,
        day=notice.send_on.isoformat(),
        channel=notice.to.address.channel.value,
        address=notice.to.address.value,
        body=body,
        now=now,
        lapses_at=lapses_at,
    )
    if outgoing is None:
        return None
    # One that is opened again has said nothing of what it was to say before.
    database.execute("DELETE FROM notices WHERE letter = ?", [outgoing])
    for item in notice.items:
        cursor = database.execute(
            """
            INSERT INTO notices (round, phase, step, department, occasion, recipient, letter)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (round, phase, step, department, recipient, occasion)
            DO UPDATE SET letter = excluded.letter
            WHERE (SELECT state FROM letters WHERE letters.id = notices.letter) IN ('lapsed', 'failed')
            """,
            [*item.key, notice.to.id, outgoing],
        )
        if cursor.rowcount != 1:
            raise AlreadySaid(notice.to.id)
    return outgoing


def waiting(database: Database, day: date) -> dict[OutboxMessage, frozenset[Key]]:
    """The outbox messages of that day, or of one to come, that have not left yet, and what each of them says."""
    found: dict[OutboxMessage, set[Key]] = defaultdict(set)
    for one in _said(database, "state = 'waiting' AND day >= ?", [day.isoformat()]):
        found[one.outgoing].add(one.key)
    return {outgoing: frozenset(keys) for outgoing, keys in found.items()}


def log(database: Database, since: date | None = None) -> list[NoticeRecord]:
    """Everything that was said since that day, in the order in which it was."""
    return _said(database, "day >= ?", [since.isoformat() if since else ""])


def _said(database: Database, where: str, values: list[str]) -> list[NoticeRecord]:
    rows = database.query(
        f"""
        SELECT letters.*, round, phase, step, department, occasion
        FROM notices JOIN letters ON letters.id = notices.letter
        WHERE {where} ORDER BY letters.id, notices.id
        """,
        values,
    )
    names = ("round", "phase", "step", "department", "occasion")
    return [NoticeRecord((*(row[name] for name in names),), letter_in(row)) for row in rows]
