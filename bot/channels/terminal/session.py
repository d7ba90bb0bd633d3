"""The conversation in a terminal, line after line until the person leaves or the input ends."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from bot.channels.facade import BotFacade
from bot.channels.terminal.receive import Leave, Rate, Say, Send, Shown, read
from bot.channels.terminal.render import drawn, field_asked
from bot.channels.terminal.send import Keyboard, Pipes
from bot.message import Message, Reply
from bot.storage.database_fault import DatabaseFault
from bot.storage.feedback import Mark
from bot.wording.wording import say
from knowledge.roster.roster import Person

CHANNEL = "terminal"


class Screen(Protocol):
    """Where lines come from and go to: a keyboard and a screen, or two pipes."""

    @property
    def columns(self) -> int | None:
        """How wide it is; None where that does not matter."""

    def next_line(self) -> str | None:
        """What is typed next; None at the end."""

    def show(self, lines: Sequence[str]) -> None:
        """Put the lines where the person sees them, now."""


@dataclass(frozen=True, slots=True)
class TerminalSession:
    """Who sits there: the person's id (None: nobody the roster knows) and a conversation of their own."""

    person: str | None
    conversation: str


def sit_down(facade: BotFacade, person: Person | None, screen: Keyboard | Pipes) -> None:
    """Greet whoever sits at a keyboard, show what they have to do, and talk until they leave."""
    if isinstance(screen, Keyboard):
        screen.show(_greeting(facade, person))
    seat = TerminalSession(person.id if person else None, secrets.token_hex(8))
    talk(facade.take, partial(_marked, facade), screen, seat, _opening(facade, person))


def talk(
    take: Callable[[Message], Reply],
    mark: Callable[[str, Mark], str],
    screen: Screen,
    seat: TerminalSession,
    opening: Reply | None = None,
) -> None:
    """Take each line to the bot and show what it says, until the end. A repeated line is a new message.

    `mark` keeps whether the answer to the message of that key helped, and gives what to say about it. `opening` is
    shown before anything is typed, and its choices can be taken.
    """
    shown, answered = _opened(screen, opening), ""
    for number, line in enumerate(iter(screen.next_line, None), start=1):
        typed, shown = read(line, shown)
        match typed:
            case Leave():
                return
            case Say(text):
                if text:
                    screen.show(text.splitlines())
            case Rate(value):
                screen.show([mark(answered, value) if answered else say("nothing_to_mark")])
            case Send():
                message = _message(typed, seat, number)
                reply = take(message)
                answered = message.key if reply.answer else ""
                screen.show(drawn(reply, screen.columns))
                shown = shown if typed.is_aside else Shown.by(reply)
        if shown.form is not None:
            screen.show(field_asked(shown.form, len(shown.filled)))


def _greeting(facade: BotFacade, person: Person | None) -> list[str]:
    roster = facade.roster()
    who = roster.label(person) if person else say("terminal/greeting/stranger")
    return [
        say("terminal/greeting/plan", plan=facade.edition().title),
        say("terminal/greeting/person", who=who, is_sample=roster.is_sample),
    ]


def _opening(facade: BotFacade, person: Person | None) -> Reply | None:
    """What the person has to do; trouble with the database is told when they say something."""
    try:
        return None if person is None else facade.shown_today(person.id, CHANNEL)
    except DatabaseFault:
        return None


def _marked(facade: BotFacade, key: str, mark: Mark) -> str:
    """Keep the mark; gives what to say about it."""
    try:
        facade.mark(CHANNEL, key, mark)
    except DatabaseFault as fault:
        return str(fault)
    return say("marked", value=mark)


def _opened(screen: Screen, opening: Reply | None) -> Shown:
    if opening is None:
        return Shown()
    screen.show(drawn(opening, screen.columns))
    return Shown.by(opening)


def _message(typed: Send, seat: TerminalSession, number: int) -> Message:
    return Message(
        CHANNEL,
        key=f"{seat.conversation}-{number}",
        place=seat.conversation,
        conversation=seat.conversation,
        text=typed.text,
        sender=seat.person,
        press=typed.press,
    )
