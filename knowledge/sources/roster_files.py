"""The city's roster as a file: one Excel workbook, a folder of CSV files, or a zip archive of them."""

from __future__ import annotations

from pathlib import Path

from knowledge.faults import RosterFaults, SourceFaults
from knowledge.plan.plan import Plan
from knowledge.roster.roster import Roster
from knowledge.sources.archives import is_archive, part_names
from knowledge.sources.csv_tables import read_archive, read_folder, write_archive, write_files
from knowledge.sources.roster_sheets import roster_of, sheets_of
from knowledge.sources.roster_sheets.headers import CHOICES, GUIDE, GUIDE_ROWS
from knowledge.sources.safe_workbook import read_workbook, write_workbook
from knowledge.sources.sheets import Sheet, bounded_content, refused


def read_roster(path: Path, plan: Plan, previous: Roster | None = None) -> Roster:
    """The roster in the file or folder, its codes being those of `plan`.

    Departments that `previous` has and the file lacks go on, merged or closed. Raises RosterFaults with every
    fault, each at its sheet and row.
    """
    try:
        sheets = read_folder(path) if path.is_dir() else _sheets_of_file(path)
    except SourceFaults as refusal:
        raise RosterFaults(refusal.faults) from refusal
    return roster_of(sheets, plan, previous)


def write_roster(roster: Roster, plan: Plan, path: Path) -> None:
    """Write the roster as .xlsx or .zip, or else as a folder of CSV files; reading that gives it back.

    Raises OSError.
    """
    sheets = sheets_of(roster, plan)
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(write_workbook((*sheets, Sheet(GUIDE, GUIDE_ROWS)), CHOICES))
    elif path.suffix.lower() == ".zip":
        path.write_bytes(write_archive(sheets))
    else:
        path.mkdir(parents=True, exist_ok=True)
        for name, content in write_files(sheets):
            (path / name).write_bytes(content)


def _sheets_of_file(path: Path) -> tuple[Sheet, ...]:
    content = bounded_content(path)
    if is_archive(content) and "[Content_Types].xml" not in part_names(content):
        return read_archive(content)
    if path.suffix.lower() == ".csv":
        raise refused("CSV は、シートごとのファイルを1つのフォルダーか zip に入れて指定してください")
    return read_workbook(content)
