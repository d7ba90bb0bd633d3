"""Every cell of the shipped plan against a table typed by hand, and against a second, simpler reading."""

import csv
import re
from pathlib import Path

import pytest

from knowledge.editions.edition import SHIPPED, shipped
from knowledge.plan.plan import Plan, State, Target

BY_HAND = Path(__file__).parents[2] / "data" / "figures.csv"
COLUMNS = ("R3", "R4", "R5", "R6", "R7", "total")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return shipped().plan


def table_by_hand() -> list[dict[str, str]]:
    with BY_HAND.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_hand_writing(target: Target) -> str:
    if target.state is State.UNDER_ADJUSTMENT:
        return "調整中"
    return "" if target.state is State.BLANK else str(target.value)


def test_every_cell_is_what_was_typed_by_hand_from_the_print(plan: Plan) -> None:
    read = [
        {"code": initiative.code, "measure": row.measure.key, "unit": row.measure.unit}
        | {name: in_hand_writing(cell) for name, cell in zip(COLUMNS, row.all_cells, strict=True)}
        for initiative, row in plan.rows()
    ]
    assert read == table_by_hand()


def test_the_table_typed_by_hand_is_whole_and_adds_up() -> None:
    table = table_by_hand()
    cells = [row[name] for row in table for name in COLUMNS]
    figures = [cell for cell in cells if re.fullmatch(r"-?\d+", cell)]
    assert (len(table), len(cells), len(figures)) == (25, 150, 117)
    for row in table:
        years = [int(row[name]) for name in COLUMNS[:-1] if row[name].lstrip("-").isdigit()]
        if years:
            assert sum(years) == int(row["total"]), row["code"]


def test_every_row_with_figures_adds_up_to_its_total(plan: Plan) -> None:
    held = 0
    for initiative, row in plan.rows():
        if row.is_set:
            held += 1
            assert sum(cell.value or 0 for _, cell in row.cells) == row.total.value, initiative.code
    assert held == 21


def test_a_plain_pattern_over_the_raw_text_finds_the_same_figures(plan: Plan) -> None:
    raw = (SHIPPED / "jikko-keikaku-r3-r7.txt").read_text("utf-8")
    rows = re.findall(r"^(?:<p>)?(\d-\d-\d)\.[^\t]*\t[^\t]*((?:\t[^\t\n]*){6})$", raw, re.MULTILINE)
    found = {
        code: [cell.replace("△", "-").replace(",", "") for cell in cells[1:].split("\t")]
        for code, cells in rows
    }
    read = {
        i.code: ["" if c.value is None else str(c.value) for c in row.all_cells] for i, row in plan.rows()
    }
    assert found.pop("3-1-6") == ["調整中", "", "", "", "", ""]
    assert read.pop("3-1-6") == [""] * 6
    assert found == read
