"""What Slack needs of the bot, not how it is done; the composition root supplies the real one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from bot.message import Message, Reply
from bot.notices.personal_overview import PersonalOverview
from bot.storage.feedback import Mark
from bot.storage.inbox import Received
from knowledge.editions.edition import Edition
from knowledge.search.passages import DocumentPassage
from reminders.delivery import Send
from reminders.storage.outbox_message import OutboxMessage

Show = Callable[[Reply], bool]
"""Shows a reply elsewhere than in a message; True where it then needs no message any more."""


def unseen(_reply: Reply) -> bool:
    """The message alone shows it."""
    return False


class SlackFacade(Protocol):
    """The bot as Slack sees it. Every call may come from any thread."""

    def receive(self, message: Message) -> Received:
        """Keep a message safely, before Slack hears that it arrived. Raises DatabaseFault."""

    def answer(self, received: Received, send: Send, show: Show = unseen) -> None:
        """Handle a received message to its end and send its reply, with what else waits for Slack.

        `show` is given the reply before it is sent. Raises DatabaseFault.
        """

    def knows(self, conversation: str) -> bool:
        """Whether anything said in that conversation is still kept. Raises DatabaseFault."""

    def is_new(self, conversation: str) -> bool:
        """Whether only one thing has been said in that conversation. Raises DatabaseFault."""

    def outgoing(self, number: int) -> OutboxMessage | None:
        """The outbox message of that number. Raises DatabaseFault."""

    def mark(self, outgoing: OutboxMessage, value: Mark) -> bool:
        """Say whether the answer in that outbox message helped; False where that was said already. Raises DatabaseFault."""

    def now(self) -> datetime:
        """The present moment, of a given day where one is given."""

    def today(self) -> date:
        """The day that questions are answered for."""

    def edition(self) -> Edition:
        """The edition in force today."""

    def personal_overview(self, user: str) -> PersonalOverview | None:
        """What the person of that Slack id has to do; None for a stranger. Raises DatabaseFault."""

    def passage(self, reference: str) -> DocumentPassage | None:
        """The passage that a source opens."""

    def examples(self) -> Sequence[str]:
        """Questions for a newcomer, fitting the edition in force."""

    def file(self, path: str) -> Path | None:
        """Where a reply's file lies on disk, or None when it is no longer there."""
