"""Fiscal years: names, days, months and arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.plan.fiscal_year import FiscalYear, MonthSpan, fiscal_year_of, range_of, read_months

R4 = FiscalYear.reiwa(4)


def test_a_year_is_known_by_the_western_year_in_which_it_starts() -> None:
    assert (R4.start, R4.western) == (2022, 2022)
    assert FiscalYear(2022) == R4


@pytest.mark.parametrize(
    ("start", "label", "short", "english"),
    [
        (2022, "令和4年度", "R4", "FY2022"),
        (2019, "令和元年度", "R1", "FY2019"),
        (2018, "平成30年度", "H30", "FY2018"),
        (1989, "平成元年度", "H1", "FY1989"),
        (1988, "昭和63年度", "S63", "FY1988"),
        (1920, "1920年度", "FY1920", "FY1920"),
    ],
)
def test_a_year_has_a_japanese_a_short_and_an_english_name(
    start: int, label: str, short: str, english: str
) -> None:
    year = FiscalYear(start)
    assert (year.label, year.short, year.english, str(year)) == (label, short, english, label)


@given(st.integers(1926, 2099))
def test_the_short_name_leads_back_to_the_year(start: int) -> None:
    assert FiscalYear.from_short(FiscalYear(start).short) == FiscalYear(start)


@pytest.mark.parametrize("wrong", ["", "R", "R0", "6", "r6", "Ｒ６", "令和6", "R6年度", "H32", "T5", "R100"])
def test_any_other_short_name_is_refused_by_showing_it(wrong: str) -> None:
    with pytest.raises(ValueError, match="R6のように") as refused:
        FiscalYear.from_short(wrong)
    assert wrong in str(refused.value)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2021, 4, 1), 2021),
        (date(2022, 3, 31), 2021),
        (date(2022, 4, 1), 2022),
        (date(2022, 1, 1), 2021),
        (date(2021, 12, 31), 2021),
        (date(2024, 2, 29), 2023),
    ],
)
def test_january_to_march_belong_to_the_year_before(day: date, start: int) -> None:
    assert fiscal_year_of(day) == FiscalYear(start)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_every_day_lies_in_its_year_and_in_no_other(day: date) -> None:
    year = fiscal_year_of(day)
    assert day in year
    assert day not in year.next
    assert day not in year.previous


@given(st.integers(1900, 2200).map(FiscalYear))
def test_years_follow_each_other_without_a_gap(year: FiscalYear) -> None:
    assert year.last_day + timedelta(days=1) == year.next.first_day
    assert year.previous.next == year
    assert year + 3 - 3 == year
    assert (year + 5) - year == 5
    assert year.previous < year < year.next


def test_a_range_holds_both_ends_in_order() -> None:
    assert [year.short for year in range_of(FiscalYear.reiwa(3), FiscalYear.reiwa(7))] == [
        "R3",
        "R4",
        "R5",
        "R6",
        "R7",
    ]
    assert range_of(R4, R4) == (R4,)


def test_a_range_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(ValueError, match="令和5年度～令和4年度"):
        range_of(R4.next, R4)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("10月~翌2月", (10, 11, 12, 1, 2)),
        ("10月から翌年2月まで", (10, 11, 12, 1, 2)),
        ("10月~2月", (10, 11, 12, 1, 2)),
        ("4~6月", (4, 5, 6)),
        ("4月~翌3月", (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)),
        ("7月", (7,)),
    ],
)
def test_a_span_of_months_may_cross_the_end_of_the_year(text: str, months: tuple[int, ...]) -> None:
    span = read_months(text)
    assert span is not None
    assert span.months == months
    assert [month for month in range(1, 13) if month in span] == sorted(months)


@pytest.mark.parametrize("text", ["", "13月", "0月", "7", "4~6", "7月24日", "来月"])
def test_other_words_are_no_months(text: str) -> None:
    assert read_months(text) is None


def test_a_span_of_one_month_holds_that_month_only() -> None:
    assert [month for month in range(1, 13) if month in MonthSpan(7, 7)] == [7]
