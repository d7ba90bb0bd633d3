"""The list for publication against the unified rules, a test for each; and what it must not hold."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.progress.papers import accepted, hearing, publication
from bot.progress.scope import Scope
from bot.progress.summary import summarise
from bot.storage.entry import SignOffStep
from knowledge.sources.safe_workbook import read_workbook, write_workbook
from tests.bot.progress.invented import AUGUST, CALENDAR, R5, entries, known, roster, summary

NUMERIC = {
    "柱の番号",
    "年度（西暦）",
    "目標",
    "見込み",
    "実績",
    "目標の合計",
    "見込みの合計",
    "実績の合計",
    "達成率（%）",
}


@pytest.fixture(scope="module")
def content() -> bytes:
    public = summarise(known(), roster(), accepted(entries()), Scope(), R5, AUGUST, CALENDAR)
    return write_workbook(publication(public, known()))


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows(page: Worksheet) -> Iterator[dict[str, object]]:
    names, *lines = page.iter_rows(values_only=True)
    for line in lines:
        yield dict(zip(map(str, names), line, strict=True))


def said(page: Worksheet) -> dict[str, object]:
    return {str(line[0]): line[1] if len(line) > 1 else None for line in page.iter_rows(values_only=True)}


def texts(book: Workbook) -> Iterator[str]:
    for page in book.worksheets:
        for line in page.iter_rows(values_only=True):
            yield from (value for value in line if isinstance(value, str))


def test_1_1_the_file_is_an_excel_file(content: bytes) -> None:
    assert [sheet.name for sheet in read_workbook(content)] == ["公表一覧", "効果額の集計", "注記"]


def test_1_2_a_cell_holds_one_value(book: Workbook) -> None:
    for page in book.worksheets[:2]:
        for row in rows(page):
            for name, value in row.items():
                if isinstance(value, str) and name not in (
                    "名称",
                    "指標の名称",
                    "改革項目の名称",
                    "柱の名称",
                ):
                    assert not re.search(r"[0-9].*[、,/].*[0-9]", value), (name, value)


def test_1_3_numbers_are_numbers(book: Workbook) -> None:
    for page in book.worksheets[:2]:
        for row in rows(page):
            for name in NUMERIC & row.keys():
                assert row[name] is None or isinstance(row[name], int | float), (name, row[name])


def test_1_4_no_cells_are_merged(book: Workbook) -> None:
    assert all(not page.merged_cells.ranges for page in book.worksheets)


def test_1_5_nothing_is_laid_out_by_spaces_or_line_breaks(book: Workbook) -> None:
    assert not [text for text in texts(book) if re.search(r"\s", text)]


def test_1_6_no_name_is_left_out(book: Workbook) -> None:
    for page in book.worksheets:
        names = [cell.value for cell in page[1]]
        assert all(names) and len(set(names)) == len(names)
    for row in rows(book["公表一覧"]):
        assert row["番号"] and row["名称"] and row["柱の名称"] and row["改革項目の名称"]


def test_1_7_no_cell_computes(book: Workbook) -> None:
    assert all(
        cell.data_type != "f" for page in book.worksheets for line in page.iter_rows() for cell in line
    )


def test_1_8_there_are_no_objects(content: bytes) -> None:
    names = ZipFile(BytesIO(content)).namelist()
    assert not [name for name in names if re.search("drawing|media|chart|embed|comment", name)]


def test_1_9_every_number_has_its_unit(book: Workbook) -> None:
    for page in book.worksheets[:2]:
        assert all(row["単位"] for row in rows(page))
    assert {row["単位"] for row in rows(book["効果額の集計"])} == {"千円"}


def test_1_10_no_character_belongs_to_one_machine_alone(book: Workbook) -> None:
    for text in texts(book):
        text.encode("shift_jis")


def test_1_11_each_year_is_western_and_japanese(book: Workbook) -> None:
    for page in book.worksheets[:2]:
        for row in rows(page):
            assert row["年度（和暦）"] == f"令和{int(str(row['年度（西暦）'])) - 2018}年度"


def test_1_12_the_place_is_named(book: Workbook) -> None:
    for page in book.worksheets[:2]:
        assert {row["団体名"] for row in rows(page)} == {known().plan.issuer}


def test_1_13_what_is_missing_is_empty_and_its_reason_stands_apart(book: Workbook) -> None:
    for row in rows(book["公表一覧"]):
        for name in ("目標", "見込み", "実績"):
            has_value = row[f"{name}の状態"] in ("設定あり", "報告あり")
            assert (row[name] is not None) == has_value, row
    under_adjustment = next(row for row in rows(book["公表一覧"]) if row["番号"] == "3-1-6")
    assert (under_adjustment["目標"], under_adjustment["目標の状態"]) == (None, "調整中")


def test_2_1_the_table_is_in_one_piece(book: Workbook) -> None:
    for page in book.worksheets:
        assert all(any(value is not None for value in line) for line in page.iter_rows(values_only=True))


def test_2_2_a_sheet_holds_one_table(book: Workbook) -> None:
    for page in book.worksheets:
        width = sum(cell.value is not None for cell in page[1])
        assert page.max_column == width and page.cell(1, 1).value


def test_only_accepted_figures_are_published_even_from_a_summary_of_all() -> None:
    sheets = publication(summary(), known())
    place = sheets[0].rows[0].index
    found = {
        (row[place("番号")], row[place("年度（西暦）")]): row[place("見込み")] for row in sheets[0].rows[1:]
    }
    assert found["5-1-1", 2023] == 48_000
    assert found["5-1-2", 2023] is None, "confirmed and not yet accepted"
    assert found["5-2-4", 2023] == 3437.5


def test_no_internal_field_is_published(book: Workbook) -> None:
    words = "\n".join(texts(book))
    for internal in ("内部の要因", "内部の課題", "gyosei-tanto", "見本：", "理由不明", "head"):
        assert internal not in words
    for name in ("要因", "課題", "提出者", "差戻し", "所管課等"):
        assert name not in [str(cell.value) for page in book.worksheets for cell in page[1]]


def test_the_sums_are_those_of_the_summary(book: Workbook) -> None:
    public = summarise(known(), roster(), accepted(entries()), Scope(), R5, AUGUST, CALENDAR)
    found = {row["年度（西暦）"]: row for row in rows(book["効果額の集計"])}
    for year, sums in public.amounts.years[:3]:
        row = found[year.western]
        for name, value in (("目標", sums.target), ("見込み", sums.forecast), ("実績", sums.actual)):
            assert (row[f"{name}の合計"] or 0) * 1000 == (value or 0)  # type: ignore[operator]


def test_the_hearing_has_a_sheet_for_everything_asked_for() -> None:
    one = summary()
    book = load_workbook(BytesIO(write_workbook(hearing(one, entries()))))
    assert len(book.worksheets) == one.counts.total
    sheet = said(book["3-1-2"])
    assert sheet["要因"] == "内部の要因"
    amounts = [value for name, value in sheet.items() if re.match("令和5年度 .*実績・見込み", name)]
    assert amounts == ["11,000千円（見込み）"]
    assert "前年度より減り" in str(sheet["ヒアリングの候補とする理由"])
    assert said(book["3-1-5"])["提出の状況"] == "未提出"


def test_what_looks_like_a_formula_stays_text() -> None:
    first = next(one for one in entries() if (one.round, one.subject) == ("R5", "3-1-2"))
    several = (replace(first, causes="=1+1"),)
    one = summarise(known(), roster(), several, Scope("3-1-2"), R5, AUGUST, CALENDAR)
    assert one.standings[0].step is SignOffStep.ACCEPTED
    page = load_workbook(BytesIO(write_workbook(hearing(one, several))))["3-1-2"]
    cell = next(line[1] for line in page.iter_rows() if line[0].value == "要因")
    assert (cell.value, cell.data_type) == ("=1+1", "s")
