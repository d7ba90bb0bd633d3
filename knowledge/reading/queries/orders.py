"""The largest and the smallest, of things and of years; the years in which something holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.answers.rankings import ranked_codes
from knowledge.question import PLAN, Accounts, Ask, Facet, Years
from knowledge.reading.pieces import Pieces, once
from knowledge.reading.queries.candidate import ACCOUNT_CUES, Candidate, Order, base, cues
from knowledge.reading.queries.facets import facets_of
from knowledge.reading.queries.named import initiatives_meant, refs_meant, scopes_meant
from knowledge.reading.queries.remainder import minus_codes, remaining_codes


@once
def order_of(p: Pieces) -> Order | None:
    """Whether the largest or the smallest come first."""
    if p.says("smallest", "smallest_n", "ascending") or (
        p.says("superlative", "nth_place") and p.says("small")
    ):
        return "smallest"
    place = p.cue("nth_place")
    if place and any(word in p.text.text[place.start : place.end] for word in ("小さ", "少な", "低")):
        return "smallest"
    if p.says("largest", "largest_n", "descending", "nth_place", "superlative"):
        return "largest"
    return None


_ORDER_CUES = cues("largest smallest superlative largest_n smallest_n descending ascending nth_place")


def rankings(p: Pieces) -> Iterator[Candidate]:
    """The largest or smallest of a scope."""
    order = order_of(p)
    if order is None:
        return
    of_year = p.says("which_year") or bool(p.cue("when") and not p.says("initiative"))
    refs = refs_meant(p)
    if of_year or (len(initiatives_meant(p)) == 1 and not scopes_meant(p) and not p.says("initiative")):
        subject = (refs or (PLAN,))[:1]
        yield Candidate(
            "ranky",
            base(p, Ask.RANK_YEARS, subjects=subject, order=order),
            _ORDER_CUES | {"which_year", "when", "every_year"},
            1.5,
            True,
        )
    scopes = scopes_meant(p) or tuple(ref for ref in refs if "#" not in ref)
    if len(scopes) == 1 and p.known.initiative(scopes[0]):
        scopes = ()
    counted = p.cue("largest_n", "smallest_n")
    place = p.cue("nth_place")
    first = (
        (place.number if place else None)
        or (counted.number if counted else None)
        or (10 if p.says("descending", "ascending") else 1)
    )
    level: str = (
        "items"
        if p.says("item")
        else ("pillars" if p.says("pillar") and not any(p.known.pillar(s) for s in scopes) else "initiatives")
    )
    if minus_codes(p):
        scopes = remaining_codes(p, scopes or (PLAN,))
    if len(scopes) > 1 and not any(p.known.initiative(one) for one in scopes):
        level = "items" if all(p.known.item(one) for one in scopes) else "pillars"
        first = max(first, len(scopes))
    meaning = base(
        p,
        Ask.RANK,
        subjects=scopes or (PLAN,),
        order=order,
        first=max(1, min(first, 50)),
        what="nth" if place and place.number else "",
        level=level,
    )
    uses = (
        _ORDER_CUES
        | {"big", "small", "five_year_total", "every_year", "sum", "by_pillar", "by_item", "by_initiative"}
        | ACCOUNT_CUES
    )
    if p.says("sum") and first > 1 and level == "initiatives":
        together = base(
            p, Ask.SUM, subjects=ranked_codes(meaning, p.known)[:first], accounts=Accounts.INCLUDED
        )
        meaning = base(p, Ask.TWO, parts=(meaning, together))
    unnamed = not scopes and not p.says("whole_plan", "initiative")
    nouns = (
        sum(token.is_noun and not p.spoken.is_ordinary(token.lemma) for token in p.content) if unnamed else 0
    )
    yield Candidate("rank", meaning, frozenset(uses), 1.4 - 0.8 * nouns, True)


def years_where(p: Pieces) -> Iterator[Candidate]:
    """The years of one thing in which its amount is negative, above an amount, blank, less than before."""
    if not p.says("which_year", "when", "first_year", "starts"):
        return
    refs = refs_meant(p) or ((PLAN,) if p.says("whole_plan") else ())
    conditions = [facet for facet in facets_of(p) if facet.name in _OF_YEARS]
    if (
        not conditions
        and p.says("starts", "with_figure")
        and len(initiatives_meant(p)) == 1
        and (p.says("money", "target"))
    ):
        conditions = [Facet("with_figure")]
    if len(refs) == 1 and "#" not in refs[0] and conditions:
        meaning = base(
            p,
            Ask.YEARS,
            subjects=refs,
            facets=(replace(conditions[0], year=None),),
            years=Years(every=True),
            claimed=(),
        )
        uses = {
            "which_year",
            "when",
            "starts",
            "first_year",
            "sum",
            "five_year_total",
            "over",
            "at_least",
            "under",
            "at_most",
            conditions[0].name,
            *ACCOUNT_CUES,
            "falling",
            "rising",
            "negative",
        }
        yield Candidate("ranky", meaning, frozenset(uses), 2.0, True)


_OF_YEARS = cues("negative over at_least under at_most with_figure without_figure falling rising")
