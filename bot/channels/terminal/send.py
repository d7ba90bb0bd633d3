"""The two ends of a terminal conversation: a keyboard with a screen, or pipes without prompts."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import TextIO

from bot.channels.terminal.render import wrapped
from bot.wording.wording import say

PROMPT = "> "


class Pipes:
    """Lines from one stream and to another; what is said is passed on at once."""

    columns = None

    def __init__(self, into: TextIO, out: TextIO) -> None:
        self._into, self._out = into, out

    def next_line(self) -> str | None:
        return self._into.readline() or None

    def show(self, lines: Sequence[str]) -> None:
        self._out.writelines(f"{line}\n" for line in (*lines, ""))
        self._out.flush()


class Keyboard:
    """A terminal with a person at it: lines can be edited and called back; what is long is shown in pages."""

    def __init__(self, out: TextIO) -> None:
        # Importing it is what gives input() its editing; what was typed is remembered until the end only.
        import readline

        readline.set_auto_history(True)
        self._out = out

    @property
    def columns(self) -> int:
        return self._size().columns

    def next_line(self) -> str | None:
        return self._typed(PROMPT)

    def show(self, lines: Sequence[str]) -> None:
        size = self._size()
        rows = [row for line in lines for row in wrapped(line, size.columns)]
        page = max(1, size.lines - 1)
        for start in range(0, len(rows), page):
            if start and (self._typed(say("terminal/more")) or "").strip().casefold() in ("q", "ｑ"):
                break
            self._out.writelines(f"{row}\n" for row in rows[start : start + page])
        print(file=self._out, flush=True)

    def _typed(self, prompt: str) -> str | None:
        """A line; an empty one when Ctrl+C threw it away, None at the end."""
        try:
            return input(prompt)
        except EOFError:
            print(file=self._out)
            return None
        except KeyboardInterrupt:
            print(file=self._out)
            return ""

    def _size(self) -> os.terminal_size:
        size = os.get_terminal_size(self._out.fileno())
        return size if size.columns and size.lines else os.terminal_size((80, 24))


def screen_of(into: TextIO, out: TextIO) -> Keyboard | Pipes:
    """A keyboard where a person sits at both ends, pipes otherwise. Undecodable bytes become a mark."""
    for stream in (into, out):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return Keyboard(out) if into.isatty() and out.isatty() else Pipes(into, out)
