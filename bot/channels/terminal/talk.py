"""The conversation in a terminal, line after line until the person leaves or the input ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from bot.channels.terminal.drawing import drawn, field_asked
from bot.channels.terminal.lines import Leave, Say, Send, Shown, read
from bot.message import Message, Reply

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
class Seat:
    """Who sits there: the person's id (None: nobody the roster knows) and a conversation of their own."""

    person: str | None
    conversation: str


def talk(take: Callable[[Message], Reply], screen: Screen, seat: Seat) -> None:
    """Take each line to the bot and show what it says, until the end. A repeated line is a new message."""
    shown = Shown()
    for number in count(1):
        line = screen.next_line()
        if line is None:
            return
        typed, shown = read(line, shown)
        match typed:
            case Leave():
                return
            case Say(text):
                if text:
                    screen.show(text.splitlines())
            case Send():
                reply = take(_message(typed, seat, number))
                screen.show(drawn(reply, screen.columns))
                shown = shown if typed.is_aside else Shown.by(reply)
        if shown.form is not None:
            screen.show(field_asked(shown.form, len(shown.filled)))


def _message(typed: Send, seat: Seat, number: int) -> Message:
    return Message(
        CHANNEL,
        key=f"{seat.conversation}-{number}",
        place=seat.conversation,
        conversation=seat.conversation,
        text=typed.text,
        sender=seat.person,
        press=typed.press,
    )
