"""A floor to stand on in tests: a fresh database, a clock that is set by hand, answers that are made up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.app.tables import MIGRATIONS
from bot.conversation.conversation import Conversation, Handled, apology
from bot.message import Message, Reply
from bot.storage.database import DatabaseFile
from bot.storage.migrations import prepare
from reminders.moment import TOKYO

NOON = datetime(2024, 7, 1, 12, 0, tzinfo=TOKYO)
FETCHED = frozenset({"page", "form", "terminal"})


class Clock:
    """Gives the time that the test has set."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **time: float) -> None:
        self.moment += timedelta(**time)


def fresh_database(folder: Path, patience: float = 30.0) -> DatabaseFile:
    """A database with every table in `folder`."""
    path = folder / "kaikaku.db"
    prepare(path, MIGRATIONS, version="0.1.0", now=NOON)
    return DatabaseFile(path, patience)


def echo(message: Message) -> Handled:
    """Says back what was said."""
    return Reply(f"「{message.text}」ですね。")


def conversation(
    database: DatabaseFile, answer: Callable[[Message], Handled] = echo, clock: Clock | None = None
) -> Conversation:
    """A conversation that answers as the test wants."""
    return Conversation(database, answer, clock or Clock(), apology, FETCHED)


def said(text: str, key: str = "1", channel: str = "slack", conversation: str = "c-1") -> Message:
    """One message of an owner's."""
    return Message(channel, key, place="p-1", conversation=conversation, text=text, sender="owner")
