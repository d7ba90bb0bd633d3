"""Outbox messages being sent: each claimed by one sender alone until a moment, and settled by it, put back or doubted.

With `outbox` the only modules that write the table of outbox messages. Sends nothing itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reminders.moment import written
from reminders.storage.outbox_message import OutboxMessage, State, letter_in

if TYPE_CHECKING:
    from sqlite_utils import Database

CLAIM = timedelta(minutes=2)
"""How long a send may take; a channel's own patience must be shorter."""

FAR = timedelta(days=1)
"""Nothing is put off or claimed for so long: a moment beyond it was written while the clock was wrong."""


def has_open(database: Database, channels: tuple[str, ...], now: datetime) -> bool:
    """Whether anything could be claimed or tidied now; a turn with nothing to do writes nothing."""
    places = ", ".join("?" for _ in channels)
    moment, far = written(now), written(now + FAR)
    rows = database.query(
        f"""
        SELECT 1 FROM letters
        WHERE settled_at IS NULL AND (
            (
                state = 'waiting' AND channel IN ({places})
                AND (not_before IS NULL OR not_before <= ? OR not_before > ?)
            )
            OR (state = 'waiting' AND lapses_at <= ?)
            OR claimed_until < ? OR claimed_until > ?
        )
        LIMIT 1
        """,
        [*channels, moment, far, moment, moment, far],
    )
    return next(iter(rows), None) is not None


def claim(database: Database, channels: tuple[str, ...], now: datetime) -> OutboxMessage | None:
    """The oldest outbox message that may leave by one of `channels` now, claimed for this caller alone.

    At one address outbox messages arrive in order: none overtakes one that is on its way or was refused for now.
    """
    places = ", ".join("?" for _ in channels)
    rows = database.query(
        f"""
        UPDATE letters SET state = 'sending', attempts = attempts + 1, claimed_until = ?
        WHERE id = (
            SELECT id FROM letters AS one
            WHERE settled_at IS NULL AND state = 'waiting' AND channel IN ({places})
              AND (not_before IS NULL OR not_before <= ? OR not_before > ?)
              AND NOT EXISTS (
                  SELECT 1 FROM letters AS other
                  WHERE other.settled_at IS NULL AND other.attempts > 0
                    AND other.channel = one.channel AND other.address = one.address AND other.id < one.id
              )
            ORDER BY id LIMIT 1
        ) AND state = 'waiting'
        RETURNING *
        """,
        [written(now + CLAIM), *channels, written(now), written(now + FAR)],
    )
    return next((letter_in(row) for row in rows), None)


def settle(
    database: Database,
    outgoing: OutboxMessage,
    state: State,
    now: datetime,
    *,
    receipt: str = "",
    reason: str = "",
) -> bool:
    """End what a claim began, or a doubt. False when somebody else has settled it or claimed it anew.

    `attempts` tells this claim from later ones: a slow send may report although its claim has run out.
    """
    updated = database.execute(
        """
        UPDATE letters SET state = ?, claimed_until = NULL, settled_at = ?, receipt = ?, reason = ?
        WHERE id = ? AND attempts = ? AND state IN ('sending', 'doubtful')
        """,
        [state, written(now), receipt, reason, outgoing.id, outgoing.attempts],
    )
    return updated.rowcount == 1


def put_back(database: Database, outgoing: OutboxMessage, not_before: datetime, reason: str) -> bool:
    """Let it wait again: only for an outbox message that certainly did not arrive."""
    updated = database.execute(
        """
        UPDATE letters
        SET state = 'waiting', claimed_until = NULL, settled_at = NULL, not_before = ?, reason = ?
        WHERE id = ? AND attempts = ? AND state IN ('sending', 'doubtful')
        """,
        [written(not_before), reason, outgoing.id, outgoing.attempts],
    )
    return updated.rowcount == 1


def tidy(database: Database, now: datetime) -> None:
    """What was claimed and never reported on is doubtful; what waited too long has lapsed."""
    moment = written(now)
    database.execute(
        """
        UPDATE letters
        SET state = 'doubtful', claimed_until = NULL, settled_at = ?, reason = '送信の結果が分からない'
        WHERE settled_at IS NULL AND (claimed_until < ? OR claimed_until > ?)
        """,
        [moment, moment, written(now + FAR)],
    )
    database.execute(
        """
        UPDATE letters SET state = 'lapsed', settled_at = ?, reason = '送る意味のある期間を過ぎた'
        WHERE settled_at IS NULL AND state = 'waiting' AND lapses_at <= ?
        """,
        [moment, moment],
    )
