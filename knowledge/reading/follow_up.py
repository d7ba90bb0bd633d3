"""Texts that lean on what was said before: changes of the last query, not texts read again."""

from __future__ import annotations

import re

from collections.abc import Iterator
from dataclasses import replace

from knowledge.question import PLAN, Accounts, Ask, Facet, Question, Years
from knowledge.reading.compose import (
    Candidate,
    accounts_meant,
    base,
    facets_of,
    has_amounts,
    order_of,
    refs_meant,
    wants_figure,
    wants_money,
)
from knowledge.reading.pieces import Pieces

_FIGURES = frozenset({Ask.FIGURES, Ask.SUM, Ask.AVERAGE, Ask.INDICATORS, Ask.CHANGE, Ask.COMPARE, Ask.SHARE, Ask.RANK, Ask.RANK_YEARS})
_WORDS = frozenset({Ask.DESCRIBE, Ask.MAIN_MEASURES, Ask.PURPOSE, Ask.ACCOUNT, Ask.PASSAGE})
_ALL = frozenset({"five_year_total", "every_year", "sum", "excluding", "including", "special_account", "enterprise_account", "general_account", "share", "difference", "which", "nth_place", "nth_of_list", "by_pillar", "included", "largest", "smallest", "descending", "ascending", "which_year"})
LEANING = 2.2
_BARE_YEAR = re.compile(r"(?:じゃあ?|では|それじゃ|で)?、?([1-9])(?:年度?)?(?:は|だと|なら|の場合)?[?？]?")
CONTINUES = "continues"


def candidates(p: Pieces) -> Iterator[Candidate]:
    """What the text means as a change of the last question."""
    last = p.last
    if p.says("nth_of_list"):
        last = next((one for one in reversed(p.history) if one.asks in (Ask.LIST, Ask.RANK)), last)
    if last is None or p.says("drop") or len(p.content) > 8:
        return
    language = base(p, last.asks).language
    for one in _changes(p, last):
        meaning = replace(one.meaning, language=language) if isinstance(one.meaning, Question) else one.meaning
        yield replace(one, kind=CONTINUES, meaning=meaning)


def _changes(p: Pieces, last: Question) -> Iterator[Candidate]:
    refs = refs_meant(p)
    if last.asks is Ask.PROCESS and p.says("next_step", "next_of_last") and not p.named_codes and last.subjects:
        if p.says("next_step", "next_of_last"):
            yield Candidate("proc", replace(last, what="next"), frozenset({"next_step", "next_of_last", "when", "who", "summary"}), LEANING + 0.8)
    if last.asks is Ask.TERM and p.says("initiative") and not refs:
        words = (p.spoken.fold(last.subjects[0].removeprefix("term:")),)
        meaning = base(p, Ask.LIST, subjects=(PLAN,), facets=(Facet("mentions", words=words),))
        yield Candidate("list", meaning, frozenset({"list", "mentions", "which", "code"}), LEANING)
    if (number := _BARE_YEAR.fullmatch(p.text.text)) and last.asks in _FIGURES:
        year = next((one for one in p.known.plan.years if one.short == f"R{number[1]}"), None)
        if year:
            yield Candidate("fig", replace(last, years=Years(single=(year,)), claimed=()), frozenset(_ALL), LEANING + 2.0)
    alone = not p.content and not p.named_codes
    of_its_own = p.says("initiative") and bool(facets_of(p))
    leans = LEANING - 1.6 * of_its_own + 0.7 * alone + 0.5 * p.says("carry", "repair", "among") - 0.35 * len(p.unexplained)
    short = sum(len(p.text.tokens_in(c.start, c.end)) for c in p.focus) <= 14
    if not refs and (short or p.says("carry", "among")):
        yield from _without_subject(p, last, leans)
    elif refs and short:
        yield from _other_subject(p, last, refs, leans)


def _without_subject(p: Pieces, last: Question, leans: float) -> Iterator[Candidate]:
    years = p.years if p.years.is_named else last.years
    spoken_of = [ref for ref in last.subjects if ref == PLAN or ref in p.known.plan.by_code or p.known.indicator(ref)]
    subjects = tuple(_with_amounts(ref, p) for ref in spoken_of)
    if last.asks in _FIGURES and (p.years.is_named or p.unit or p.says("special_account", "enterprise_account", "general_account")):
        accounts = accounts_meant(p) if p.says("special_account", "enterprise_account", "general_account") else last.accounts
        changed = replace(last, years=years, unit=p.unit or last.unit, accounts=accounts, claimed=p.claimed)
        if changed.asks is Ask.CHANGE and len(years.single) < 2:
            changed = replace(changed, asks=Ask.FIGURES if p.known.initiative(last.subjects[0]) else Ask.SUM)
        if not p.says("sum", "share", "difference", "average", "which_year"):
            yield Candidate("fig", changed, frozenset({"five_year_total", "every_year", "special_account", "enterprise_account", "excluding", "including", "included", "general_account", "summary"}), leans)
    if not subjects:
        return
    if last.asks is Ask.INDICATORS and not p.says("money"):
        kind = "outcome" if "成果" in p.text.text else ("activity" if "活動" in p.text.text else "")
        if kind:
            items = tuple(dict.fromkeys(ref.partition("#")[0] for ref in last.subjects))
            yield Candidate("ind", replace(last, subjects=items, what=kind), frozenset({"outcome_indicators", "activity_indicators", "indicators"}), leans + 0.5)
    if last.asks in (_FIGURES | _WORDS | {Ask.LIST}):
        if p.says("sum") and len(subjects) >= 1 and not any("#" in ref for ref in subjects):
            codes = _last_codes(p, last) or subjects
            if len(codes) == 1 and p.known.initiative(codes[0]) and len(last.years.single) < 2 and not p.years.is_named:
                yield Candidate("fig", replace(last, asks=Ask.FIGURES, subjects=codes, years=Years(total=True), claimed=()), frozenset(_ALL), leans + 0.3)
            yield Candidate("sum", base(p, Ask.SUM, subjects=codes, years=years, effect=True, accounts=Accounts.INCLUDED if all(p.known.initiative(c) for c in codes) else last.accounts), frozenset(_ALL), leans)
        if p.says("by_initiative") and last.asks is Ask.SUM:
            inside = tuple(one.code for ref in subjects for one in p.known.initiatives_in(ref) if has_amounts(one) and (last.accounts is Accounts.INCLUDED or not one.is_special_account))
            if 0 < len(inside) <= 20:
                yield Candidate("fig", base(p, Ask.FIGURES, subjects=inside, years=years), frozenset({"by_initiative", "list", "sum"}), leans + 0.8)
        if p.says("share"):
            whole = PLAN if p.says("whole_plan") or "-" not in subjects[0] else subjects[0].rpartition("-")[0]
            yield Candidate("share", base(p, Ask.SHARE, subjects=(subjects[0], whole), years=years), frozenset({"share", "whole_plan"}), leans)
        if p.says("what_is_counted") and p.known.initiative(subjects[0]):
            yield Candidate("desc", base(p, Ask.DESCRIBE, subjects=last.subjects[:1], what="measure"), frozenset({"what_is_counted", "meaning", "summary"}), leans + 0.6)
        if p.says("average"):
            yield Candidate("avg", base(p, Ask.AVERAGE, subjects=subjects[:1], years=p.years), frozenset({"average"}), leans)
        before = [one.subjects[0] for one in p.history[-2:] if one.asks in (Ask.FIGURES, Ask.SUM, Ask.DESCRIBE) and len(one.subjects) == 1]
        if p.says("sum") and len(before) == 2 and before[0] != before[1] and (p.says("both", "carry") or "両" in p.text.text):
            both = base(p, Ask.SUM, subjects=tuple(before), years=years, effect=True, accounts=Accounts.INCLUDED)
            yield Candidate("sum", both, frozenset(_ALL), leans + 0.8)
        if p.says("difference", "which", "big", "small") and len(before) == 2 and before[0] != before[1] and not p.years.is_named:
            yield Candidate("cmp", base(p, Ask.COMPARE, subjects=tuple(before), years=last.years), frozenset({"difference", "which"}), leans + 0.6)
        spans = [one for one in p.history[-2:] if one.asks in (Ask.FIGURES, Ask.SUM) and len(one.years.single) == 1]
        if p.says("difference", "rate", "times") and len(spans) == 2 and spans[0].subjects == spans[1].subjects and spans[0].years != spans[1].years:
            two = tuple(sorted({*spans[0].years.single, *spans[1].years.single}))
            yield Candidate("chg", replace(last, asks=Ask.CHANGE, years=replace(last.years, single=two), claimed=()), frozenset({"difference", "rate", "times"}), leans + 1.0)
        if p.says("difference", "rate", "times") and len(subjects) >= 2:
            yield Candidate("cmp", base(p, Ask.COMPARE, subjects=subjects, years=years, what="times" if p.says("times") else ""), frozenset({"difference", "which", "times"}), leans)
        elif p.says("difference", "rate", "times", "year_on_year") and len(subjects) == 1:
            before = last.years.single
            asked = tuple(dict.fromkeys((*before, *p.years.single)))
            if len(asked) == 1 and asked[0] > p.known.plan.first_year:
                asked = (asked[0].previous, asked[0])
            if len(asked) < 2:
                asked = (p.known.plan.first_year, p.known.plan.last_year)
            yield Candidate("chg", base(p, Ask.CHANGE, subjects=subjects, years=replace(p.years, single=tuple(sorted(asked)), total=False)), frozenset({"difference", "rate", "times", "year_on_year", "rising", "falling"}), leans)
        place = p.cue("nth_place", "nth_of_list")
        if (order := order_of(p)) and len(subjects) > 1 and p.says("carry", "among") and not p.says("which_year"):
            yield Candidate("rank", base(p, Ask.RANK, subjects=subjects, years=years, order=order), frozenset(_ALL | {"superlative", "list", "code"}), leans + 0.8)
        if place and place.number and last.asks is Ask.RANK:
            yield Candidate("rank", replace(last, first=place.number, what="nth"), frozenset({"nth_place", "nth_of_list", "largest"}), leans + 0.5)
        elif order := order_of(p):
            if p.says("which_year", "when") and len(subjects) == 1:
                yield Candidate("ranky", base(p, Ask.RANK_YEARS, subjects=subjects, order=order), frozenset(_ALL | {"when", "superlative"}), leans)
            elif last.asks is Ask.RANK:
                yield Candidate("rank", replace(last, order=order, years=years, first=1, what=""), frozenset(_ALL | {"superlative"}), leans - 0.4)
        if place and place.number and last.asks is Ask.LIST:
            codes = _last_codes(p, last)
            if 0 < place.number <= len(codes):
                asks = Ask.FIGURES if wants_figure(p) else Ask.DESCRIBE
                yield Candidate("desc", base(p, asks, subjects=(codes[place.number - 1],)), frozenset({"nth_of_list", "nth_place", "summary"}), leans + 0.5)
        firsts = _last_codes(p, last)
        if firsts and p.says("summary", "main_measures", "purpose", "account") and (p.says("largest", "superlative") or "上" in p.text.text or last.first == 1):
            asks = Ask.MAIN_MEASURES if p.says("main_measures") else Ask.DESCRIBE
            yield Candidate("desc", base(p, asks, subjects=firsts[:1], topic=p.text.text), frozenset({"summary", "main_measures", "largest", "superlative", "account", "purpose"}), leans + 0.6)
        if last.asks is Ask.LIST and (facets := facets_of(p)):
            yield Candidate("list", replace(last, facets=(*last.facets, *facets)), frozenset({"special_account", "enterprise_account", "relisted", "negative", "falling", "rising", "count", "list", "excluding", "over", "at_least", "under_adjustment", "with_figure", "without_figure"}), leans + 0.4)
        codes_now = tuple(ref for ref in subjects if ref != PLAN and "#" not in ref)
        if codes_now and p.says("summary", "purpose", "main_measures", "account", "page", "meaning", "reason"):
            asks = Ask.MAIN_MEASURES if p.says("main_measures") else (Ask.PURPOSE if p.says("purpose") else (Ask.ACCOUNT if p.says("account") else (Ask.PAGE if p.says("page") else Ask.DESCRIBE)))
            yield Candidate("desc", base(p, asks, subjects=codes_now, topic=p.text.text), frozenset({"summary", "purpose", "main_measures", "account", "page", "meaning"}), leans - 0.3)
        if codes_now and wants_money(p) and last.asks not in (Ask.RANK,) and not p.years.is_named:
            initiatives = all(p.known.initiative(ref) for ref in codes_now)
            keep = last.years if last.asks in _FIGURES else p.years
            yield Candidate("fig", base(p, Ask.FIGURES if initiatives else Ask.SUM, subjects=codes_now, years=keep, effect=True), frozenset({"five_year_total"}), leans - 0.4)
        if codes_now and last.asks in _WORDS and p.years.is_named:
            initiatives = all(p.known.initiative(ref) for ref in codes_now)
            yield Candidate("fig", base(p, Ask.FIGURES if initiatives else Ask.SUM, subjects=tuple(_with_amounts(c, p, always=True) for c in codes_now)), frozenset({"five_year_total", "every_year"}), leans - 0.2)


def _other_subject(p: Pieces, last: Question, refs: tuple[str, ...], leans: float) -> Iterator[Candidate]:
    """じゃあ5-1-1は？: the same of another thing."""
    if p.says("share") and last.asks is Ask.FIGURES and len(last.subjects) == 1 and len(refs) == 1 and not p.known.initiative(refs[0]):
        yield Candidate("share", base(p, Ask.SHARE, subjects=(last.subjects[0], refs[0]), years=p.years if p.years.is_named else last.years), frozenset({"share", "whole_plan", "five_year_total"}), leans + 1.0)
    if p.says("difference", "which", "times") and len(refs) == 1 and last.asks in (Ask.FIGURES, Ask.SUM) and len(last.subjects) == 1 and refs != last.subjects:
        years = p.years if p.years.is_named else last.years
        yield Candidate("cmp", base(p, Ask.COMPARE, subjects=(*last.subjects, *refs), years=years), frozenset({"difference", "which", "times"}), leans)
        return
    if p.says("sum") and last.asks in (Ask.FIGURES, Ask.SUM) and last.subjects and not set(refs) & set(last.subjects):
        both = (*last.subjects, *refs)
        if all(p.known.initiative(ref) for ref in both):
            years = p.years if p.years.is_named else last.years
            yield Candidate("sum", base(p, Ask.SUM, subjects=both, years=years, effect=True, accounts=Accounts.INCLUDED), frozenset(_ALL), leans + 0.4)
    if p.says("summary", "purpose", "main_measures", "page", "share", "average", "count", "list"):
        return
    if last.asks in _FIGURES and not ("#" in refs[0]):
        years = p.years if p.years.is_named else last.years
        kind = last.asks
        if kind is Ask.INDICATORS and not any(p.known.initiative(ref) for ref in refs):
            yield Candidate("ind", replace(last, subjects=refs), frozenset({"indicators", "activity_indicators", "outcome_indicators"}), leans - 0.3)
            return
        if kind in (Ask.FIGURES, Ask.SUM, Ask.INDICATORS):
            kind = Ask.FIGURES if all(p.known.initiative(ref) for ref in refs) else Ask.SUM
        one = kind in (Ask.RANK, Ask.SHARE, Ask.COMPARE)
        if one and kind is not Ask.RANK:
            kind = Ask.FIGURES if all(p.known.initiative(ref) for ref in refs) else Ask.SUM
        if kind is Ask.RANK and all(p.known.initiative(ref) for ref in refs):
            kind = Ask.FIGURES
        made = replace(last, asks=kind, subjects=refs, years=years, unit=p.unit or last.unit, claimed=p.claimed, parts=(), facets=(), effect=True, language=base(p, kind).language)
        yield Candidate("fig", made, frozenset({"five_year_total", "every_year", "sum"}), leans - 0.6)
    if last.asks in _WORDS and not wants_figure(p) and "#" not in refs[0]:
        yield Candidate("desc", replace(last, asks=last.asks if last.asks is not Ask.PASSAGE else Ask.DESCRIBE, subjects=refs), frozenset({"summary"}), leans - 0.6)


def _with_amounts(ref: str, p: Pieces, always: bool = False) -> str:
    if (always or wants_money(p)) and not has_amounts(p.known.initiative(ref)):
        twins = [one.code for one in p.known.referring_to.get(ref, ()) if has_amounts(one)]
        return twins[0] if twins else ref
    return ref


def _last_codes(p: Pieces, last: Question) -> tuple[str, ...]:
    """The initiatives that the last answer listed, in its order."""
    from knowledge.answers.rankings import ranked_codes
    from knowledge.answers.select import selected

    if last.asks is Ask.RANK and last.level == "initiatives":
        return ranked_codes(last, p.known)[: last.first]
    if last.asks in (Ask.LIST, Ask.COUNT) and last.what == "":
        return tuple(one.code for one in selected(last, p.known))
    return ()
