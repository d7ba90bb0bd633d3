"""Outbox messages on their way out: waiting -> sending (claimed until) -> sent | failed | doubtful | lapsed.

Lays outbox messages down and gives what became of them; `claims` is what sending them writes. Sends nothing itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from reminders.moment import written
from reminders.storage.claims import CLAIM
from reminders.storage.outbox_message import OutboxMessage, State, letter_in

if TYPE_CHECKING:
    from sqlite_utils import Database

ToBe = Literal["sent later", "sent at once", "fetched"]
"""What becomes of a reply: somebody claims it and sends it; who lays it down has claimed it and sends it; or
the person's page or terminal takes it with its response, so that nothing is left to send."""


def reply(
    database: Database,
    *,
    channel: str,
    key: str,
    address: str,
    conversation: str,
    body: str,
    now: datetime,
    to_be: ToBe = "sent later",
) -> OutboxMessage:
    """Lay down the reply to message `key` of `channel`, to be sent at once where nothing is under way there."""
    is_claimed = to_be == "sent at once" and not _is_anything_open_at(database, channel, address)
    is_fetched = to_be == "fetched"
    return _insert(
        database,
        kind="reply",
        channel=channel,
        address=address,
        conversation=conversation,
        in_reply_to=f"{channel}:{key}",
        body=body,
        state="sending" if is_claimed else "sent" if is_fetched else "waiting",
        attempts=1 if is_claimed else 0,
        claimed_until=written(now + CLAIM) if is_claimed else None,
        settled_at=written(now) if is_fetched else None,
        created_at=written(now),
    )


def notice(
    database: Database,
    *,
    kind: str,
    recipient: str,
    day: str,
    channel: str,
    address: str,
    body: str,
    now: datetime,
    not_before: datetime | None = None,
    lapses_at: datetime | None = None,
    conversation: str = "",
) -> int | None:
    """Lay down what is said to `recipient` on `day` of our own account; None when it is there already.

    One of that day that certainly did not leave or arrive is opened again, with what is given now.
    """
    found = database.query(
        "SELECT id, state FROM letters WHERE recipient = ? AND day = ? AND kind = ?", [recipient, day, kind]
    )
    columns = {
        "channel": channel,
        "address": address,
        "conversation": conversation,
        "body": body,
        "created_at": written(now),
        "not_before": written(not_before) if not_before else None,
        "lapses_at": written(lapses_at) if lapses_at else None,
    }
    there = next(iter(found), None)
    if there is None:
        return _insert(database, kind=kind, recipient=recipient, day=day, **columns).id
    return _open_again(database, there["id"], columns) if there["state"] in ("failed", "lapsed") else None


def shown(
    database: Database, *, kind: str, recipient: str, day: str, channel: str, body: str, now: datetime
) -> int | None:
    """Keep what `recipient` is shown on `day` where they look in by themselves; None when it was shown before."""
    cursor = database.execute(
        """
        INSERT INTO letters (kind, recipient, day, channel, address, body, state, settled_at, created_at)
        VALUES (?, ?, ?, ?, '', ?, 'sent', ?, ?) ON CONFLICT (recipient, day, kind) DO NOTHING
        """,
        [kind, recipient, day, channel, body, written(now), written(now)],
    )
    return cursor.lastrowid if cursor.rowcount == 1 else None


def amend(database: Database, number: int, body: str) -> bool:
    """Say something else in an outbox message that has not left yet; False when it has."""
    updated = database.execute(
        "UPDATE letters SET body = ? WHERE id = ? AND state = 'waiting'", [body, number]
    )
    return updated.rowcount == 1


def lapse(database: Database, number: int, now: datetime, reason: str) -> bool:
    """Keep back an outbox message that has not left yet; False when it has."""
    updated = database.execute(
        "UPDATE letters SET state = 'lapsed', settled_at = ?, reason = ? WHERE id = ? AND state = 'waiting'",
        [written(now), reason, number],
    )
    return updated.rowcount == 1


def doubt_all(database: Database, now: datetime, reason: str) -> None:
    """Whether anything that is not settled has left is no longer known, as after restoring a backup."""
    database.execute(
        """
        UPDATE letters SET state = 'doubtful', claimed_until = NULL, settled_at = ?, reason = ?
        WHERE settled_at IS NULL
        """,
        [written(now), reason],
    )


def outgoing(database: Database, number: int) -> OutboxMessage | None:
    """The outbox message with this id."""
    rows = database.query("SELECT * FROM letters WHERE id = ?", [number])
    return next((letter_in(row) for row in rows), None)


def outgoing_in(database: Database, state: State) -> list[OutboxMessage]:
    """Every outbox message in a state, oldest first."""
    return [
        letter_in(row) for row in database.query("SELECT * FROM letters WHERE state = ? ORDER BY id", [state])
    ]


def forget(database: Database, *, replies_before: datetime, before: datetime) -> None:
    """Empty settled replies older than the one moment; empty notices and drop replies older than the other.

    The rows of notices stay, since they are what keeps a notice from being said again.
    """
    database.execute(
        """
        UPDATE letters SET body = NULL
        WHERE body IS NOT NULL AND state NOT IN ('waiting', 'sending', 'doubtful')
          AND created_at < CASE kind WHEN 'reply' THEN ? ELSE ? END
        """,
        [written(replies_before), written(before)],
    )
    database.execute(
        """
        DELETE FROM letters
        WHERE kind = 'reply' AND state NOT IN ('waiting', 'sending', 'doubtful') AND created_at < ?
        """,
        [written(before)],
    )


def _open_again(database: Database, number: int, columns: dict[str, Any]) -> int:
    settings = ", ".join(f"{name} = ?" for name in columns)
    database.execute(
        f"UPDATE letters SET state = 'waiting', settled_at = NULL, reason = '', {settings} WHERE id = ?",
        [*columns.values(), number],
    )
    return number


def _is_anything_open_at(database: Database, channel: str, address: str) -> bool:
    rows = database.query(
        "SELECT 1 FROM letters WHERE settled_at IS NULL AND channel = ? AND address = ? LIMIT 1",
        [channel, address],
    )
    return next(iter(rows), None) is not None


def _insert(database: Database, **columns: Any) -> OutboxMessage:
    names = ", ".join(columns)
    places = ", ".join("?" for _ in columns)
    rows = database.query(
        f"INSERT INTO letters ({names}) VALUES ({places}) RETURNING *", list(columns.values())
    )
    return letter_in(next(iter(rows)))
