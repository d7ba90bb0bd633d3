"""Two values against each other: a change, a comparison, a share; and what counts in a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import PLAN, Accounts, Ask
from knowledge.reading.pieces import Pieces
from knowledge.reading.queries.candidate import ACCOUNT_CUES, Candidate, base, cues
from knowledge.reading.queries.named import refs_meant, wants_money, with_amounts


def changes(p: Pieces) -> Iterator[Candidate]:
    """One thing between two years."""
    asked = ("difference", "year_on_year", "rate", "times", "rising", "falling")
    of_years = p.says("share") and len(p.years.single) == 2 and not p.years.is_span
    if not p.says(*asked) and not of_years:
        return
    refs = with_amounts(p) or (PLAN,)
    implied = (
        0.0 if refs_meant(p) or p.says("whole_plan") else 1.5 * sum(token.is_noun for token in p.content)
    )
    years = p.years.single
    plan = p.known.plan
    if p.says("year_on_year") and len(years) == 1 and years[0] > plan.first_year:
        years = (years[0].previous, years[0])
    if len(years) < 2 and p.says("rate", "times") and len(refs) == 1:
        years = (_first_set(refs[0], p), plan.last_year)
    if (
        len(years) == 1
        and years[0] > plan.first_year
        and p.says("difference", "rising", "falling")
        and len(refs) == 1
    ):
        years = (years[0].previous, years[0])
    if p.says("share") and len(years) < 2:
        return
    if len(years) >= 2 and len(refs) == 1 and "#" not in refs[0]:
        in_order = replace(p.years, single=tuple(sorted(years)))
        if in_order.is_span:
            in_order = replace(in_order, single=(in_order.single[0], in_order.single[-1]))
        yield Candidate(
            "chg",
            base(p, Ask.CHANGE, subjects=refs, years=in_order),
            frozenset({*asked, "share", "every_year", "sum", "starts", "five_year_total"} | ACCOUNT_CUES),
            1.5 - implied,
            True,
        )


def _first_set(ref: str, p: Pieces) -> FiscalYear:
    """The first year in which a figure stands."""
    one = p.known.initiative(ref)
    row = one.targets if one else None
    return (
        next((year for year, cell in row.cells if cell.is_set), row.years[0])
        if row
        else p.known.plan.first_year
    )


def comparisons(p: Pieces) -> Iterator[Candidate]:
    """Several things against each other."""
    refs = with_amounts(p)
    compares = p.says("difference", "which", "times", "big", "small")
    if len(refs) >= 2 and len(refs) <= 6 and compares:
        coded = len(p.named_codes) >= 2 or len(p.links) >= 2 or p.says("whole_plan")
        yield Candidate(
            "cmp",
            base(p, Ask.COMPARE, subjects=refs, what="times" if p.says("times") else ""),
            frozenset(
                {
                    "difference",
                    "which",
                    "times",
                    "big",
                    "small",
                    "largest",
                    "superlative",
                    "five_year_total",
                    "over",
                    "every_year",
                }
                | ACCOUNT_CUES
            ),
            1.2 if coded else -0.5,
            True,
        )
    if not refs and p.says("difference", "which") and p.says("pillar", "item") and len(p.named_codes) >= 2:
        yield Candidate(
            "cmp",
            base(p, Ask.COMPARE, subjects=tuple(c.code for c in p.named_codes)),
            frozenset({"difference", "which"}),
            1.0,
            True,
        )


def shares(p: Pieces) -> Iterator[Candidate]:
    """A part of a whole, in percent."""
    if not p.says("share") or "達成率" in p.text.text:
        return
    refs = [ref for ref in with_amounts(p) if "#" not in ref]
    parts = [ref for ref in refs if p.known.initiative(ref)]
    scopes = [ref for ref in refs if not p.known.initiative(ref)]
    wholes = scopes or ([PLAN] if p.says("whole_plan") else [])
    uses = cues("share sum five_year_total") | ACCOUNT_CUES
    if len(parts) > 1 and wholes and p.says("sum"):
        together = base(p, Ask.SUM, subjects=tuple(parts), accounts=Accounts.INCLUDED)
        sides = (together, base(p, Ask.SUM, subjects=(wholes[-1],)))
        yield Candidate("share", base(p, Ask.TWO, parts=sides), uses, 2.4, True)
        return
    one_name_for_two = len(parts) == 2 and len(p.links) == 1 and not p.named_codes
    pair = _part_and_whole(parts, scopes, wholes, p)
    if pair and not one_name_for_two:
        named = len(refs) + p.says("whole_plan")
        clear = 1.6 if named > 1 or wants_money(p) else -0.6
        yield Candidate("share", base(p, Ask.SHARE, subjects=pair), uses, clear, True)


def _part_and_whole(parts: list[str], scopes: list[str], wholes: list[str], p: Pieces) -> tuple[str, ...]:
    if parts and wholes:
        return parts[0], wholes[-1]
    if len(scopes) >= 2:
        return (scopes[-1], scopes[0]) if _is_the_whole(scopes[0], p) else (scopes[0], scopes[-1])
    if scopes:
        return scopes[0], PLAN
    if len(parts) == 2:
        return parts[0], parts[1]
    return (parts[0], parts[0].rpartition("-")[0]) if len(parts) == 1 else ()


def _is_the_whole(ref: str, p: Pieces) -> bool:
    """Whether it is said of the code that the other is a part of it (1-2に占める1-2-1)."""
    first = next((code for code in p.named_codes if code.code == ref), None)
    return first is not None and p.text.text.startswith(("に占める", "のうち", "の中で"), first.end)


def inclusions(p: Pieces) -> Iterator[Candidate]:
    """Whether something is counted in an item's target."""
    cue = p.cue("included")
    if cue is None or (p.says("sum", "share") and wants_money(p) and not p.says("target")):
        return
    refs = refs_meant(p)
    if not any(p.known.item(ref) for ref in refs) and not p.says("target", "sum", "whole_plan"):
        return
    items = [ref for ref in refs if p.known.item(ref)] or list(
        dict.fromkeys(ref.rpartition("-")[0] for ref in refs if p.known.initiative(ref))
    )
    if items and (
        len(refs) > 1
        or p.says("special_account", "enterprise_account", "relisted")
        or p.says("target", "sum", "whole_plan")
    ):
        chosen = tuple(ref for ref in refs if ref.startswith(f"{items[0]}-"))
        if chosen or p.says("special_account", "enterprise_account"):
            yield Candidate(
                "incl",
                base(p, Ask.INCLUDED, subjects=(items[0], *chosen), accounts=Accounts.DEFAULT),
                frozenset({"included", "sum", "target", "account", *ACCOUNT_CUES}),
                1.0,
                True,
            )
