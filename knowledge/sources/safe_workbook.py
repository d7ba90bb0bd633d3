"""Excel workbooks from outside, read within bounds and without trust, and ours, whose text stays text.

What the sheets mean is for the modules that read and write them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

import defusedxml.ElementTree
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.faults import SourceFaults
from knowledge.sources.archives import UNREADABLE, is_archive, parts
from knowledge.sources.sheets import (
    FORMULA_STARTS,
    MAX_CELLS,
    MAX_ROWS,
    Formula,
    Sheet,
    Value,
    refused,
    too_many_cells,
    within_bounds,
)

# What openpyxl raises for parts that are missing, misnamed or not what they claim to be.
_MALFORMED = (
    *UNREADABLE,
    InvalidFileException,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
)
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_MAX_WALKED = 20 * MAX_CELLS

# The beginnings of names, in lower case, of what an import has no use for.
_FORBIDDEN = (
    ("xl/vbaproject", "マクロ"),
    ("xl/macrosheets/", "マクロ"),
    ("xl/externallinks/", "ほかのファイルへのリンク"),
    ("xl/connections", "外部データへの接続"),
    ("xl/querytables/", "外部データへの接続"),
    ("xl/embeddings/", "埋め込まれたファイル"),
    ("xl/activex/", "ActiveX コントロール"),
)
_HARMLESS_LINK = "/hyperlink"

_TEXT_FORMAT = "@"
_HEADER = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="E8EEF4")
_WIDEST = 60
_ROWS_WITH_CHOICES = 2_000


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook as they are stored, nothing computed.

    Raises SourceFaults for one that is too large, damaged or locked, or that holds macros, links to other
    files, outside data or a document type.
    """
    within_bounds(content)
    if content.startswith(_OLD_OR_LOCKED):
        raise refused(
            "パスワード付き、または古い形式(.xls)のファイルです。パスワードのない .xlsx で保存してください"
        )
    if not is_archive(content):
        raise refused("Excel(.xlsx)のファイルではありません")
    _refuse_unwanted(content)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it leaves out (validation rules, themes); none of it holds values.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            return tuple(_sheets(book))
    except SourceFaults:
        raise
    except _MALFORMED as fault:
        raise refused("Excel のファイルが壊れているため読めません") from fault


def write_workbook(
    sheets: Sequence[Sheet], choices: Mapping[tuple[str, str], Sequence[str]] | None = None
) -> bytes:
    """A workbook of these sheets, the first row of each being its header.

    Text stays text whatever it begins with, and columns without numbers are formatted as text, so that
    Excel makes no date of 3-1-2. `choices` offers values in a column, by sheet name and header.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        _fill(page, sheet)
        for at, header in enumerate(sheet.rows[0], start=1):
            offered = (choices or {}).get((sheet.name, str(header)))
            if offered:
                _offer(page, get_column_letter(at), offered)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _refuse_unwanted(content: bytes) -> None:
    for name, part in parts(content):
        lowered = name.lower()
        for beginning, words in _FORBIDDEN:
            if lowered.startswith(beginning):
                raise refused(
                    f"{words}（{name}）が含まれているため、取り込めません。除いて保存し直してください"
                )
        if lowered.endswith((".xml", ".rels")):
            _refuse_document_type(name, part)
        if lowered.endswith(".rels"):
            _refuse_links(name, part)
        if lowered == "[content_types].xml" and b"macroEnabled" in part:
            raise refused("マクロ有効の形式のため、取り込めません。.xlsx で保存し直してください")


def _refuse_document_type(name: str, part: bytes) -> None:
    def stop(*_: Any) -> None:
        raise refused(f"文書型の宣言（{name}）が含まれているため、取り込めません")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = stop
    try:
        parser.Parse(part, True)
    except expat.ExpatError as fault:
        raise refused(f"Excel のファイルが壊れているため読めません（{name}）") from fault


def _refuse_links(name: str, part: bytes) -> None:
    for link in defusedxml.ElementTree.fromstring(part, forbid_dtd=True):
        is_external = link.get("TargetMode") == "External"
        if is_external and not link.get("Type", "").endswith(_HARMLESS_LINK):
            target = link.get("Target", name)
            raise refused(f"外部へのリンク（{target}）が含まれているため、取り込めません。除いてください")


def _sheets(book: Workbook) -> Iterator[Sheet]:
    cells = walked = 0
    for page in book.worksheets:
        page.reset_dimensions()
        rows = []
        for row in page.rows:
            values = _without_empty_end([_value(cell) for cell in row])
            cells += sum(value is not None for value in values)
            walked += len(row)
            rows.append(values)
            if cells > MAX_CELLS or walked > _MAX_WALKED or len(rows) > MAX_ROWS:
                raise too_many_cells()
        yield Sheet(page.title, tuple(rows))


def _value(cell: Any) -> Value:
    if cell.data_type == "f":
        return Formula(str(getattr(cell.value, "text", cell.value)))
    value: Value = cell.value
    return value


def _without_empty_end(values: list[Value]) -> tuple[Value, ...]:
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for row, values in enumerate(sheet.rows, start=1):
        for column, value in enumerate(values, start=1):
            if value is not None and value != "":
                _set(page.cell(row, column), value)
    for column, header in enumerate(sheet.rows[0], start=1):
        below = [row[column - 1] for row in sheet.rows[1:] if len(row) >= column]
        dimension = page.column_dimensions[get_column_letter(column)]
        dimension.width = min(_WIDEST, 2 + max(_width(value) for value in (header, *below)))
        if not any(isinstance(value, int | float) for value in below):
            dimension.number_format = _TEXT_FORMAT
        page.cell(1, column).font = _HEADER
        page.cell(1, column).fill = _HEADER_FILL
    page.freeze_panes = "A2"


def _set(cell: Any, value: Value) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = _TEXT_FORMAT
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > _WIDEST)


def _offer(page: Worksheet, column: str, offered: Sequence[str]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(offered)}"', allow_blank=True)
    rule.error = f"次から選んでください: {'、'.join(offered)}"
    rule.showErrorMessage = True
    page.add_data_validation(rule)
    rule.add(f"{column}2:{column}{_ROWS_WITH_CHOICES}")


def _width(value: Value) -> int:
    text = "" if value is None else str(value)
    return sum(2 if ord(char) > 0xFF else 1 for char in text)
