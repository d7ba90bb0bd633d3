"""Which of the candidates is meant: how likely its kind is, what it leaves unused, what it cannot explain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.reading.compose import ALWAYS_USED, OPERATIONS, Candidate
from knowledge.reading.pieces import Pieces

KIND_COUNTS, LEAST_KIND = 0.55, -5.0
UNUSED = {"list": 0.2, "check": 0.2, "when": 0.8, "meaning": 0.6, "how": 0.6, "reason": 0.9, "included": 0.5, "summary": 0.5, "which": 0.6, "over": 0.5, "self": 0.6, "how_many": 0.7, "starts": 0.4, "every_year": 0.5, "five_year_total": 0.5, "by_initiative": 0.4, "this_month": 0.4, "whole_cycle": 0.5, "thanks": 0.2, "greeting": 0.1, "conditional": 0.5, "indicators": 0.7}
UNEXPLAINED, MOST_UNEXPLAINED = 1.3, 2.6


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and the cues that it leaves unused."""

    candidate: Candidate
    score: float
    unused: tuple[str, ...]


def ranked(candidates: Iterable[Candidate], p: Pieces) -> list[Ranked]:
    """The candidates, the likeliest first."""
    made = [_ranked(one, p) for one in candidates]
    return sorted(made, key=lambda one: -one.score)


def _ranked(one: Candidate, p: Pieces) -> Ranked:
    unused = tuple(sorted((p.said & OPERATIONS) - one.uses - ALWAYS_USED))
    score = one.bonus + KIND_COUNTS * max(LEAST_KIND, p.kinds.get(one.kind, LEAST_KIND))
    score -= sum(UNUSED.get(name, 1.1) for name in unused)
    if one.needs_all_words:
        score -= min(MOST_UNEXPLAINED, UNEXPLAINED * len(p.unexplained))
    return Ranked(one, score, unused)
