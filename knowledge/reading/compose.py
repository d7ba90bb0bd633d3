"""All queries that the pieces of a text make: each kind of question says what it would take them to mean.

A candidate says what it used. What was heard and not used counts against it, so that of two readings the one that
obeys more wins; how likely its kind is was learned from examples.
"""

from __future__ import annotations

import re

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from knowledge.plan.amount import UNITS
from knowledge.answers.rankings import ranked_codes
from knowledge.answers.select import selected
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.mentions import CodeMention
from knowledge.plan.plan import Indicator, Initiative, MarkKind, Phase
from knowledge.question import PLAN, Accounts, Ask, Facet, OutOfPlan, Question, Unclear, Understood, Years
from knowledge.reading.cues import Cue
from knowledge.reading.evidence import QUESTION
from knowledge.reading.linker import Link
from knowledge.reading.pieces import Pieces
from knowledge.reading.text import compounds
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
        "every_year", "five_year_total", "how_many", "conditional", "indicators", "self", "cannot", "remaining",
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
    measured: Mapping[str, float] = field(default_factory=dict)


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
    left_out = _left_out(p)
    codes = tuple(dict.fromkeys(one.code for one in p.named_codes if one.code in p.known.plan.by_code and one.code not in left_out))
    named = [ref for one in p.links if one.by_name and one.ref not in left_out for ref in fitting(one, p)]
    if not codes:
        return tuple(dict.fromkeys(named))
    clear = [one for one in p.links if one.by_name and one.ref not in left_out and not _is_taken_in(one, p)]
    inside = [ref for one in clear if one.score > 0.6 for ref in one.refs if any(ref != c and _within(ref, c) for c in codes) and not set(codes) & {*one.refs, *(() if p.says("share", "included") else one.others)}]
    beside = [one.ref for one in clear if one.score > 0.85 and not one.missing and not one.is_ambiguous and not any(_within(one.ref, c) or _within(c, one.ref) for c in codes)]
    if len(inside) > 1 and not p.says("sum", "which", "difference"):
        inside = []
    if p.says("share", "included", "excluding", "list", "count", "largest", "superlative") or len(codes) > 1:
        return tuple(dict.fromkeys([*codes, *inside, *beside]))
    holders = {c for c in codes if any(_within(ref, c) for ref in inside)}
    return tuple(dict.fromkeys([*(c for c in codes if c not in holders), *inside, *beside]))


def _is_taken_in(one: Link, p: Pieces) -> bool:
    """国保税の分も含めて: what is to be counted too, beside the scope that a code names."""
    return any(attached(p, group[-1].end) == "included" for group in compounds(one.tokens)) or any(
        cue.name == "special_account" and 0 <= cue.start - one.end <= 2 for cue in p.cues if attached(p, cue.end) == "included"
    )


def _left_out(p: Pieces) -> tuple[str, ...]:
    """What is named to be left out (里湯を除いて, 5-1-3以外), and what is no more (里湯がなくなると、残りは)."""
    made = [p.links[0].ref] if p.says("remaining") and p.links and (p.says("whole_plan") or p.named_codes) else []
    for one in p.links:
        ends = {group[-1].end for group in compounds(one.tokens)}
        if one.by_name and any(attached(p, end) == "excluded" for end in ends):
            made.append(one.ref)
    codes = [one for one in p.named_codes if one.code in p.known.plan.by_code]
    made += [one.code for at, one in enumerate(codes) if attached(p, one.end, one.start) == "excluded" or _runs_into_left_out(codes, at, p)]
    return tuple(dict.fromkeys(made))


def _runs_into_left_out(codes: Sequence[CodeMention], at: int, p: Pieces) -> bool:
    """柱3と柱5以外: what is joined to something left out is left out with it."""
    following = codes[at + 1 : at + 2]
    return bool(following) and p.text.text[codes[at].end : following[0].start] in ("と", "や", "、", "・", "及び") and attached(p, following[0].end) == "excluded"


def _within(one: str, other: str) -> bool:
    return one == other or one.startswith((f"{other}-", f"{other}#"))


def wants_money(p: Pieces) -> bool:
    """Whether an amount of money is asked for."""
    return p.says("money", "negative") or bool(p.unit) or bool(p.claimed)


def wants_figure(p: Pieces) -> bool:
    """Whether any figure is asked for."""
    return wants_money(p) or p.says("target", "every_year", "indicators", "five_year_total") or p.years.is_named


def fitting(link: Link, p: Pieces) -> tuple[str, ...]:
    """Of refs equally close those that have what is asked for."""
    near = (*link.refs, *link.others)
    if len(near) > 1:
        holders = [
            ref
            for ref in near
            if (item := p.known.item(ref)) and any(_within(other, ref) for other in near if other != ref) and _says_title_of(item.title, link, p)
        ]
        if holders and not any(_is_whole_title(ref, p) for ref in near if p.known.initiative(ref)):
            return (holders[0],)
    nested = [ref for ref in link.refs if any(_within(other, ref) or _is_pillar_of(ref, other, p) for other in link.refs if other != ref)]
    if nested and len(nested) < len(link.refs) and all(not p.known.initiative(ref) for ref in link.refs):
        return tuple(ref for ref in link.refs if ref not in nested)
    if not link.is_ambiguous:
        if wants_figure(p) and p.known.initiative(link.ref) and not _has_row(link.ref, p):
            better = tuple(ref for ref in link.others if has_amounts(p.known.initiative(ref)))
            return better[:1] or _twin(link.ref, p)
        return _twin(link.ref, p)
    refs = link.refs
    measured = tuple(ref for ref in refs if "#" in ref)
    if measured and p.says("target", "how_many", "count", "share") and not p.unit and not _says_amount(p):
        return measured
    refs = tuple(ref for ref in refs if "#" not in ref) or refs
    if wants_money(p):
        with_money = tuple(ref for ref in refs if has_amounts(p.known.initiative(ref)))
        refs = with_money or refs
    elif not wants_figure(p):
        first = tuple(ref for ref in refs if not _is_relisted(ref, p))
        refs = first or refs
    return refs


def _is_pillar_of(ref: str, other: str, p: Pieces) -> bool:
    pillar = p.known.pillar(ref)
    return pillar is not None and any(item.code == other for item in pillar.items)


def _says_title_of(title: str, link: Link, p: Pieces) -> bool:
    """Whether what was said stands letter for letter in a title."""
    written = p.spoken.fold(title)
    groups = compounds(link.tokens)
    return bool(groups) and all(p.text.text[group[0].start : group[-1].end] in written for group in groups)


def _says_amount(p: Pieces) -> bool:
    cue = p.cue("money")
    return cue is not None and any(word in p.text.text[cue.start : cue.end] for word in ("額", "円", "いくら"))


def _is_whole_title(ref: str, p: Pieces) -> bool:
    initiative = p.known.initiative(ref)
    return initiative is not None and p.known.vocabulary.plain(initiative.title) in p.text.text


def _has_row(ref: str, p: Pieces) -> bool:
    one = p.known.initiative(ref)
    return one is not None and one.targets is not None and one.targets.is_set and (not wants_money(p) or one.targets.measure.is_effect_amount)


def with_amounts(p: Pieces) -> tuple[str, ...]:
    """What is named, where a text is listed twice by the place that has figures to reckon with."""
    made = []
    for ref in refs_meant(p):
        one = p.known.initiative(ref)
        twins = [] if one is None or (one.targets and one.targets.is_set) else [o.code for o in p.known.referring_to.get(ref, ()) if has_amounts(o)]
        made.append(twins[0] if twins else ref)
    return tuple(dict.fromkeys(made))


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


_JOINED = re.compile(
    r"[)」】]*(?:等|など|関連|関係|金?分|の分|の[0-9](?:行|本|件|つ|取組)|の取組|取組|の効果額|の額|だけ|ばかり|丸ごと| )*(?:は|を|も|が|の|については)?、?(?:最初から|すべて|全部|全て|双方とも|両方とも|どちらも|いずれも)?[「(【]?"
)


def attached(p: Pieces, end: int, start: int = -1) -> str:
    """What is to become of something that ends there: excluded, included, only that, or nothing said."""
    text = p.text.text
    for cue in p.cues:
        if cue.start < end or cue.name not in ("excluding", "including", "included", "only"):
            continue
        if not _JOINED.fullmatch(text[end : cue.start]):
            continue
        if cue.name == "excluding":
            return "excluded"
        if cue.name == "only":
            return "only"
        return "excluded" if p.is_negated(cue) else "included"
    if re.match(r"(?:等|の取組|の分|分)?(?:で|では|じゃ)(?:は)?(?:ない|なく)", text[end:]):
        return "excluded"
    if p.text.english and start >= 0:
        before = text[max(0, start - 26) : start]
        if re.search(r"(?:excluding|without|except|not counting|other than|leave out|leaving out)[a-z ]*$", before) or re.search(r"^[a-z ]{0,12}\bout\b", text[end:]):
            return "excluded"
        if re.search(r"(?:including|counting|with)[a-z ]*$", before):
            return "included"
    return ""


def accounts_meant(p: Pieces) -> Accounts:
    """Which accounts are to be counted."""
    named = [cue for cue in p.cues if cue.name in ("special_account", "enterprise_account", "general_account")]
    if not named:
        return Accounts.DEFAULT
    if any(cue.name == "general_account" for cue in named):
        return Accounts.EXCLUDED
    fates = [attached(p, cue.end, cue.start) for cue in named]
    if "excluded" in fates:
        return Accounts.EXCLUDED if "included" not in fates else Accounts.DEFAULT
    if "included" in fates:
        return Accounts.INCLUDED
    return Accounts.ONLY_ENTERPRISE if named[0].name == "enterprise_account" else Accounts.ONLY_SPECIAL


def mixed_accounts(p: Pieces) -> tuple[tuple[str, str], ...]:
    """Accounts with what is to become of each, where they differ (企業会計は含めず、特別会計は含めた)."""
    named = [(cue.name, attached(p, cue.end, cue.start)) for cue in p.cues if cue.name in ("special_account", "enterprise_account")]
    return tuple(named) if {fate for _, fate in named} >= {"excluded", "included"} else ()


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
        uses = {"every_year", "five_year_total", "count", "which_year", "how_many"} | ({"sum"} if len(refs) == 1 and len(p.years.single) < 2 else set())
        if p.says("check") or p.claimed:
            uses |= {"over", "at_least", "difference", "which"}
        bonus = 0.6 * wants_money(p) + 0.9 * p.years.is_named + 0.3 * p.says("target") + 0.6 * bool(p.claimed)
        bonus -= 1.5 * counts_otherwise(refs, p)
        bonus += 1.6 * any(_counts_in_its_unit(ref, p) for ref in refs)
        each = base(p, Ask.FIGURES, subjects=refs)
        same_column = len(p.years.single) == 1 or (p.years.total and not p.years.single)
        if len(refs) > 1 and same_column and all(has_amounts(p.known.initiative(ref)) for ref in refs) and not p.says("which", "difference", "both"):
            together = base(p, Ask.SUM, subjects=refs, accounts=Accounts.INCLUDED)
            each = base(p, Ask.TWO, parts=(each, together))
        yield Candidate("fig", each, frozenset(uses | {"indicators", "what_is_counted"} & p.said | {"indicators"}), bonus, True)
    named = indicators_meant(p)
    if named:
        uses = {"indicators", "count", "how_many", "share", "activity_indicators", "outcome_indicators", "sum", "at_least", "every_year", "which_year", "when"}
        yield Candidate("ind", base(p, Ask.INDICATORS, subjects=named, effect=False), frozenset(uses), 0.8 + 0.4 * p.says("target", "how_many", "count", "share"), True)
    scopes = tuple(ref for ref in scopes_meant(p) if ref != PLAN)
    if scopes and not named and (p.says("target", "indicators", "activity_indicators", "outcome_indicators")):
        kinds = [kind for kind in ("activity", "outcome") if p.says(f"{kind}_indicators")]
        what = kinds[0] if len(kinds) == 1 else ""
        uses = {"indicators", "activity_indicators", "outcome_indicators", "count", "how"}
        strong = p.says("indicators", "activity_indicators", "outcome_indicators")
        yield Candidate("ind", base(p, Ask.INDICATORS, subjects=scopes, what=what, effect=False), frozenset(uses), 1.2 * strong, True)


COUNTED = re.compile(r"(?:何|なん)(件|人|社|台|館|校|回|団体|名|本|冊|枚|世帯|戸|か所|箇所|カ所|ヶ所|枠|区画|筆)")


def counts_otherwise(refs: tuple[str, ...], p: Pieces) -> bool:
    """何件売れた, of rows that count yen."""
    asked = COUNTED.search(p.text.text)
    rows = [one.targets for ref in refs if (one := p.known.initiative(ref)) and one.targets]
    return asked is not None and bool(rows) and all(row.measure.unit != asked[1] for row in rows)


def _counts_in_its_unit(ref: str, p: Pieces) -> bool:
    """何件 of a row that counts 件."""
    one = p.known.initiative(ref)
    row = one.targets if one else None
    return row is not None and row.is_set and not row.measure.is_effect_amount and f"何{row.measure.unit}" in p.text.text


_SUMMABLE = frozenset({"relisted", "negative", "constant", "falling", "rising", "starts", "over", "at_least", "under", "at_most"})


def sums(p: Pieces) -> Iterator[Candidate]:
    """Sums over a scope, over several things named, over several years of one."""
    scopes, single = scopes_meant(p), initiatives_meant(p)
    uses = frozenset({"sum", "five_year_total", "every_year"} | _ACCOUNT_CUES)
    minus = _minus(p)
    if minus and not scopes and (p.says("whole_plan") or p.named_codes or p.says("relisted")):
        scopes = (PLAN,)
    marked = tuple(facet for facet in facets_of(p) if facet.name in _SUMMABLE and not facet.is_excluded)
    if marked and p.says("sum") and not single:
        asked = base(p, Ask.LIST, subjects=scopes or (PLAN,), facets=marked, accounts=Accounts.INCLUDED)
        codes = tuple(one.code for one in selected(asked, p.known) if has_amounts(one))
        if codes:
            found = base(p, Ask.SUM, subjects=codes, accounts=Accounts.INCLUDED)
            yield Candidate("sum", found, uses | {facet.name for facet in marked} | {"list", "count"}, 2.2, True)
    parts = next((one.parts for one in p.known.edition.annotations.overlaps if one.whole in single and set(one.parts) < set(single)), ())
    if parts and p.says("check", "which", "difference") and p.says("sum"):
        yield Candidate("claim", base(p, Ask.SUM, subjects=parts, accounts=Accounts.INCLUDED), uses | {"check", "which", "difference"}, 2.4, True)
    if len(single) > 1 and not scopes:
        yield Candidate("sum", base(p, Ask.SUM, subjects=single, accounts=Accounts.INCLUDED), uses, 1.0 * p.says("sum") - 1.0 * (not p.says("sum")), True)
    if len(single) == 1 and not scopes and len(p.years.single) > 1:
        yield Candidate("sum", base(p, Ask.SUM, subjects=single, accounts=Accounts.INCLUDED), uses, 2.0 * p.says("sum") - 0.8 * (not p.says("sum")), True)
    whole = scopes == (PLAN,)
    if scopes and (p.says("sum") or wants_money(p) or not whole and (wants_figure(p) or p.last is not None)):
        if minus and order_of(p) is None:
            left = remaining_codes(p, scopes) or remaining_codes(p, (PLAN,))
            yield Candidate("sum", base(p, Ask.SUM, subjects=left, accounts=Accounts.INCLUDED), uses | {"difference", "conditional", "remaining"}, 2.4, True)
        if p.says("by_initiative") and (inside := remaining_codes(p, scopes)) and len(inside) <= 12:
            parts = (base(p, Ask.SUM, subjects=scopes), base(p, Ask.FIGURES, subjects=inside))
            yield Candidate("sum", base(p, Ask.TWO, parts=parts), uses | {"by_initiative", "list"}, 1.6, True)
        twice = any(_within(one, other) or _is_pillar_of(other, one, p) for one in scopes for other in scopes if one != other)
        each = len(scopes) > 1 and (twice or not p.says("sum"))
        parts = tuple(base(p, Ask.SUM, subjects=(ref,)) for ref in scopes)
        meaning = base(p, Ask.TWO, parts=parts) if each else base(p, Ask.SUM, subjects=scopes)
        bonus = 0.8 * p.says("sum") + 0.4 * wants_money(p) + 0.3 * p.years.is_named
        yield Candidate("sum", meaning, uses, bonus, True)
    if not scopes and not single and not indicators_meant(p) and (p.says("sum", "money") or accounts_meant(p) is not Accounts.DEFAULT):
        named = {id(t): t for t in (*p.unheard, *(t for t in p.content if t.is_noun))}
        accounts = accounts_meant(p) is not Accounts.DEFAULT
        if not (p.says("sum") or accounts or p.years.is_named or p.unit):
            return
        bonus = -1.5 * p.says("pillar", "item") + 0.2 * p.says("sum") - 0.4 + 1.0 * (accounts and wants_figure(p)) - 1.5 * len(named)
        yield Candidate("sum", base(p, Ask.SUM, subjects=(PLAN,)), uses, bonus, True)
    by = "pillars" if p.says("by_pillar") else ("items" if p.says("by_item") else "")
    if by:
        parts_of = p.known.plan.pillars if by == "pillars" else p.known.plan.items
        parts = tuple(base(p, Ask.SUM, subjects=(one.code,)) for one in parts_of)
        yield Candidate("sum", base(p, Ask.TWO, parts=parts), uses | {"by_pillar", "by_item"}, 1.5, True)


def _minus(p: Pieces) -> tuple[str, ...]:
    """The codes that are not to be counted: named ones, those of a mark or of an account among several."""
    made = [one.code for ref in _left_out(p) for one in p.known.initiatives_in(ref)]
    for cue in p.cues:
        if cue.name == "relisted" and attached(p, cue.end, cue.start) == "excluded":
            made += [one.code for one in p.known.plan.initiatives if one.has(MarkKind.RELISTED)]
    marks = {"special_account": MarkKind.SPECIAL_ACCOUNT, "enterprise_account": MarkKind.ENTERPRISE_ACCOUNT}
    for name, fate in mixed_accounts(p):
        if fate == "excluded":
            made += [one.code for one in p.known.plan.initiatives if one.has(marks[name])]
    return tuple(dict.fromkeys(made))


def remaining_codes(p: Pieces, scopes: Sequence[str]) -> tuple[str, ...]:
    """The initiatives with amounts that are counted when what is to be left out is left out."""
    minus, counted = _minus(p), accounts_meant(p)
    everything = counted is Accounts.INCLUDED or bool(mixed_accounts(p))
    return tuple(
        one.code
        for ref in scopes
        for one in p.known.initiatives_in(ref)
        if one.code not in minus and (everything or not one.is_special_account) and has_amounts(one)
    )


def no_subject(p: Pieces) -> Iterator[Candidate]:
    """Figures are asked for, and nothing says of what."""
    if wants_figure(p) and not p.content and not p.named_codes and not p.says("sum", "whole_plan", "list", "count") and p.last is None:
        language = "en" if p.text.english else "ja"
        yield Candidate("unc", Unclear("no_subject", language=language), OPERATIONS, 0.5)


def averages(p: Pieces) -> Iterator[Candidate]:
    """A year's average."""
    refs = with_amounts(p) or (PLAN,)
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
    if _minus(p):
        scopes = remaining_codes(p, scopes or (PLAN,))
    if len(scopes) > 1 and not any(p.known.initiative(one) for one in scopes):
        level = "items" if all(p.known.item(one) for one in scopes) else "pillars"
        first = max(first, len(scopes))
    meaning = base(
        p, Ask.RANK, subjects=scopes or (PLAN,), order=order, first=max(1, min(first, 50)), what="nth" if place and place.number else "", level=level
    )
    uses = _ORDER_CUES | {"big", "small", "five_year_total", "every_year", "sum", "by_pillar", "by_item", "by_initiative"} | _ACCOUNT_CUES
    if p.says("sum") and first > 1 and level == "initiatives":
        together = base(p, Ask.SUM, subjects=ranked_codes(meaning, p.known)[:first], accounts=Accounts.INCLUDED)
        meaning = base(p, Ask.TWO, parts=(meaning, together))
    unnamed = not scopes and not p.says("whole_plan", "initiative")
    nouns = sum(token.is_noun and not p.spoken.is_ordinary(token.lemma) for token in p.content) if unnamed else 0
    yield Candidate("rank", meaning, frozenset(uses), 1.4 - 0.8 * nouns, True)


def changes(p: Pieces) -> Iterator[Candidate]:
    """One thing between two years."""
    cues = ("difference", "year_on_year", "rate", "times", "rising", "falling")
    of_years = p.says("share") and len(p.years.single) == 2 and not p.years.is_span
    if not p.says(*cues) and not of_years:
        return
    refs = with_amounts(p) or (PLAN,)
    implied = 0.0 if refs_meant(p) or p.says("whole_plan") else 1.5 * sum(token.is_noun for token in p.content)
    years = p.years.single
    plan = p.known.plan
    if p.says("year_on_year") and len(years) == 1 and years[0] > plan.first_year:
        years = (years[0].previous, years[0])
    if len(years) < 2 and p.says("rate", "times") and len(refs) == 1:
        years = (_first_set(refs[0], p), plan.last_year)
    if len(years) == 1 and years[0] > plan.first_year and p.says("difference", "rising", "falling") and len(refs) == 1:
        years = (years[0].previous, years[0])
    if p.says("share") and len(years) < 2:
        return
    if len(years) >= 2 and len(refs) == 1 and "#" not in refs[0]:
        in_order = replace(p.years, single=tuple(sorted(years)))
        if in_order.is_span:
            in_order = replace(in_order, single=(in_order.single[0], in_order.single[-1]))
        yield Candidate("chg", base(p, Ask.CHANGE, subjects=refs, years=in_order), frozenset({*cues, "share", "every_year", "sum", "starts", "five_year_total"} | _ACCOUNT_CUES), 1.5 - implied, True)


def _first_set(ref: str, p: Pieces) -> FiscalYear:
    """The first year in which a figure stands."""
    one = p.known.initiative(ref)
    row = one.targets if one else None
    return next((year for year, cell in row.cells if cell.is_set), row.years[0]) if row else p.known.plan.first_year


def comparisons(p: Pieces) -> Iterator[Candidate]:
    """Several things against each other."""
    refs = with_amounts(p)
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
    refs = [ref for ref in with_amounts(p) if "#" not in ref]
    scopes = [ref for ref in refs if not p.known.initiative(ref)]
    whole = [PLAN] if p.says("whole_plan") else []
    parts = [ref for ref in refs if p.known.initiative(ref)]
    pair: tuple[str, ...] = ()
    if len(parts) > 1 and (scopes or whole) and p.says("sum"):
        sides = (base(p, Ask.SUM, subjects=tuple(parts), accounts=Accounts.INCLUDED), base(p, Ask.SUM, subjects=((scopes or whole)[-1],)))
        yield Candidate("share", base(p, Ask.TWO, parts=sides), frozenset({"share", "sum", "five_year_total"} | _ACCOUNT_CUES), 2.4, True)
        return
    if parts and (scopes or whole):
        pair = (parts[0], (scopes or whole)[-1])
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
    if "達成率" in p.text.text or (pair and len(parts) == 2 and len(p.links) == 1 and not p.named_codes):
        return
    if pair:
        clear = len(parts) + len(scopes) + len(whole) > 1 or wants_money(p)
        yield Candidate("share", base(p, Ask.SHARE, subjects=pair), frozenset({"share", "sum", "five_year_total"} | _ACCOUNT_CUES), 1.6 if clear else -0.6, True)


def years_where(p: Pieces) -> Iterator[Candidate]:
    """The years of one thing in which its amount is negative, above an amount, blank, less than before."""
    if not p.says("which_year", "when", "first_year", "starts"):
        return
    refs = refs_meant(p) or ((PLAN,) if p.says("whole_plan") else ())
    conditions = [facet for facet in facets_of(p) if facet.name in _OF_YEARS]
    if not conditions and p.says("starts", "with_figure") and len(initiatives_meant(p)) == 1 and (p.says("money", "target")):
        conditions = [Facet("with_figure")]
    if len(refs) == 1 and "#" not in refs[0] and conditions:
        meaning = base(p, Ask.YEARS, subjects=refs, facets=(replace(conditions[0], year=None),), years=Years(every=True), claimed=())
        uses = {"which_year", "when", "starts", "first_year", "sum", "five_year_total", "over", "at_least", "under", "at_most", conditions[0].name, *_ACCOUNT_CUES, "falling", "rising", "negative"}
        yield Candidate("ranky", meaning, frozenset(uses), 2.0, True)


_OF_YEARS = frozenset({"negative", "over", "at_least", "under", "at_most", "with_figure", "without_figure", "falling", "rising"})


def inclusions(p: Pieces) -> Iterator[Candidate]:
    """Whether something is counted in an item's target."""
    cue = p.cue("included")
    if cue is None or (p.says("sum", "share") and wants_money(p) and not p.says("target")):
        return
    refs = refs_meant(p)
    if not any(p.known.item(ref) for ref in refs) and not p.says("target", "sum", "whole_plan"):
        return
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
    if between := _between_years(p):
        return (between,)
    for cue in p.cues:
        name = _FACETS.get(cue.name, "")
        if name in ("falling", "rising") and re.search(r"[^額果円目標]を$", p.text.text[: cue.start]):
            continue
        if name in ("with_figure", "without_figure") and p.is_negated(cue):
            name = "without_figure" if name == "with_figure" else "with_figure"
        if not name or (name == "relisted" and _is_included(cue, p)) or re.match(r"(?:の(?:もの|分|取組))?も", p.text.text[cue.end :]):
            continue
        facet = Facet(name, year=year if name in ("negative", "with_figure", "without_figure") else None)
        if name in ("relisted", "negative") and p.is_negated(cue):
            facet = replace(facet, is_excluded=True)
        made.append(facet)
    if p.says("special_account") and p.says("enterprise_account") and not p.says("excluding", "including"):
        made.append(Facet("outside_general"))
    bound = p.cue(*_BOUNDS)
    if bound and p.claimed:
        made.append(Facet(bound.name, year=year, yen=p.claimed[0], in_any_year=p.says("any_year")))
    starts = p.cue("starts")
    if starts and (first := _year_before(starts, p)):
        made = [facet for facet in made if facet.name != "without_figure"]
        made.append(Facet("starts", year=first))
    relisted = p.cue("relisted")
    if relisted and attached(p, relisted.end, relisted.start) == "excluded":
        made = [replace(facet, is_excluded=True) if facet.name == "relisted" else facet for facet in made]
    if not starts and (p.says("initiative") or _asks_for_a_list(p)) and (mention := next((y for y in p.year_mentions if p.text.text[y.end : y.end + 2] == "から" and y.year in p.known.plan.years and not y.is_range), None)):
        made = [facet for facet in made if facet.name not in ("with_figure", "without_figure")]
        made.append(Facet("starts", year=mention.year))
    accounts = accounts_meant(p)
    if not any(facet.name == "outside_general" for facet in made) and accounts in (Accounts.ONLY_SPECIAL, Accounts.ONLY_ENTERPRISE, Accounts.EXCLUDED) and (special := p.cue("special_account", "enterprise_account")):
        made.append(Facet(special.name, is_excluded=accounts is Accounts.EXCLUDED))
    return tuple({facet.name: facet for facet in made}.values())


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
    return any(other.name in ("including", "included") and 0 <= other.start - cue.end <= 3 for other in p.cues)


def lists(p: Pieces) -> Iterator[Candidate]:
    """Which initiatives (items, pillars, members ...) there are, or how many."""
    counting = p.says("count")
    kind, asks = ("count", Ask.COUNT) if counting else ("list", Ask.LIST)
    what, extra = _what(p)
    facets = facets_of(p)
    scopes = scopes_meant(p) or ()
    uses = {"count", "list", "starts", "five_year_total", *(f.name for f in facets), *_BOUNDS, *_ACCOUNT_CUES, *extra, "with_figure", "without_figure"}
    strong = p.says("count", "initiative", "code") or _asks_for_a_list(p)
    if facets:
        yield Candidate(kind, base(p, asks, subjects=scopes or (PLAN,), facets=facets, years=Years(), claimed=(), accounts=_list_accounts(facets, p)), frozenset(uses), 1.4 if strong else -0.8, True)
    if what and not facets:
        bonus = 1.6 if what == "individual_plans" or (what == "members" and not p.content) else 0.8
        yield Candidate(kind, base(p, asks, subjects=scopes or (PLAN,), what=what), frozenset(uses), bonus, True)
    if not facets and not what and not scopes and counting and p.says("initiative") and not p.links:
        yield Candidate(kind, base(p, asks, subjects=(PLAN,)), frozenset({*uses, "sum", "relisted"}), 1.0, True)
    if not facets and not what and scopes and strong and not initiatives_meant(p):
        yield Candidate(kind, base(p, asks, subjects=scopes), frozenset({*uses, "sum"}), 1.2 if p.named_codes else 0.6, True)
    several = next((one.refs for one in p.links if one.is_ambiguous), ())
    if not several and _asks_for_a_list(p):
        several = next(((*one.refs, *(r for r in one.others if p.known.initiative(r))) for one in p.links if one.others and one.by_name), ())[:4]
    if several and strong and not facets:
        meaning = base(p, Ask.FIGURES if wants_money(p) else Ask.DESCRIBE, subjects=several)
        likelier = max(kind, "desc", key=lambda name: p.kinds.get(name, -9.0))
        yield Candidate(likelier, meaning, frozenset(uses), 1.6 if _asks_for_a_list(p) else 1.4, True)
    words = _predicate(p)
    if words and strong and not p.named_codes and not several:
        facet = Facet("mentions", words=words)
        yield Candidate(kind, base(p, asks, subjects=scopes or (PLAN,), facets=(facet,)), frozenset({*uses, "mentions", "code"}), 0.3 + 0.7 * p.says("mentions") - 0.8 * (not p.says("initiative", "code")) + 0.9 * _asks_for_a_list(p))


def _list_accounts(facets: tuple[Facet, ...], p: Pieces) -> Accounts:
    """A condition that speaks of an account already says which."""
    spoken_of = any(facet.name in ("special_account", "enterprise_account", "outside_general") for facet in facets)
    return Accounts.DEFAULT if spoken_of else accounts_meant(p)


def _asks_for_a_list(p: Pieces) -> bool:
    said = [p.text.text[cue.start : cue.end] for cue in p.cues if cue.name == "list"]
    return any(not one.startswith(("教え", "おしえ", "あ", "全部", "すべて")) for one in said)


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


# ---- words


def by_amount(p: Pieces) -> Iterator[Candidate]:
    """263,070千円はどの取組: the rows in which an amount stands."""
    if not p.claimed or refs_meant(p) or not p.says("code", "list", "initiative", "which", "meaning", "what_is_counted"):
        return
    found = [
        one.code
        for one, row in p.known.plan.rows()
        if row.measure.is_effect_amount and any((cell.value or 0) * UNITS[row.measure.unit] in p.claimed for cell in row.all_cells)
    ]
    if 0 < len(found) <= 4:
        yield Candidate("fig", base(p, Ask.FIGURES, subjects=tuple(found)), frozenset({"code", "list", "which", "meaning"}), 1.6, True)


def nth_in_scope(p: Pieces) -> Iterator[Candidate]:
    """5-2の4つ目の取組の額: one of a scope by its place in the plan."""
    place, scopes = p.cue("nth_of_list"), scopes_meant(p)
    if place is None or not place.number or len(scopes) != 1 or scopes == (PLAN,) or initiatives_meant(p):
        return
    inside = p.known.initiatives_in(scopes[0])
    if place.number <= len(inside):
        asks = Ask.FIGURES if wants_figure(p) else Ask.DESCRIBE
        yield Candidate("fig" if wants_figure(p) else "desc", base(p, asks, subjects=(inside[place.number - 1].code,)), frozenset({"nth_of_list", "summary", "list", "five_year_total", "every_year"}), 2.0, True)


def crossed_years(p: Pieces) -> Iterator[Candidate]:
    """3-1-2の令和5年度と3-1-3の令和6年度: each thing with its own year."""
    pairs = []
    for code in p.named_codes:
        mention = next((y for y in p.year_mentions if p.text.text[code.end : y.start] in ("の", "は", " ", "、", "")), None)
        if mention and mention.year in p.known.plan.years and p.known.initiative(code.code):
            pairs.append((code.code, mention.year))
    if len(pairs) > 1 and len({year for _, year in pairs}) > 1 and len(pairs) == len(p.named_codes):
        parts = tuple(base(p, Ask.FIGURES, subjects=(ref,), years=Years(single=(year,))) for ref, year in pairs if year)
        yield Candidate("sum", base(p, Ask.FIGURES, subjects=tuple(ref for ref, _ in pairs), parts=parts), frozenset({"sum", "difference", "which"}), 6.0, True)


def two_aspects(p: Pieces) -> Iterator[Candidate]:
    """5-2-5の概要と効果額: what is done, and the figures."""
    refs = initiatives_meant(p)
    items = tuple(ref for ref in scopes_meant(p) if p.known.item(ref))
    described = p.says("summary", "when", "main_measures", "how", "who", "starts")
    if len(refs) == 1 and described and (_says_amount(p) or p.says("target") and not p.says("purpose")):
        words = base(p, Ask.MAIN_MEASURES if p.says("main_measures") else Ask.DESCRIBE, subjects=refs, topic=p.text.text)
        parts = (words, base(p, Ask.FIGURES, subjects=refs, effect=True))
        uses = frozenset({"summary", "when", "main_measures", "how", "who", "starts", "five_year_total", "every_year", "included", "list"})
        yield Candidate("desc", base(p, Ask.TWO, parts=parts), uses, 1.6, True)
    if items and p.says("purpose") and p.says("target", "indicators", "money"):
        parts = (base(p, Ask.PURPOSE, subjects=items), base(p, Ask.INDICATORS, subjects=items, effect=False))
        yield Candidate("purp", base(p, Ask.TWO, parts=parts), frozenset({"purpose", "summary", "indicators"}), 2.0, True)


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
        yield Candidate("ind", base(p, Ask.INDICATORS, subjects=refs, effect=False), frozenset({"meaning", "summary", "what_is_counted", "when", "which_year", "at_least", "indicators", "how_many", "share", "included"}), 1.0)


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


def period(p: Pieces) -> Iterator[Candidate]:
    """From when to when the plan runs, in the sentence that says so."""
    if not p.says("plan_period") and not (p.says("whole_plan") and p.says("when") and not p.content):
        return
    plan = p.known.plan
    for passage in p.known.passages:
        if passage.kind == "paragraph" and plan.first_year.label in passage.text and plan.last_year.label in passage.text:
            yield Candidate("text", base(p, Ask.PASSAGE, subjects=(passage.reference,)), frozenset({"plan_period", "when", "how_many", "which_year", "five_year_total", "first_year", "last_year"}), 1.2 + 0.8 * (not p.content))
            return


def pages(p: Pieces) -> Iterator[Candidate]:
    """Where in the document something stands."""
    if p.says("page"):
        yield Candidate("page", base(p, Ask.PAGE, subjects=refs_meant(p), topic=p.text.text), frozenset({"page", "count", "list"}), 2.5)


def terms(p: Pieces) -> Iterator[Candidate]:
    """What a word means."""
    found = [term for term in p.known.terms if _is_said(term, p)]
    if found and not p.says("meaning", "summary") and not wants_money(p):
        acronyms = [term for term in found if any(name.isascii() and name.isupper() and p.spoken.fold(name) in p.text.text for name in (term.name, *term.also))]
        yield from (Candidate("term", base(p, Ask.TERM, subjects=(f"term:{one.name}",)), frozenset({"meaning", "summary", "how"}), 0.4) for one in acronyms[:1])
    if found and p.says("meaning", "summary"):
        best = max(found, key=lambda term: len(term.name))
        chosen = [term for term in found if term == best or not _overlap(term, best)]
        yield Candidate("term", base(p, Ask.TERM, subjects=tuple(f"term:{one.name}" for one in chosen[:3])), frozenset({"meaning", "summary"}), 1.2 + 1.4 * (len(chosen) > 1))


def _overlap(one: Term, other: Term) -> bool:
    return any(name in second or second in name for name in (one.name, *one.also) for second in (other.name, *other.also)) or one.reference == other.reference


def _is_said(term: Term, p: Pieces) -> bool:
    names = [name for name in (term.name, *term.also) if len(name) > 2 and not p.spoken.is_ordinary(p.spoken.fold(name))]
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
    phases = tuple(f"phase:{at}" for at, phase in enumerate(p.known.plan.phases, 1) if _names(phase, p))
    if phases and not wants_money(p):
        asked = p.says("who", "when", "both", "summary", "responsible", "which")
        heard = 0.5 * len(p.unexplained)
        yield Candidate("proc", base(p, Ask.PROCESS, subjects=phases), frozenset({"who", "when", "summary", "responsible", "how", "which"}), 0.3 + 0.3 * asked + 0.8 * (len(phases) > 1) - heard + 1.2 * bool(p.months))
    if p.says("next_step") and p.says("when", "who", "summary") and not phases:
        yield Candidate("proc", base(p, Ask.PROCESS, what="next"), frozenset({"next_step", "when", "who", "summary"}), 1.5)
    if months and not wants_money(p) and not phases:
        if p.kinds.get("proc", -5.0) > (-3.0 if p.months else -1.6):
            uses = frozenset({"this_month", "next_month", "last_month", "when", "who", "summary", "responsible", "starts"})
            yield Candidate("proc", base(p, Ask.PROCESS, months=months), uses, 1.7)
    if p.says("whole_cycle"):
        every = tuple(f"phase:{at}" for at in range(1, len(p.known.plan.phases) + 1))
        yield Candidate("proc", base(p, Ask.PROCESS, subjects=every), frozenset({"whole_cycle", "summary", "when", "who", "how"}), 0.8)


def _names(phase: Phase, p: Pieces) -> bool:
    names = [p.spoken.fold(name) for name in (phase.name, phase.heading) if name and len(name) > 1]
    text = p.text.text
    return any((at := text.find(name)) >= 0 and at in p.text.edges and at + len(name) in p.text.edges for name in names)


MAKERS: tuple[Maker, ...] = (
    figures, sums, no_subject, averages, rankings, years_where, changes, comparisons, shares, inclusions, lists, descriptions, by_value, unknown_codes, by_amount,
    nth_in_scope, crossed_years, two_aspects,
    period, pages, terms, cycle,
)  # fmt: skip

__all__ = ["MAKERS", "QUESTION", "Candidate", "FiscalYear", "Indicator", "OutOfPlan"]
