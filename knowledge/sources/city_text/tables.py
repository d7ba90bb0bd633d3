"""The tables of initiatives: where each column stands, however the extraction laid out its heading rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.faults import Faults
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.sources.city_text.lines import TextLine
from knowledge.sources.city_text.printed_cells import is_measure_heading

TITLES = "取組内容"
SUMMARIES = "取組概要"
_YEAR = re.compile(r"(?:令和)?(\d{1,2}|元)年度")
_TOTAL = re.compile(r"(\d{1,2})年計")


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's heading says.

    `width` is the number of cells that every row below it has; `figures` the columns of the years and, last,
    of the total (empty in a table without); `lead` is a sentence that slipped into the heading.
    """

    width: int
    figures: tuple[int, ...]
    measure: str
    lead: str


def is_heading_row(line: TextLine) -> bool:
    """Whether a row belongs to a table's heading."""
    cells = line.cells
    return cells[0] == TITLES or any(
        _YEAR.fullmatch(cell) or _TOTAL.fullmatch(cell) or is_measure_heading(cell) for cell in cells[1:]
    )


def read_columns(rows: list[TextLine], years: tuple[FiscalYear, ...], faults: Faults) -> Columns | None:
    """The columns that one or more heading rows set; None when nothing below them could be read."""
    cells = [cell for row in rows for cell in row.cells if cell]
    if TITLES not in cells or not any(cell.startswith(SUMMARIES) for cell in cells):
        place = rows[0].place if rows else ""
        faults.add(place, f"表の見出しに「{TITLES}」と「{SUMMARIES}」がありません")
        return None
    measure = next((cell for cell in cells if is_measure_heading(cell)), "")
    lead = next((row.cells[0] for row in rows if row.cells[0] not in ("", TITLES)), "")
    figures = _figure_columns(rows[-1], years, faults) if measure else ()
    if figures is None:
        return None
    if not measure and any(_YEAR.fullmatch(cell) for cell in cells):
        faults.add(rows[0].place, "年度の列がありますが、何の目標かの見出し（…目標）がありません")
        return None
    return Columns(len(rows[-1].cells), figures, measure, lead)


def _figure_columns(row: TextLine, years: tuple[FiscalYear, ...], faults: Faults) -> tuple[int, ...] | None:
    """The columns of the plan's years, in order, and of the total behind them."""
    found = [index for index, cell in enumerate(row.cells) if _YEAR.fullmatch(cell) or _TOTAL.fullmatch(cell)]
    printed = [row.cells[index].removeprefix("令和") for index in found]
    expected = [year.label.removeprefix("令和") for year in years] + [f"{len(years)}年計"]
    if printed != expected:
        faults.add(
            row.place, f"年度の列は{'、'.join(expected)}のはずですが、{'、'.join(printed) or 'ありません'}"
        )
        return None
    return tuple(found)
