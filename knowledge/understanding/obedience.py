"""Words that were heard and not obeyed: a condition that the answer would pass over makes the question half understood.

Each kind of question declares which of the weighty ways of saying it takes into account; all others are asked back.
"""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge.question import Accounts, Ask, Question
from knowledge.understanding.scene import Scene
from knowledge.year_mentions import YearMention

_ERA_YEAR = re.compile("(?:令和|平成|昭和)[0-9]+(?:[.][0-9]+)?年")
_ORDER = {
    "largest", "smallest", "largest_n", "smallest_n", "descending", "ascending", "superlative", "big", "small",
}  # fmt: skip
_SHAPES = {"negative", "constant", "falling", "rising", "starts", "with_figure", "without_figure"}
_BOUNDS = {"over", "at_least", "under", "at_most"}
_RECKONED = {"sum", "average", "difference", "times", "share", "rate", "year_on_year", "which"}
_SCOPE = {"any_year", "excluding", "including", "relisted", "nth_of_list", "among"}
_WEIGHTY = _ORDER | _SHAPES | _BOUNDS | _RECKONED | _SCOPE | {"not_handled"}

_OBEYS: dict[Ask, set[str]] = {
    Ask.FIGURES: _SHAPES | {"sum", "difference", "relisted", "big", "small"},
    Ask.INDICATORS: _BOUNDS | {"share", "with_figure", "without_figure", "big", "small", "average"},
    Ask.SUM: {"sum", "with_figure", "without_figure", "difference"},
    Ask.AVERAGE: {"average", "sum"},
    Ask.RANK: _ORDER | {"nth_of_list", "which"},
    Ask.RANK_YEARS: _ORDER | {"which", "sum"},
    Ask.CHANGE: {
        "which",
        "difference",
        "times",
        "rate",
        "year_on_year",
        "falling",
        "rising",
        "sum",
        "share",
        "big",
        "small",
    },
    Ask.COMPARE: {
        "difference",
        "times",
        "which",
        "big",
        "small",
        "sum",
        "largest",
        "smallest",
        "superlative",
    },
    Ask.SHARE: {"share", "sum", "big", "small"},
    Ask.LIST: _WEIGHTY - {"not_handled", "nth_of_list"},
    Ask.COUNT: _WEIGHTY - {"not_handled", "nth_of_list"},
}


def disobeyed(question: Question, scene: Scene) -> tuple[str, ...]:
    """The weighty words, as written, that this kind of question would pass over."""
    if odd := _years_that_are_none(scene) or _years_at_odds(scene):
        return odd
    obeys = _OBEYS.get(question.asks)
    if obeys is None:
        return ()
    heeded = obeys | _heeded_here(question, scene)
    spans = [(way.start, way.end) for way in scene.mentions.ways if way.name in _WEIGHTY - heeded]
    spans += [(year.start, year.end) for year in scene.mentions.years if _is_passed_over(year, question)]
    return tuple(scene.mentions.folded.as_written(start, end) for start, end in spans)


def _years_that_are_none(scene: Scene) -> tuple[str, ...]:
    """令和0年度, 令和5.5年度, 平成33年度: written like years, and none."""
    mentions = scene.mentions
    spans = [match.span() for match in _ERA_YEAR.finditer(mentions.text)]
    odd = [(a, b) for a, b in spans if not any(one.start <= a and b <= one.end for one in mentions.years)]
    return tuple(mentions.folded.as_written(start, end) for start, end in odd)


def _years_at_odds(scene: Scene) -> tuple[str, ...]:
    """令和5年度（2022年度）: the year in brackets is not the year before them."""
    mentions = scene.mentions
    pairs = [
        (one, other)
        for one, other in pairwise(mentions.years)
        if mentions.text[one.end : other.start] in ("(", "=") and one.years != other.years
    ]
    return tuple(mentions.folded.as_written(one.start, other.end) for one, other in pairs)


def _is_passed_over(year: YearMention, question: Question) -> bool:
    """A day or month beside a figure of the year, or a year beside a condition that knows no years."""
    if question.asks in (Ask.LIST, Ask.COUNT):
        timeless = bool(question.facets) and not any(facet.year for facet in question.facets)
        return (
            timeless and not year.calendar and not any(facet.name == "mentions" for facet in question.facets)
        )
    return year.calendar and question.asks in (Ask.FIGURES, Ask.SUM)


def _heeded_here(question: Question, scene: Scene) -> set[str]:
    """What this one question took into account; a bound without an amount binds nothing."""
    heeded = set(_BOUNDS) if not scene.claimed or question.asks is Ask.FIGURES else set()
    if question.accounts is not Accounts.DEFAULT:
        heeded |= {"excluding", "including"}
    if scene.says("including") and scene.says("relisted"):
        heeded |= {"including", "relisted"}
    if scene.last is not None and scene.last.asks is Ask.LIST:
        heeded |= {"nth_of_list", "among"}
    return heeded
