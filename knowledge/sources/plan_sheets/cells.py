"""What the cells of a plan's sheets hold: texts, whole numbers, words of a choice, years and targets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from knowledge.plan.amount import grouped
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import State, Target
from knowledge.sources.city_text.printed_cells import read_target
from knowledge.sources.plan_sheets import layout as on
from knowledge.sources.table_rows import TableRow

T = TypeVar("T")

_WORDS = {
    on.STATES[State.BLANK]: State.BLANK,
    on.STATES[State.UNDER_ADJUSTMENT]: State.UNDER_ADJUSTMENT,
    on.STATES[State.TO_BE_PLACED]: State.TO_BE_PLACED,
}
_YEAR = re.compile(r"令和(\d{1,2}|元)年度|(\d{4})年度|R(\d{1,2})")


def needed(row: TableRow, header: str) -> str:
    """The cell's text, whose absence is a fault."""
    text = row.text(header)
    if not text and row.is_empty(header):
        row.fault(f"{header}が空です")
    return text


def whole(row: TableRow, header: str) -> int | None:
    """The cell as a whole number, None when it is empty."""
    text = row.text(header).replace(",", "")
    if re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    if text:
        row.fault(f"{header}「{text}」は整数ではありません")
    return None


def needed_whole(row: TableRow, header: str) -> int:
    """The cell's whole number, whose absence is a fault."""
    if row.is_empty(header):
        row.fault(f"{header}が空です")
    return whole(row, header) or 0


def chosen(row: TableRow, header: str, words: Mapping[T, str]) -> T:
    """What the cell's word stands for; any other word is a fault."""
    text = row.text(header)
    for meaning, word in words.items():
        if word == text:
            return meaning
    row.fault(f"{header}「{text}」は{'、'.join(words.values())}のどれかにしてください")
    return next(iter(words))


def cell_of(target: Target) -> str | int:
    """A number where the print is the usual writing of it, else the print; a word where there is no figure."""
    if target.value is not None:
        return target.value if target.printed == grouped(target.value) else target.printed
    return target.printed or on.STATES[target.state]


def read_cell(row: TableRow, header: str) -> Target:
    """The target in a cell; an empty cell is a fault, since it does not say why there is no figure."""
    value = row.cells.get(header)
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
        return Target(State.SET, int(value), grouped(int(value)))
    text = row.text(header)
    if text in _WORDS:
        return Target(_WORDS[text], None, "" if _WORDS[text] is State.BLANK else text)
    target = read_target(text) if text else None
    if target is None:
        row.fault(f"{header}「{text}」は数値か、{'、'.join(_WORDS)}、〇〇のどれかにしてください")
        return Target(State.BLANK)
    return target


def read_year(row: TableRow, header: str) -> FiscalYear | None:
    """The fiscal year that a cell names (令和6年度, R6, 2024年度)."""
    match = _YEAR.fullmatch(row.key(header))
    if not match:
        row.fault(f"{header}は「令和6年度」のように書いてください")
        return None
    if match[2]:
        return FiscalYear(int(match[2]))
    number = match[1] or match[3]
    return FiscalYear.reiwa(1 if number == "元" else int(number))
