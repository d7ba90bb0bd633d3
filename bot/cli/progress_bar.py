"""A bar for work that takes its time, on a terminal alone: a file or a pipe gets nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

WIDTH = 24

Step = TypeVar("Step")


def with_bar(steps: Iterable[Step], total: int, label: str, out: TextIO) -> Iterator[Step]:
    """The same steps; while they are gone through, a terminal at `out` shows how many of `total` are over."""
    is_seen = out.isatty()
    for number, step in enumerate(steps, start=1):
        yield step
        if is_seen:
            out.write(f"\r{label} {drawn(number, total)}")
            out.flush()
    if is_seen:
        out.write("\n")


def drawn(number: int, total: int) -> str:
    """[██████······] 6/12."""
    done = WIDTH * number // max(total, 1)
    return f"[{'█' * done}{'·' * (WIDTH - done)}] {number}/{total}"
