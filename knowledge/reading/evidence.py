"""What the parts of a plan are spoken of as: titles, people's own names for them, questions that they answer, their text.

Each of these is a unit that belongs to a reference; a text is held against all of them by the words and the pairs of
characters that it shares with them, rare ones counting more.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from knowledge.reading.text import Token, tokens_of

TITLE, NAME, QUESTION, WORDS = "title", "name", "question", "words"
PAIR_COUNTS = 0.35
_HIRAGANA = frozenset(map(chr, range(ord("ぁ"), ord("ゖ") + 1))) | {"ー"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One way in which a part of the plan is spoken of."""

    ref: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """How like a text a unit is (0 to 1), and the share of the text's weight that it holds."""

    unit: Unit
    likeness: float
    held: float


def lemmas(tokens: Iterable[Token]) -> list[str]:
    """What a text is compared by: the lemmas of its content words, none of them twice."""
    return list(dict.fromkeys(token.lemma for token in tokens if token.carries_meaning and not token.is_number))


def counted(tokens: Sequence[Token]) -> list[str]:
    """Numbers with what they count (5回, 10館): they tell one meeting from another."""
    return [f"{one.text}{other.text}" for one, other in pairwise(tokens) if one.is_number and not other.is_number and other.is_noun]


def character_pairs(text: str) -> list[str]:
    """Neighbouring characters, hiragana alone left out."""
    pairs = (one + other for one, other in pairwise(text) if not (one in _HIRAGANA and other in _HIRAGANA))
    return list(dict.fromkeys(f"‿{pair}" for pair in pairs if pair.isalnum()))


class Evidence:
    """Units ready to be looked through. Building is linear in their length; threads may share it."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(units)
        self._postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._of_unit = [self._features(unit.text) for unit in self.units]
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for unit, features in zip(self.units, self._of_unit, strict=True):
            for feature in features:
                holders[feature].add(unit.ref)
        self._count = max(len({unit.ref for unit in self.units}), 1)
        self._rarity = {feature: math.log(1 + self._count / len(refs)) for feature, refs in holders.items()}
        self._length = []
        for number, features in enumerate(self._of_unit):
            weights = {feature: self.weight(feature) * counts for feature, counts in features.items()}
            self._length.append(math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0)
            for feature, weight in weights.items():
                self._postings[feature][number] = weight

    @property
    def rarest(self) -> float:
        """The weight of what nobody says of anything in the plan."""
        return math.log(1 + self._count)

    def weight(self, feature: str) -> float:
        """How much a feature tells."""
        return self._rarity.get(feature, self.rarest)

    def knows(self, lemma: str) -> bool:
        """Whether any unit holds it."""
        return lemma in self._rarity

    def _features(self, text: str, tokens: Sequence[Token] | None = None) -> dict[str, float]:
        tokens = tokens_of(text) if tokens is None else tokens
        words = dict.fromkeys([*lemmas(tokens), *counted(tokens)], 1.0)
        return words | dict.fromkeys(character_pairs(text), PAIR_COUNTS)

    def matches(self, text: str, tokens: Sequence[Token], kinds: Iterable[str] = (), limit: int = 40) -> list[Match]:
        """The units most like a folded text, best first."""
        features = self._features(text, tokens)
        weights = {feature: self.weight(feature) * counts for feature, counts in features.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        total = sum(weights.values()) or 1.0
        wanted = frozenset(kinds)
        dots: defaultdict[int, float] = defaultdict(float)
        held: defaultdict[int, float] = defaultdict(float)
        for feature, weight in weights.items():
            for number, other in self._postings.get(feature, {}).items():
                dots[number] += weight * other
                held[number] += weight
        found = [
            Match(self.units[number], dot / length / self._length[number], held[number] / total)
            for number, dot in dots.items()
            if not wanted or self.units[number].kind in wanted
        ]
        found.sort(key=lambda match: -match.likeness)
        return found[:limit]

    @cached_property
    def lemmas_of(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """For each reference the kinds of unit in which a lemma stands."""
        made: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for unit, features in zip(self.units, self._of_unit, strict=True):
            for feature in features:
                if not feature.startswith("‿"):
                    made[unit.ref][feature].add(unit.kind)
        return {ref: {lemma: frozenset(kinds) for lemma, kinds in held.items()} for ref, held in made.items()}
