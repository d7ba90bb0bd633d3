"""Rows of targets whose years do not add up to the printed total, and which of them rounding explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.faults import Faults
from knowledge.plan.amount import grouped
from knowledge.plan.plan import Plan, State


@dataclass(frozen=True, slots=True)
class RowMisfit:
    """A row of `years` years that prints `total` where its years add up to `summed`, both in the row's `unit`."""

    code: str
    page: int
    unit: str
    years: int
    total: int
    summed: int

    @property
    def is_rounding(self) -> bool:
        """Whether rounding each year to the unit can make the difference: at most one for each year."""
        return abs(self.total - self.summed) <= self.years

    @property
    def words(self) -> str:
        """The printed total, the sum and what lies between them, in Japanese."""
        total, summed, between = (
            grouped(value) + self.unit for value in (self.total, self.summed, abs(self.total - self.summed))
        )
        return f"計は{total}と記載されていますが、各年度の合計は{summed}で、{between}の差があります"


def row_misfits(plan: Plan) -> Iterator[RowMisfit]:
    """Each such row in the plan's order; rows with a figure still to be settled cannot be added up."""
    for initiative, row in plan.rows():
        summed = sum(cell.value or 0 for _, cell in row.cells)
        is_settled = {cell.state for cell in row.all_cells} <= {State.SET, State.BLANK}
        if is_settled and row.total.value is not None and row.total.value != summed:
            yield RowMisfit(
                initiative.code,
                initiative.page,
                row.measure.unit,
                len(row.cells),
                row.total.value,
                summed,
            )


def refuse_misfits(plan: Plan) -> None:
    """PlanFaults naming every row whose difference rounding does not explain."""
    faults = Faults()
    for misfit in row_misfits(plan):
        if not misfit.is_rounding:
            faults.add(f"目標 {misfit.code}（p.{misfit.page}）", misfit.words)
    faults.refuse_if_any()
