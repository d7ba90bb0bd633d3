"""A text cut into clauses, and which of them ask: the others only say who is asking, why and how urgently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"[。．！!？?\n]+|、|,(?![0-9])|(?<=[ぁ-ん])ので|(?<=[ぁ-ん])けど|--+|[;:：](?![0-9])|(?<=[a-z])\. |\.\.\.|…")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at [start, end) of the folded text; `closed` by what stands behind it."""

    start: int
    end: int


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a folded text, each with the mark that ends it."""
    start = 0
    for match in _END.finditer(text):
        if text[start : match.start()].strip():
            yield Clause(start, match.end())
            start = match.end()
    if text[start:].strip():
        yield Clause(start, len(text))
