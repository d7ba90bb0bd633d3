"""The conditions that a text sets on initiatives: marks, signs, bounds, beginnings, two years against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import Accounts, Facet
from knowledge.reading.cues import Cue
from knowledge.reading.pieces import Pieces, once
from knowledge.reading.queries.conditions import accounts_meant, attached
from knowledge.reading.queries.named import initiatives_meant

_FACETS = {
    "relisted": "relisted", "under_adjustment": "under_adjustment", "negative": "negative", "without_figure": "without_figure",
    "with_figure": "with_figure", "constant": "constant", "falling": "falling", "rising": "rising",
}  # fmt: skip


BOUNDS = ("over", "at_least", "under", "at_most")


@once
def facets_of(p: Pieces) -> tuple[Facet, ...]:
    """The conditions that the text sets."""
    if between := _between_years(p):
        return (between,)
    made = [facet for cue in p.cues if (facet := _said(cue, p))]
    made += _bounds(p)
    if starts := _beginning(p):
        made = [facet for facet in made if facet.name not in ("with_figure", "without_figure")] + [starts]
    made += _of_accounts(p)
    return tuple({facet.name: facet for facet in made}.values())


def _one_year(p: Pieces) -> FiscalYear | None:
    return p.years.single[0] if len(p.years.single) == 1 else None


def _said(cue: Cue, p: Pieces) -> Facet | None:
    """The condition that a cue names, if it sets one."""
    name = _FACETS.get(cue.name, "")
    if not name or _narrows_nothing(cue, p):
        return None
    negated = p.is_negated(cue)
    if name in ("with_figure", "without_figure"):
        holds = (name == "with_figure") != negated
        return Facet("with_figure" if holds else "without_figure", year=_one_year(p))
    excluded = name in ("relisted", "negative") and negated
    if name == "relisted" and attached(p, cue.end, cue.start) == "excluded":
        excluded = True
    return Facet(name, year=_one_year(p) if name == "negative" else None, is_excluded=excluded)


def _narrows_nothing(cue: Cue, p: Pieces) -> bool:
    """経費を減らす取組, 再掲も入れて, 再掲も: the word is said of something else, or only includes."""
    of_something_else = cue.name in ("falling", "rising") and _OF_SOMETHING.search(p.text.text[: cue.start])
    return bool(
        of_something_else
        or _TOO.match(p.text.text, cue.end)
        or (cue.name == "relisted" and _is_included(cue, p))
    )


_OF_SOMETHING = re.compile(r"[^額果円目標]を$")
_TOO = re.compile(r"(?:の(?:もの|分|取組))?も")


def _bounds(p: Pieces) -> Iterator[Facet]:
    bound = p.cue(*BOUNDS)
    if bound and p.claimed:
        yield Facet(bound.name, year=_one_year(p), yen=p.claimed[0], in_any_year=p.says("any_year"))


def _beginning(p: Pieces) -> Facet | None:
    """R6から始まる取組."""
    if starts := p.cue("starts"):
        first = _year_before(starts, p)
        return Facet("starts", year=first) if first else None
    if p.says("initiative") or asks_for_a_list(p):
        for one in p.year_mentions:
            if (
                one.year in p.known.plan.years
                and not one.is_range
                and p.text.text.startswith("から", one.end)
            ):
                return Facet("starts", year=one.year)
    return None


def _of_accounts(p: Pieces) -> Iterator[Facet]:
    if p.says("special_account") and p.says("enterprise_account") and not p.says("excluding", "including"):
        yield Facet("outside_general")
        return
    accounts, special = accounts_meant(p), p.cue("special_account", "enterprise_account")
    if special and accounts in (Accounts.ONLY_SPECIAL, Accounts.ONLY_ENTERPRISE, Accounts.EXCLUDED):
        yield Facet(special.name, is_excluded=accounts is Accounts.EXCLUDED)


def _year_before(cue: Cue, p: Pieces) -> FiscalYear | None:
    """The year that stands nearest before a cue."""
    before = [one for one in p.year_mentions if one.end <= cue.start and one.year in p.known.plan.years]
    return before[-1].year if before else (p.years.single[0] if len(p.years.single) == 1 else None)


def _between_years(p: Pieces) -> Facet | None:
    """最終年度が初年度を下回る: a condition on two years of a row."""
    years = p.years.single
    if len(years) != 2 or p.claimed or not p.says("list", "initiative", "count") or initiatives_meant(p):
        return None
    down = p.says("falling", "small", "under") or any(cue.name == "under" for cue in p.cues)
    up = p.says("rising", "big", "over") or any(cue.name == "over" for cue in p.cues)
    if down == up:
        return None
    return Facet("lower" if down else "higher", year=max(years), until=min(years))


def _is_included(cue: Cue, p: Pieces) -> bool:
    """再掲も入れて: it narrows nothing."""
    return any(
        other.name in ("including", "included") and 0 <= other.start - cue.end <= 3 for other in p.cues
    )


def asks_for_a_list(p: Pieces) -> bool:
    """Whether a list is asked for by a word of its own (教えて and あれば ask for anything)."""
    said = [p.text.text[cue.start : cue.end] for cue in p.cues if cue.name == "list"]
    return any(not one.startswith(("教え", "おしえ", "あ", "全部", "すべて")) for one in said)
