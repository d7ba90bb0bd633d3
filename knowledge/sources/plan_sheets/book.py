"""A plan's sheets while they are read: rows by sheet, gathered under what they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.faults import Faults
from knowledge.sources.plan_sheets import layout as on
from knowledge.sources.plan_sheets.cells import needed, needed_whole
from knowledge.sources.sheets import Sheet
from knowledge.sources.table_rows import TableRow, has_headers, rows_of


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of one file and the faults found in them so far."""

    sheets: Sequence[Sheet]
    faults: Faults

    def rows(self, name: str, more: Iterable[str] = ()) -> list[TableRow]:
        """The rows of a sheet of the layout; `more` are columns beyond the layout's."""
        found = [sheet for sheet in self.sheets if sheet.name == name]
        headers = (*on.HEADERS[name], *more)
        if len(found) != 1:
            self.faults.add("", f"シート「{name}」が{'二つあります' if found else 'ありません'}")
            return []
        return (
            list(rows_of(found[0], headers, self.faults))
            if has_headers(found[0], headers, self.faults)
            else []
        )

    def by_code(
        self, name: str, codes: Collection[str], more: Iterable[str] = ()
    ) -> dict[str, list[TableRow]]:
        """A sheet's rows under the code that each names; a code that the plan does not have is a fault."""
        found: dict[str, list[TableRow]] = {}
        for row in self.rows(name, more):
            code = needed(row, on.CODE)
            if code and code not in codes:
                row.fault(f"計画にないコードです: {code}")
            found.setdefault(code, []).append(row)
        return found

    def by_order(
        self, name: str, header: str, orders: Collection[int], owner: str
    ) -> dict[int, list[TableRow]]:
        """A sheet's rows under the number that each names of a row of another sheet."""
        found: dict[int, list[TableRow]] = {}
        for row in self.rows(name):
            order = needed_whole(row, header)
            if order and order not in orders:
                row.fault(f"シート「{owner}」にない番号です: {order}")
            found.setdefault(order, []).append(row)
        return found


def distinct(rows: Iterable[TableRow], header: str) -> Iterator[tuple[str, TableRow]]:
    """Rows with what stands under a header; a second row with the same is a fault and left out."""
    seen: set[str] = set()
    for row in rows:
        key = needed(row, header)
        if key in seen:
            row.fault(f"{header}「{key}」が二度あります")
        elif key:
            seen.add(key)
            yield key, row
