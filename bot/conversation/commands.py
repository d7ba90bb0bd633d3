"""The commands of the conversation: how each is said, who may use it, what it leads to.

A text is a command only when it says nothing else; whatever else it holds makes it a question.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled
from bot.conversation.examples import examples
from bot.identity.asker import Asker
from bot.identity.rights import Act, Granted, may
from bot.message import Choice, Message, Reply
from bot.storage import question_history
from bot.wording.wording import say
from knowledge.plan.plan import Plan
from knowledge.question import Language

if TYPE_CHECKING:
    from sqlite_utils import Database

Does = Callable[[Message, Asker, Language], Handled]


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `ways` and `english_ways` are all its names, the first being the one that the help shows.

    `shows` and `english_shows` say in a few words what it does; `act` is the right that it needs.
    """

    ways: tuple[str, ...]
    english_ways: tuple[str, ...]
    shows: str
    english_shows: str
    does: Does
    act: Act = Act.ASK


@dataclass(frozen=True, slots=True)
class CommandCall:
    """A command that was said, and in which language."""

    command: Command
    language: Language


def said_in(text: str, commands: Iterable[Command]) -> CommandCall | None:
    """The command that `text` is, in whatever width and with whatever at its end."""
    plain = _plain(text)
    for command in commands:
        if plain in map(_plain, command.ways):
            return CommandCall(command, "ja")
        if plain in map(_plain, command.english_ways):
            return CommandCall(command, "en")
    return None


def carry_out(said: CommandCall, message: Message, asker: Asker) -> Handled:
    """What the command leads to, or why this person may not use it and who can help."""
    right = may(asker.person, said.command.act)
    if not isinstance(right, Granted):
        return Reply(str(right), kind="refused")
    return said.command.does(message, asker, said.language)


def with_help(commands: Iterable[Command], plan: Callable[[], Plan]) -> tuple[Command, ...]:
    """These commands, begun by the one that explains them all and the one that begins anew."""

    def explain(_message: Message, asker: Asker, language: Language) -> Handled:
        usable = [one for one in everything if isinstance(may(asker.person, one.act), Granted)]
        questions = [question for question, _ in examples(plan(), language)]
        text = say("help", language, commands=usable, questions=questions)
        choices = tuple(Choice(one, one) for one in questions)
        return Reply(text, choices=choices, kind="command", language=language)

    help_command = Command(
        ways=("ヘルプ", "使い方", "つかいかた", "使いかた", "へるぷ", "何ができる", "なにができる"),
        english_ways=("help", "usage", "what can you do", "how do i use this"),
        shows=say("commands/help"),
        english_shows=say("commands/help", "en"),
        does=explain,
    )
    everything = (help_command, BEGIN_ANEW, *commands)
    return everything


def _begin_anew(message: Message, _asker: Asker, language: Language) -> Handled:
    reply = Reply(say("begun_anew", language), kind="command", language=language)

    def forget_the_earlier(database: Database) -> Reply:
        question_history.clear(database, message.channel, message.conversation)
        return reply

    return forget_the_earlier


BEGIN_ANEW = Command(
    ways=("はじめから", "初めから", "始めから", "最初から", "リセット"),
    english_ways=("start over", "reset"),
    shows=say("commands/begin_anew"),
    english_shows=say("commands/begin_anew", "en"),
    does=_begin_anew,
)


_AT_THE_ENDS = " 　/。．.!?、"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip(_AT_THE_ENDS)
