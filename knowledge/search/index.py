"""Search over pieces of a document: which of them answer a question, and how surely.

Words, neighbouring words and characters point to passages (BM25 over each, added up); an encoder of meaning can
add to that. Knows nothing of plans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import TypeAlias

from knowledge.clues import Clue, Said, Terms, has_letters

# A passage says a thing once: repeating it adds little (SATURATION), being long takes some away (LENGTH).
SATURATION, LENGTH = 0.4, 0.6
MOST_REPEATS = 8

# Characters forgive slips and unknown words, neighbours know 第21条 from a 21 and a 条 far apart.
WORD, NEIGHBOURS, CHARACTERS, SYNONYM = 1.0, 0.4, 0.5, 0.3

# What full likeness of meaning adds to a score, to which a word in one of a thousand passages adds about 7: little
# where words find all that was asked, more for the share of the question that they leave unfound.
MEANING, MEANING_OF_UNFOUND = 8.0, 32.0

# What the lead over the second passage, and likeness of meaning, add to the first one's coverage in a confidence.
LEAD_COUNTS, LIKENESS_COUNTS = 0.2, 0.3

# However many passages there are: rare terms propose passages until so many entries are read, and common terms
# only weigh the best of the proposed. Reading everything instead changed no first hit in thousands of questions.
ENTRIES_READ, SHORTLIST = 500, 50


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A piece of a document: `key` names it for whoever made it, `title` is searched together with `text`."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and on what ground.

    `score` compares hits of one question only. `coverage` (0 to 1) is the share of what the question asks for that
    stands in the passage, rare terms counting more and words of asking (教えてください) nothing. `likeness` (-1 to 1)
    is that of meaning, 0 without an encoder.
    """

    passage: IndexedPassage
    score: float
    coverage: float
    likeness: float = 0.0


Likeness: TypeAlias = Callable[[str], Sequence[float]]
"""For a question, its likeness of meaning (-1 to 1) to each passage, in their order."""

Encoder: TypeAlias = Callable[[Sequence[IndexedPassage]], Likeness]
"""What learns passages by their meaning; knowledge/meaning.py has one."""


def confidence(hits: Sequence[Hit]) -> float:
    """How surely the first of the hits (of a search for two or more) answers; higher is surer, 0 for no hits.

    It tells questions that the passages answer from those that they do not. A bound on it is measured, not
    reasoned, and differs with and without an encoder.
    """
    if not hits:
        return 0.0
    first, second = hits[0], hits[1].score if len(hits) > 1 else 0.0
    lead = (first.score - second) / first.score
    return first.coverage + LEAD_COUNTS * lead + LIKENESS_COUNTS * first.likeness


class PassageIndex:
    """Passages ready to be searched, with an encoder of `meaning` or without. Threads may share it."""

    def __init__(self, passages: Iterable[IndexedPassage], meaning: Encoder | None = None) -> None:
        self._passages = tuple(passages)
        self._likeness = meaning(self._passages) if meaning and self._passages else None
        self._words, self._neighbours, self._characters = Terms(WORD), Terms(NEIGHBOURS), Terms(CHARACTERS)
        self._synonyms: defaultdict[int, set[str]] = defaultdict(set)
        sizes = [len(passage.title) + len(passage.text) for passage in self._passages]
        usual = sum(sizes) / len(sizes) if any(sizes) else 1.0
        for number, (passage, size) in enumerate(zip(self._passages, sizes, strict=True)):
            self._read(number, f"{passage.title}。{passage.text}", size / usual)

    def _read(self, number: int, text: str, relative_size: float) -> None:
        size = SATURATION * (1 - LENGTH + LENGTH * relative_size)
        strengths = [times * (1 + SATURATION) / (times + size) for times in range(1, MOST_REPEATS + 1)]
        said = Said.by(text)
        self._words.add(number, said.words, strengths)
        self._neighbours.add(number, said.neighbours, strengths)
        self._characters.add(number, said.characters, strengths)
        for word in said.content:
            for group in word.synonyms:
                self._synonyms[group].add(word.normal)

    def search(self, question: str, limit: int = 10) -> list[Hit]:
        """The passages that answer best, best first, equals in the order they were given; none for mere noise."""
        clues = self._clues(Said.by(question))
        scores = _scores([*clues.asked, *clues.beside, *clues.substitutes], max(limit, SHORTLIST))
        likeness = self._likeness(question) if self._likeness and has_letters(question) else []
        if likeness:
            _add_meaning(scores, likeness, clues)
        best = _best(scores, limit)
        return [
            Hit(self._passages[number], scores[number], coverage, likeness[number] if likeness else 0.0)
            for number, coverage in zip(best, _coverage(best, clues), strict=True)
        ]

    def _clues(self, said: Said) -> _Clues:
        of = len(self._passages)
        asked = [self._words.clue(word, of) for word in dict.fromkeys(said.words)]
        asked += [self._neighbours.clue(pair, of) for pair in dict.fromkeys(said.neighbours)]
        beside = list[Clue]()
        in_words = said.characters_in_words
        for term in dict.fromkeys(said.characters):
            (asked if term in in_words else beside).append(self._characters.clue(term, of))
        groups = {group for word in said.content for group in word.synonyms if group in self._synonyms}
        others = set[str]().union(*(self._synonyms[group] for group in groups)).difference(said.words)
        substitutes = [self._words.clue(word, of, SYNONYM) for word in sorted(others)]
        return _Clues(asked, beside, substitutes)


@dataclass(frozen=True, slots=True)
class _Clues:
    """What a question asks for, characters beside that (of words of asking, of slips), synonyms of its words."""

    asked: list[Clue]
    beside: list[Clue]
    substitutes: list[Clue]


def _scores(clues: Sequence[Clue], shortlist: int) -> dict[int, float]:
    """What each passage gathers from the clues, the rarest first (see ENTRIES_READ)."""
    scores: defaultdict[int, float] = defaultdict(float)
    rarest_first = sorted((clue for clue in clues if clue.entries), key=lambda clue: len(clue.entries))
    read = 0
    for at, clue in enumerate(rarest_first):
        read += len(clue.entries)
        if read > ENTRIES_READ and scores:
            return _weighed(
                {number: scores[number] for number in _best(scores, shortlist)}, rarest_first[at:]
            )
        for number, strength in clue.entries.items():
            scores[number] += clue.weight * strength
    return scores


def _weighed(scores: dict[int, float], clues: Sequence[Clue]) -> dict[int, float]:
    for clue in clues:
        for number in scores:
            if number in clue.entries:
                scores[number] += clue.weight * clue.entries[number]
    return scores


def _add_meaning(scores: dict[int, float], likeness: Sequence[float], clues: _Clues) -> None:
    found = sum(_coverage(_best(scores, 1), clues))
    weight = MEANING + MEANING_OF_UNFOUND * (1 - found)
    for number, like in enumerate(likeness):
        if like > 0:
            scores[number] = scores.get(number, 0.0) + weight * like


def _coverage(numbers: Sequence[int], clues: _Clues) -> list[float]:
    """For each passage the share (0 to 1) of what is asked that stands there, or has a synonym there."""
    asked = sum(clue.weight for clue in clues.asked)
    found = dict.fromkeys(numbers, 0.0)
    for clue in (*clues.asked, *clues.substitutes):
        for number in numbers:
            if number in clue.entries:
                found[number] += clue.weight
    return [min(1.0, found[number] / asked) if asked else 0.0 for number in numbers]


def _best(scores: Mapping[int, float], limit: int) -> list[int]:
    """The passages of the highest scores, equals in their order."""
    if limit <= 0 or not scores:
        return []
    lowest = nlargest(limit, scores.values())[-1]
    reaching = [(-score, number) for number, score in scores.items() if score >= lowest]
    return [number for _, number in sorted(reaching)[:limit]]
