"""The units that share most with a text, without adding up what common words give to units that cannot be among them.

A unit that shares with the text nothing but features of the squared weights w is like it by sqrt(sum(w)) at most, for
it is at least that long itself. So the rare features are added up first, and the common ones only for what is ahead.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import cached_property
from heapq import nlargest

Term = tuple[float, "Posting"]
"""What a feature of the text weighs, and the units that hold it."""

_LOOK_FROM = 48
_ROUNDED = 1e-6


class Posting:
    """A feature's rarity, and the numbers of the units that hold it, rising."""

    def __init__(self, rarity: float, units: tuple[int, ...]) -> None:
        self.rarity = rarity
        self.units = units

    @cached_property
    def members(self) -> frozenset[int]:
        """The units as a set."""
        return frozenset(self.units)


def likest(terms: Sequence[Term], lengths: Sequence[float], wanted: Collection[int] | None, limit: int) -> list[tuple[int, float, float]]:
    """(unit, product of weights, held weight) of the `limit` units most like the text, best first; `wanted` or all."""
    ahead = _ahead(terms, lengths, wanted, limit)
    dots: dict[int, float] = {}
    held: dict[int, float] = {}
    for weight, posting in terms:
        square = weight * weight
        for at in _both(ahead, posting):
            dots[at] = dots.get(at, 0.0) + square
            held[at] = held.get(at, 0.0) + weight
    best = nlargest(limit, dots, key=lambda at: dots[at] / lengths[at])
    return [(at, dots[at], held[at]) for at in best]


def _both(ahead: frozenset[int], posting: Posting) -> list[int]:
    if len(posting.units) < _LOOK_FROM:
        return [at for at in posting.units if at in ahead]
    return sorted(ahead & posting.members)


def _ahead(terms: Sequence[Term], lengths: Sequence[float], wanted: Collection[int] | None, limit: int) -> frozenset[int]:
    """The units that may be among the likest."""
    left = sum(weight * weight for weight, _ in terms)
    dots: dict[int, float] = {}
    least, looked_at = 0.0, _LOOK_FROM
    for weight, posting in sorted(terms, key=lambda term: len(term[1].units)):
        if len(posting.units) >= looked_at and len(dots) >= limit:
            looked_at = 2 * len(posting.units)
            least = _least(dots, lengths, wanted, limit)
            if math.sqrt(left) < least - _ROUNDED:
                break
        square = weight * weight
        left -= square
        for at in posting.units:
            dots[at] = dots.get(at, 0.0) + square
    else:
        left, least = 0.0, _least(dots, lengths, wanted, limit)
    bound = least - _ROUNDED
    return frozenset(at for at, dot in dots.items() if (dot + left) / lengths[at] >= bound and (wanted is None or at in wanted))


def _least(dots: dict[int, float], lengths: Sequence[float], wanted: Collection[int] | None, limit: int) -> float:
    """How like the text the last of the likest is at least; nothing is too little while there are fewer."""
    reached = [dot / lengths[at] for at, dot in dots.items() if wanted is None or at in wanted]
    return nlargest(limit, reached)[-1] if len(reached) >= limit else 0.0
