"""Which initiatives, items, members or meetings there are, or how many."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.question import PLAN, Accounts, Ask, Facet, Years
from knowledge.reading.pieces import Pieces
from knowledge.reading.queries.candidate import ACCOUNT_CUES, Candidate, base
from knowledge.reading.queries.conditions import accounts_meant
from knowledge.reading.queries.facets import BOUNDS, asks_for_a_list, facets_of
from knowledge.reading.queries.named import initiatives_meant, scopes_meant, wants_money
from knowledge.reading.text import compounds


def lists(p: Pieces) -> Iterator[Candidate]:
    """Which initiatives (items, pillars, members ...) there are, or how many."""
    counting = p.says("count")
    kind, asks = ("count", Ask.COUNT) if counting else ("list", Ask.LIST)
    what, extra = _what(p)
    facets = facets_of(p)
    scopes = scopes_meant(p) or ()
    uses = {
        "count",
        "list",
        "starts",
        "five_year_total",
        *(f.name for f in facets),
        *BOUNDS,
        *ACCOUNT_CUES,
        *extra,
        "with_figure",
        "without_figure",
    }
    strong = p.says("count", "initiative", "code") or asks_for_a_list(p)
    if facets:
        yield Candidate(
            kind,
            base(
                p,
                asks,
                subjects=scopes or (PLAN,),
                facets=facets,
                years=Years(),
                claimed=(),
                accounts=_list_accounts(facets, p),
            ),
            frozenset(uses),
            1.4 if strong else -0.8,
            True,
        )
    if what and not facets:
        bonus = 1.6 if what == "individual_plans" or (what == "members" and not p.content) else 0.8
        yield Candidate(
            kind, base(p, asks, subjects=scopes or (PLAN,), what=what), frozenset(uses), bonus, True
        )
    if not facets and not what and not scopes and counting and p.says("initiative") and not p.links:
        yield Candidate(
            kind, base(p, asks, subjects=(PLAN,)), frozenset({*uses, "sum", "relisted"}), 1.0, True
        )
    yield from _everything(p, frozenset({*uses, "sum"}))
    if not facets and not what and scopes and strong and not initiatives_meant(p):
        yield Candidate(
            kind,
            base(p, asks, subjects=scopes),
            frozenset({*uses, "sum"}),
            1.2 if p.named_codes else 0.6,
            True,
        )
    several = next((one.refs for one in p.links if one.is_ambiguous), ())
    if not several and asks_for_a_list(p):
        several = next(
            (
                (*one.refs, *(r for r in one.others if p.known.initiative(r)))
                for one in p.links
                if one.others and one.by_name
            ),
            (),
        )[:4]
    if several and strong and not facets:
        meaning = base(p, Ask.FIGURES if wants_money(p) else Ask.DESCRIBE, subjects=several)
        likelier = max(kind, "desc", key=lambda name: p.kinds.get(name, -9.0))
        yield Candidate(likelier, meaning, frozenset(uses), 1.6 if asks_for_a_list(p) else 1.4, True)
    words = _predicate(p)
    if words and strong and not p.named_codes and not several:
        facet = Facet("mentions", words=words)
        yield Candidate(
            kind,
            base(p, asks, subjects=scopes or (PLAN,), facets=(facet,)),
            frozenset({*uses, "mentions", "code"}),
            0.3
            + 0.7 * p.says("mentions")
            - 0.8 * (not p.says("initiative", "code"))
            + 0.9 * asks_for_a_list(p),
        )


def _everything(p: Pieces, uses: frozenset[str]) -> Iterator[Candidate]:
    """取組の一覧: all of the plan, where nothing in it is named."""
    names_something = scopes_meant(p) or p.links or p.named_codes or p.content
    narrows = p.says("count") or facets_of(p) or _what(p)[0]
    if p.says("initiative") and asks_for_a_list(p) and not (names_something or narrows):
        yield Candidate("list", base(p, Ask.LIST, subjects=(PLAN,)), uses, 1.2, True)


def _list_accounts(facets: tuple[Facet, ...], p: Pieces) -> Accounts:
    """A condition that speaks of an account already says which."""
    spoken_of = any(
        facet.name in ("special_account", "enterprise_account", "outside_general") for facet in facets
    )
    return Accounts.DEFAULT if spoken_of else accounts_meant(p)


def _what(p: Pieces) -> tuple[str, set[str]]:
    if p.says("members"):
        return "members", {"members", "who"}
    if p.says("individual_plans"):
        return "individual_plans", {"individual_plans"}
    if p.says("meetings"):
        return "meetings", {"meetings", "when"}
    if p.says("pillar") and not p.named_codes and not p.says("initiative"):
        return "pillars", set()
    if p.says("item") and not p.named_codes and not p.says("initiative"):
        return "items", set()
    return "", set()


def _predicate(p: Pieces) -> tuple[str, ...]:
    """The words that a text must hold, for 〜が出てくる取組; only such as some initiative holds."""
    words = []
    for group in compounds(p.content):
        said = p.text.text[group[0].start : group[-1].end]
        if len(said) > 1 and any(said in text for text in p.known.text_of.values()):
            words.append(said)
        elif any(t.is_noun and not p.spoken.is_ordinary(t.lemma) for t in group):
            return ()
    if not any(all(word in text for word in words[:2]) for text in p.known.text_of.values()):
        return ()
    return tuple(words[:2])
