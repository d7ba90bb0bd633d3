"""A conversation as it can be shown again: what was said, what was said back, whether it helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.message import Message, Reply
from bot.storage import feedback, inbox
from bot.storage.feedback import Mark
from reminders.storage import outbox

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message, when it was received, its reply (None: not handled yet) and the mark it was given."""

    message: Message
    at: datetime
    reply: Reply | None
    mark: Mark | None


def exchanges(database: Database, channel: str, conversation: str, limit: int = 50) -> list[Exchange]:
    """The latest exchanges of a conversation, oldest first, as far back as text is kept."""
    return [
        Exchange(
            received.message,
            at,
            reply=_reply(database, received.outgoing),
            mark=feedback.mark_of(database, channel, received.message.key),
        )
        for at, received in inbox.latest(database, channel, conversation, limit)
    ]


def _reply(database: Database, number: int | None) -> Reply | None:
    outgoing = outbox.outgoing(database, number) if number is not None else None
    return Reply.from_json(outgoing.body) if outgoing and outgoing.body else None
