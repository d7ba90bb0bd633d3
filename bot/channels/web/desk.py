"""What the page needs of the bot, not how it is done; the composition root supplies the real one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.message import Message, Reply
from bot.rights import Refused
from knowledge.editions import Edition
from knowledge.passages import DocumentPassage

Headers = Sequence[tuple[bytes, bytes]]
"""A request's headers as they came in."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a person said in a conversation and what was said back (None: received, not handled yet).

    `key` is the Message's; `said` is what was typed, or the label of what was pressed; `at` is aware;
    `is_helpful` is how the person marked the reply, None while unmarked.
    """

    key: str
    said: str
    at: datetime
    reply: Reply | None
    is_helpful: bool | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A question that a newcomer can press, and what it shows."""

    question: str
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody one can be while trying the bot; `label` names the department and the post."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Health:
    """What is loaded: the edition, how many initiatives it has, the database in a word, our version."""

    is_well: bool
    edition: str
    initiatives: int
    database: str
    version: str


class Desk(Protocol):
    """The bot as the page sees it. Every call may come from any thread."""

    def take(self, message: Message) -> Reply | None:
        """Handle a message to its end. One whose key is known already has no second effect."""

    def exchanges(self, conversation: str) -> Sequence[Exchange]:
        """The conversation so far, oldest first; empty for one never heard of."""

    def mark(self, conversation: str, key: str, is_helpful: bool) -> None:
        """Note whether the reply to the message of that key helped; an unknown key is nothing."""

    def edition(self) -> Edition:
        """The edition in force today."""

    def passages(self) -> Sequence[DocumentPassage]:
        """The passages of the edition in force, in the document's order: what sources open."""

    def examples(self) -> Sequence[Example]:
        """Questions for a newcomer, fitting the edition in force."""

    def sender(self, peer: str | None, headers: Headers, chosen: str | None) -> str | Refused | None:
        """Who a request speaks for, by the roster's id (None: anybody), or why it is turned away.

        `peer` is the address at the other end, `chosen` the id of a person that the visitor picked.
        """

    def people(self) -> Sequence[Person]:
        """Whom one can try the bot as; only asked for while identity is trial."""

    def file(self, path: str) -> Path | None:
        """Where a reply's file lies on disk, or None when it is no longer there."""

    def health(self) -> Health:
        """What is loaded and whether all is well; quick, and never raising."""
