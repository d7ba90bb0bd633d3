"""Which of the candidates is meant: how likely its kind is, what it leaves unused, what it cannot explain.

A score by hand, and corrections to it that were learned from questions whose right answer is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.compiled import MODELS
from knowledge.question import OutOfPlan, Question
from knowledge.reading.pieces import Pieces, once
from knowledge.reading.queries.candidate import ALWAYS_USED, OPERATIONS, Candidate
from knowledge.reading.queries.follow_up import CONTINUES

KIND_COUNTS, LEAST_KIND, CONTINUING = 0.65, -5.0, -1.2
UNUSED = {
    "actual": 2.5, "cannot": 4.5, "progress": 0.5, "list": 0.2, "check": 0.2, "when": 0.8, "meaning": 0.6, "how":
    0.6, "reason": 1.4, "included": 0.5, "summary": 0.5, "which": 0.6, "over": 0.5, "self": 0.6, "how_many": 0.7,
    "starts": 0.4, "every_year": 0.5, "five_year_total": 0.5, "by_initiative": 0.4, "this_month": 0.4,
    "whole_cycle": 0.5, "thanks": 0.2, "greeting": 0.1, "conditional": 0.5, "indicators": 0.7,
}  # fmt: skip
COMMON_UNUSED = 1.1
UNEXPLAINED, MOST_UNEXPLAINED = 1.3, 2.6
LOOSE, LOOSE_IN_ENGLISH = 0.25, 0.08
FOREIGN = 2.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and the cues that it leaves unused."""

    candidate: Candidate
    score: float
    unused: tuple[str, ...]


def ranked(candidates: Iterable[Candidate], p: Pieces) -> list[Ranked]:
    """The candidates, the likeliest first."""
    learned = corrections()
    made = []
    for one in candidates:
        unused = unused_by(one, p)
        score = by_hand(one, p, unused)
        score += sum(learned.get(name, 0.0) * value for name, value in features(one, p, unused).items())
        made.append(Ranked(one, score, unused))
    return sorted(made, key=lambda one: -one.score)


def unused_by(one: Candidate, p: Pieces) -> tuple[str, ...]:
    """The cues that were heard and that the candidate does not use."""
    return tuple(sorted((p.said & OPERATIONS) - one.uses - ALWAYS_USED))


def by_hand(one: Candidate, p: Pieces, unused: tuple[str, ...]) -> float:
    """The score before anything was learned."""
    score = one.bonus + KIND_COUNTS * _likely(one, p)
    score -= sum(UNUSED.get(name, COMMON_UNUSED) for name in unused)
    if one.needs_all_words:
        score -= min(MOST_UNEXPLAINED, UNEXPLAINED * len(p.bound))
        score -= FOREIGN * bool(p.foreign_measure)
        score -= (LOOSE_IN_ENGLISH if p.text.english else LOOSE) * (len(p.unexplained) - len(p.bound))
    return score


def _likely(one: Candidate, p: Pieces) -> float:
    return CONTINUING if one.kind == CONTINUES else max(LEAST_KIND, p.kinds.get(one.kind, LEAST_KIND))


def features(one: Candidate, p: Pieces, unused: tuple[str, ...]) -> dict[str, float]:
    """What the learned corrections look at."""
    asks = _asks(one)
    made: dict[str, float] = {
        f"asks:{asks}": 1.0,
        "likely": _likely(one, p),
        f"likely&{asks}": _likely(one, p),
        "unused": float(len(unused)),
        "continues": float(one.kind == CONTINUES),
        f"continues&{asks}": float(one.kind == CONTINUES),
        "bound": float(one.needs_all_words) * min(3, len(p.bound)),
        "loose": float(one.needs_all_words) * min(5, len(p.unexplained) - len(p.bound)),
    }
    made |= {f"unused:{name}": 1.0 for name in unused}
    made |= {f"{name}&{asks}": 1.0 for name in p.said}
    for name, holds in _situation(p).items():
        made[f"{name}&{asks}"] = float(holds)
    made |= one.measured
    return {name: value for name, value in made.items() if value}


def _asks(one: Candidate) -> str:
    meaning = one.meaning
    if isinstance(meaning, Question):
        detail = meaning.what or (meaning.facets[0].name if meaning.facets else "")
        return f"{meaning.asks}:{detail}" if detail else str(meaning.asks)
    return f"out:{meaning.why}" if isinstance(meaning, OutOfPlan) else "unclear"


@once
def _situation(p: Pieces) -> dict[str, float]:
    by_name = [one for one in p.links if one.by_name]
    return {
        "is_english": p.text.english,
        "has_code": bool(p.named_codes),
        "has_link": bool(by_name),
        "has_ambiguous_link": any(one.is_ambiguous for one in by_name),
        "has_year": p.years.is_named,
        "has_history": p.last is not None,
        "has_amount": bool(p.claimed),
        "has_content": min(6, len(p.content)) / 3,
        "has_unexplained": bool(p.unexplained),
        "has_bound": bool(p.bound),
        "has_foreign_measure": bool(p.foreign_measure),
        "weak_link": bool(by_name) and max(one.score for one in by_name) < 0.7,
    }


@lru_cache(maxsize=2)
def corrections(folder: Path = MODELS) -> Mapping[str, float]:
    """The learned weights; none before anything was learned."""
    file = folder / "ranking.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}
