"""Which parts of the plan a text speaks of, and whether it asks for figures of them."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.code_mentions import CodeMention
from knowledge.plan.plan import Initiative
from knowledge.question import PLAN
from knowledge.reading.linker import Link
from knowledge.reading.pieces import Pieces, once
from knowledge.reading.queries.conditions import attached
from knowledge.reading.text import compounds


@once
def initiatives_meant(p: Pieces) -> tuple[str, ...]:
    """The initiatives that are named without doubt, by code or name, in order."""
    return tuple(ref for ref in refs_meant(p) if ref.count("-") == 2)


@once
def scopes_meant(p: Pieces) -> tuple[str, ...]:
    """The items and pillars that are named, and the plan where it is spoken of as a whole."""
    named = tuple(ref for ref in refs_meant(p) if p.known.item(ref) or p.known.pillar(ref))
    return named or ((PLAN,) if p.says("whole_plan") and not initiatives_meant(p) else ())


def indicators_meant(p: Pieces) -> tuple[str, ...]:
    """The indicators that are named."""
    return tuple(ref for ref in refs_meant(p) if "#" in ref)


@once
def refs_meant(p: Pieces) -> tuple[str, ...]:
    """Everything with a code that the text names; of names equally close those that fit what is asked."""
    excluded = left_out(p)
    codes = tuple(
        dict.fromkeys(
            one.code for one in p.named_codes if one.code in p.known.plan.by_code and one.code not in excluded
        )
    )
    named = [ref for one in p.links if one.by_name and one.ref not in excluded for ref in fitting(one, p)]
    if not codes:
        return tuple(dict.fromkeys(named))
    clear = [one for one in p.links if one.by_name and one.ref not in excluded and not _is_taken_in(one, p)]
    inside = [
        ref
        for one in clear
        if one.score > 0.6
        for ref in one.refs
        if any(ref != c and within(ref, c) for c in codes)
        and not set(codes) & {*one.refs, *(() if p.says("share", "included") else one.others)}
    ]
    beside = [
        one.ref
        for one in clear
        if one.score > 0.85
        and not one.missing
        and not one.is_ambiguous
        and not any(within(one.ref, c) or within(c, one.ref) for c in codes)
    ]
    if len(inside) > 1 and not p.says("sum", "which", "difference"):
        inside = []
    if p.says("share", "included", "excluding", "list", "count", "largest", "superlative") or len(codes) > 1:
        return tuple(dict.fromkeys([*codes, *inside, *beside]))
    holders = {c for c in codes if any(within(ref, c) for ref in inside)}
    return tuple(dict.fromkeys([*(c for c in codes if c not in holders), *inside, *beside]))


def _is_taken_in(one: Link, p: Pieces) -> bool:
    """国保税の分も含めて: what is to be counted too, beside the scope that a code names."""
    return any(attached(p, group[-1].end) == "included" for group in compounds(one.tokens)) or any(
        cue.name == "special_account" and 0 <= cue.start - one.end <= 2
        for cue in p.cues
        if attached(p, cue.end) == "included"
    )


@once
def left_out(p: Pieces) -> tuple[str, ...]:
    """What is named to be left out (里湯を除いて, 5-1-3以外), and what is no more (里湯がなくなると、残りは)."""
    made = (
        [p.links[0].ref]
        if p.says("remaining") and p.links and (p.says("whole_plan") or p.named_codes)
        else []
    )
    for one in p.links:
        ends = {group[-1].end for group in compounds(one.tokens)}
        if one.by_name and any(attached(p, end) == "excluded" for end in ends):
            made.append(one.ref)
    codes = [one for one in p.named_codes if one.code in p.known.plan.by_code]
    made += [
        one.code
        for at, one in enumerate(codes)
        if attached(p, one.end, one.start) == "excluded" or _runs_into_left_out(codes, at, p)
    ]
    return tuple(dict.fromkeys(made))


def _runs_into_left_out(codes: Sequence[CodeMention], at: int, p: Pieces) -> bool:
    """柱3と柱5以外: what is joined to something left out is left out with it."""
    following = codes[at + 1 : at + 2]
    return (
        bool(following)
        and p.text.text[codes[at].end : following[0].start] in ("と", "や", "、", "・", "及び")
        and attached(p, following[0].end) == "excluded"
    )


def within(one: str, other: str) -> bool:
    """Whether one code lies inside another."""
    return one == other or one.startswith((f"{other}-", f"{other}#"))


def wants_money(p: Pieces) -> bool:
    """Whether an amount of money is asked for."""
    return p.says("money", "negative") or bool(p.unit) or bool(p.claimed)


def wants_figure(p: Pieces) -> bool:
    """Whether any figure is asked for."""
    return (
        wants_money(p) or p.says("target", "every_year", "indicators", "five_year_total") or p.years.is_named
    )


def fitting(link: Link, p: Pieces) -> tuple[str, ...]:
    """Of refs equally close those that have what is asked for."""
    if holder := _item_of_all(link, p):
        return (holder,)
    inner = _innermost(link.refs, p)
    if len(inner) < len(link.refs) and all(not p.known.initiative(ref) for ref in link.refs):
        return inner
    return _of_many(link.refs, p) if link.is_ambiguous else _of_one(link, p)


def _item_of_all(link: Link, p: Pieces) -> str:
    """The item whose own title is said, where its initiatives are as close."""
    near = (*link.refs, *link.others)
    if len(near) < 2 or any(_is_whole_title(ref, p) for ref in near if p.known.initiative(ref)):
        return ""
    holders = [
        ref for ref in near if p.known.item(ref) and any(within(other, ref) for other in near if other != ref)
    ]
    return next((ref for ref in holders if _says_title_of(p.known.item(ref).title, link, p)), "")  # type: ignore[union-attr]


def _innermost(refs: Sequence[str], p: Pieces) -> tuple[str, ...]:
    def holds_another(ref: str) -> bool:
        return any(within(other, ref) or is_pillar_of(ref, other, p) for other in refs if other != ref)

    return tuple(ref for ref in refs if not holds_another(ref)) or tuple(refs)


def _of_one(link: Link, p: Pieces) -> tuple[str, ...]:
    if wants_figure(p) and p.known.initiative(link.ref) and not _has_row(link.ref, p):
        better = tuple(ref for ref in link.others if has_amounts(p.known.initiative(ref)))
        return better[:1] or _twin(link.ref, p)
    return _twin(link.ref, p)


def _of_many(refs: tuple[str, ...], p: Pieces) -> tuple[str, ...]:
    measured = tuple(ref for ref in refs if "#" in ref)
    if measured and p.says("target", "how_many", "count", "share") and not p.unit and not says_amount(p):
        return measured
    refs = tuple(ref for ref in refs if "#" not in ref) or refs
    if wants_money(p):
        return tuple(ref for ref in refs if has_amounts(p.known.initiative(ref))) or refs
    if not wants_figure(p):
        return tuple(ref for ref in refs if not _is_relisted(ref, p)) or refs
    return refs


def is_pillar_of(ref: str, other: str, p: Pieces) -> bool:
    """Whether an item belongs to a pillar."""
    pillar = p.known.pillar(ref)
    return pillar is not None and any(item.code == other for item in pillar.items)


def _says_title_of(title: str, link: Link, p: Pieces) -> bool:
    """Whether what was said stands letter for letter in a title."""
    written = p.spoken.fold(title)
    groups = compounds(link.tokens)
    return bool(groups) and all(p.text.text[group[0].start : group[-1].end] in written for group in groups)


def says_amount(p: Pieces) -> bool:
    """Whether an amount of money is asked for by a word of its own."""
    cue = p.cue("money")
    return cue is not None and any(
        word in p.text.text[cue.start : cue.end] for word in ("額", "円", "いくら")
    )


def _is_whole_title(ref: str, p: Pieces) -> bool:
    initiative = p.known.initiative(ref)
    return initiative is not None and p.known.vocabulary.plain(initiative.title) in p.text.text


def _has_row(ref: str, p: Pieces) -> bool:
    one = p.known.initiative(ref)
    return (
        one is not None
        and one.targets is not None
        and one.targets.is_set
        and (not wants_money(p) or one.targets.measure.is_effect_amount)
    )


def with_amounts(p: Pieces) -> tuple[str, ...]:
    """What is named, where a text is listed twice by the place that has figures to reckon with."""
    made = []
    for ref in refs_meant(p):
        one = p.known.initiative(ref)
        twins = (
            []
            if one is None or (one.targets and one.targets.is_set)
            else [o.code for o in p.known.referring_to.get(ref, ()) if has_amounts(o)]
        )
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
