"""The bot as Slack needs it, over one App."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot import feedback, inbox, log
from bot.app import App
from bot.channels.slack.desk import Show, unseen
from bot.examples import examples
from bot.feedback import Mark
from bot.inbox import Received
from bot.message import Message, Reply
from knowledge.editions import Edition
from knowledge.passages import DocumentPassage
from reminders import outbox
from reminders.deliver import Outcome, Send, deliver_claimed, deliver_waiting
from reminders.letters import Letter

CHANNEL = "slack"


@dataclass(frozen=True, slots=True)
class SlackDesk:
    """What Slack asks of the bot. Every call may come from any thread."""

    app: App

    def receive(self, message: Message) -> Received:
        return self.app.conversation.receive(message)

    def answer(self, received: Received, send: Send, show: Show = unseen) -> None:
        letter = self.app.conversation.handle_claiming(received)
        is_shown = False
        try:
            if letter is None:
                show(self.app.conversation.handle(received))
            else:
                is_shown = show(Reply.from_json(letter.body or ""))
        finally:
            # Whoever was shown nothing still gets the message.
            self._send(letter, is_shown, send)

    def _send(self, letter: Letter | None, is_shown: bool, send: Send) -> None:
        if letter is not None and is_shown:
            with self.app.database.writing() as inside:
                outbox.settle(inside, letter, "lapsed", self.app.now(), reason="入力欄の中でお知らせした")
        elif letter is not None:
            _note(deliver_claimed(self.app.database, send, letter, self.app.now))
        for outcome in deliver_waiting(self.app.database, {CHANNEL: send}, self.app.now):
            _note(outcome)

    def knows(self, conversation: str) -> bool:
        with self.app.database.reading() as inside:
            return bool(inbox.latest(inside, CHANNEL, conversation, 1))

    def letter(self, number: int) -> Letter | None:
        with self.app.database.reading() as inside:
            return outbox.letter(inside, number)

    def mark(self, letter: Letter, value: Mark) -> bool:
        key = (letter.in_reply_to or "").removeprefix(f"{CHANNEL}:")
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

    def passage(self, reference: str) -> DocumentPassage | None:
        return self.app.known().passage.get(reference)

    def examples(self) -> Sequence[str]:
        return [question for question, _ in examples(self.app.known().plan)]

    def file(self, path: str) -> Path | None:
        """A file of the data folder; a path that leads out of it is none."""
        folder = self.app.settings.data.resolve()
        found = (folder / path).resolve()
        return found if found.is_relative_to(folder) and found.is_file() else None


def _note(outcome: Outcome) -> None:
    log.note("letter", number=outcome.letter.id, channel=CHANNEL, state=outcome.state)
