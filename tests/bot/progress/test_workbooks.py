import re
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.progress.amounts import rate
from bot.progress.lags import Reason
from bot.progress.papers import accepted
from bot.progress.scope import Scope
from bot.progress.summary import Summary, summarise
from bot.progress.workbooks import council, view
from knowledge.sources.safe_workbook import write_workbook
from tests.bot.progress.invented import AUGUST, CALENDAR, R5, entries, known, roster, summary


@pytest.fixture(scope="module")
def public() -> Summary:
    return summarise(known(), roster(), accepted(entries()), Scope(), R5, AUGUST, CALENDAR)


@pytest.fixture(scope="module")
def book(public: Summary) -> Workbook:
    return load_workbook(BytesIO(write_workbook(council(public, accepted(entries()), known().plan))))


def rows(page: Worksheet) -> list[dict[str, object]]:
    names, *lines = page.iter_rows(values_only=True)
    return [dict(zip(map(str, names), line, strict=True)) for line in lines]


def test_every_thing_that_was_asked_for_stands_in_the_list(book: Workbook, public: Summary) -> None:
    found = {(row["番号"], row["名称"]) for row in rows(book["評価の一覧"])}
    assert found == {(one.code, one.title) for one in public.standings}


def test_figures_and_rates_are_those_of_the_summary(book: Workbook, public: Summary) -> None:
    by_code = {row["番号"]: row for row in rows(book["評価の一覧"]) if row["単位"] == "千円"}
    for line in public.amounts.lines:
        cell = line.of(R5)
        if line.code in by_code and cell.value is not None:
            assert by_code[line.code]["実績・見込み"] == cell.value / 1000
            share = rate(cell.value, cell.target)
            assert (by_code[line.code]["達成率（%）"] is None) == (share is None)


def test_the_pillars_add_up_to_the_whole(book: Workbook, public: Summary) -> None:
    found = rows(book["柱別の集計"])
    assert sum(int(str(row["対象"])) for row in found) == public.counts.total
    results = [row["実績・見込みの合計"] for row in found if row["実績・見込みの合計"] is not None]
    assert sum(float(str(one)) for one in results) * 1000 == public.amounts.of(R5).result


def test_what_may_be_a_theme_was_accepted_and_says_why(book: Workbook) -> None:
    themes = rows(book["テーマの候補"])
    assert {"3-1-2"} <= {row["番号"] for row in themes}
    assert all(row["理由"] and row["要因"] for row in themes)
    assert Reason.SILENT.label not in {row["理由"] for row in themes}


def test_no_person_and_nothing_unaccepted_is_in_it(book: Workbook) -> None:
    every = [
        str(value)
        for page in book.worksheets
        for line in page.iter_rows(values_only=True)
        for value in line
        if value is not None
    ]
    assert not [one for one in every if "gyosei-tanto" in one or "head" in one]
    confirmed = next(row for row in rows(book["評価の一覧"]) if row["番号"] == "5-1-2")
    assert (confirmed["提出"], confirmed["実績・見込み"], confirmed["状況"]) == ("未受理", None, None)
    assert not [one for one in every if re.search("差戻しの理由|説明が足りません", one)]


def test_a_managers_own_view_holds_the_same_numbers_and_every_step() -> None:
    whole = summary()
    found = load_workbook(BytesIO(write_workbook(view(whole, known().plan))))
    listed = rows(found["一覧"])
    assert {row["番号"] for row in listed} == {one.code for one in whole.standings}
    assert {"未提出", "受理", "確認済み", "差戻し"} <= {row["提出"] for row in listed}
    year = next(row for row in rows(found["年度別の効果額"]) if row["年度（西暦）"] == R5.western)
    assert (year["見込みの合計"], year["達成率（%）"]) == (248249.5, 99.7)
    departments = rows(found["課等別の提出"])
    assert sum(int(str(row["対象"])) for row in departments) == whole.counts.total
    assert len(rows(found["遅れなど"])) == len(whole.lags)
    assert "内部用" in str([row["内容"] for row in rows(found["注記"])])


def test_a_departments_view_holds_its_own_work_alone() -> None:
    own = summary(departments=frozenset({"kodomo-ka"}))
    found = load_workbook(BytesIO(write_workbook(view(own, known().plan))))
    words = str([value for page in found for line in page.iter_rows(values_only=True) for value in line])
    assert "5-2-5" in words and "5-1-1" not in words and "情報システム課" not in words
