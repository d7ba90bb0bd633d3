"""What a message leads to: a dialogue's next step, a command, or an answer from the plan.

Decides and words; what is to be kept comes out as an effect, which the conversation carries out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.conversation import commands
from bot.conversation.commands import Command
from bot.conversation.conversation import Handled
from bot.conversation.plan_reply import reply_to
from bot.conversation.responsibility import with_departments
from bot.identity.asker import Asker
from bot.message import Message, Reply
from bot.storage import question_history, unanswered
from bot.storage.database import DatabaseFile
from bot.wording.language import language_of
from bot.wording.wording import kind_of, say
from knowledge.answers.answer import AnswerKind
from knowledge.known import Known
from knowledge.question import Ask, Question, Understood
from knowledge.reading import read_all

if TYPE_CHECKING:
    from sqlite_utils import Database

LONGEST_QUESTION = 1000
"""Characters; whoever pastes more than this is not asking."""

ASK = "ask"
"""The action of a button that puts a question."""

Handler = Callable[[Message, Asker], Handled | None]
"""A feature's turn at a message: None when it is not for it."""


def answering(
    database: DatabaseFile,
    known: Callable[[], Known],
    asker: Callable[[Message], Asker],
    handlers: Sequence[Handler] = (),
    table: Sequence[Command] = (),
) -> Callable[[Message], Handled]:
    """How a Conversation answers. The handlers are asked in order, before the commands of `table` and the plan.

    A pressed question goes past the handlers: nobody presses one to go on with a form.
    """
    every_command = commands.with_help(table, lambda: known().plan)

    def answer(message: Message) -> Handled:
        who = asker(message)
        if message.press is None or message.press.action != ASK:
            for handle in handlers:
                if (handled := handle(message, who)) is not None:
                    return handled
            if message.press is not None:
                language = language_of(message.text)
                return Reply(say("dead_button", language), kind="unclear", language=language)
        text = message.text if message.press is None else message.press.value
        if fault := _unaskable(text):
            return Reply(fault, kind="unclear", language=language_of(text))
        if (said := commands.said_in(text, every_command)) is not None:
            return commands.carry_out(said, message, who)
        earlier = _earlier(database, message, who.at)
        return _asked(message, text, earlier, known(), who)

    return answer


def _unaskable(text: str) -> str:
    """What is wrong with a text before anybody tries to read it, or nothing."""
    if not text.strip():
        return say("nothing_said")
    if len(text) > LONGEST_QUESTION:
        return say("too_long", language_of(text), most=LONGEST_QUESTION)
    return ""


def _earlier(database: DatabaseFile, message: Message, now: datetime) -> tuple[str, ...]:
    with database.reading() as inside:
        return question_history.earlier(inside, message.channel, message.conversation, now)


def _asked(message: Message, text: str, earlier: Sequence[str], known: Known, who: Asker) -> Handled:
    """The answer, with what is remembered of the question; a mere greeting leaves nothing behind."""
    today = who.at.date()
    understood = read_all([*earlier, text], known, today)
    reply = with_departments(reply_to(understood, known, today), understood, known, who.roster)
    if _is_greeting(understood):
        return reply
    return _remembering(message, text, reply, who)


def _remembering(message: Message, text: str, reply: Reply, who: Asker) -> Handled:
    names = [person.name for person in who.roster.persons if person.name]

    def remember(database: Database) -> Reply:
        question_history.remember(database, message.channel, message.conversation, text, who.at)
        if kind_of(reply) in _WITHOUT_ANSWER:
            unanswered.keep(database, text, reply.kind, names, who.at)
        return reply

    return remember


_WITHOUT_ANSWER = (AnswerKind.UNCLEAR, AnswerKind.OUT_OF_PLAN)


def _is_greeting(understood: Understood) -> bool:
    return isinstance(understood, Question) and understood.asks is Ask.GREETING
