"""The figures of what is named: by name, by place, by the amount itself, each with its own year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.plan.amount import UNITS
from knowledge.question import PLAN, Accounts, Ask, Years
from knowledge.reading.pieces import Pieces
from knowledge.reading.queries.candidate import Candidate, base, cues
from knowledge.reading.queries.named import (
    has_amounts,
    indicators_meant,
    initiatives_meant,
    refs_meant,
    says_amount,
    scopes_meant,
    wants_figure,
    wants_money,
)


def figures(p: Pieces) -> Iterator[Candidate]:
    """The figures of what is named."""
    refs = initiatives_meant(p)
    if refs and len(refs) <= 6:
        uses = {"every_year", "five_year_total", "count", "which_year", "how_many"} | (
            {"sum"} if len(refs) == 1 and len(p.years.single) < 2 else set()
        )
        if p.says("check") or p.claimed:
            uses |= {"over", "at_least", "difference", "which"}
        bonus = 0.6 * wants_money(p) + 0.9 * p.years.is_named + 0.3 * p.says("target") + 0.6 * bool(p.claimed)
        bonus -= 1.5 * counts_otherwise(refs, p)
        bonus += 1.6 * any(counts_in_its_unit(ref, p) for ref in refs)
        each = base(p, Ask.FIGURES, subjects=refs)
        same_column = len(p.years.single) == 1 or (p.years.total and not p.years.single)
        if (
            len(refs) > 1
            and same_column
            and all(has_amounts(p.known.initiative(ref)) for ref in refs)
            and not p.says("which", "difference", "both")
        ):
            together = base(p, Ask.SUM, subjects=refs, accounts=Accounts.INCLUDED)
            each = base(p, Ask.TWO, parts=(each, together))
        yield Candidate(
            "fig",
            each,
            frozenset(uses | {"indicators", "what_is_counted"} & p.said | {"indicators"}),
            bonus,
            True,
        )
    named = indicators_meant(p)
    if named:
        uses = {
            "indicators",
            "count",
            "how_many",
            "share",
            "activity_indicators",
            "outcome_indicators",
            "sum",
            "at_least",
            "every_year",
            "which_year",
            "when",
        }
        yield Candidate(
            "ind",
            base(p, Ask.INDICATORS, subjects=named, effect=False),
            frozenset(uses),
            0.8 + 0.4 * p.says("target", "how_many", "count", "share"),
            True,
        )
    scopes = tuple(ref for ref in scopes_meant(p) if ref != PLAN)
    if scopes and not named and (p.says("target", "indicators", "activity_indicators", "outcome_indicators")):
        kinds = [kind for kind in ("activity", "outcome") if p.says(f"{kind}_indicators")]
        what = kinds[0] if len(kinds) == 1 else ""
        uses = {"indicators", "activity_indicators", "outcome_indicators", "count", "how"}
        strong = p.says("indicators", "activity_indicators", "outcome_indicators")
        yield Candidate(
            "ind",
            base(p, Ask.INDICATORS, subjects=scopes, what=what, effect=False),
            frozenset(uses),
            1.2 * strong,
            True,
        )


COUNTED = re.compile(
    r"(?:何|なん)(件|人|社|台|館|校|回|団体|名|本|冊|枚|世帯|戸|か所|箇所|カ所|ヶ所|枠|区画|筆)"
)


def counts_otherwise(refs: tuple[str, ...], p: Pieces) -> bool:
    """何件売れた, of rows that count yen."""
    asked = COUNTED.search(p.text.text)
    rows = [one.targets for ref in refs if (one := p.known.initiative(ref)) and one.targets]
    return asked is not None and bool(rows) and all(row.measure.unit != asked[1] for row in rows)


def counts_in_its_unit(ref: str, p: Pieces) -> bool:
    """何件 of a row that counts 件."""
    one = p.known.initiative(ref)
    row = one.targets if one else None
    return (
        row is not None
        and row.is_set
        and not row.measure.is_effect_amount
        and f"何{row.measure.unit}" in p.text.text
    )


def by_amount(p: Pieces) -> Iterator[Candidate]:
    """263,070千円はどの取組: the rows in which an amount stands."""
    if (
        not p.claimed
        or refs_meant(p)
        or not p.says("code", "list", "initiative", "which", "meaning", "what_is_counted")
    ):
        return
    found = [
        one.code
        for one, row in p.known.plan.rows()
        if row.measure.is_effect_amount
        and any((cell.value or 0) * UNITS[row.measure.unit] in p.claimed for cell in row.all_cells)
    ]
    if 0 < len(found) <= 4:
        yield Candidate(
            "fig",
            base(p, Ask.FIGURES, subjects=tuple(found)),
            cues("code list which meaning"),
            1.6,
            True,
        )


def nth_in_scope(p: Pieces) -> Iterator[Candidate]:
    """5-2の4つ目の取組の額: one of a scope by its place in the plan."""
    place, scopes = p.cue("nth_of_list"), scopes_meant(p)
    if place is None or not place.number or len(scopes) != 1 or scopes == (PLAN,) or initiatives_meant(p):
        return
    inside = p.known.initiatives_in(scopes[0])
    if place.number <= len(inside):
        asks = Ask.FIGURES if wants_figure(p) else Ask.DESCRIBE
        yield Candidate(
            "fig" if wants_figure(p) else "desc",
            base(p, asks, subjects=(inside[place.number - 1].code,)),
            cues("nth_of_list summary list five_year_total every_year"),
            2.0,
            True,
        )


def crossed_years(p: Pieces) -> Iterator[Candidate]:
    """3-1-2の令和5年度と3-1-3の令和6年度: each thing with its own year."""
    pairs = []
    for code in p.named_codes:
        mention = next(
            (y for y in p.year_mentions if p.text.text[code.end : y.start] in ("の", "は", " ", "、", "")),
            None,
        )
        if mention and mention.year in p.known.plan.years and p.known.initiative(code.code):
            pairs.append((code.code, mention.year))
    if len(pairs) > 1 and len({year for _, year in pairs}) > 1 and len(pairs) == len(p.named_codes):
        parts = tuple(
            base(p, Ask.FIGURES, subjects=(ref,), years=Years(single=(year,))) for ref, year in pairs if year
        )
        yield Candidate(
            "sum",
            base(p, Ask.FIGURES, subjects=tuple(ref for ref, _ in pairs), parts=parts),
            cues("sum difference which"),
            6.0,
            True,
        )


def two_aspects(p: Pieces) -> Iterator[Candidate]:
    """5-2-5の概要と効果額: what is done, and the figures."""
    refs = initiatives_meant(p)
    items = tuple(ref for ref in scopes_meant(p) if p.known.item(ref))
    described = p.says("summary", "when", "main_measures", "how", "who", "starts")
    if len(refs) == 1 and described and (says_amount(p) or (p.says("target") and not p.says("purpose"))):
        words = base(
            p,
            Ask.MAIN_MEASURES if p.says("main_measures") else Ask.DESCRIBE,
            subjects=refs,
            topic=p.text.text,
        )
        parts = (words, base(p, Ask.FIGURES, subjects=refs, effect=True))
        uses = cues("summary when main_measures how who starts five_year_total every_year included list")
        yield Candidate("desc", base(p, Ask.TWO, parts=parts), uses, 1.6, True)
    if items and p.says("purpose") and p.says("target", "indicators", "money"):
        parts = (base(p, Ask.PURPOSE, subjects=items), base(p, Ask.INDICATORS, subjects=items, effect=False))
        yield Candidate("purp", base(p, Ask.TWO, parts=parts), cues("purpose summary indicators"), 2.0, True)


def by_value(p: Pieces) -> Iterator[Candidate]:
    """A figure that the plan prints, said without what it is (7,350時間って): what it stands for."""
    refs = tuple(
        ref
        for ref in _printing(p)
        if not refs_meant(p) or ref.partition("#")[0] in refs_meant(p) or ref in refs_meant(p)
    )
    if refs and len(refs) <= 3:
        yield Candidate(
            "ind",
            base(p, Ask.INDICATORS, subjects=refs, effect=False),
            cues(
                "meaning summary what_is_counted when which_year at_least indicators how_many share included"
            ),
            1.0,
        )


def _printing(p: Pieces) -> Iterator[str]:
    said = {
        int(text.replace(",", ""))
        for text in re.findall(r"(?<![0-9-])[0-9][0-9,]{2,}(?=(?:時間|人|%|件|団体))", p.text.text)
    }
    for item in p.known.plan.items:
        for number, indicator in enumerate(item.indicators, start=1):
            if indicator.target.value in said:
                yield f"{item.code}#{number}"
