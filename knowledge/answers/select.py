"""Which initiatives a question is about: those of its scope that meet its conditions and count in its accounts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from operator import ge, gt, le, lt

from knowledge.known import Known
from knowledge.plan.amount import UNITS
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Initiative, MarkKind, State, TargetRow
from knowledge.question import PLAN, Accounts, Facet, Question


def scope(question: Question, known: Known) -> tuple[Initiative, ...]:
    """Every initiative of the question's subjects, once, in the plan's order."""
    subjects = question.subjects or (PLAN,)
    if len(subjects) == 1:
        return known.initiatives_in(subjects[0])
    inside = {one.code for ref in subjects for one in known.initiatives_in(ref)}
    return tuple(one for one in known.plan.initiatives if one.code in inside)


def selected(question: Question, known: Known) -> tuple[Initiative, ...]:
    """The scope's initiatives that meet every condition."""
    found = [
        one for one in scope(question, known) if all(meets(one, facet, known) for facet in question.facets)
    ]
    mentions = any(facet.name == "mentions" for facet in question.facets)
    return _with_parts(tuple(found), known) if mentions else tuple(found)


def _with_parts(found: tuple[Initiative, ...], known: Known) -> tuple[Initiative, ...]:
    """With an initiative come those whose amounts it holds (an annotation of the edition)."""
    codes = {one.code for one in found}
    more = {
        part
        for overlap in known.edition.annotations.overlaps
        if overlap.whole in codes
        for part in overlap.parts
    }
    return tuple(one for one in known.plan.initiatives if one.code in codes | more)


def counted(initiative: Initiative, accounts: Accounts, known: Known) -> bool:
    """Whether an initiative's amounts count; DEFAULT and EXCLUDED leave out what the plan's own targets leave out."""
    special = initiative.has(MarkKind.SPECIAL_ACCOUNT)
    enterprise = initiative.has(MarkKind.ENTERPRISE_ACCOUNT)
    if accounts is Accounts.ONLY_SPECIAL:
        return special
    if accounts is Accounts.ONLY_ENTERPRISE:
        return enterprise
    return accounts is Accounts.INCLUDED or not known.edition.annotations.excluded_from_targets(initiative)


def effect_row(initiative: Initiative) -> TargetRow | None:
    """The initiative's effect amounts, if its table counts these."""
    row = initiative.targets
    return row if row is not None and row.measure.is_effect_amount else None


def meets(initiative: Initiative, facet: Facet, known: Known) -> bool:
    """Whether an initiative meets one condition, or, where these are left out, does not."""
    if facet.is_excluded:
        return not meets(initiative, replace(facet, is_excluded=False), known)
    if facet.name == "mentions":
        text = known.text_of[initiative.code]
        return all(word in text for word in facet.words)
    if facet.name in ("lower", "higher"):
        row = effect_row(initiative)
        now, then = (row.of(year).value if row and year else None for year in (facet.year, facet.until))
        return now is not None and then is not None and (now < then if facet.name == "lower" else now > then)
    if facet.name == "starts":
        return facet.year is not None and _first_year(initiative) == facet.year
    if facet.name == "negative" and facet.year is not None:
        row = effect_row(initiative)
        return row is not None and (row.of(facet.year).value or 0) < 0
    if facet.name in _FILLED and (facet.year or facet.in_any_year):
        return _is_filled(initiative, facet)
    if facet.name in BOUNDS:
        return _is_within(initiative, facet)
    return _CONDITIONS[facet.name](initiative)


BOUNDS: dict[str, Callable[[int, int], bool]] = {"over": gt, "at_least": ge, "under": lt, "at_most": le}


def _is_within(initiative: Initiative, facet: Facet) -> bool:
    """Whether the amount of the facet's year, of any year, or the total keeps its bound."""
    row = effect_row(initiative)
    if row is None:
        return False
    cells = [row.of(facet.year) if facet.year else row.total]
    if facet.in_any_year:
        cells = [cell for _, cell in row.cells]
    unit, keeps = UNITS[row.measure.unit], BOUNDS[facet.name]
    return any(keeps(cell.value * unit, facet.yen) for cell in cells if cell.value is not None)


_FILLED = {"with_figure": True, "without_figure": False}


def _is_filled(initiative: Initiative, facet: Facet) -> bool:
    """Whether the cell of the facet's year, or any year's, holds a figure, or none; a row without a table has no cells."""
    row = effect_row(initiative) if _FILLED[facet.name] else initiative.targets
    if row is None:
        return False
    cells = [row.of(facet.year)] if facet.year else [cell for _, cell in row.cells]
    return any(cell.is_set is _FILLED[facet.name] for cell in cells)


def _first_year(initiative: Initiative) -> FiscalYear | None:
    row = effect_row(initiative)
    return next((year for year, cell in row.cells if cell.is_set), None) if row else None


def _values(initiative: Initiative) -> tuple[int, ...]:
    row = effect_row(initiative)
    return tuple(cell.value for _, cell in row.cells if cell.value is not None) if row else ()


def _falls(initiative: Initiative) -> bool:
    values = _values(initiative)
    return any(later < earlier for earlier, later in itertools.pairwise(values))


def _rises(initiative: Initiative) -> bool:
    values = _values(initiative)
    return len(values) > 1 and all(later > earlier for earlier, later in itertools.pairwise(values))


def _is_constant(initiative: Initiative) -> bool:
    row = effect_row(initiative)
    return (
        row is not None and len(_values(initiative)) == len(row.cells) and len(set(_values(initiative))) == 1
    )


def _is_under_adjustment(initiative: Initiative) -> bool:
    row = initiative.targets
    cells = [cell.state for _, cell in row.cells] if row else []
    return State.UNDER_ADJUSTMENT in (initiative.summary_state, *cells)


_CONDITIONS: dict[str, Callable[[Initiative], bool]] = {
    "relisted": lambda one: one.has(MarkKind.RELISTED),
    "special_account": lambda one: one.has(MarkKind.SPECIAL_ACCOUNT),
    "enterprise_account": lambda one: one.has(MarkKind.ENTERPRISE_ACCOUNT),
    "outside_general": lambda one: one.is_special_account,
    "under_adjustment": _is_under_adjustment,
    "negative": lambda one: any(value < 0 for value in _values(one)),
    "without_figure": lambda one: one.targets is None or not one.targets.is_set,
    "with_figure": lambda one: bool(_values(one)),
    "constant": _is_constant,
    "falling": _falls,
    "rising": _rises,
}
