"""The units that are most like a text, given the features that they share with it.

Each common feature of a large plan leads to thousands of units. There the rare features are added up first, and then
only what is still ahead is looked at: a unit that shares with the text nothing but features of the weights w is like it
by sqrt(sum(w * w)) at most, for it is at least that long itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from operator import itemgetter, truediv

MANY = 20_000
_ROUNDED = 1e-6


@dataclass(frozen=True, slots=True)
class Posting:
    """A feature's rarity, and the numbers of the units that hold it, rising."""

    rarity: float
    units: Sequence[int]


Term = tuple[float, Posting]
"""What a feature of the text weighs, and who holds it."""
Likeness = tuple[float, int, float]
"""How like the text (times the text's length), the unit, the weight of what it holds of the text."""


def likest(terms: Sequence[Term], lengths: Sequence[float], limit: int) -> list[Likeness]:
    """The `limit` units most like the text, best first. Units of infinite length are like nothing."""
    lists: list[tuple[float, Sequence[int]]] = [(weight, posting.units) for weight, posting in terms]
    if sum(len(units) for _, units in lists) > MANY:
        ahead = _ahead(terms, lengths, limit)
        lists = [(weight, [at for at in units if at in ahead]) for weight, units in lists]
    dots = [0.0] * len(lengths)
    for weight, units in lists:
        square = weight * weight
        for at in units:
            dots[at] += square
    touched = dict.fromkeys(chain.from_iterable(units for _, units in lists))
    likeness = list(map(truediv, map(dots.__getitem__, touched), map(lengths.__getitem__, touched)))
    least = sorted(likeness)[-limit] if len(likeness) > limit else 0.0
    found = [(like, at) for like, at in zip(likeness, touched, strict=True) if like >= least and like]
    best = sorted(found, key=itemgetter(0), reverse=True)[:limit]
    held = _held(lists, {at for _, at in best})
    return [(like, at, held[at]) for like, at in best]


def _held(lists: Sequence[tuple[float, Sequence[int]]], chosen: set[int]) -> Mapping[int, float]:
    held = dict.fromkeys(chosen, 0.0)
    for weight, units in lists:
        for at in chosen.intersection(units):
            held[at] += weight
    return held


def _ahead(terms: Sequence[Term], lengths: Sequence[float], limit: int) -> frozenset[int]:
    """The units that may be among the likest."""
    left = sum(weight * weight for weight, _ in terms)
    dots: dict[int, float] = {}
    least, looked_at = 0.0, limit
    for weight, posting in sorted(terms, key=lambda term: len(term[1].units)):
        if len(posting.units) >= looked_at and len(dots) >= limit:
            looked_at = 2 * len(posting.units)
            least = _least(dots, lengths, limit)
            if math.sqrt(left) < least - _ROUNDED:
                break
        square = weight * weight
        left -= square
        for at in posting.units:
            dots[at] = dots.get(at, 0.0) + square
    else:
        left, least = 0.0, _least(dots, lengths, limit)
    bound = least - _ROUNDED
    return frozenset(at for at, dot in dots.items() if (dot + left) / lengths[at] >= bound)


def _least(dots: Mapping[int, float], lengths: Sequence[float], limit: int) -> float:
    """How like the text the last of the likest is at least; nothing is too little while there are fewer."""
    reached = [dot / lengths[at] for at, dot in dots.items()]
    return nlargest(limit, reached)[-1] if len(reached) >= limit else 0.0
