"""Sums and averages: over a scope, over several things, over years, without what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from knowledge.answers.select import selected
from knowledge.question import PLAN, Accounts, Ask, Unclear
from knowledge.reading.pieces import Pieces
from knowledge.reading.queries.candidate import ACCOUNT_CUES, OPERATIONS, Candidate, base, cues
from knowledge.reading.queries.conditions import accounts_meant
from knowledge.reading.queries.facets import facets_of
from knowledge.reading.queries.named import (
    has_amounts,
    indicators_meant,
    initiatives_meant,
    is_pillar_of,
    left_out,
    scopes_meant,
    wants_figure,
    wants_money,
    with_amounts,
    within,
)
from knowledge.reading.queries.orders import order_of
from knowledge.reading.queries.remainder import minus_codes, remaining_codes

SUMMABLE = cues("relisted negative constant falling rising starts over at_least under at_most")
_USES = cues("sum five_year_total every_year") | ACCOUNT_CUES


def sums(p: Pieces) -> Iterator[Candidate]:
    """Sums over a scope, over several things named, over several years of one."""
    scopes, named = scopes_meant(p), initiatives_meant(p)
    if not scopes and minus_codes(p) and (p.says("whole_plan", "relisted") or p.named_codes):
        scopes = (PLAN,)
    if not named:
        yield from _of_a_mark(p, scopes)
    yield from _of_overlapping(p, named)
    if scopes:
        yield from _of_scopes(p, scopes)
    elif named:
        yield from _of_named(p, named)
    elif not indicators_meant(p):
        yield from _of_the_plan(p)
    yield from _part_by_part(p)


def _sum(p: Pieces, codes: tuple[str, ...], uses: frozenset[str], bonus: float) -> Candidate:
    """The sum of initiatives that were named or chosen: all of them count."""
    return Candidate(
        "sum", base(p, Ask.SUM, subjects=codes, accounts=Accounts.INCLUDED), _USES | uses, bonus, True
    )


def _of_a_mark(p: Pieces, scopes: tuple[str, ...]) -> Iterator[Candidate]:
    """再掲の合計は？"""
    marked = tuple(facet for facet in facets_of(p) if facet.name in SUMMABLE and not facet.is_excluded)
    if marked and p.says("sum"):
        asked = base(p, Ask.LIST, subjects=scopes or (PLAN,), facets=marked, accounts=Accounts.INCLUDED)
        codes = tuple(one.code for one in selected(asked, p.known) if has_amounts(one))
        if codes:
            yield _sum(p, codes, frozenset({"list", "count", *(facet.name for facet in marked)}), 2.2)


def _of_overlapping(p: Pieces, named: tuple[str, ...]) -> Iterator[Candidate]:
    """A whole and its parts, all named: the parts alone are added."""
    if p.says("check", "which", "difference") and p.says("sum"):
        for one in p.known.edition.annotations.overlaps:
            if one.whole in named and set(one.parts) < set(named):
                made = _sum(p, one.parts, cues("check which difference"), 2.4)
                yield replace(made, kind="claim")
                return


def _of_named(p: Pieces, named: tuple[str, ...]) -> Iterator[Candidate]:
    said = p.says("sum")
    if len(named) > 1:
        yield _sum(p, named, frozenset(), 1.0 if said else -1.0)
    elif len(p.years.single) > 1:
        yield _sum(p, named, frozenset(), 2.0 if said else -0.8)


def _of_scopes(p: Pieces, scopes: tuple[str, ...]) -> Iterator[Candidate]:
    leans = scopes != (PLAN,) and (wants_figure(p) or p.last is not None)
    if not (p.says("sum", "five_year_total") or wants_money(p) or leans):
        return
    if minus_codes(p) and order_of(p) is None:
        left = remaining_codes(p, scopes) or remaining_codes(p, (PLAN,)) or _other_pillars(p)
        if left:
            yield _sum(p, left, cues("difference conditional remaining"), 2.4)
    if p.says("by_initiative") and (inside := remaining_codes(p, scopes)) and len(inside) <= 12:
        both = (base(p, Ask.SUM, subjects=scopes), base(p, Ask.FIGURES, subjects=inside))
        yield Candidate("sum", base(p, Ask.TWO, parts=both), _USES | {"by_initiative", "list"}, 1.6, True)
    each = tuple(base(p, Ask.SUM, subjects=(ref,)) for ref in scopes)
    apart = len(scopes) > 1 and (_overlap(scopes, p) or not p.says("sum"))
    meaning = base(p, Ask.TWO, parts=each) if apart else base(p, Ask.SUM, subjects=scopes)
    bonus = 0.8 * p.says("sum") + 0.4 * wants_money(p) + 0.3 * p.years.is_named
    yield Candidate("sum", meaning, _USES, bonus, True)


def _other_pillars(p: Pieces) -> tuple[str, ...]:
    """What is left where none of it has an amount: that is what is to be said."""
    return tuple(one.code for one in p.known.plan.pillars if one.code not in left_out(p))


def _overlap(scopes: tuple[str, ...], p: Pieces) -> bool:
    return any(within(one, other) or is_pillar_of(other, one, p) for one, other in permutations(scopes, 2))


def _of_the_plan(p: Pieces) -> Iterator[Candidate]:
    """Nothing is named: the plan as a whole may be meant."""
    of_accounts = accounts_meant(p) is not Accounts.DEFAULT
    if not (p.says("sum") or of_accounts or (p.says("money") and (p.years.is_named or p.unit))):
        return
    unheard = {id(token) for token in (*p.unheard, *(token for token in p.content if token.is_noun))}
    bonus = 0.2 * p.says("sum") - 0.4 + 1.0 * (of_accounts and wants_figure(p))
    bonus -= 1.5 * p.says("pillar", "item") + 1.5 * len(unheard)
    yield Candidate("sum", base(p, Ask.SUM, subjects=(PLAN,)), _USES, bonus, True)


def _part_by_part(p: Pieces) -> Iterator[Candidate]:
    """柱ごとに、取組項目ごとに。"""
    plan = p.known.plan
    by = plan.pillars if p.says("by_pillar") else (plan.items if p.says("by_item") else ())
    if by:
        each = tuple(base(p, Ask.SUM, subjects=(one.code,)) for one in by)
        yield Candidate("sum", base(p, Ask.TWO, parts=each), _USES | {"by_pillar", "by_item"}, 1.5, True)


def no_subject(p: Pieces) -> Iterator[Candidate]:
    """Figures are asked for, and nothing says of what."""
    if (
        wants_figure(p)
        and not p.content
        and not p.named_codes
        and not p.says("sum", "whole_plan", "list", "count")
        and p.last is None
    ):
        yield Candidate("unc", Unclear("no_subject", language=p.language), OPERATIONS, 0.5)


def averages(p: Pieces) -> Iterator[Candidate]:
    """A year's average."""
    refs = with_amounts(p) or (PLAN,)
    if p.says("average") and len(refs) == 1 and "#" not in refs[0]:
        yield Candidate(
            "avg",
            base(p, Ask.AVERAGE, subjects=refs),
            frozenset({"average", "sum", "five_year_total", "every_year"} | ACCOUNT_CUES),
            2.0,
            True,
        )
