"""What channels need of the bot, not how it is done: one facade for all of them; the composition root supplies it.

People are named by the roster's id (None: somebody whom it does not know); `identify` finds them by what a channel
calls them. Every call may come from any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.conversation.exchanges import Exchange
from bot.evaluation.context import EvaluationContext
from bot.message import Message, Reply
from bot.notices.inbox_badge import InboxBadge
from bot.notices.personal_overview import PersonalOverview
from bot.progress.figure_source import Traced
from bot.progress.handler import NotShown
from bot.progress.request import Request
from bot.progress.summary import Summary
from bot.storage.entry import Entry
from bot.storage.feedback import Mark
from bot.storage.inbox import Received
from knowledge.editions.edition import Edition
from knowledge.roster.roster import Person, Roster
from knowledge.search.passages import DocumentPassage
from reminders.delivery import Send
from reminders.storage.outbox_message import OutboxMessage

Show = Callable[[Reply], bool]
"""Shows a reply elsewhere than in a message; True where it then needs no message any more."""


def unseen(_reply: Reply) -> bool:
    """The message alone shows it."""
    return False


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """A question that a newcomer can press, and what it shows."""

    question: str
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """What is loaded: the edition, how many initiatives it has, the database in a word, our version."""

    is_well: bool
    edition: str
    initiatives: int
    database: str
    version: str


class BotFacade(Protocol):
    """The bot as a channel sees it. Apart from `take` and `health`, what reads or writes may raise DatabaseFault."""

    # What is said, and what is said back.

    def take(self, message: Message) -> Reply:
        """Handle a message to its end; one of a known key has no second effect. Of kind error: it was not kept."""

    def receive(self, message: Message) -> Received:
        """Keep a message safely, before its channel hears that it arrived."""

    def answer(self, received: Received, send: Send, show: Show = unseen) -> None:
        """Handle a received message to its end and send its reply, with what else waits for its channel.

        `show` is given the reply before it is sent.
        """

    def exchanges(self, channel: str, conversation: str, limit: int) -> Sequence[Exchange]:
        """The latest exchanges of a conversation, oldest first; none for one never heard of."""

    def outgoing(self, number: int) -> OutboxMessage | None:
        """The outbox message of that number."""

    def mark(self, channel: str, key: str, mark: Mark) -> bool:
        """Note whether the reply to the message of that key helped; False where that was noted already.

        That it was said by whoever marks it is for the channel to see to.
        """

    def file(self, path: str) -> Path | None:
        """Where a reply's file lies on disk, or None when it is no longer there."""

    # What is in force.

    def now(self) -> datetime:
        """The present moment, of a given day where one is given."""

    def edition(self) -> Edition:
        """The edition in force today."""

    def passages(self) -> Sequence[DocumentPassage]:
        """The passages of the edition in force, in the document's order: what sources open."""

    def examples(self) -> Sequence[ExampleQuestion]:
        """Questions for a newcomer, fitting the edition in force."""

    def roster(self) -> Roster:
        """The roster in force today."""

    def health(self) -> Health:
        """What is loaded and whether all is well; quick, and never raising."""

    # What is somebody's.

    def identify(self, channel: str, sender: str | None) -> Person | None:
        """The person whom that channel calls so."""

    def overview(self, person: str) -> PersonalOverview | None:
        """What the person has to do and which days are ahead; None for somebody unknown."""

    def shown_today(self, person: str, channel: str) -> Reply | None:
        """What stands open for the person, once a day; it is kept as shown, since it is shown right away."""

    def due(self, person: str | None) -> InboxBadge:
        """What the person has to do today, as the notices say it, and what waits for their signature."""

    def context(self, person: str | None, round: str | None = None) -> EvaluationContext | None:
        """What there is to enter and to sign in that round (R5), else in the one of the day, as the person sees it.

        None for somebody unknown, and for a round that has not been opened yet.
        """

    def versions(self, round: str, subject: str) -> Sequence[Entry]:
        """Every version of the entry on a subject, oldest first."""

    def progress(self, person: str | None, request: Request) -> Summary | NotShown:
        """The progress that was asked for, within what the person may see."""

    def entry(self, person: str | None, number: int) -> Traced | NotShown:
        """The self-evaluation of that number, for those who may see it."""
