"""Effect amounts against their targets, year by year and up to a year; all in whole yen, exact.

A rate compares like with like: what was reached on those initiatives and years that have both a target and a
figure, over the targets of the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.progress.reported_figures import Basis, FigureLine
from knowledge.plan.fiscal_year import FiscalYear


@dataclass(frozen=True, slots=True)
class Reached:
    """A sum over lines and years. A value is None where nothing at all could be summed.

    `result` takes the actual, and the forecast while there is none; `compared_*` are the two sides of the rate.
    `not_set` and `not_reported` are the codes that have no target, or no figure, in at least one of the years.
    """

    target: int | None
    forecast: int | None
    actual: int | None
    result: int | None
    compared_target: int | None
    compared_result: int | None
    actuals: int
    forecasts: int
    not_set: tuple[str, ...]
    not_reported: tuple[str, ...]

    @property
    def rate(self) -> Fraction | None:
        """What share of the target was reached; None where no positive target can be compared."""
        return rate(self.compared_result, self.compared_target)

    @property
    def basis(self) -> str:
        """実績, 見込み, 実績・見込み, or nothing: what the result is made of."""
        kinds = [(Basis.ACTUAL, self.actuals), (Basis.FORECAST, self.forecasts)]
        return "・".join(kind.label for kind, count in kinds if count)


def rate(value: int | None, target: int | None) -> Fraction | None:
    """The value over the target; None where either is missing or the target is not above zero."""
    return Fraction(value, target) if value is not None and target is not None and target > 0 else None


def reached(lines: Sequence[FigureLine], years: Iterable[FiscalYear]) -> Reached:
    """The sum of the lines over the years."""
    wanted = frozenset(years)
    cells = [(line.code, cell, cell.result) for line in lines for cell in line.cells if cell.year in wanted]
    both = [(cell.target, one.value) for _, cell, one in cells if cell.target is not None and one is not None]
    results = [one for _, _, one in cells if one is not None]
    return Reached(
        target=_sum(cell.target for _, cell, _ in cells),
        forecast=_sum(cell.forecast.value for _, cell, _ in cells if cell.forecast),
        actual=_sum(cell.actual.value for _, cell, _ in cells if cell.actual),
        result=_sum(one.value for one in results),
        compared_target=_sum(target for target, _ in both),
        compared_result=_sum(value for _, value in both),
        actuals=sum(one.basis is Basis.ACTUAL for one in results),
        forecasts=sum(one.basis is Basis.FORECAST for one in results),
        not_set=_distinct(code for code, cell, _ in cells if cell.target is None),
        not_reported=_distinct(code for code, _, one in cells if one is None),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _distinct(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


@dataclass(frozen=True, slots=True)
class AmountRounding:
    """An item whose printed target is not the sum of its rows, both in the printed unit."""

    item: str
    printed: int
    summed: int
    unit: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """The effect amounts of a scope: per year of the plan, and from its first year up to the year in question.

    `lines` went in, 再掲 rows (`relisted`) among them; `left_out` are in accounts that the plan's own targets leave
    out as well. `unit` is the tables' own.
    """

    unit: str
    lines: tuple[FigureLine, ...]
    left_out: tuple[FigureLine, ...]
    relisted: tuple[str, ...]
    roundings: tuple[AmountRounding, ...]
    years: tuple[tuple[FiscalYear, Reached], ...]
    cumulative: Reached

    def of(self, year: FiscalYear) -> Reached:
        """The sums of that year; KeyError outside the plan's years."""
        return dict(self.years)[year]
