"""What was reported for each year beside the plan's target, each figure with the entry and version it stands in.

Money is in whole yen, counts are in the unit that the plan prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.storage.entry import Entry, Reported, SignOffStep
from knowledge.plan.amount import UNITS, grouped, in_unit
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import EFFECT_AMOUNT, Indicator, Initiative, Plan, ReformItem, Target, TargetRow


class Basis(StrEnum):
    """Whether a year's figure is final."""

    ACTUAL = "actual"
    FORECAST = "forecast"

    @property
    def label(self) -> str:
        """実績, 見込み."""
        return "実績" if self is Basis.ACTUAL else "見込み"


@dataclass(frozen=True, slots=True)
class FigureSource:
    """The entry that something was reported in, and how far its sign-off has come."""

    entry: int
    round: str
    subject: str
    version: int
    step: SignOffStep

    @classmethod
    def of(cls, entry: Entry) -> FigureSource:
        return cls(entry.number, entry.round, entry.subject, entry.version, entry.sign_off.step)

    @property
    def label(self) -> str:
        """R5 第1版（受理）."""
        return f"{self.round} 第{self.version}版（{self.step.label}）"


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A reported figure, and where it stands."""

    basis: Basis
    reported: Reported
    source: FigureSource

    @property
    def value(self) -> int | None:
        """None where the department wrote that there is no figure (未定)."""
        return self.reported.value

    @property
    def printed(self) -> str:
        """14,561千円, 36団体; the department's own words where there is no figure."""
        return self.reported.printed


Reports = Mapping[tuple[str, str, FiscalYear, Basis], ReportedFigure]
"""Figures by what they count (id or reference, and measure), for which year, and whether they are final."""


def reports(entries: Iterable[Entry]) -> Reports:
    """The figures of the entries; those that were returned are to be entered anew and do not count."""
    found: dict[tuple[str, str, FiscalYear, Basis], ReportedFigure] = {}
    for entry in entries:
        if entry.is_returned:
            continue
        source = FigureSource.of(entry)
        for basis, figures in ((Basis.ACTUAL, entry.actual), (Basis.FORECAST, entry.forecast)):
            for one in figures:
                found[one.row.subject, one.row.measure, one.year, basis] = ReportedFigure(basis, one, source)
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    """One year of a line: what the plan sets, what the department foresaw, what came of it."""

    year: FiscalYear
    target: int | None
    printed_target: str
    forecast: ReportedFigure | None = None
    actual: ReportedFigure | None = None

    @property
    def result(self) -> ReportedFigure | None:
        """The actual, or the forecast while there is none."""
        for one in (self.actual, self.forecast):
            if one is not None and one.value is not None:
                return one
        return None

    @property
    def source(self) -> FigureSource | None:
        """Where the result stands, or the words in its place."""
        found = self.result or self.actual or self.forecast
        return found.source if found else None

    @property
    def value(self) -> int | None:
        """The result's value."""
        result = self.result
        return None if result is None else result.value


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A row of the plan's tables, or an item's indicator; `goal` is its target as printed behind the years."""

    ref: str
    code: str
    title: str
    measure: str
    name: str
    unit: str
    goal: str
    cells: tuple[Cell, ...]

    @property
    def is_money(self) -> bool:
        return self.unit in UNITS

    @property
    def is_effect_amount(self) -> bool:
        return self.measure == EFFECT_AMOUNT

    def of(self, year: FiscalYear) -> Cell:
        """The cell of that year; KeyError outside the plan's years."""
        return {cell.year: cell for cell in self.cells}[year]

    def printed(self, value: int | None) -> str:
        """14,561千円, 36団体; nothing for no value."""
        return "" if value is None else printed(value, self.unit)


def printed(value: int, unit: str) -> str:
    """A value of a line with its unit; money, which is in yen, in the unit given."""
    return in_unit(value, "円", unit) if unit in UNITS else f"{grouped(value)}{unit}"


def initiative_line(initiative: Initiative, row: TargetRow, found: Reports) -> FigureLine:
    """The initiative's row with what was reported on it."""
    measure = row.measure
    cells = tuple(
        _cell(initiative.id, measure.key, measure.unit, year, target, found) for year, target in row.cells
    )
    goal = _printed_target(row.total, measure.unit)
    return FigureLine(
        initiative.id,
        initiative.code,
        initiative.title,
        measure.key,
        measure.name,
        measure.unit,
        goal,
        cells,
    )


def indicator_line(
    plan: Plan, item: ReformItem, number: int, indicator: Indicator, found: Reports
) -> FigureLine:
    """The item's indicator with what was reported on it; its target holds for the plan's last year."""
    ref, measure = f"{item.code}#{number}", f"indicator:{indicator.name}"
    nothing = Target(indicator.target.state) if not indicator.target.is_set else None
    cells = tuple(
        _cell(
            ref,
            measure,
            indicator.unit,
            year,
            indicator.target if year == plan.last_year else nothing,
            found,
        )
        for year in plan.years
    )
    goal = indicator.target.printed
    return FigureLine(ref, item.code, indicator.name, measure, indicator.name, indicator.unit, goal, cells)


def _cell(ref: str, measure: str, unit: str, year: FiscalYear, target: Target | None, found: Reports) -> Cell:
    value = target.value if target else None
    yen = value * UNITS[unit] if value is not None and unit in UNITS else value
    return Cell(
        year,
        yen,
        _printed_target(target, unit) if target else "",
        found.get((ref, measure, year, Basis.FORECAST)),
        found.get((ref, measure, year, Basis.ACTUAL)),
    )


def _printed_target(target: Target, unit: str) -> str:
    return target.printed if target.value is None else f"{grouped(target.value)}{unit}"
