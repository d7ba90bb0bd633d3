"""Words that were heard and not obeyed: a condition that the answer would pass over makes the question half understood.

Each kind of question declares which of the weighty ways of saying it takes into account; all others are asked back.
"""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge.question import Accounts, Ask, Question
from knowledge.understanding.conditions import ACCOUNTS, Condition, are_at_odds, unclear_nouns
from knowledge.understanding.figures import paired
from knowledge.understanding.scene import Scene
from knowledge.vocabulary import Way
from knowledge.year_mentions import YearMention

_ERA_YEAR = re.compile("(?:令和|平成|昭和)[0-9]+(?:[.][0-9]+)?年")
_SO_MANY_YEARS = re.compile("(?<![0-9和成])([0-9]{1,2})年(?:間|分)")
_WHICH_YEAR = re.compile("(?:どの|何)年|年度?は[?？]?$|いつ")
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
    Ask.DESCRIBE: _WEIGHTY - {"not_handled", "average", "times", "rate"},
    Ask.PASSAGE: _WEIGHTY - {"relisted"},
    Ask.TWO: _WEIGHTY - {"not_handled", "average", "times", "rate"},
    Ask.LIST: _WEIGHTY - {"not_handled", "nth_of_list", "excluding", "including"},
    Ask.COUNT: _WEIGHTY - {"not_handled", "nth_of_list", "excluding", "including"},
}


def disobeyed(question: Question, scene: Scene) -> tuple[str, ...]:
    """The weighty words, as written, that this kind of question would pass over."""
    if odd := _years_that_are_none(scene) or _years_at_odds(scene) or _each_its_own_year(question, scene):
        return odd
    obeys = _OBEYS.get(question.asks)
    if obeys is None:
        return ()
    heeded = (obeys | _heeded_here(question, scene)) - _unheeded_here(question, scene)
    obeyed = _conditions_obeyed(question, scene)
    spans = [
        (way.start, way.end)
        for way in scene.mentions.ways
        if way.name in _WEIGHTY - heeded and way not in obeyed
    ]
    spans += [(year.start, year.end) for year in scene.mentions.years if _is_passed_over(year, question)]
    spans += _spans_of_years(question, scene)
    spans += unclear_nouns(scene.conditions, scene.mentions.text) if not scene.mentions.english else ()
    spans += _named_beside_codes(question, scene)
    return tuple(scene.mentions.folded.as_written(start, end) for start, end in spans)


def _unheeded_here(question: Question, scene: Scene) -> set[str]:
    """5-1は5-1と5-2の合計の何%: a share is taken of one whole, not of a sum of several."""
    several = question.asks is Ask.SHARE and len(scene.mentions.codes) > len(question.subjects)
    return {"sum"} if several else set()


def _conditions_obeyed(question: Question, scene: Scene) -> set[Way]:
    """The 含めて and 除いて, with the marks they belong to, that the answer will keep to."""
    found = scene.conditions
    lists = question.asks in (Ask.LIST, Ask.COUNT)
    obeyed = set[Way]()
    if not found and scene.last is not None and question.accounts is not Accounts.DEFAULT:
        return {way for way in scene.mentions.ways if way.name in ("including", "excluding")}
    for one in found:
        of_accounts = one.noun.name in ACCOUNTS and question.accounts is not Accounts.DEFAULT
        if lists or one.is_left_out is False or (of_accounts and not are_at_odds(found)):
            obeyed |= {one.noun, *([one.by] if one.by else [])}
    return obeyed - _said_again(found) if are_at_odds(found) and not lists else obeyed


def _said_again(found: tuple[Condition, ...]) -> set[Way]:
    return {one.by for one in found if one.by and one.noun.name in ACCOUNTS}


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


def _each_its_own_year(question: Question, scene: Scene) -> tuple[str, ...]:
    """3-1-2のR5と3-1-3のR6の合計: a sum or comparison takes the same years of all."""
    ranges = [one for one in scene.mentions.years if one.is_range]
    crossed = question.asks in (Ask.SUM, Ask.COMPARE) and bool(paired(scene, question).parts)
    if not crossed and not (question.asks is Ask.SUM and len(ranges) > 1):
        return ()
    years = [one for one in scene.mentions.years if one.years and not one.calendar]
    return tuple(scene.mentions.folded.as_written(one.start, one.end) for one in years)


def _spans_of_years(question: Question, scene: Scene) -> list[tuple[int, int]]:
    """3年間の平均: so many years as the plan does not have, and none named."""
    if question.asks not in _OBEYS or scene.years.is_span or len(scene.years.single) > 1:
        return []
    found = _SO_MANY_YEARS.finditer(scene.mentions.text)
    return [one.span() for one in found if int(one[1]) != len(scene.known.plan.years)]


def _named_beside_codes(question: Question, scene: Scene) -> list[tuple[int, int]]:
    """文化会館の効果額と5-1の合計: a thing named beside codes that is none of them, nor part of them."""
    if question.asks not in _OBEYS or not scene.subjects.coded:
        return []
    coded = [ref for one in scene.subjects.coded for ref in one.refs]
    named = [one for one in scene.subjects.named if not one.is_ambiguous]
    return [(one.start, one.end) for one in named if not any(_belong(one.refs[0], ref) for ref in coded)]


def _belong(one: str, other: str) -> bool:
    """Whether two references name the same thing, or one a part of the other."""
    first, second = (ref.removeprefix("柱").replace("#", "-") + "-" for ref in (one, other))
    return first.startswith(second) or second.startswith(first)


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
    of_one_year = question.asks is Ask.FIGURES and not _WHICH_YEAR.search(scene.mentions.text)
    heeded = set(_BOUNDS) if not scene.claimed or of_one_year else set()
    if scene.last is not None and scene.last.asks is Ask.LIST:
        heeded |= {"nth_of_list", "among"}
    return heeded
