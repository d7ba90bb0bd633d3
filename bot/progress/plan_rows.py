"""The rows of the plan that a summary reckons with: effect amounts, counts and indicators within a scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.progress.amounts import AmountRounding, Amounts, reached
from bot.progress.reported_figures import FigureLine, Reports, indicator_line, initiative_line
from bot.progress.scope import Scope
from bot.progress.submission_state import SubmissionState
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Initiative, MarkKind


def effect_amounts(
    known: Known, inside: Sequence[Initiative], found: Reports, scope: Scope, year: FiscalYear
) -> Amounts:
    """The effect amounts of those initiatives, year by year and up to `year`.

    What the plan's own targets leave out is left out, unless the scope is that one initiative.
    """
    plan, annotations = known.plan, known.edition.annotations
    single = known.initiative(scope.ref) is not None
    rows = [(one, one.targets) for one in inside if one.targets and one.targets.measure.is_effect_amount]
    lines = [(one, initiative_line(one, row, found)) for one, row in rows]
    counted = [pair for pair in lines if single or not annotations.excluded_from_targets(pair[0])]
    chosen = tuple(line for _, line in counted)
    codes = {one.code for one, _ in counted}
    unit = next((line.unit for _, line in lines), "千円")
    return Amounts(
        unit=unit,
        lines=chosen,
        left_out=tuple(line for one, line in lines if one.code not in codes),
        relisted=tuple(one.code for one, _ in counted if one.has(MarkKind.RELISTED)),
        roundings=_roundings(known, codes, unit),
        years=tuple((one, reached(chosen, (one,))) for one in plan.years),
        cumulative=reached(chosen, (one for one in plan.years if one <= year)),
    )


def counted(
    known: Known, inside: Sequence[Initiative], several: Sequence[SubmissionState], found: Reports
) -> Iterator[FigureLine]:
    """All that is counted in other units than money: the items' indicators, then the initiatives' own rows."""
    wanted = {one.subject for one in several if not one.initiatives}
    for item in known.plan.items:
        for number, indicator in enumerate(item.indicators, start=1):
            if f"{item.code}#{number}" in wanted:
                yield indicator_line(known.plan, item, number, indicator, found)
    for one in inside:
        if one.targets and not one.targets.measure.is_effect_amount:
            line = initiative_line(one, one.targets, found)
            if one.targets.is_set or any(cell.forecast or cell.actual for cell in line.cells):
                yield line


def _roundings(known: Known, codes: set[str], unit: str) -> tuple[AmountRounding, ...]:
    within = {item.code for item in known.plan.items for one in item.initiatives if one.code in codes}
    return tuple(
        AmountRounding(one.item, one.printed, one.summed, unit)
        for one in known.edition.annotations.roundings
        if one.item in within
    )
