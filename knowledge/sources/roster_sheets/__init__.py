"""A roster as sheets of rows, one row saying one fact: made of them, and written as them.

Sheets with faults are refused whole, with all of the faults.
"""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.faults import Faults, RosterFaults
from knowledge.plan.plan import Plan
from knowledge.roster.roster import Roster
from knowledge.sources.roster_sheets.departments import read_places
from knowledge.sources.roster_sheets.headers import (
    ABSENCES,
    ADDRESSES,
    BUREAUS,
    DEPARTMENTS,
    GUIDE,
    HEADERS,
    NEEDED,
    PERSONS,
    POSTS,
    RESPONSIBILITIES,
    SAMPLE,
)
from knowledge.sources.roster_sheets.people import read_people
from knowledge.sources.roster_sheets.responsibilities import read_responsibilities
from knowledge.sources.roster_sheets.writer import sheets_of
from knowledge.sources.sheets import Sheet
from knowledge.sources.table_rows import TableRow, has_headers, rows_of

__all__ = ["roster_of", "sheets_of"]


def roster_of(sheets: Iterable[Sheet], plan: Plan, previous: Roster | None = None) -> Roster:
    """The roster in these sheets, its codes being those of `plan`.

    Departments that `previous` has and the sheets lack go on, merged or closed. Raises RosterFaults.
    """
    faults = Faults()
    rows = _rows_by_sheet(sheets, faults)
    places = read_places(rows[BUREAUS], rows[DEPARTMENTS], previous)
    people = read_people(rows[PERSONS], rows[POSTS], rows[ADDRESSES], rows[ABSENCES], places)
    responsibilities = read_responsibilities(rows[RESPONSIBILITIES], places, plan)
    faults.refuse_if_any(RosterFaults)
    departments = tuple(places.departments.values())
    return Roster(
        tuple(places.bureaus.values()),
        departments,
        people.persons,
        responsibilities,
        people.vacancies,
        people.absences,
        any(one.name.startswith(SAMPLE) for one in departments if one.is_current),
    )


def _rows_by_sheet(sheets: Iterable[Sheet], faults: Faults) -> dict[str, list[TableRow]]:
    """The rows of each sheet. Where a sheet or a header is wrong no row is read: all would seem wrong."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        name = sheet.name.strip()
        if name in found:
            faults.add(name, "同じ名前のシートが2つあります")
        elif name in HEADERS:
            found[name] = Sheet(name, sheet.rows)
            has_headers(found[name], HEADERS[name], faults)
        elif name != GUIDE and any(sheet.rows):
            faults.add(name, f"知らないシートです（{'、'.join(HEADERS)}）")
    for name in NEEDED:
        if name not in found:
            faults.add(name, "シートがありません")
    faults.refuse_if_any(RosterFaults)
    return {
        name: list(rows_of(found[name], headers, faults)) if name in found else []
        for name, headers in HEADERS.items()
    }
