"""Runs of characters that a text and a name share letter for letter: which there are, and which of them count."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple, TypeAlias

Span: TypeAlias = tuple[int, int]
"""[start, end) of a text."""

SHORTEST_RUN = 2
GRAMMAR = re.compile(r"[ぁ-ゖ、。・()「」~\s\-ー]*")
TELLING = re.compile(r"[^ぁ-ゖ、。・()「」~\s\-]{2}")
_LATIN = re.compile("[a-z]+")
# A run of one script, shorter than this and going on in the same script, is a piece of another word.
_SNATCHES = ((re.compile("[ァ-ヺ]+"), 4), (re.compile("[一-龠々]+"), 3))
_WORD = re.compile("[一-龠々ァ-ヺa-z]")


class Run(NamedTuple):
    """Text at [start, end) that stands in a name from `in_name` on."""

    start: int
    end: int
    in_name: int

    @property
    def span(self) -> Span:
        return self.start, self.end


class _Piece(NamedTuple):
    """What two places in the text bound: its core without the particles at its ends, and what that is by itself.

    `counts` is None where the name decides: a core of few characters may be a piece of a longer word, when it is the
    tail of one in the name, or when a letter `beside` it, which no other meaning takes, goes on with it.
    """

    start: int
    end: int
    counts: bool | None
    beside: tuple[int, ...]
    gained: float


class Pieces:
    """The pieces of one text, each weighed once however many names hold it."""

    def __init__(self, text: str, inside: Collection[int], rarity: Mapping[str, float]) -> None:
        self._text = text
        self._inside = inside
        self._rarity = rarity
        self._known: dict[Span, _Piece] = {}
        self._chosen: dict[tuple[Span, ...], tuple[tuple[Span, float], ...]] = {}

    def counts(self, run: Run, name: str) -> bool:
        """Whether a run is more than what was said otherwise, and more than a piece of another word.

        児童 in 児童手当 is a piece of a longer word in the text, 人口 in 関係人口 the tail of one in the name.
        Words that mean something else end a word.
        """
        piece = self._piece(run.span)
        if piece.counts is not None:
            return piece.counts
        if any(not _shared(self._text, at, name) for at in piece.beside):
            return False
        first = run.in_name + piece.start - run.start
        return not self._is_tail(name, first, first + piece.end - piece.start)

    def _is_tail(self, name: str, first: int, after: int) -> bool:
        """Whether name[first:after] ends a longer word of the name of which the text holds nothing else."""
        before = first - 1
        if before < 0 or not _WORD.match(name[before]) or (after < len(name) and _WORD.match(name[after])):
            return False
        return not _shared(name, before, self._text)

    def chosen(self, spans: tuple[Span, ...]) -> tuple[tuple[Span, float], ...]:
        """Of spans that overlap the longest, each with its weight, in the order of the text."""
        if spans not in self._chosen:
            kept: dict[Span, float] = {}
            for span in sorted(spans, key=lambda span: span[0] - span[1]):
                gained = self._piece(span).gained
                if gained and not any(overlap(span, other) for other in kept):
                    kept[span] = gained
            self._chosen[spans] = tuple(sorted(kept.items()))
        return self._chosen[spans]

    def _piece(self, span: Span) -> _Piece:
        piece = self._known.get(span)
        if piece is None:
            piece = self._known[span] = self._made(*span)
        return piece

    def _made(self, first: int, last: int) -> _Piece:
        text = self._text
        core = _core(text, first, last)
        words = text[core.start : core.stop]
        gained = sum(self._rarity.get(pair, 0.0) for pair in pairs(text[first:last]))
        counts: bool | None = True
        if all(at in self._inside for at in core) or not TELLING.search(words):
            counts = False
        elif _LATIN.fullmatch(words):
            around = text[max(core.start - 1, 0) : core.start] + text[core.stop : core.stop + 1]
            counts = not _LATIN.search(around)
        elif any(len(words) < shortest and script.fullmatch(words) for script, shortest in _SNATCHES):
            counts = None
        beside = tuple(
            at
            for at in (core.start - 1, core.stop)
            if 0 <= at < len(text) and at not in self._inside and _WORD.match(text[at])
        )
        return _Piece(core.start, core.stop, counts, beside, gained)


def _core(text: str, start: int, end: int) -> range:
    """The run without the particles at its ends."""
    while start < end and GRAMMAR.fullmatch(text[start]):
        start += 1
    while end > start and GRAMMAR.fullmatch(text[end - 1]):
        end -= 1
    return range(start, end)


def widened(text: str, name: str, at: int, place: int) -> Run:
    """The longest run around a pair that stands in the text and in the name."""
    start, end, shift = at, at + SHORTEST_RUN, place - at
    while start > 0 and start + shift > 0 and text[start - 1] == name[start + shift - 1]:
        start -= 1
    while end < len(text) and end + shift < len(name) and text[end] == name[end + shift]:
        end += 1
    return Run(start, end, start + shift)


def _shared(text: str, at: int, other: str) -> bool:
    """Whether the character there stands, with one of its neighbours, in the other text too."""
    with_neighbour = (text[max(at - 1, 0) : at + 1], text[at : at + 2])
    return any(len(pair) == SHORTEST_RUN and pair in other for pair in with_neighbour)


def overlap(one: Span, other: Span) -> bool:
    """Whether they have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def pairs(text: str) -> list[str]:
    """Every two neighbouring characters."""
    return [text[at : at + 2] for at in range(len(text) - 1)]
