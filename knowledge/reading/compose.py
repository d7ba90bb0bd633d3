"""All queries that the pieces of a text make: each kind of question says what it would take them to mean.

A candidate says what it used. What was heard and not used counts against it, so that of two readings the one that
obeys more wins; how likely its kind is was learned from examples.
"""

from __future__ import annotations

import re

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.fiscal_year import FiscalYear
from knowledge.plan import Indicator, Initiative
from knowledge.question import PLAN, Accounts, Ask, Facet, OutOfPlan, Question, Understood, Years
from knowledge.reading.cues import Cue
from knowledge.reading.evidence import QUESTION
from knowledge.reading.linker import Link
from knowledge.reading.pieces import Pieces
from knowledge.terms import Term

Order = Literal["largest", "smallest"]
OPERATIONS = frozenset(
    {
        "sum", "average", "largest", "smallest", "superlative", "largest_n", "smallest_n", "descending", "ascending",
        "nth_place", "difference", "year_on_year", "rate", "times", "share", "which", "count", "page", "meaning", "reason",
        "who", "when", "which_year", "account", "actual", "negative", "without_figure", "with_figure", "constant", "falling",
        "rising", "under_adjustment", "masked", "relisted", "special_account", "enterprise_account", "over", "at_least", "under",
        "at_most", "main_measures", "purpose", "activity_indicators", "outcome_indicators", "cost", "contact", "company",
        "procedure", "opening", "members", "meetings", "by_pillar", "by_item", "by_initiative", "included", "starts", "how",
        "responsible", "help", "greeting", "thanks", "this_month", "next_month", "whole_cycle", "summary", "what_is_counted",
        "every_year", "five_year_total", "how_many", "conditional", "indicators", "self",
    }
)  # fmt: skip
ALWAYS_USED = frozenset({"carry", "money", "target", "list", "initiative", "polite", "both", "check", "big", "small", "among"})


@dataclass(frozen=True)
class Candidate:
    """A query that the text may mean: its kind among the corpus's, what it used, what speaks for it beside that."""

    kind: str
    meaning: Understood
    uses: frozenset[str] = frozenset()
    bonus: float = 0.0
    needs_all_words: bool = False


Maker = Callable[[Pieces], Iterator[Candidate]]


# ---- what is spoken of


def initiatives_meant(p: Pieces) -> tuple[str, ...]:
    """The initiatives that are named without doubt, by code or name, in order."""
    return tuple(ref for ref in refs_meant(p) if ref.count("-") == 2)


def scopes_meant(p: Pieces) -> tuple[str, ...]:
    """The items and pillars that are named, and the plan where it is spoken of as a whole."""
    named = tuple(ref for ref in refs_meant(p) if p.known.item(ref) or p.known.pillar(ref))
    return named or ((PLAN,) if p.says("whole_plan") and not initiatives_meant(p) else ())


def indicators_meant(p: Pieces) -> tuple[str, ...]:
    """The indicators that are named."""
    return tuple(ref for ref in refs_meant(p) if "#" in ref)


def refs_meant(p: Pieces) -> tuple[str, ...]:
    """Everything with a code that the text names; of names equally close those that fit what is asked."""
    codes = tuple(dict.fromkeys(one.code for one in p.named_codes if one.code in p.known.plan.by_code))
    if codes:
        extra = [
            one.ref
            for one in p.links
            if one.by_name and one.score > 0.8 and not one.is_ambiguous and not any(_within(one.ref, c) or _within(c, one.ref) for c in codes)
        ]
        inside = [one.ref for one in p.links if "#" in one.ref and any(one.ref.startswith(f"{c}#") for c in codes)]
        return tuple(dict.fromkeys([*([] if inside else codes), *inside, *extra]))
    return tuple(dict.fromkeys(ref for one in p.links for ref in fitting(one, p)))


def _within(one: str, other: str) -> bool:
    return one == other or one.startswith((f"{other}-", f"{other}#"))


def wants_money(p: Pieces) -> bool:
    """Whether an amount of money is asked for."""
    return p.says("money", "five_year_total") or bool(p.unit) or bool(p.claimed)


def wants_figure(p: Pieces) -> bool:
    """Whether any figure is asked for."""
    return wants_money(p) or p.says("target", "every_year", "indicators") or p.years.is_named


def fitting(link: Link, p: Pieces) -> tuple[str, ...]:
    """Of refs equally close those that have what is asked for."""
    if not link.is_ambiguous:
        return _twin(link.ref, p)
    refs = link.refs
    if wants_money(p):
        with_money = tuple(ref for ref in refs if has_amounts(p.known.initiative(ref)))
        refs = with_money or refs
    elif not wants_figure(p):
        first = tuple(ref for ref in refs if not _is_relisted(ref, p))
        refs = first or refs
    return refs


def _twin(ref: str, p: Pieces) -> tuple[str, ...]:
    """The place that has the amounts, where money is asked of a text that the plan lists twice."""
    if wants_money(p) and not has_amounts(p.known.initiative(ref)):
        twins = p.known.referring_to.get(ref, ())
        return tuple(one.code for one in twins if has_amounts(one)) or (ref,)
    return (ref,)


def _is_relisted(ref: str, p: Pieces) -> bool:
    one = p.known.initiative(ref)
    return one is not None and any(mark.refers_to for mark in one.marks)


def has_amounts(one: Initiative | None) -> bool:
    """Whether effect amounts stand in its row."""
    row = one.targets if one else None
    return row is not None and row.is_set and row.measure.is_effect_amount


def accounts_meant(p: Pieces) -> Accounts:
    """Which accounts are to be counted."""
    special = p.cue("special_account", "enterprise_account", "general_account")
    if special is None:
        return Accounts.DEFAULT
    if special.name == "general_account":
        return Accounts.EXCLUDED
    behind = [cue for cue in p.cues if cue.start >= special.end]
    excluding = next((cue for cue in behind if cue.name == "excluding"), None)
    including = next((cue for cue in behind if cue.name in ("including", "included")), None)
    if including and p.is_negated(including):
        excluding, including = including, None
    if excluding and not (including and including.start < excluding.start):
        return Accounts.EXCLUDED
    before = p.text.text[: special.start]
    if p.text.english and ("excluding" in before or "without" in before or "except" in before):
        return Accounts.EXCLUDED
    if including or (p.text.english and ("including" in before or "with" in before)):
        return Accounts.INCLUDED
    return Accounts.ONLY_ENTERPRISE if special.name == "enterprise_account" else Accounts.ONLY_SPECIAL


_ACCOUNT_CUES = frozenset({"special_account", "enterprise_account", "general_account", "excluding", "including", "included"})


def base(p: Pieces, asks: Ask, **fields: object) -> Question:
    """A question with what every kind takes from the text."""
    made = {
        "years": p.years, "unit": p.unit, "effect": wants_money(p), "accounts": accounts_meant(p), "claimed": p.claimed,
        "language": "en" if p.text.english else "ja",
    } | fields  # fmt: skip
    return Question(asks, **made)  # type: ignore[arg-type]


# ---- figures


def figures(p: Pieces) -> Iterator[Candidate]:
    """The figures of what is named."""
    refs = initiatives_meant(p)
    if refs and len(refs) <= 6:
        uses = {"every_year", "five_year_total", "included", "count", "which_year"} | ({"sum"} if p.years.total or len(p.years.single) < 2 and len(refs) == 1 else set())
        if p.says("check") or p.claimed:
            uses |= {"over", "at_least", "difference", "which"}
        bonus = 0.6 * wants_money(p) + 0.5 * p.years.is_named + 0.3 * p.says("target") + 0.6 * bool(p.claimed)
        yield Candidate("fig", base(p, Ask.FIGURES, subjects=refs), frozenset(uses | {"indicators", "what_is_counted"} & p.said | {"indicators"}), bonus, True)
    named = indicators_meant(p)
    if named:
        uses = {"indicators", "count", "how_many", "share", "activity_indicators", "outcome_indicators", "sum", "at_least", "every_year", "which_year", "when"}
        yield Candidate("ind", base(p, Ask.INDICATORS, subjects=named, effect=False), frozenset(uses), 0.8 + 0.4 * p.says("target", "how_many", "count", "share"), True)
    scopes = tuple(ref for ref in scopes_meant(p) if ref != PLAN)
    if scopes and not named and (p.says("target", "indicators", "activity_indicators", "outcome_indicators")):
        what = "activity" if p.says("activity_indicators") else ("outcome" if p.says("outcome_indicators") else "")
        uses = {"indicators", "activity_indicators", "outcome_indicators", "count", "how"}
        strong = p.says("indicators", "activity_indicators", "outcome_indicators")
        yield Candidate("ind", base(p, Ask.INDICATORS, subjects=scopes, what=what, effect=False), frozenset(uses), 1.2 * strong, True)


def sums(p: Pieces) -> Iterator[Candidate]:
    """Sums over a scope, over several things named, over several years of one."""
    scopes, single = scopes_meant(p), initiatives_meant(p)
    uses = frozenset({"sum", "five_year_total", "every_year"} | _ACCOUNT_CUES)
    minus = _minus(p)
    if len(single) > 1 and not scopes:
        yield Candidate("sum", base(p, Ask.SUM, subjects=single, accounts=Accounts.INCLUDED), uses, 1.0 * p.says("sum") - 1.0 * (not p.says("sum")), True)
    if len(single) == 1 and not scopes and len(p.years.single) > 1:
        yield Candidate("sum", base(p, Ask.SUM, subjects=single, accounts=Accounts.INCLUDED), uses, 1.0 * p.says("sum") - 0.8 * (not p.says("sum")), True)
    if scopes and (wants_figure(p) or p.says("sum") or p.last is not None):
        if minus:
            scopes = tuple(ref for ref in scopes if ref not in minus) or (PLAN,)
        each = len(scopes) > 1 and not p.says("sum")
        parts = tuple(base(p, Ask.SUM, subjects=(ref,)) for ref in scopes)
        meaning = base(p, Ask.TWO, parts=parts) if each else base(p, Ask.SUM, subjects=scopes)
        bonus = 0.8 * p.says("sum") + 0.4 * wants_money(p) + 0.3 * p.years.is_named
        yield Candidate("sum", meaning, uses, bonus, True)
    if not scopes and not single and not indicators_meant(p) and (p.says("sum", "money") or accounts_meant(p) is not Accounts.DEFAULT):
        named = [token for token in p.content if token.is_noun]
        accounts = accounts_meant(p) is not Accounts.DEFAULT
        bonus = 0.2 * p.says("sum") - 0.4 + 1.0 * (accounts and wants_figure(p)) - 1.5 * len(named)
        yield Candidate("sum", base(p, Ask.SUM, subjects=(PLAN,)), uses, bonus, True)
    by = "pillars" if p.says("by_pillar") else ("items" if p.says("by_item") else "")
    if by:
        parts_of = p.known.plan.pillars if by == "pillars" else p.known.plan.items
        parts = tuple(base(p, Ask.SUM, subjects=(one.code,)) for one in parts_of)
        yield Candidate("sum", base(p, Ask.TWO, parts=parts), uses | {"by_pillar", "by_item"}, 1.5, True)


def _minus(p: Pieces) -> tuple[str, ...]:
    return ()


def averages(p: Pieces) -> Iterator[Candidate]:
    """A year's average."""
    refs = refs_meant(p) or (PLAN,)
    if p.says("average") and len(refs) == 1 and "#" not in refs[0]:
        yield Candidate("avg", base(p, Ask.AVERAGE, subjects=refs), frozenset({"average", "sum", "five_year_total", "every_year"} | _ACCOUNT_CUES), 2.0, True)


# ---- orders


def order_of(p: Pieces) -> Order | None:
    """Whether the largest or the smallest come first."""
    if p.says("smallest", "smallest_n", "ascending") or (p.says("superlative", "nth_place") and p.says("small")):
        return "smallest"
    place = p.cue("nth_place")
    if place and any(word in p.text.text[place.start : place.end] for word in ("小さ", "少な", "低")):
        return "smallest"
    if p.says("largest", "largest_n", "descending", "nth_place", "superlative"):
        return "largest"
    return None


_ORDER_CUES = frozenset({"largest", "smallest", "superlative", "largest_n", "smallest_n", "descending", "ascending", "nth_place"})


def rankings(p: Pieces) -> Iterator[Candidate]:
    """The largest or smallest of a scope."""
    order = order_of(p)
    if order is None:
        return
    of_year = p.says("which_year") or bool(p.cue("when") and not p.says("initiative"))
    refs = refs_meant(p)
    if of_year or (len(initiatives_meant(p)) == 1 and not scopes_meant(p) and not p.says("initiative")):
        subject = (refs or (PLAN,))[:1]
        yield Candidate("ranky", base(p, Ask.RANK_YEARS, subjects=subject, order=order), _ORDER_CUES | {"which_year", "when", "every_year"}, 1.5, True)
    scopes = scopes_meant(p) or tuple(ref for ref in refs if "#" not in ref)
    if len(scopes) == 1 and p.known.initiative(scopes[0]):
        scopes = ()
    counted = p.cue("largest_n", "smallest_n")
    place = p.cue("nth_place")
    first = (place.number if place else None) or (counted.number if counted else None) or (10 if p.says("descending", "ascending") else 1)
    level: str = "items" if p.says("item") else ("pillars" if p.says("pillar") and not any(p.known.pillar(s) for s in scopes) else "initiatives")
    meaning = base(
        p, Ask.RANK, subjects=scopes or (PLAN,), order=order, first=max(1, min(first, 50)), what="nth" if place and place.number else "", level=level
    )
    uses = _ORDER_CUES | {"big", "small", "five_year_total", "every_year", "sum", "by_pillar", "by_item", "by_initiative"} | _ACCOUNT_CUES
    yield Candidate("rank", meaning, frozenset(uses), 1.4, True)


def changes(p: Pieces) -> Iterator[Candidate]:
    """One thing between two years."""
    cues = ("difference", "year_on_year", "rate", "times", "rising", "falling")
    if not p.says(*cues):
        return
    refs = refs_meant(p) or (PLAN,)
    years = p.years.single
    plan = p.known.plan
    if p.says("year_on_year") and len(years) == 1 and years[0] > plan.first_year:
        years = (years[0].previous, years[0])
    if len(years) < 2 and p.says("rate", "times") and len(refs) == 1:
        years = (plan.first_year, plan.last_year)
    if len(years) == 1 and years[0] > plan.first_year and p.says("difference", "rising", "falling") and len(refs) == 1:
        years = (years[0].previous, years[0])
    if len(years) >= 2 and len(refs) == 1 and "#" not in refs[0]:
        in_order = replace(p.years, single=tuple(sorted(years)))
        if in_order.is_span:
            in_order = replace(in_order, single=(in_order.single[0], in_order.single[-1]))
        yield Candidate("chg", base(p, Ask.CHANGE, subjects=refs, years=in_order), frozenset({*cues, "share", "every_year"} | _ACCOUNT_CUES), 1.5, True)


def comparisons(p: Pieces) -> Iterator[Candidate]:
    """Several things against each other."""
    refs = refs_meant(p)
    compares = p.says("difference", "which", "times", "big", "small")
    if len(refs) >= 2 and len(refs) <= 6 and compares:
        coded = len(p.named_codes) >= 2 or len(p.links) >= 2 or p.says("whole_plan")
        yield Candidate("cmp", base(p, Ask.COMPARE, subjects=refs, what="times" if p.says("times") else ""), frozenset({"difference", "which", "times", "big", "small", "largest", "superlative", "five_year_total", "over", "every_year"} | _ACCOUNT_CUES), 1.2 if coded else -0.5, True)
    if not refs and p.says("difference", "which") and p.says("pillar", "item") and len(p.named_codes) >= 2:
        yield Candidate("cmp", base(p, Ask.COMPARE, subjects=tuple(c.code for c in p.named_codes)), frozenset({"difference", "which"}), 1.0, True)


def shares(p: Pieces) -> Iterator[Candidate]:
    """A part of a whole, in percent."""
    if not p.says("share"):
        return
    refs = [ref for ref in refs_meant(p) if "#" not in ref]
    scopes = [ref for ref in refs if not p.known.initiative(ref)]
    whole = [PLAN] if p.says("whole_plan") else []
    parts = [ref for ref in refs if p.known.initiative(ref)]
    pair: tuple[str, ...] = ()
    if parts and (scopes or whole):
        pair = (parts[0], (scopes + whole)[-1])
    elif len(scopes) >= 2:
        pair = (scopes[0], scopes[-1])
        at = p.text.text.find("占める")
        first = next((c for c in p.named_codes if c.code == scopes[0]), None)
        if first and 0 <= at and p.text.text[first.end : first.end + 4].startswith(("に占める", "のうち", "の中で")):
            pair = (scopes[-1], scopes[0])
    elif scopes and whole:
        pair = (scopes[0], PLAN)
    elif len(parts) == 2:
        pair = (parts[0], parts[1])
    elif len(parts) == 1:
        pair = (parts[0], parts[0].rpartition("-")[0])
    elif len(scopes) == 1:
        pair = (scopes[0], PLAN)
    if pair:
        clear = len(parts) + len(scopes) + len(whole) > 1 or wants_money(p)
        yield Candidate("share", base(p, Ask.SHARE, subjects=pair), frozenset({"share", "sum", "five_year_total"} | _ACCOUNT_CUES), 1.6 if clear else -0.6, True)


def inclusions(p: Pieces) -> Iterator[Candidate]:
    """Whether something is counted in an item's target."""
    cue = p.cue("included")
    if cue is None or (p.says("sum", "share") and wants_money(p) and not p.says("target")):
        return
    refs = refs_meant(p)
    items = [ref for ref in refs if p.known.item(ref)] or list(dict.fromkeys(ref.rpartition("-")[0] for ref in refs if p.known.initiative(ref)))
    if items and (len(refs) > 1 or p.says("special_account", "enterprise_account", "relisted") or p.says("target", "sum", "whole_plan")):
        chosen = tuple(ref for ref in refs if ref.startswith(f"{items[0]}-"))
        if chosen or p.says("special_account", "enterprise_account"):
            yield Candidate("incl", base(p, Ask.INCLUDED, subjects=(items[0], *chosen), accounts=Accounts.DEFAULT), frozenset({"included", "sum", "target", "account", *_ACCOUNT_CUES}), 1.0, True)


# ---- lists


_FACETS = {
    "relisted": "relisted", "under_adjustment": "under_adjustment", "negative": "negative", "without_figure": "without_figure",
    "with_figure": "with_figure", "constant": "constant", "falling": "falling", "rising": "rising",
}  # fmt: skip
_BOUNDS = ("over", "at_least", "under", "at_most")


def facets_of(p: Pieces) -> tuple[Facet, ...]:
    """The conditions that the text sets."""
    made: list[Facet] = []
    year = p.years.single[0] if len(p.years.single) == 1 else None
    for cue in p.cues:
        name = _FACETS.get(cue.name, "")
        if name in ("with_figure", "without_figure") and p.is_negated(cue):
            name = "without_figure" if name == "with_figure" else "with_figure"
        if not name or (name == "relisted" and _is_included(cue, p)):
            continue
        facet = Facet(name, year=year if name in ("negative", "with_figure", "without_figure") else None)
        if name in ("relisted", "negative") and p.is_negated(cue):
            facet = replace(facet, is_excluded=True)
        made.append(facet)
    bound = p.cue(*_BOUNDS)
    if bound and p.claimed:
        made.append(Facet(bound.name, year=year, yen=p.claimed[0], in_any_year=p.says("any_year")))
    starts = p.cue("starts")
    if starts and year is not None:
        made.append(Facet("starts", year=year))
    accounts = accounts_meant(p)
    if accounts in (Accounts.ONLY_SPECIAL, Accounts.ONLY_ENTERPRISE, Accounts.EXCLUDED) and (special := p.cue("special_account", "enterprise_account")):
        made.append(Facet(special.name, is_excluded=accounts is Accounts.EXCLUDED))
    return tuple({facet.name: facet for facet in made}.values())


def _is_included(cue: Cue, p: Pieces) -> bool:
    """再掲も入れて: it narrows nothing."""
    return any(other.name in ("including", "included") and 0 <= other.start - cue.end <= 3 for other in p.cues)


def lists(p: Pieces) -> Iterator[Candidate]:
    """Which initiatives (items, pillars, members ...) there are, or how many."""
    counting = p.says("count")
    kind, asks = ("count", Ask.COUNT) if counting else ("list", Ask.LIST)
    what, extra = _what(p)
    facets = facets_of(p)
    scopes = scopes_meant(p) or ()
    uses = {"count", "list", "starts", "five_year_total", *(f.name for f in facets), *_BOUNDS, *_ACCOUNT_CUES, *extra, "with_figure", "without_figure"}
    strong = p.says("list", "count", "initiative")
    if facets:
        yield Candidate(kind, base(p, asks, subjects=scopes or (PLAN,), facets=facets, years=Years(), claimed=()), frozenset(uses), 1.0 + 0.4 * strong, True)
    if what and not facets:
        yield Candidate(kind, base(p, asks, subjects=scopes or (PLAN,), what=what), frozenset(uses), 0.8, True)
    if not facets and not what and scopes and strong and not initiatives_meant(p):
        yield Candidate(kind, base(p, asks, subjects=scopes), frozenset(uses), 0.5, True)
    several = next((one.refs for one in p.links if one.is_ambiguous), ())
    if several and p.says("list", "count", "initiative") and not facets:
        meaning = base(p, Ask.FIGURES if wants_money(p) else Ask.DESCRIBE, subjects=several)
        yield Candidate(kind, meaning, frozenset(uses), 0.6, True)
    words = _predicate(p)
    if words and strong and not p.named_codes and not several:
        facet = Facet("mentions", words=words)
        yield Candidate(kind, base(p, asks, subjects=scopes or (PLAN,), facets=(facet,)), frozenset({*uses, "mentions", "code"}), 0.3 + 0.7 * p.says("mentions") - 0.8 * (not p.says("initiative")))


def _what(p: Pieces) -> tuple[str, set[str]]:
    if p.says("members"):
        return "members", {"members", "who"}
    if p.says("meetings"):
        return "meetings", {"meetings", "when"}
    if p.says("pillar") and not p.named_codes and not p.says("initiative"):
        return "pillars", set()
    if p.says("item") and not p.named_codes and not p.says("initiative"):
        return "items", set()
    return "", set()


def _predicate(p: Pieces) -> tuple[str, ...]:
    """The words that a text must hold, for 〜が出てくる取組; only such as some initiative holds."""
    from knowledge.reading.text import compounds

    words = []
    for group in compounds(p.content):
        said = p.text.text[group[0].start : group[-1].end]
        if any(said in text for text in p.known.text_of.values()):
            words.append(said)
    if not any(all(word in text for word in words[:2]) for text in p.known.text_of.values()):
        return ()
    return tuple(words[:2])


# ---- words


def descriptions(p: Pieces) -> Iterator[Candidate]:
    """What is done in what is named, its main measures, its purpose, its account."""
    refs = tuple(ref for ref in refs_meant(p) if "#" not in ref)
    if not refs or len(refs) > 5:
        return
    topic = p.text.text
    if not wants_figure(p) or p.says("summary"):
        yield Candidate("desc", base(p, Ask.DESCRIBE, subjects=refs, topic=topic), frozenset({"summary", "how", "list", "code", "meaning", "starts"}), 0.6 * p.says("summary"))
    if p.says("main_measures"):
        yield Candidate("meas", base(p, Ask.MAIN_MEASURES, subjects=refs), frozenset({"main_measures", "summary"}), 2.0)
    if p.says("purpose"):
        yield Candidate("purp", base(p, Ask.PURPOSE, subjects=refs), frozenset({"purpose", "summary", "reason"}), 1.5)
    if p.says("account", "special_account", "enterprise_account") and not p.says("sum", "money"):
        yield Candidate("acct", base(p, Ask.ACCOUNT, subjects=refs, accounts=Accounts.DEFAULT), frozenset({"account", *_ACCOUNT_CUES}), 1.0)


def by_value(p: Pieces) -> Iterator[Candidate]:
    """A figure that the plan prints, said without what it is (7,350時間って): what it stands for."""
    refs = tuple(ref for ref in _printing(p) if not refs_meant(p) or ref.partition("#")[0] in refs_meant(p) or ref in refs_meant(p))
    if refs and len(refs) <= 3:
        yield Candidate("ind", base(p, Ask.INDICATORS, subjects=refs, effect=False), frozenset({"meaning", "summary", "what_is_counted", "when", "which_year", "reason", "at_least", "indicators", "how_many", "share", "included"}), 1.0)


def _printing(p: Pieces) -> Iterator[str]:
    said = {int(text.replace(",", "")) for text in re.findall(r"(?<![0-9-])[0-9][0-9,]{2,}(?=(?:時間|人|%|件|団体))", p.text.text)}
    for item in p.known.plan.items:
        for number, indicator in enumerate(item.indicators, start=1):
            if indicator.target.value in said:
                yield f"{item.code}#{number}"


def unknown_codes(p: Pieces) -> Iterator[Candidate]:
    """A code that the plan does not hold."""
    unknown = tuple(dict.fromkeys(one.code for one in p.named_codes if one.code not in p.known.plan.by_code))
    if unknown and not any(one.code in p.known.plan.by_code for one in p.named_codes):
        near = tuple(code for code in p.known.plan.by_code if unknown[0].startswith(code))[-2:]
        yield Candidate("out", OutOfPlan("code", unknown, near, language="en" if p.text.english else "ja"), OPERATIONS, 6.0)


def pages(p: Pieces) -> Iterator[Candidate]:
    """Where in the document something stands."""
    if p.says("page"):
        yield Candidate("page", base(p, Ask.PAGE, subjects=refs_meant(p), topic=p.text.text), frozenset({"page", "count", "list"}), 2.5)


def terms(p: Pieces) -> Iterator[Candidate]:
    """What a word means."""
    found = [term for term in p.known.terms if _is_said(term, p)]
    if found and p.says("meaning", "summary"):
        best = max(found, key=lambda term: len(term.name))
        yield Candidate("term", base(p, Ask.TERM, subjects=(f"term:{best.name}",)), frozenset({"meaning", "summary"}), 1.2)


def _is_said(term: Term, p: Pieces) -> bool:
    names = [name for name in (term.name, *term.also) if len(name) > 1]
    text = p.text.text
    return any((at := text.find(p.known.vocabulary.plain(name))) >= 0 and at in p.text.edges for name in names)


def cycle(p: Pieces) -> Iterator[Candidate]:
    """The yearly cycle: by month, by phase, as a whole."""
    month = p.today.month
    months = p.months
    if p.says("this_month") and not months:
        months = (month, month)
    if p.says("next_month"):
        months = (month % 12 + 1,) * 2
    if p.says("last_month"):
        months = ((month - 2) % 12 + 1,) * 2
    if months and not wants_money(p):
        yield Candidate("proc", base(p, Ask.PROCESS, months=months), frozenset({"this_month", "next_month", "last_month", "when", "who", "summary"}), 1.0)
    if p.says("whole_cycle"):
        every = tuple(f"phase:{at}" for at in range(1, len(p.known.plan.phases) + 1))
        yield Candidate("proc", base(p, Ask.PROCESS, subjects=every), frozenset({"whole_cycle", "summary", "when", "who", "how"}), 0.8)


MAKERS: tuple[Maker, ...] = (
    figures, sums, averages, rankings, changes, comparisons, shares, inclusions, lists, descriptions, by_value, unknown_codes,
    pages, terms, cycle,
)  # fmt: skip

__all__ = ["MAKERS", "QUESTION", "Candidate", "FiscalYear", "Indicator", "OutOfPlan"]
