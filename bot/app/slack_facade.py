"""The bot as Slack needs it, over one App."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot import log
from bot.app import App
from bot.channels.slack.facade import Show, unseen
from bot.conversation.examples import examples
from bot.identity.asker import Asker
from bot.identity.identification import EmailOf, person_of, unknown_email
from bot.message import Message, Reply
from bot.notices.personal_overview import PersonalOverview, personal_overview
from bot.storage import feedback, inbox
from bot.storage.feedback import Mark
from bot.storage.inbox import Received
from knowledge.editions.edition import Edition
from knowledge.search.passages import DocumentPassage
from reminders.delivery import DeliveryOutcome, Send, deliver_claimed, deliver_waiting
from reminders.storage import claims, outbox
from reminders.storage.outbox_message import OutboxMessage

CHANNEL = "slack"
SHOWN = "入力欄の中でお知らせした"


@dataclass(frozen=True, slots=True)
class AppSlackFacade:
    """What Slack asks of the bot; `email_of` tells by which mail address the roster may know somebody.

    Every call may come from any thread.
    """

    app: App
    email_of: EmailOf = unknown_email

    def receive(self, message: Message) -> Received:
        return self.app.conversation.receive(message)

    def answer(self, received: Received, send: Send, show: Show = unseen) -> None:
        outgoing = self.app.conversation.handle_claiming(received)
        is_shown = False
        try:
            is_shown = show(_reply_in(outgoing) or self.app.conversation.handle(received))
        finally:
            # Whoever was shown nothing still gets the message.
            if is_shown:
                self._withhold(received, outgoing)
            elif outgoing is not None:
                _note(deliver_claimed(self.app.database, send, outgoing, self.app.now))
            for outcome in deliver_waiting(self.app.database, {CHANNEL: send}, self.app.now):
                _note(outcome)

    def _withhold(self, received: Received, claimed: OutboxMessage | None) -> None:
        """Keep back a reply that was shown already, ours to send or still waiting for its turn."""
        with self.app.database.writing() as inside:
            number = inbox.outgoing_of(inside, received.id)
            if claimed is not None:
                claims.settle(inside, claimed, "lapsed", self.app.now(), reason=SHOWN)
            elif number is not None:
                outbox.lapse(inside, number, self.app.now(), SHOWN)

    def knows(self, conversation: str) -> bool:
        with self.app.database.reading() as inside:
            return bool(inbox.latest(inside, CHANNEL, conversation, 1))

    def is_new(self, conversation: str) -> bool:
        with self.app.database.reading() as inside:
            return len(inbox.latest(inside, CHANNEL, conversation, 2)) == 1

    def outgoing(self, number: int) -> OutboxMessage | None:
        with self.app.database.reading() as inside:
            return outbox.outgoing(inside, number)

    def mark(self, outgoing: OutboxMessage, value: Mark) -> bool:
        key = (outgoing.in_reply_to or "").removeprefix(f"{CHANNEL}:")
        with self.app.database.writing() as inside:
            if feedback.mark_of(inside, CHANNEL, key) == value:
                return False
            feedback.mark(inside, CHANNEL, key, value, self.app.now())
        return True

    def now(self) -> datetime:
        return self.app.now()

    def today(self) -> date:
        return self.app.now().date()

    def edition(self) -> Edition:
        return self.app.known().edition

    def personal_overview(self, user: str) -> PersonalOverview | None:
        roster = self.app.roster()
        person = person_of(roster, CHANNEL, user, self.email_of)
        app, asker = self.app, Asker(person, roster, self.app.now())
        return personal_overview(app.database, app.known, app.calendar(), app.form, app.term_in, asker)

    def passage(self, reference: str) -> DocumentPassage | None:
        return self.app.known().passage.get(reference)

    def examples(self) -> Sequence[str]:
        return [question for question, _ in examples(self.app.known().plan)]

    def file(self, path: str) -> Path | None:
        """A file of the data folder; a path that leads out of it is none."""
        folder = self.app.settings.data.resolve()
        found = (folder / path).resolve()
        return found if found.is_relative_to(folder) and found.is_file() else None


def _note(outcome: DeliveryOutcome) -> None:
    log.note("letter", number=outcome.outgoing.id, channel=CHANNEL, state=outcome.state)


def _reply_in(outgoing: OutboxMessage | None) -> Reply | None:
    return Reply.from_json(outgoing.body) if outgoing is not None and outgoing.body else None
