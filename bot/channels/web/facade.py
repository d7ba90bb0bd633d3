"""What the page needs of the bot, not how it is done; the composition root supplies the real one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.conversation.exchanges import Exchange
from bot.evaluation.context import EvaluationContext
from bot.identity.rights import Refused
from bot.message import Choice, Message, Reply
from bot.notices.inbox_badge import BadgeItem
from bot.progress.figure_source import Traced
from bot.progress.handler import NotShown
from bot.progress.request import Request
from bot.progress.summary import Summary
from bot.storage.entry import Entry
from bot.storage.feedback import Mark
from knowledge.editions.edition import Edition
from knowledge.roster.roster import Department
from knowledge.search.passages import DocumentPassage

Headers = Sequence[tuple[bytes, bytes]]
"""A request's headers as they came in."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question that a newcomer can press, and what it shows."""

    question: str
    shows: str = ""


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Somebody one can be while trying the bot; `label` names the department and the post."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class InboxBadge:
    """What somebody has to do today; the `answers` put it off or decline it.

    `to_sign` are the entries whose turn it is to be confirmed or accepted by them.
    """

    things: tuple[BadgeItem, ...] = ()
    answers: tuple[Choice, ...] = ()
    to_sign: tuple[Entry, ...] = ()

    @property
    def count(self) -> int:
        return len(self.things) + len(self.to_sign)


@dataclass(frozen=True, slots=True)
class Health:
    """What is loaded: the edition, how many initiatives it has, the database in a word, our version."""

    is_well: bool
    edition: str
    initiatives: int
    database: str
    version: str


class PageFacade(Protocol):
    """The bot as the page sees it. Every call may come from any thread."""

    def take(self, message: Message) -> Reply:
        """Handle a message to its end; one of a known key has no second effect. Of kind error: it was not kept."""

    def exchanges(self, conversation: str, limit: int) -> Sequence[Exchange]:
        """The latest exchanges of a conversation, oldest first; none for one never heard of."""

    def mark(self, conversation: str, key: str, mark: Mark) -> None:
        """Note whether the reply to that message helped; a key of another conversation's is nothing."""

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

    def people(self) -> Sequence[PersonChoice]:
        """Whom one can try the bot as; only asked for while identity is trial."""

    def progress(self, sender: str | None, request: Request) -> Summary | NotShown:
        """The progress that was asked for, within what this person may see."""

    def entry(self, sender: str | None, number: int) -> Traced | NotShown:
        """The self-evaluation of that number, for those who may see it."""

    def departments(self, sender: str | None) -> Sequence[Department]:
        """The departments whose part of the progress this person may choose."""

    def context(self, person: str | None, round: str | None = None) -> EvaluationContext | None:
        """What there is to enter and to sign in that round (R5), else in the one of the day, as the person sees it.

        None for somebody unknown, and for a round that has not been opened yet.
        """

    def versions(self, round: str, subject: str) -> Sequence[Entry]:
        """Every version of the entry on a subject, oldest first."""

    def due(self, person: str | None) -> InboxBadge:
        """What that person has to do today, as the notices say it, and what waits for their signature."""

    def replied(self, channel: str, conversation: str, key: str) -> Reply | None:
        """What was said back to a recent message of that conversation."""

    def file(self, path: str) -> Path | None:
        """Where a reply's file lies on disk, or None when it is no longer there."""

    def health(self) -> Health:
        """What is loaded and whether all is well; quick, and never raising."""
