"""What the parts of a plan are spoken of as: titles, people's own names for them, questions that they answer, their text.

Each of these is a unit that belongs to a reference; a text is held against all of them by the words and the pairs of
characters that it shares with them, rare ones counting more. An index is lines of text, made by `index_lines`.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from knowledge.compiled import SortedLines, decoded, joined
from knowledge.reading.likest import Posting, likest
from knowledge.reading.text import Token, tokens_of

TITLE, NAME, QUESTION, WORDS = "title", "name", "question", "words"
PAIR_COUNTS = 0.35
_PAIR = "‿"
_HIRAGANA = frozenset(map(chr, range(ord("ぁ"), ord("ゖ") + 1))) | {"ー"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One way in which a part of the plan is spoken of."""

    ref: str
    kind: str
    text: str


class Match(NamedTuple):
    """How like a text a unit is (0 to 1), and the share of the text's weight that it holds."""

    ref: str
    kind: str
    likeness: float
    held: float


def lemmas(tokens: Iterable[Token]) -> list[str]:
    """What a text is compared by: the lemmas of its content words, none of them twice."""
    return list(
        dict.fromkeys(token.lemma for token in tokens if token.carries_meaning and not token.is_number)
    )


def counted(tokens: Sequence[Token]) -> list[str]:
    """Numbers with what they count (5回, 10館): they tell one meeting from another."""
    return [
        f"{one.text}{other.text}"
        for one, other in pairwise(tokens)
        if one.is_number and not other.is_number and other.is_noun
    ]


def character_pairs(text: str) -> list[str]:
    """Neighbouring characters, hiragana alone left out."""
    pairs = (one + other for one, other in pairwise(text) if not (one in _HIRAGANA and other in _HIRAGANA))
    return list(dict.fromkeys(f"{_PAIR}{pair}" for pair in pairs if pair.isalnum()))


def features_of(text: str, tokens: Sequence[Token]) -> dict[str, float]:
    """What a folded text is compared by, and how much of its rarity each counts."""
    words = dict.fromkeys([*lemmas(tokens), *counted(tokens)], 1.0)
    return words | dict.fromkeys(character_pairs(text), PAIR_COUNTS)


def index_lines(units: Iterable[Unit]) -> list[str]:
    """The lines of an index: the number of references, a line a unit, then for each feature its rarity and its units."""
    every = tuple(units)
    of_unit = [features_of(unit.text, tokens_of(unit.text)) for unit in every]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, features in enumerate(of_unit):
        for feature in features:
            holders[feature].append(number)
    refs_holding = {feature: len({every[at].ref for at in numbers}) for feature, numbers in holders.items()}
    count = max(len({unit.ref for unit in every}), 1)
    lines = [f"{count}\t{len(every)}"]
    for unit, features in zip(every, of_unit, strict=True):
        weights = [_rarity(count, refs_holding[feature]) * counts for feature, counts in features.items()]
        length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
        lines.append(f"{unit.ref}\t{unit.kind}\t{length:.7f}\t{unit.text}")
    return lines + sorted(
        f"{name}\t{refs_holding[name]}\t{' '.join(map(str, held))}" for name, held in holders.items()
    )


def _rarity(count: int, holding: int) -> float:
    return math.log(1 + count / holding)


class Evidence:
    """Units ready to be looked through. Threads may share it."""

    def __init__(self, lines: bytes) -> None:
        """`lines` as `index_lines` makes them."""
        head, _, rest = lines.partition(b"\n")
        count, _, units = decoded(head).partition("\t")
        self._count = int(count)
        *written, features = rest.split(b"\n", int(units))
        fields = [decoded(line).split("\t", 3) for line in written]
        self._refs = [field[0] for field in fields]
        self._kinds = [field[1] for field in fields]
        self._lengths = [float(field[2]) for field in fields]
        self._texts = [field[3] for field in fields]
        self._features = SortedLines(features, self._posting)
        self._holders: dict[str, Mapping[str, frozenset[str]]] = {}
        self._reach: dict[frozenset[str], list[float]] = {}

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Evidence:
        """Built in memory; linear in the length of the units."""
        return cls(joined(index_lines(units)))

    def _posting(self, line: str) -> Posting:
        holding, _, units = line.partition("\t")
        return Posting(_rarity(self._count, int(holding)), array("I", map(int, units.split(" "))))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """All units in their order."""
        return tuple(map(Unit, self._refs, self._kinds, self._texts))

    @cached_property
    def rarest(self) -> float:
        """The weight of what nobody says of anything in the plan."""
        return _rarity(self._count, 1)

    def weight(self, feature: str) -> float:
        """How much a feature tells."""
        posting = self._features.get(feature)
        return posting.rarity if posting else self.rarest

    def knows(self, lemma: str) -> bool:
        """Whether any unit holds it."""
        return lemma in self._features

    def matches(
        self, text: str, tokens: Sequence[Token], kinds: Iterable[str] = (), limit: int = 40
    ) -> list[Match]:
        """The units most like a folded text, best first."""
        terms: list[tuple[float, Posting]] = []
        squares, total = 0.0, 0.0
        for feature, counts in features_of(text, tokens).items():
            posting = self._features.get(feature)
            weight = (posting.rarity if posting else self.rarest) * counts
            squares, total = squares + weight * weight, total + weight
            if posting:
                terms.append((weight, posting))
        length = math.sqrt(squares) or 1.0
        return [
            Match(self._refs[at], self._kinds[at], like / length, held / (total or 1.0))
            for like, at, held in likest(terms, self._lengths_of(frozenset(kinds)), limit)
        ]

    def _lengths_of(self, kinds: frozenset[str]) -> Sequence[float]:
        """The units' lengths; those of other kinds, where some are named, are out of reach."""
        if not kinds:
            return self._lengths
        if kinds not in self._reach:
            pairs = zip(self._kinds, self._lengths, strict=True)
            self._reach[kinds] = [length if kind in kinds else math.inf for kind, length in pairs]
        return self._reach[kinds]

    def holders(self, lemma: str) -> Mapping[str, frozenset[str]]:
        """The references of which a lemma is said, with the kinds of unit in which it stands."""
        posting = self._features.get(lemma)
        if posting is None or lemma.startswith(_PAIR):
            return {}
        if lemma not in self._holders:
            made: defaultdict[str, set[str]] = defaultdict(set)
            for at in posting.units:
                made[self._refs[at]].add(self._kinds[at])
            self._holders[lemma] = {ref: frozenset(held) for ref, held in made.items()}
        return self._holders[lemma]

    def texts_by_ref(self) -> Iterator[tuple[str, str]]:
        """Each unit's reference with its text."""
        return zip(self._refs, self._texts, strict=True)


__all__ = [
    "NAME",
    "QUESTION",
    "TITLE",
    "WORDS",
    "Evidence",
    "Match",
    "Unit",
    "counted",
    "features_of",
    "index_lines",
    "lemmas",
]
