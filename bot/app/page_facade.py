"""The bot as the page needs it: conversations shown again, people, passages and health, over one App."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app import App, version
from bot.app.reminders import open_for
from bot.channels.web.evaluation_rows import waiting
from bot.channels.web.facade import Example, Headers, Health, InboxBadge, PersonChoice
from bot.conversation.examples import examples
from bot.conversation.exchanges import Exchange, exchanges
from bot.evaluation.context import EvaluationContext, context_of
from bot.identity.asker import Asker
from bot.identity.identification import identify, person_behind
from bot.identity.rights import Refused, seen
from bot.message import Message, Reply
from bot.notices.inbox_badge import answers, standings
from bot.progress.figure_source import Traced, entry_for
from bot.progress.handler import NotShown, summary_for
from bot.progress.request import Request
from bot.progress.summary import Summary
from bot.refusal import Refusal
from bot.storage import entry_store, feedback
from bot.storage.entry import Entry
from bot.storage.feedback import Mark
from knowledge.editions.edition import Edition
from knowledge.roster.roster import Department
from knowledge.search.passages import DocumentPassage

CHANNEL = "page"
MOST_EXCHANGES = 500
RECENT = 20


@dataclass(frozen=True, slots=True)
class AppPageFacade:
    """What the page asks of the bot. Every call may come from any thread."""

    app: App

    def take(self, message: Message) -> Reply:
        return self.app.conversation.take(message)

    def exchanges(self, conversation: str, limit: int) -> Sequence[Exchange]:
        with self.app.database.reading() as inside:
            return exchanges(inside, CHANNEL, conversation, limit)

    def mark(self, conversation: str, key: str, mark: Mark) -> None:
        """Only what was said in the same conversation can be marked in it."""
        with self.app.database.writing() as inside:
            said_here = exchanges(inside, CHANNEL, conversation, MOST_EXCHANGES)
            if any(one.message.key == key for one in said_here):
                feedback.mark(inside, CHANNEL, key, mark, self.app.now())

    def edition(self) -> Edition:
        return self.app.known().edition

    def passages(self) -> Sequence[DocumentPassage]:
        return self.app.known().passages

    def examples(self) -> Sequence[Example]:
        return [Example(question, shows) for question, shows in examples(self.app.known().plan)]

    def sender(self, peer: str | None, headers: Headers, chosen: str | None) -> str | Refused | None:
        identified = identify(self.app.settings, peer, headers, chosen)
        if isinstance(identified, Refused):
            return identified
        person = person_behind(identified, self.app.roster())
        return person.id if person is not None else None

    def people(self) -> Sequence[PersonChoice]:
        roster = self.app.roster()
        return [PersonChoice(one.id, roster.label(one)) for one in roster.persons]

    def progress(self, sender: str | None, request: Request) -> Summary | NotShown:
        app = self.app
        return summary_for(app.database, app.known(), self._asker(sender), request, app.calendar())

    def entry(self, sender: str | None, number: int) -> Traced | NotShown:
        app = self.app
        return entry_for(app.database, app.known(), self._asker(sender), app.form, app.term_in, number)

    def departments(self, sender: str | None) -> Sequence[Department]:
        asker = self._asker(sender)
        return seen(asker.person, asker.roster.current_departments)

    def context(self, person: str | None, round: str | None = None) -> EvaluationContext | None:
        app, known, asker = self.app, self.app.known(), self._asker(person)
        with app.database.reading() as inside:
            context = context_of(inside, known, asker, app.form, app.term_in, round)
        return context if context is not None and context.is_opened else None

    def versions(self, round: str, subject: str) -> Sequence[Entry]:
        with self.app.database.reading() as inside:
            return entry_store.versions(inside, round, subject)

    def due(self, person: str | None) -> InboxBadge:
        if person is None:
            return InboxBadge()
        context, notice, roster = self.context(person), open_for(self.app, person), self.app.roster()
        to_sign = waiting(context) if context else ()
        if notice is None:
            return InboxBadge(to_sign=to_sign)
        things = standings(notice, roster, roster.person(person))
        return InboxBadge(things, answers(notice, roster), to_sign)

    def replied(self, channel: str, conversation: str, key: str) -> Reply | None:
        with self.app.database.reading() as inside:
            said = exchanges(inside, channel, conversation, RECENT)
        return next((one.reply for one in said if one.message.key == key), None)

    def file(self, path: str) -> Path | None:
        """A file of the data folder; a path that leads out of it is none."""
        folder = self.app.settings.data.resolve()
        found = (folder / path).resolve()
        return found if found.is_relative_to(folder) and found.is_file() else None

    def health(self) -> Health:
        try:
            edition = self.edition()
        except Refusal as fault:
            return Health(False, "", 0, str(fault), version())
        return Health(True, edition.title, len(edition.plan.initiatives), "ok", version())

    def _asker(self, sender: str | None) -> Asker:
        roster = self.app.roster()
        return Asker(roster.person(sender) if sender else None, roster, self.app.now())
