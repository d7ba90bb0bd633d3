"""A sheet as a workbook and a CSV file both hold it, and how much of one is read at most.

Knows cells, and nothing of what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from knowledge.faults import Fault, SourceFaults

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 1_000
MAX_CELLS = 100_000
MAX_ROWS = 200_000
"""Rows walked through, empty ones among them."""

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes. Nothing is computed here: whoever reads the sheet refuses it with its place."""

    text: str


Value = str | int | float | bool | date | datetime | time | timedelta | Formula | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet; `rows[0]` is row 1, and rows may differ in length. Empty cells are None."""

    name: str
    rows: tuple[tuple[Value, ...], ...]


def refused(message: str) -> SourceFaults:
    """The refusal of a whole file for one reason."""
    return SourceFaults((Fault("", message),))


def bounded_content(path: Path) -> bytes:
    """The file's bytes; SourceFaults when it cannot be read or is larger than an import may be."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as fault:
        raise refused(f"ファイルを読めません: {path}") from fault
    return within_bounds(content)


def within_bounds(content: bytes) -> bytes:
    """The content as it is; SourceFaults when it is larger than an import may be."""
    if len(content) > MAX_BYTES:
        raise refused(f"ファイルが大きすぎます。{MAX_BYTES // 1024 // 1024}MBまで取り込めます")
    return content


def too_many_cells() -> SourceFaults:
    """The refusal of a file with more cells than an import may have."""
    return refused(f"セルが多すぎます。{MAX_CELLS:,}個まで取り込めます")
