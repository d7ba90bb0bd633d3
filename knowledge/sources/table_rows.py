"""Rows of a sheet by the headers above them, with every fault at its row.

Says what a cell holds as text, as a key or as days; what the rows mean is for others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from knowledge.faults import Faults
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.roster.roster import Days
from knowledge.sources.sheets import Formula, Sheet, Value

FOR_REFERENCE = "（参考）"
"""Headers that begin so are for people: their columns are written, and not read."""

REMARKS = "備考"
FIRST_DAY = "開始日"
LAST_DAY = "終了日"

_SEPARATORS = re.compile(r"[\s、,;，；]+")
_WESTERN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_ERA = re.compile(r"(令和|平成|R|H)(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.IGNORECASE)
_ERA_NAMES = {"r": "令和", "h": "平成"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row below the header; `place` is how an officer finds it (職 5行目)."""

    place: str
    cells: Mapping[str, Value]
    faults: Faults

    def fault(self, message: str) -> None:
        """Note what is wrong with this row."""
        self.faults.add(self.place, message)

    def text(self, header: str) -> str:
        """The cell as written, without the spaces around it; "" when it is empty or no text."""
        value = self.cells.get(header)
        if isinstance(value, Formula):
            self.fault(f"{header}が数式（{value.text}）です。値を書いてください")
            return ""
        if isinstance(value, bool | datetime | date):
            self.fault(
                f"{header}が文字ではありません（{_shown(value)}）。セルの書式を文字列にして書き直してください"
            )
            return ""
        text = _shown(value).strip()
        if any(unicodedata.category(char) == "Cc" for char in text):
            self.fault(f"{header}に改行などの制御文字が含まれています")
            return ""
        return text

    def key(self, header: str) -> str:
        """The cell as an id or a choice: narrow letters and digits, no space around or inside."""
        return "".join(unicodedata.normalize("NFKC", self.text(header)).split())

    def keys(self, header: str) -> tuple[str, ...]:
        """Several ids in one cell, separated by 、 or the like."""
        text = unicodedata.normalize("NFKC", self.text(header))
        return tuple(dict.fromkeys(key for key in _SEPARATORS.split(text) if key))

    def needed(self, header: str) -> str:
        """The key, whose absence is a fault."""
        key = self.key(header)
        if not key and self.is_empty(header):
            self.fault(f"{header}が空です")
        return key

    def is_empty(self, header: str) -> bool:
        return _is_blank(self.cells.get(header))

    def day(self, header: str) -> date | None:
        """2026-04-01, 2026/4/1, 令和8年4月1日, R8.4.1 or a date of Excel's; None when the cell is empty."""
        value = self.cells.get(header)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date) or self.is_empty(header):
            return value if isinstance(value, date) else None
        text = self.key(header)
        day = _read_day(text)
        if text and day is None:
            self.fault(f"{header}「{text}」は日付として読めません。2026-04-01 のように書いてください")
        return day

    def days(self) -> Days:
        """The row's first and last day, either of which may be open."""
        first, last = self.day(FIRST_DAY), self.day(LAST_DAY)
        if first is not None and last is not None and first > last:
            self.fault(f"{FIRST_DAY}（{first}）が{LAST_DAY}（{last}）より後です")
            return Days(first)
        return Days(first, last)


def has_headers(sheet: Sheet, headers: tuple[str, ...], faults: Faults) -> bool:
    """Whether row 1 holds all of `headers`, in any order; if not, the faults are noted.

    Of other columns only 備考 and those for reference may stand there: a misspelt header loses no column.
    """
    given = _headers(sheet)
    wrong = {
        "見出しがありません": [name for name in headers if name not in given],
        "知らない見出しです": [
            name for name in given if name not in ("", REMARKS, *headers) and not _is_reference(name)
        ],
        "見出しが重複しています": [name for name in headers if given.count(name) > 1],
    }
    for message, names in wrong.items():
        if names:
            faults.add(f"{sheet.name} 1行目", f"{message}: {'、'.join(names)}")
    return not any(wrong.values())


def rows_of(sheet: Sheet, headers: tuple[str, ...], faults: Faults) -> Iterator[TableRow]:
    """The rows below the header that hold anything."""
    given = _headers(sheet)
    for number, values in enumerate(sheet.rows[1:], start=2):
        place = f"{sheet.name} {number}行目"
        cells = dict(zip(given, values, strict=False))
        if any(not _is_blank(cells.get(header)) for header in headers):
            yield TableRow(place, cells, faults)
        if any(not _is_blank(value) for name, value in zip_longest(given, values) if not name):
            faults.add(place, "見出しのない列に値があります")


def _headers(sheet: Sheet) -> list[str]:
    return ["".join(_shown(value).split()) for value in sheet.rows[0]] if sheet.rows else []


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is_reference(name: str) -> bool:
    return unicodedata.normalize("NFKC", name).startswith(unicodedata.normalize("NFKC", FOR_REFERENCE))


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y/%m/%d}"
    return str(value)


def _read_day(text: str) -> date | None:
    if western := _WESTERN.fullmatch(text):
        year, month, day = (int(part) for part in western.groups())
    elif era := _ERA.fullmatch(text):
        number = 1 if era[2] == "元" else int(era[2])
        year = FiscalYear.of_era(_ERA_NAMES.get(era[1].lower(), era[1]), number).western
        month, day = int(era[3]), int(era[4])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
