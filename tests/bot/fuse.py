"""A fuse in every connection: it can end the process, or raise, before or after any one statement or call."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from bot.storage.database import Connection


class Crash(BaseException):
    """Stands for the end of the process where a test cannot let it end."""


class Fuse:
    """Counts the points passed, blows at one and all after it; each statement and call stands between two."""

    def __init__(self, blows_at: int | None = None, blow: Callable[[], None] | None = None) -> None:
        self.passed = 0
        self.blows_at = blows_at
        self._blow = blow or end_the_process

    def point(self) -> None:
        self.passed += 1
        if self.blows_at is not None and self.passed >= self.blows_at:
            self._blow()

    @contextmanager
    def around(self) -> Iterator[None]:
        self.point()
        yield
        self.point()

    @contextmanager
    def in_every_connection(self) -> Iterator[None]:
        """All connections opened inside pass this fuse with each statement."""
        fuse = self

        class Fused(Connection):
            def execute(self, *arguments: Any) -> sqlite3.Cursor:
                if arguments[0] == "ROLLBACK":
                    # What SQLite itself does to a transaction whose process has ended.
                    return super().execute(*arguments)
                with fuse.around():
                    return super().execute(*arguments)

            def backup(self, *arguments: Any, **named: Any) -> None:
                with fuse.around():
                    super().backup(*arguments, **named)

        with patch("bot.storage.database.Connection", Fused):
            yield


def end_the_process() -> None:
    """As a power cut does: nothing is flushed, closed or rolled back."""
    os._exit(9)


def raise_crash() -> None:
    raise Crash
