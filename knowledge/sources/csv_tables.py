"""CSV files as sheets: a folder of them or a zip archive, in UTF-8 or CP932 as Japanese Excel saves them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from knowledge.faults import Fault, SourceFaults
from knowledge.sources.archives import parts
from knowledge.sources.sheets import (
    FORMULA_STARTS,
    MAX_CELLS,
    MAX_ROWS,
    Sheet,
    bounded_content,
    refused,
    too_many_cells,
    within_bounds,
)

_STARTS = "".join(FORMULA_STARTS)
_MUST_BE_SHIELDED = re.compile(f"'*[{re.escape(_STARTS)}]")
_SHIELDED = re.compile(f"'+[{re.escape(_STARTS)}]")


def read_folder(folder: Path) -> tuple[Sheet, ...]:
    """The CSV files directly in the folder, each a sheet of the file's name. Raises SourceFaults."""
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    return _sheets((path.name, bounded_content(path)) for path in files)


def read_archive(content: bytes) -> tuple[Sheet, ...]:
    """The CSV files anywhere in a zip archive. Raises SourceFaults."""
    named = ((PurePosixPath(name.replace("\\", "/")), part) for name, part in parts(within_bounds(content)))
    return _sheets(
        (path.name, part)
        for path, part in named
        if path.suffix.lower() == ".csv" and "__MACOSX" not in path.parts
    )


def write_files(sheets: Iterable[Sheet]) -> Iterator[tuple[str, bytes]]:
    """Name and content of a CSV file for each sheet, so that Excel opens it rightly: UTF-8 with BOM, CRLF.

    A cell that a spreadsheet would take for a formula is shielded by an apostrophe, which reading takes off.
    """
    for sheet in sheets:
        text = StringIO()
        rows = ([_shielded("" if value is None else str(value)) for value in row] for row in sheet.rows)
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        yield f"{sheet.name}.csv", text.getvalue().encode("utf-8-sig")


def write_archive(sheets: Iterable[Sheet]) -> bytes:
    """The CSV files in one zip archive, the same bytes for the same sheets."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in write_files(sheets):
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return stream.getvalue()


def _sheets(files: Iterable[tuple[str, bytes]]) -> tuple[Sheet, ...]:
    sheets = []
    cells = 0
    for file_name, content in files:
        sheet = Sheet(PurePosixPath(file_name).stem, tuple(_rows(file_name, _decoded(file_name, content))))
        cells += sum(value is not None for row in sheet.rows for value in row)
        if cells > MAX_CELLS:
            raise too_many_cells()
        sheets.append(sheet)
    return tuple(sheets)


def _decoded(file_name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(f"{file_name} の文字コードが分かりません。UTF-8 か Shift_JIS で保存してください")


def _rows(file_name: str, text: str) -> Iterator[tuple[str | None, ...]]:
    """Each record at the line on which it begins, so that a place named is the place an editor shows."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    begins, given = 1, 0
    try:
        for record in reader:
            if begins > MAX_ROWS:
                raise too_many_cells()
            yield from ((),) * (begins - given - 1)
            yield tuple(_unshielded(cell) or None for cell in record)
            begins, given = reader.line_num + 1, begins
    except csv.Error as fault:
        message = "CSV として読めません（引用符や改行を確かめてください）"
        raise SourceFaults((Fault(f"{file_name} {reader.line_num}行目", message),)) from fault


def _shielded(cell: str) -> str:
    return f"'{cell}" if _MUST_BE_SHIELDED.match(cell) else cell


def _unshielded(cell: str) -> str:
    return cell[1:] if _SHIELDED.match(cell) else cell
