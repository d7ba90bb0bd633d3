"""The bot as its channels need it, over one App."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import log
from bot.app import App, version
from bot.app.reminders import open_for, shown_today
from bot.channels.facade import ExampleQuestion, Health, Show, unseen
from bot.conversation.examples import examples
from bot.conversation.exchanges import Exchange, exchanges
from bot.evaluation.context import EvaluationContext, context_of
from bot.identity.asker import Asker
from bot.message import Message, Reply
from bot.notices.inbox_badge import InboxBadge, badge_of
from bot.notices.personal_overview import PersonalOverview, personal_overview
from bot.progress.figure_source import Traced, entry_for
from bot.progress.handler import NotShown, summary_for
from bot.progress.request import Request
from bot.progress.summary import Summary
from bot.refusal import Refusal
from bot.storage import entry_store, feedback, inbox
from bot.storage.entry import Entry
from bot.storage.feedback import Mark
from bot.storage.inbox import Received
from knowledge.editions.edition import Edition
from knowledge.roster.roster import Person, Roster
from knowledge.search.passages import DocumentPassage
from reminders.delivery import DeliveryOutcome, Send, deliver_claimed, deliver_waiting
from reminders.storage import claims, outbox
from reminders.storage.outbox_message import OutboxMessage

SHOWN = "入力欄の中でお知らせした"


@dataclass(frozen=True, slots=True)
class AppFacade:
    """What channels ask of the bot. Every call may come from any thread."""

    app: App

    def take(self, message: Message) -> Reply:
        return self.app.conversation.take(message)

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
            for outcome in deliver_waiting(self.app.database, {received.message.channel: send}, self.app.now):
                _note(outcome)

    def _withhold(self, received: Received, claimed: OutboxMessage | None) -> None:
        """Keep back a reply that was shown already, ours to send or still waiting for its turn."""
        with self.app.database.writing() as inside:
            number = inbox.outgoing_of(inside, received.id)
            if claimed is not None:
                claims.settle(inside, claimed, "lapsed", self.app.now(), reason=SHOWN)
            elif number is not None:
                outbox.lapse(inside, number, self.app.now(), SHOWN)

    def exchanges(self, channel: str, conversation: str, limit: int) -> Sequence[Exchange]:
        with self.app.database.reading() as inside:
            return exchanges(inside, channel, conversation, limit)

    def outgoing(self, number: int) -> OutboxMessage | None:
        with self.app.database.reading() as inside:
            return outbox.outgoing(inside, number)

    def mark(self, channel: str, key: str, mark: Mark) -> bool:
        with self.app.database.writing() as inside:
            if feedback.mark_of(inside, channel, key) == mark:
                return False
            feedback.mark(inside, channel, key, mark, self.app.now())
        return True

    def file(self, path: str) -> Path | None:
        return self.app.settings.file(path)

    def now(self) -> datetime:
        return self.app.now()

    def edition(self) -> Edition:
        return self.app.known().edition

    def passages(self) -> Sequence[DocumentPassage]:
        return self.app.known().passages

    def examples(self) -> Sequence[ExampleQuestion]:
        return [ExampleQuestion(question, shows) for question, shows in examples(self.app.known().plan)]

    def roster(self) -> Roster:
        return self.app.roster()

    def health(self) -> Health:
        try:
            edition = self.edition()
        except Refusal as fault:
            return Health(False, "", 0, str(fault), version())
        return Health(True, edition.title, len(edition.plan.initiatives), "ok", version())

    def identify(self, channel: str, sender: str | None) -> Person | None:
        return self.app.channels.identify(self.app.roster(), channel, sender)

    def overview(self, person: str) -> PersonalOverview | None:
        app = self.app
        return personal_overview(
            app.database, app.known, app.calendar(), app.form, app.term_in, self._asker(person)
        )

    def shown_today(self, person: str, channel: str) -> Reply | None:
        return shown_today(self.app, person, channel)

    def due(self, person: str | None) -> InboxBadge:
        if person is None:
            return InboxBadge()
        context, notice, roster = self.context(person), open_for(self.app, person), self.app.roster()
        return badge_of(notice, roster, roster.person(person), context.to_sign if context else ())

    def context(self, person: str | None, round: str | None = None) -> EvaluationContext | None:
        app, known, asker = self.app, self.app.known(), self._asker(person)
        with app.database.reading() as inside:
            context = context_of(inside, known, asker, app.form, app.term_in, round)
        return context if context is not None and context.is_opened else None

    def versions(self, round: str, subject: str) -> Sequence[Entry]:
        with self.app.database.reading() as inside:
            return entry_store.versions(inside, round, subject)

    def progress(self, person: str | None, request: Request) -> Summary | NotShown:
        app = self.app
        return summary_for(app.database, app.known(), self._asker(person), request, app.calendar())

    def entry(self, person: str | None, number: int) -> Traced | NotShown:
        app = self.app
        return entry_for(app.database, app.known(), self._asker(person), app.form, app.term_in, number)

    def _asker(self, person: str | None) -> Asker:
        roster = self.app.roster()
        return Asker(roster.person(person) if person else None, roster, self.app.now())


def _note(outcome: DeliveryOutcome) -> None:
    log.note("letter", number=outcome.outgoing.id, channel=outcome.outgoing.channel, state=outcome.state)


def _reply_in(outgoing: OutboxMessage | None) -> Reply | None:
    return Reply.from_json(outgoing.body) if outgoing is not None and outgoing.body else None
