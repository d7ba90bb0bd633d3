"""Every workbook that we make, opened by a second program: LibreOffice reads in it what we wrote into it."""

import csv
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.progress.papers import accepted, hearing, publication
from bot.progress.scope import Scope
from bot.progress.summary import summarise
from bot.progress.workbooks import council, view
from knowledge.sources.safe_workbook import read_workbook, write_workbook
from knowledge.sources.sheets import Sheet, Value
from tests.bot.progress.invented import AUGUST, CALENDAR, R5, entries, known, roster, summary

pytestmark = pytest.mark.slow

# Comma, quotes around text, UTF-8, numbers as they are and not as shown, every sheet into a file of its own.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"


def _public() -> tuple[Sheet, ...]:
    public = summarise(known(), roster(), accepted(entries()), Scope(), R5, AUGUST, CALENDAR)
    return publication(public, known())


def _council() -> tuple[Sheet, ...]:
    public = summarise(known(), roster(), accepted(entries()), Scope(), R5, AUGUST, CALENDAR)
    return council(public, accepted(entries()), known().plan)


PAPERS: dict[str, Callable[[], tuple[Sheet, ...]]] = {
    "publication": _public,
    "council": _council,
    "view": lambda: view(summary(), known().plan),
    "hearing": lambda: hearing(summary(), entries()),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_papers_of_progress_hold_for_it_what_they_hold_for_us(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(write_workbook(PAPERS[name]()))
    same_in_both(path, tmp_path / "seen")


@pytest.mark.parametrize("command", ["plan", "roster"])
def test_so_do_the_exports(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path / "data"))
    path = tmp_path / f"{command}.xlsx"
    assert main([command, "export", str(path)]) == 0
    same_in_both(path, tmp_path / "seen")


def same_in_both(path: Path, folder: Path) -> None:
    seen = as_libreoffice_sees(path, folder)
    written = read_workbook(path.read_bytes())
    assert list(seen) == [sheet.name for sheet in written]
    for sheet in written:
        width = max(len(row) for row in sheet.rows)
        rows = [[*map(_text, row), *[""] * (width - len(row))] for row in sheet.rows]
        assert seen[sheet.name] == rows, sheet.name


def as_libreoffice_sees(path: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Its sheets in order, each as rows of words."""
    office = shutil.which("soffice")
    assert office, "LibreOffice がありません（apt-get install libreoffice-calc-nogui）"
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*command, AS_CSV, "--outdir", folder, path], check=True, capture_output=True, timeout=180)
    files = sorted(folder.glob("*.csv"), key=lambda file: _place(path, file))
    found = {}
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            found[file.stem.removeprefix(f"{path.stem}-")] = list(csv.reader(lines))
    return found


def _place(path: Path, file: Path) -> int:
    names = [sheet.name for sheet in read_workbook(path.read_bytes())]
    return names.index(file.stem.removeprefix(f"{path.stem}-"))


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
