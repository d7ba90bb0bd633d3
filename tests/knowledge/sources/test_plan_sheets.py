"""A plan as a workbook: whole, one value in a cell, and the same plan when it is read back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from knowledge.editions.edition import Edition, shipped
from knowledge.editions.revision import draft_from
from knowledge.faults import SourceFaults
from knowledge.plan.plan import Plan
from knowledge.sources.draft import PlanDraft
from knowledge.sources.plan_files import read_plan, write_plan
from knowledge.sources.plan_sheets import draft_of, sheets_of
from knowledge.sources.sheets import Formula, Sheet, Value
from tests.small_plan import small_edition, small_text

Cells = list[list[Value]]


@pytest.fixture(scope="module", params=[shipped, small_edition])
def draft(request: pytest.FixtureRequest) -> PlanDraft:
    edition: Edition = request.param()
    return draft_from(edition)


def small() -> PlanDraft:
    return draft_from(small_edition())


def edited(name: str, edit: Callable[[Cells], object]) -> tuple[Sheet, ...]:
    """The small plan's sheets after an officer changed one of them."""
    sheets = []
    for sheet in sheets_of(small()):
        rows = [list(row) for row in sheet.rows]
        if sheet.name == name:
            edit(rows)
        sheets.append(Sheet(sheet.name, tuple(map(tuple, rows))))
    return tuple(sheets)


def put(code: str, column: str, value: Value) -> Callable[[Cells], object]:
    """An edit of the cell in a row and a column."""

    def edit(rows: Cells) -> None:
        row = next(row for row in rows if row[0] == code)
        row[rows[0].index(column)] = value

    return edit


def faults_of(sheets: tuple[Sheet, ...]) -> list[str]:
    with pytest.raises(SourceFaults) as refused:
        draft_of(sheets)
    return [str(fault) for fault in refused.value.faults]


def test_export_then_import_gives_the_same_draft(draft: PlanDraft) -> None:
    assert read_plan(write_plan(draft)) == (draft, True)


def test_an_odd_writing_of_a_figure_survives_the_way_there_and_back() -> None:
    read = draft_of(edited("目標", put("3-1-3", "令和6年度", "▲50")))
    row = {initiative.code: row for initiative, row in read.plan.rows()}["3-1-3"]
    assert (row.all_cells[0].value, row.all_cells[0].printed) == (-50, "▲50")
    assert read_plan(write_plan(read)) == (read, True)


def test_an_officer_finds_one_value_in_a_cell_and_words_for_what_is_not_set() -> None:
    book = load_workbook(BytesIO(write_plan(draft_from(shipped()))))
    assert all(not sheet.merged_cells.ranges for sheet in book.worksheets)
    header, *rows = book["目標"].iter_rows(values_only=True)
    assert header == (
        "コード", "種類", "指標名", "単位", "説明",
        "令和3年度", "令和4年度", "令和5年度", "令和6年度", "令和7年度", "計",
    )  # fmt: skip
    by_code = {row[0]: row[1:] for row in rows}
    assert by_code["3-1-2"] == ("効果額", "効果額", "千円", None, "空欄", 14561, 14561, 14561, 14561, 58244)
    assert by_code["3-1-6"][4:] == ("調整中",) * 6
    assert by_code["5-2-2"][7] == -2413
    assert {row[1] for row in book["取組"].iter_rows(values_only=True)} >= {"継続元", "3-1-2"}


def test_codes_are_text_so_that_a_spreadsheet_makes_no_dates_of_them() -> None:
    book = load_workbook(BytesIO(write_plan(small())))
    assert {cell.number_format for cell in book["取組"]["A"]} == {"@"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "\t="])
def test_text_that_looks_like_a_formula_stays_text(start: str) -> None:
    words = f"{start.strip()}1+1"
    sheets = edited("取組", put("3-1-1", "取組概要", words))
    content = write_plan(draft_of(sheets))
    cell = next(
        cell
        for row in load_workbook(BytesIO(content))["取組"].iter_rows()
        for cell in row
        if cell.value == words
    )
    assert cell.data_type == "s"
    assert read_plan(content)[0].plan.by_code["3-1-1"].summary == words  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("sheet", "edit", "fault"),
    [
        ("目標", put("3-1-1", "令和6年度", None), "目標 8行目: 令和6年度「」は数値か、空欄、調整中、位置付ける予定"),
        ("目標", put("3-1-1", "令和6年度", 1.5), "目標 8行目: 令和6年度「1.5」は数値か"),
        ("目標", put("3-1-1", "令和6年度", Formula("=1+1")), "目標 8行目: 令和6年度が数式（=1+1）です"),
        ("目標", put("3-1-1", "コード", "9-9-9"), "目標 8行目: 計画にないコードです: 9-9-9"),
        ("目標", put("3-1-2", "コード", "3-1-1"), "目標 9行目: コード「3-1-1」が二度あります"),
        ("目標", lambda rows: rows[0].__setitem__(5, "令和5年度"), "目標 1行目: 見出しがありません: 令和6年度"),
        ("取組", put("3-1-2", "コード", "3-1-1"), "取組 11行目: コード「3-1-1」が二度あります"),
        ("取組", put("3-1-1", "コード", date(2003, 1, 1)), "取組 10行目: コードが文字ではありません"),
        ("取組", put("3-1-1", "コード", "3-9-1"), "取組 10行目: 3-9-1の属する3-9がシート「改革項目」にありません"),
        ("取組", put("3-1-1", "コード", "三"), "取組 10行目: コードの形が違います: 三"),
        ("取組", put("3-1-1", "名称", None), "取組 10行目: 名称が空です"),
        ("取組", put("3-1-1", "ページ", "六"), "取組 10行目: ページ「六」は整数ではありません"),
        ("取組", put("3-1-1", "概要の状態", "未定"), "取組 10行目: 概要の状態「未定」は設定、空欄、調整中"),
        ("取組", put("3-1-1", "継続元", "広告"), "取組 10行目: 継続元はコードで書いてください: 広告"),
        ("取組", lambda rows: rows.__delitem__(slice(1, None)), "取組が一つもありません"),
        ("改革項目", put("3-1", "コード", "4-1"), "4-1の属する4がシート「柱」にありません"),
        ("指標", put("1-1", "値", None), "指標 2行目: 状態「設定」と値「」が合いません"),
        ("印", put("3-1-5", "参照先", "9-9-9"), "印 5行目: 参照先の9-9-9が計画にありません"),
        ("進行管理", put(1, "始まりの月", 13), "進行管理 2行目: 月は1から12です: 13"),  # type: ignore[arg-type]
        ("進行管理の手順", put(1, "順", 9), "進行管理の手順 2行目: シート「進行管理」にない番号です: 9"),  # type: ignore[arg-type]
        ("計画", put("終了年度", "内容", "令和5年度"), "計画 7行目: 開始年度と終了年度が合いません"),
        ("計画", put("開始年度", "内容", "来年"), "計画 6行目: 内容は「令和6年度」のように書いてください"),
        ("計画", put("施行日", "内容", "春"), "計画 9行目: 内容「春」は日付として読めません"),
        ("計画", put("附属資料のページ", "内容", None), "附属資料があるのにページが空です"),
        ("計画", lambda rows: rows.__delitem__(8), "計画: 項目「施行日」がありません"),
        ("重なり", put("3-1-4", "内訳", "3-1-5"), "注記 3-1-4: 令和6年度の値が3-1-5と2-1-2の合計と一致しません"),
        ("審議内容", put("第1回", "回", "第9回"), "審議内容 2行目: シート「審議経過」にない回です: 第9回"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_row(sheet: str, edit: Callable[[Cells], object], fault: str) -> None:
    found = faults_of(edited(sheet, edit))
    assert any(fault in one for one in found), found


def test_a_missing_sheet_is_named() -> None:
    sheets = tuple(sheet for sheet in sheets_of(small()) if sheet.name not in ("目標", "印"))
    assert faults_of(sheets) == ["シート「印」がありません", "シート「目標」がありません"]


def test_every_fault_is_reported_at_once() -> None:
    def spoil(rows: Cells) -> None:
        put("3-1-1", "名称", None)(rows)
        put("3-1-2", "ページ", "x")(rows)

    assert len(faults_of(edited("取組", spoil))) == 2


def test_a_row_that_does_not_add_up_is_taken_as_the_plan_prints_it() -> None:
    read = draft_of(edited("目標", put("1-2-1", "計", 61)))
    row = {initiative.code: row for initiative, row in read.plan.rows()}["1-2-1"]
    assert row.total.value == 61


def test_a_column_of_continuation_names_what_was_merged() -> None:
    read = draft_of(edited("取組", put("3-1-1", "継続元", "3-1-1、3-1-2")))
    assert read.continues["3-1-1"] == ("3-1-1", "3-1-2")
    assert draft_of(edited("取組", put("3-1-1", "継続元", None))).continues["3-1-1"] == ()


@given(st.data())
def test_any_cell_spoilt_is_read_or_refused(data: st.DataObject) -> None:
    sheets = list(sheets_of(small()))
    at = data.draw(st.integers(0, len(sheets) - 1))
    rows = [list(row) for row in sheets[at].rows]
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[row]) - 1))
    rows[row][column] = data.draw(
        st.sampled_from(
            [None, "", "x", -1, 0, 1.5, True, date(2024, 4, 1), Formula("=A1"), "9-9-9", "\n", "1" * 40]
        )
    )
    sheets[at] = Sheet(sheets[at].name, tuple(map(tuple, rows)))
    try:
        read = draft_of(sheets)
    except SourceFaults as refused:
        assert refused.faults
    else:
        assert draft_of(sheets_of(read)) == read


def with_summary(plan: Plan, text: str) -> Plan:
    pillar, *others = plan.pillars
    item, *more = pillar.items
    first = replace(item.initiatives[0], summary=text)
    item = replace(item, initiatives=(first, *item.initiatives[1:]))
    return replace(plan, pillars=(replace(pillar, items=(item, *more)), *others))


@settings(max_examples=15)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
        min_size=1,
    ).filter(lambda text: text == text.strip())
)
def test_any_words_survive_the_way_through_a_workbook(text: str) -> None:
    draft = replace(small(), plan=with_summary(small_edition().plan, text))
    assert read_plan(write_plan(draft)) == (draft, True)


def test_a_text_is_read_as_a_draft_that_does_not_say_what_continues_what() -> None:
    assert read_plan(small_text().encode()) == (PlanDraft(small_edition().plan), False)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (small_text().encode("cp932", "replace"), "UTF-8 の文章ではない"),
        (b"\xd0\xcf\x11\xe0old", "古い形式"),
        (b"PK\x03\x04broken", "UTF-8 の文章ではない|目次"),
        (b"x" * (10 * 1024 * 1024 + 1), "10MBまで"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(SourceFaults, match=words):
        read_plan(content)
