"""What a text offers to search by: its words, neighbouring words, and characters.

A term of a question becomes a clue, which weighs as much as the term is rare among the passages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from knowledge.japanese import Word, content_words

_NOT_LETTERS = re.compile(r"[\W_]+")
_HIRAGANA = frozenset(map(chr, range(ord("ぁ"), ord("ゖ") + 1))) | {"ー"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says, and the terms of three kinds in it, in their order and as often as they stand there."""

    text: str
    content: list[Word]
    words: list[str]
    neighbours: list[str]
    characters: list[str]

    @classmethod
    def by(cls, text: str) -> Said:
        """Read a text; full and half width, capital and small letters are the same."""
        text = unicodedata.normalize("NFKC", text).lower()
        content = content_words(text, numbers=True)
        words = [word.normal for word in content]
        neighbours = [f"{one} {other}" for one, other in pairwise(words)]
        return cls(text, content, words, neighbours, characters(text))

    @property
    def characters_in_words(self) -> frozenset[str]:
        """The characters of the content words alone: not those of 教えてください."""
        parts, done = list[str](), 0
        for word in self.content:
            parts += [" " * (word.start - done), self.text[word.start : word.end]]
            done = word.end
        return frozenset(characters("".join(parts)))


def characters(text: str) -> list[str]:
    """Single characters and pairs of them; all hiragana is left out, being grammar more often than not."""
    singles, pairs = list[str](), list[str]()
    for run in _NOT_LETTERS.split(text):
        singles += [one for one in run if one not in _HIRAGANA]
        both = pairwise(run)
        pairs += [one + other for one, other in both if not (one in _HIRAGANA and other in _HIRAGANA)]
    return singles + pairs


def has_letters(text: str) -> bool:
    """Whether there is anything but spaces and punctuation."""
    return bool(_NOT_LETTERS.sub("", text))


@dataclass(frozen=True, slots=True)
class Clue:
    """A term to look for: what it weighs, and how strongly it stands in which passages."""

    weight: float
    entries: Mapping[int, float]


class Terms:
    """Terms of one kind, and the passages (by number) that they stand in."""

    def __init__(self, weight: float) -> None:
        self._weight = weight
        self._entries: dict[str, dict[int, float]] = {}

    def add(self, passage: int, terms: Iterable[str], strengths: Sequence[float]) -> None:
        """Enter the terms of one passage; strengths[n - 1] is that of a term which stands there n times or more."""
        # Most terms stand in one passage alone, and all of that passage's share one table: half the memory.
        alone = [{passage: strength} for strength in strengths]
        for term, times in Counter(terms).items():
            only = alone[times - 1 if times < len(alone) else -1]
            entries = self._entries.get(term)
            if entries is None:
                self._entries[term] = only
            elif len(entries) > 1:
                entries[passage] = only[passage]
            else:
                self._entries[term] = entries | only

    def clue(self, term: str, of: int, share: float = 1.0) -> Clue:
        """The term as a clue among `of` passages, at that share of its weight."""
        entries = self._entries.get(term, {})
        rarity = log(1 + (of - len(entries) + 0.5) / (len(entries) + 0.5))
        return Clue(share * self._weight * rarity, entries)
