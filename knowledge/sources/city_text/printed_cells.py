"""The cells of a plan's tables: figures, the reasons why there is none, and what each row counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.faults import Faults
from knowledge.plan.amount import printed_number
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import EFFECT_AMOUNT, Measure, State, Target, TargetRow

_HEADING = re.compile(r"(?P<name>.*?)目標(?:（(?P<inner>[^）]+)）)?")
_UNIT_IN_NAME = re.compile(r"（([^）]+)）$")
_COUNTER = re.compile(r"(件|団体|人|者|回|校|施設|時間|箇所|か所|カ所|世帯|世代|台|冊|日|種類|手続)数$")
_COUNTED_AS = {"者": "人"}
_STATES = {
    "": State.BLANK,
    "調整中": State.UNDER_ADJUSTMENT,
    "位置付ける予定": State.TO_BE_PLACED,
}


def read_number(printed: str) -> int | None:
    """The integer that a cell prints (△ is negative; commas only between thousands), else None."""
    try:
        return printed_number(printed)
    except ValueError:
        return None


def read_target(printed: str) -> Target | None:
    """A cell as a figure or as the reason why there is none; None when it is neither."""
    printed = printed.strip()
    if printed in _STATES:
        return Target(_STATES[printed], None, printed)
    if re.fullmatch(r"[〇○]+", printed):
        return Target(State.PLACEHOLDER, None, printed)
    value = read_number(printed)
    return None if value is None else Target(State.SET, value, printed)


def read_cells(printed: Sequence[str], place: str, code: str, faults: Faults) -> tuple[Target, ...]:
    """A row's cells, years first and total last; 調整中 alone in the first cell stands for the whole row."""
    first, *rest = (cell.strip() for cell in printed)
    if first == "調整中" and not any(rest):
        printed = [first] * len(printed)
    targets = [read_target(cell) for cell in printed]
    for cell, target in zip(printed, targets, strict=True):
        if target is None:
            faults.add(place, f"{code}に数値でも既知の状態でもない欄があります: {cell.strip()}")
    if None in targets:
        return ()
    cells = tuple(target for target in targets if target)
    _hold_total(cells, place, code, faults)
    return cells


def _hold_total(cells: tuple[Target, ...], place: str, code: str, faults: Faults) -> None:
    *years, total = cells
    values = [cell.value for cell in years if cell.value is not None]
    if any(cell.state not in (State.SET, State.BLANK) for cell in years):
        return
    if values and total.state is State.BLANK:
        faults.add(place, f"{code}に各年度の数値があるのに計がありません")
    elif total.value is not None and total.value != sum(values):
        faults.add(place, f"{code}の各年度の合計{sum(values):,}が計{total.value:,}と合いません")


def target_row(measure: Measure, years: tuple[FiscalYear, ...], cells: tuple[Target, ...]) -> TargetRow:
    """A row of a table from its cells, years first and total last."""
    return TargetRow(measure, tuple(zip(years, cells[:-1], strict=True)), cells[-1])


def is_measure_heading(cell: str) -> bool:
    """Whether a heading cell says what a table's figures are: 効果額目標（千円）, 目標（指標）."""
    return bool(_HEADING.fullmatch(cell.strip()))


def measure_of(heading: str) -> Measure | None:
    """What a table counts; None when notes below the table say it for each row (目標（指標）)."""
    match = _HEADING.fullmatch(heading.strip())
    if not match or not match["name"]:
        return None
    return Measure(
        EFFECT_AMOUNT if match["name"] == "効果額" else f"indicator:{match['name']}",
        match["name"],
        match["inner"] or "",
    )


def indicator_measure(name: str, definition: str = "") -> Measure | None:
    """A row's indicator, its unit in parentheses behind the name or the counter in it (…件数); else None."""
    if match := _UNIT_IN_NAME.search(name):
        bare = name[: match.start()]
        return Measure(f"indicator:{bare}", bare, match[1], definition)
    if match := _COUNTER.search(name):
        return Measure(f"indicator:{name}", name, _COUNTED_AS.get(match[1], match[1]), definition)
    if name.endswith(("率", "割合")):
        return Measure(f"indicator:{name}", name, "%", definition)
    return None


UNNAMED = Measure("indicator:指標", "指標", "")
"""A row of an indicator table that has no figures: the plan names no indicator for it."""
