"""`kaikaku plan` as an officer uses it: look, export, change in a spreadsheet, see what would change, import."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from bot.cli import main
from bot.storage import audit
from bot.storage.database import DatabaseFile
from bot.storage.migrations import prepare
from bot.storage.stored_editions import edition_heads, keep_edition
from knowledge.editions.edition import Edition, shipped
from knowledge.editions.revision import draft_from, edition_from
from knowledge.sources.plan_files import write_plan
from tests.bot.conversation.floor import NOON
from tests.small_plan import small_edition, small_text


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("KAIKAKU_DATA", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


Say = Callable[..., str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command that is done, and gives what it printed."""

    def say(*words: object) -> str:
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        assert status == 0, printed.err
        return printed.out

    return say


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command that is refused, and gives why."""

    def refuse(*words: object) -> str:
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        assert status == 1, printed.out
        assert "Traceback" not in printed.err
        return printed.err

    return refuse


def change(path: Path, sheet: str, row: str, column: str, value: Any) -> None:
    """What an officer does in a spreadsheet."""
    book = load_workbook(path)
    page = book[sheet]
    header = [cell.value for cell in page[1]]
    at = next(cells[0].row for cells in page.iter_rows() if cells[0].value == row)
    page.cell(at, header.index(column) + 1).value = value
    book.save(path)


def figure(said: Say, code: str, today: str) -> set[tuple[str, int]]:
    answer = json.loads(said("ask", f"{code}の効果額は？", "--json", "--today", today))
    return {(fact["fiscal_year"], fact["value"]) for fact in answer["facts"]}


def test_check_tells_statement_from_inference(said: Say) -> None:
    printed = said("plan", "check")
    assert "効果額は461,390千円と記載されています。【推定】" in printed and "461,389千円" in printed
    assert "5-2-7＋5-2-8" in printed and "一步踏み出して" in printed


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("3-1-2", "令和4年度 14,561千円"),
        ("３－１－２", "令和3年度 空欄"),
        ("3-1", "成果指標: 効果額達成状況 → 298,513千円（令和7年度）"),
        ("柱5", "5-2 事務事業の見直しによる歳出改革（p.14）"),
        ("3-1-6", "計 調整中"),
        ("4-1", "位置付ける予定です"),
        ("5-1-3", "【再掲】: 3-2-4"),
    ],
)
def test_show_gives_what_the_plan_says_of_a_code(code: str, words: str, said: Say) -> None:
    assert words in said("plan", "show", code)


def test_show_lists_the_plan_and_refuses_a_code_that_it_does_not_have(said: Say, refused: Say) -> None:
    printed = said("plan", "show")
    assert (
        "柱4 公共施設の改革" in printed
        and "3-1-2 指定管理者制度の導入（文化会館） … 計 58,244千円" in printed
    )
    assert "「9-9」は計画にないコードです" in refused("plan", "show", "9-9")


def test_what_was_exported_does_not_differ_and_is_not_imported(said: Say, refused: Say) -> None:
    said("plan", "export", "plan.xlsx")
    assert said("plan", "diff", "r3", "plan.xlsx") == "違いはありません。\n"
    assert "同じ内容のため" in refused("plan", "import", "plan.xlsx", "--yes")


def test_export_writes_over_nothing_unasked(said: Say, refused: Say, tmp_path: Path) -> None:
    said("plan", "export", "plan.xlsx")
    before = (tmp_path / "plan.xlsx").read_bytes()
    assert "--force" in refused("plan", "export", "plan.xlsx")
    assert (tmp_path / "plan.xlsx").read_bytes() == before
    said("plan", "export", "plan.xlsx", "--force")
    assert "書き込めません" in refused("plan", "export", "nowhere/plan.xlsx")


def test_an_import_is_shown_first_and_kept_only_when_wanted(said: Say, data: Path, tmp_path: Path) -> None:
    said("plan", "export", "plan.xlsx")
    change(tmp_path / "plan.xlsx", "目標", "3-1-2", "令和6年度", 9122)
    change(tmp_path / "plan.xlsx", "目標", "3-1-2", "令和7年度", 20000)
    change(tmp_path / "plan.xlsx", "計画", "施行日", "内容", "2023-04-01")
    shown = said("plan", "import", "plan.xlsx")
    assert "・ 目標 3-1-2 令和7年度: 14561 → 20000" in shown
    assert "まだ取り込んでいません" in shown and not data.exists()


def test_a_changed_total_that_an_annotation_denies_is_refused(
    said: Say, refused: Say, tmp_path: Path
) -> None:
    said("plan", "export", "plan.xlsx")
    change(tmp_path / "plan.xlsx", "目標", "3-1-2", "計", 60000)
    printed = refused("plan", "import", "plan.xlsx", "--yes")
    assert "注記 3-1: 効果額の記載298,513が、注記の範囲の合計300,269と違います" in printed


def test_rows_that_contradict_their_totals_are_refused_all_at_once(
    said: Say, refused: Say, data: Path, tmp_path: Path
) -> None:
    said("plan", "export", "plan.xlsx")
    change(tmp_path / "plan.xlsx", "目標", "3-1-2", "令和5年度", 20000)
    change(tmp_path / "plan.xlsx", "目標", "5-1-4", "令和7年度", 500)
    printed = refused("plan", "import", "plan.xlsx", "--yes")
    assert "目標 3-1-2（p.10）: 計は58,244千円と記載" in printed
    assert "各年度の合計は63,683千円で、5,439千円の差があります" in printed
    assert "目標 5-1-4（p.13）" in printed and not data.exists()


@pytest.mark.parametrize(("more", "is_kept"), [(5, True), (6, False)])
def test_a_difference_of_one_for_each_year_is_rounding_and_is_shown(
    more: int, is_kept: bool, said: Say, refused: Say, tmp_path: Path
) -> None:
    said("plan", "export", "plan.xlsx")
    change(tmp_path / "plan.xlsx", "目標", "3-1-2", "令和5年度", 14561 + more)
    change(tmp_path / "plan.xlsx", "計画", "施行日", "内容", "2023-04-01")
    printed = (said if is_kept else refused)("plan", "import", "plan.xlsx", "--yes")
    assert f"{more}千円の差があります" in printed
    assert ("注意 目標 3-1-2" in printed) is is_kept


def as_revised(tmp_path: Path, said: Say) -> None:
    """An edition from 令和5年度 on, in which 5-1-1 and 5-1-2 have changed places under their codes."""
    said("plan", "export", "plan.xlsx")
    path = tmp_path / "plan.xlsx"
    change(path, "計画", "施行日", "内容", "2023-04-01")
    change(path, "計画", "引用名", "内容", "実行計画（改定）")
    change(path, "目標", "5-1-4", "令和6年度", 420)
    change(path, "目標", "5-1-4", "令和7年度", 500)
    change(path, "取組", "5-1-4", "継続元", "5-1-5")
    change(path, "取組", "5-1-5", "継続元", "5-1-4")


def test_each_day_is_answered_from_its_own_edition(said: Say, data: Path, tmp_path: Path) -> None:
    as_revised(tmp_path, said)
    assert "版 r5 として取り込みました" in said("plan", "import", "plan.xlsx", "--yes")
    assert ("R7", 400) in figure(said, "5-1-4", "2022-07-01")
    assert ("R7", 500) in figure(said, "5-1-4", "2024-07-01")
    assert "「実行計画（改定）」（版 r5" in said("plan", "show", "--today", "2024-07-01")
    with DatabaseFile(data / "kaikaku.db").reading() as database:
        (line,) = audit.lines(database)
    assert (line.what, line.subject, line.before) == ("計画の取込", "r5", "r3")


def test_editions_are_compared_by_what_continues_what(said: Say, tmp_path: Path) -> None:
    as_revised(tmp_path, said)
    said("plan", "import", "plan.xlsx", "--yes")
    printed = said("plan", "diff", "r3", "r5")
    assert "・ 取組 5-1-4 コード: 5-1-5 → 5-1-4" in printed


def test_a_faulty_workbook_changes_nothing(said: Say, refused: Say, data: Path, tmp_path: Path) -> None:
    said("plan", "export", "plan.xlsx")
    change(tmp_path / "plan.xlsx", "目標", "3-1-2", "令和7年度", "たくさん")
    change(tmp_path / "plan.xlsx", "取組", "3-1-3", "名称", None)
    printed = refused("plan", "import", "plan.xlsx", "--yes")
    assert "令和7年度「たくさん」は数値か" in printed and "名称が空です" in printed
    assert not data.exists()


def test_a_text_needs_to_be_told_its_day_and_finds_what_continues(
    said: Say, refused: Say, tmp_path: Path
) -> None:
    (tmp_path / "plan.txt").write_text(small_text(), "utf-8")
    assert "--effective" in refused("plan", "import", "plan.txt", "--yes")
    shown = said("plan", "import", "plan.txt", "--effective", "2024-04-01", "--yes")
    assert "別の計画の最初の版として取り込みます（改革項目5、取組13）" in shown


def test_another_citys_plan_takes_the_place_of_the_shipped_one(said: Say, tmp_path: Path) -> None:
    draft = draft_from(small_edition())
    (tmp_path / "small.xlsx").write_bytes(write_plan(draft))
    book = load_workbook(tmp_path / "small.xlsx")
    for row in book["取組"].iter_rows(min_row=2):
        row[1].value = None
    book.save(tmp_path / "small.xlsx")
    said("plan", "import", "small.xlsx", "--yes")
    assert "青葉野市「行政改革プラン」（版 r6、2024-04-01施行）" in said("plan", "check")
    assert "広告料収入の確保" in said("plan", "show", "3-1-1", "--today", "2020-01-01")
    assert ("total", 600) in figure(said, "3-1-1", "2025-07-01")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.xlsx", None, "ファイルを読めません"),
        ("big.xlsx", b"x" * (10 * 1024 * 1024 + 1), "10MBまで"),
        ("odd.xlsx", b"\xff\xfe\x00", "読めません"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(
    name: str, content: bytes | None, words: str, refused: Say, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert words in refused("plan", "import", name, "--yes")


def test_an_edition_that_is_not_there_is_named_with_those_that_are(refused: Say) -> None:
    assert "版「r9」はありません。あるのは r3 です。" in refused("plan", "check", "--edition", "r9")


@pytest.mark.parametrize(
    ("part", "words"),
    [("xl/vbaProject.bin", "マクロ"), ("xl/externalLinks/externalLink1.xml", "ほかのファイルへのリンク")],
)
def test_macros_and_links_to_other_files_are_refused_by_name(
    part: str, words: str, said: Say, refused: Say, tmp_path: Path, data: Path
) -> None:
    said("plan", "export", "plan.xlsx")
    with ZipFile(tmp_path / "plan.xlsx", "a") as archive:
        archive.writestr(part, "<x/>")
    printed = refused("plan", "import", "plan.xlsx", "--yes")
    assert words in printed and part in printed
    assert not data.exists()


def test_a_workbook_that_swells_is_refused(refused: Say, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "plan.xlsx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 50_000_000)
    assert "展開すると大きくなりすぎる" in refused("plan", "import", "plan.xlsx", "--yes")


@pytest.mark.parametrize(("answer", "is_kept"), [("y", True), ("はい", True), ("", False), ("n", False)])
def test_at_a_terminal_the_import_asks_first(
    answer: str, is_kept: bool, said: Say, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_revised(tmp_path, said)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    printed = said("plan", "import", "plan.xlsx")
    assert ("版 r5 として取り込みました" in printed) is is_kept
    assert data.exists() is is_kept


def test_an_import_beside_another_keeps_nothing(said: Say, data: Path, tmp_path: Path) -> None:
    as_revised(tmp_path, said)
    said("plan", "import", "plan.xlsx", "--yes")
    before = shipped()
    draft = replace(draft_from(before), effective=date(2023, 4, 1), cited_as="遅れて来た版")

    def made(id: str) -> Edition:
        return edition_from(draft, id, before)

    path = data / "kaikaku.db"
    assert (
        keep_edition(DatabaseFile(path), before.id, date(2023, 4, 1), made, who="secretariat", now=NOON)
        is None
    )
    assert [head.id for head in edition_heads(path)] == ["r3", "r5"]


def test_a_database_from_before_there_were_editions_is_read_all_the_same(data: Path, said: Say) -> None:
    data.mkdir()
    prepare(data / "kaikaku.db", audit.MIGRATIONS, version="0.0.1", now=NOON)
    assert "（版 r3" in said("plan", "check")
