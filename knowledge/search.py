"""Search over pieces of a document: which of them answer a question, and how surely.

Words, neighbouring words and characters point to passages, each weighing as much as it is rare (BM25); an
encoder of meaning can add to that. Knows nothing of plans, and reads only what the question's terms point to.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from math import log
from typing import TypeAlias

from knowledge.japanese import content_words

# A passage says a thing once: repeating it adds little (SATURATION), being long takes some away (LENGTH).
SATURATION, LENGTH = 0.5, 0.6
MOST_REPEATS = 8

# Characters forgive slips and unknown words, neighbours tell 令和5年 from 5件 in 令和の世; neither may outweigh words.
WORD, NEIGHBOURS, CHARACTERS, SYNONYM = 1.0, 0.25, 0.4, 0.3
MEANING = 24.0
"""What full likeness of meaning adds to a score; a word in one of a thousand passages adds about 7."""

LEAD = 0.2
"""How much the lead over the second passage counts beside the first one's coverage."""

# However many passages there are: rare terms propose passages until so many entries are read, and the
# common terms only weigh the best of the proposed.
ENTRIES_READ, SHORTLIST = 4000, 200


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document: `key` names it for whoever made it, `title` is searched together with `text`."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and on what ground.

    `score` compares hits of one question only. `coverage` (0 to 1) is the share of what the question says, rare
    terms weighing more, that stands in the passage; `likeness` (-1 to 1) is that of meaning, 0 without an encoder.
    """

    passage: Passage
    score: float
    coverage: float
    likeness: float = 0.0


Likeness: TypeAlias = Callable[[str], Sequence[float]]
"""For a question, its likeness of meaning (-1 to 1) to each passage, in their order."""

Encoder: TypeAlias = Callable[[Sequence[Passage]], Likeness]
"""What learns passages by their meaning; knowledge/meaning.py has one."""


def confidence(hits: Sequence[Hit]) -> float:
    """How surely the first hit answers the question; higher is surer, 0 when nothing was found."""
    if not hits:
        return 0.0
    first, second = hits[0].score, hits[1].score if len(hits) > 1 else 0.0
    return hits[0].coverage + LEAD * (first - second) / first


class PassageIndex:
    """Passages ready to be searched, with an `encoder` of meaning or without. Threads may share it."""

    def __init__(self, passages: Iterable[Passage], meaning: Encoder | None = None) -> None:
        self._passages = tuple(passages)
        self._likeness = meaning(self._passages) if meaning else None
        self._words, self._neighbours, self._characters = _Terms(WORD), _Terms(NEIGHBOURS), _Terms(CHARACTERS)
        self._synonyms: defaultdict[int, set[str]] = defaultdict(set)
        sizes = [len(passage.title) + len(passage.text) for passage in self._passages]
        usual = sum(sizes) / len(sizes) if any(sizes) else 1.0
        for place, (passage, size) in enumerate(zip(self._passages, sizes, strict=True)):
            self._read(place, f"{passage.title}\n{passage.text}", size / usual)

    def _read(self, place: int, text: str, relative_size: float) -> None:
        size = SATURATION * (1 - LENGTH + LENGTH * relative_size)
        strengths = [times * (1 + SATURATION) / (times + size) for times in range(1, MOST_REPEATS + 1)]
        said = _Said.by(text)
        self._words.add(place, said.words, strengths)
        self._neighbours.add(place, said.neighbours, strengths)
        self._characters.add(place, said.characters, strengths)
        for word, groups in said.synonyms.items():
            for group in groups:
                self._synonyms[group].add(word)

    def search(self, question: str, limit: int = 10) -> list[Hit]:
        """The passages that answer best, best first, equals in the order they were given; none for mere noise."""
        clues, substitutes = self._clues(question)
        scores = _scores([*clues, *substitutes])
        likeness = self._likeness(question) if self._likeness and _has_letters(question) else None
        if likeness is not None:
            scores = {place: scores.get(place, 0.0) + MEANING * like for place, like in enumerate(likeness)}
        asked = sum(clue.weight for clue in clues) or 1.0
        return [
            Hit(
                self._passages[place],
                scores[place],
                min(
                    1.0, sum(clue.weight for clue in (*clues, *substitutes) if place in clue.entries) / asked
                ),
                likeness[place] if likeness is not None else 0.0,
            )
            for place in _best(scores, limit)
        ]

    def _clues(self, question: str) -> tuple[list[_Clue], list[_Clue]]:
        said = _Said.by(question)
        of = len(self._passages)
        kinds = (
            (self._words, said.words),
            (self._neighbours, said.neighbours),
            (self._characters, said.characters),
        )
        clues = [kind.clue(term, of) for kind, terms in kinds for term in dict.fromkeys(terms)]
        others = {
            other
            for word, groups in said.synonyms.items()
            for group in groups
            for other in self._synonyms.get(group, ())
        }
        substitutes = [self._words.clue(word, of) for word in sorted(others.difference(said.words))]
        return clues, [_Clue(SYNONYM * clue.weight, clue.entries) for clue in substitutes]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says, as terms of three kinds, and which synonym groups its words belong to."""

    words: list[str]
    neighbours: list[str]
    characters: list[str]
    synonyms: dict[str, tuple[int, ...]]

    @classmethod
    def by(cls, text: str) -> _Said:
        text = unicodedata.normalize("NFKC", text).lower()
        found = content_words(text, numbers=True)
        words = [word.normal for word in found]
        neighbours = [f"{one} {other}" for one, other in pairwise(words)]
        synonyms = {word.normal: word.synonyms for word in found if word.synonyms}
        return cls(words, neighbours, _characters(text), synonyms)


_NOT_LETTERS = re.compile(r"[\W_]+")
_HIRAGANA = frozenset(map(chr, range(ord("ぁ"), ord("ゖ") + 1))) | {"ー"}


def _has_letters(text: str) -> bool:
    return bool(_NOT_LETTERS.sub("", text))


def _characters(text: str) -> list[str]:
    """Single characters and pairs of them; what is all hiragana is grammar more often than not."""
    singles, pairs = list[str](), list[str]()
    for run in _NOT_LETTERS.split(text):
        singles += run
        pairs += [
            one + other for one, other in pairwise(run) if one not in _HIRAGANA or other not in _HIRAGANA
        ]
    return [one for one in singles if one not in _HIRAGANA] + pairs


@dataclass(frozen=True, slots=True)
class _Clue:
    """A term of the question: what it weighs, and how strongly it stands in which passages."""

    weight: float
    entries: Mapping[int, float]


class _Terms:
    """Terms of one kind: how strongly each stands in which passages, and how much it weighs for being rare."""

    def __init__(self, weight: float) -> None:
        self._weight = weight
        self._entries: defaultdict[str, dict[int, float]] = defaultdict(dict)

    def add(self, place: int, terms: Iterable[str], strengths: Sequence[float]) -> None:
        """Enter the terms of one passage; strengths[n - 1] is that of a term that stands there n times."""
        for term, times in Counter(terms).items():
            self._entries[term][place] = strengths[min(times, len(strengths)) - 1]

    def clue(self, term: str, of: int) -> _Clue:
        entries = self._entries.get(term, {})
        return _Clue(self._weight * log(1 + (of - len(entries) + 0.5) / (len(entries) + 0.5)), entries)


def _scores(clues: Sequence[_Clue]) -> dict[int, float]:
    """What each passage gathers from the clues, the rarest first (see ENTRIES_READ)."""
    scores: defaultdict[int, float] = defaultdict(float)
    rarest_first = sorted((clue for clue in clues if clue.entries), key=lambda clue: len(clue.entries))
    read = 0
    for at, clue in enumerate(rarest_first):
        read += len(clue.entries)
        if read > ENTRIES_READ and scores:
            return _weighed(scores, rarest_first[at:])
        weight = clue.weight
        for place, strength in clue.entries.items():
            scores[place] += weight * strength
    return scores


def _weighed(proposed: Mapping[int, float], clues: Sequence[_Clue]) -> dict[int, float]:
    return {
        place: proposed[place] + sum(clue.weight * clue.entries.get(place, 0.0) for clue in clues)
        for place in _best(proposed, SHORTLIST)
    }


def _best(scores: Mapping[int, float], limit: int) -> list[int]:
    """The places of the highest scores, equals in the order of the places."""
    if limit <= 0 or not scores:
        return []
    lowest = nlargest(limit, scores.values())[-1]
    reaching = [(-score, place) for place, score in scores.items() if score >= lowest]
    return [place for _, place in sorted(reaching)[:limit]]
