"""Amounts of money: how they are kept and written, as the plan prints them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.amount_mentions import read_amount
from knowledge.plan.amount import UNITS, Amount, Doubtful, grouped, in_unit, printed_number, whole_yen


@pytest.mark.parametrize(
    ("value", "printed"), [(2413, "2,413"), (-2413, "△2,413"), (0, "0"), (461390, "461,390"), (999, "999")]
)
def test_numbers_are_written_as_the_plan_prints_them_and_read_back(value: int, printed: str) -> None:
    assert grouped(value) == printed
    assert printed_number(printed) == value


@given(st.integers())
def test_every_number_is_read_back_from_what_was_written(value: int) -> None:
    assert printed_number(grouped(value)) == value


@pytest.mark.parametrize("cell", [" 31,919 ", "３１，９１９", "31919"])
def test_a_cell_may_be_wide_or_without_commas(cell: str) -> None:
    assert printed_number(cell) == 31919


@pytest.mark.parametrize("cell", ["▲2,413", "−2,413", "-2,413", "－2413"])
def test_a_minus_may_have_other_forms(cell: str) -> None:
    assert printed_number(cell) == -2413


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "",
            " ",
            "調整中",
            "〇〇〇",
            "14,56",
            "1,4561",
            ",561",
            "1.5",
            "約3",
            "14,561千円",
            "△",
            "ー",
            "2, 413",
        ),
        *("١٢", "0123", "--5", "△△5", "1e3", "五", "=1+1", "3 4", "+5"),
    ],
)
def test_a_cell_that_holds_no_number_is_refused_by_showing_it(cell: str) -> None:
    with pytest.raises(ValueError, match="数値として読めません") as refused:
        printed_number(cell)
    assert f"「{cell}」" in str(refused.value)


@pytest.mark.parametrize(
    ("value", "asked", "written"),
    [
        (14561, "千円", "14,561千円"),
        (14561, "円", "14,561,000円"),
        (14561, "万円", "1,456万1千円"),
        (14561, "十万円", "145.61十万円"),
        (14561, "百万円", "14.561百万円"),
        (14561, "億円", "0.14561億円"),
        (127676, "億円", "1億2,767万6千円"),
        (127676, "万円", "12,767万6千円"),
        (127676, "百万円", "127.676百万円"),
        (100000, "億円", "1億円"),
        (100006, "億円", "1億6千円"),
        (280, "万円", "28万円"),
        (5, "万円", "0.5万円"),
        (-2413, "千円", "△2,413千円"),
        (-2413, "円", "△2,413,000円"),
        (-2413, "万円", "△241万3千円"),
        (-2058, "百万円", "△2.058百万円"),
        (0, "千円", "0千円"),
    ],
)
def test_a_printed_figure_is_written_in_the_unit_asked_for(value: int, asked: str, written: str) -> None:
    assert in_unit(value, "千円", asked) == written


def test_single_yen_are_not_lost() -> None:
    assert in_unit(12_345_678, "円", "万円") == "1,234万5,678円"
    assert in_unit(12_345_678, "円", "千円") == "12,345.678千円"
    assert Amount(14_561_000).printed() == "14,561千円"
    assert Amount(-1).printed("億円") == "△0.00000001億円"


@given(st.integers(1 - 10**8, 10**8 - 1), st.sampled_from(list(UNITS)), st.sampled_from(list(UNITS)))
def test_no_unit_asked_for_changes_the_sum(value: int, unit: str, asked: str) -> None:
    assert read_amount(in_unit(value, unit, asked)) == Amount(value * UNITS[unit])


@pytest.mark.parametrize("unit", ["件", "", "ドル"])
def test_counts_are_not_money(unit: str) -> None:
    with pytest.raises(ValueError, match="金額の単位ではありません"):
        in_unit(35, unit, "千円")
    with pytest.raises(ValueError, match="金額の単位ではありません"):
        in_unit(35, "千円", unit)


def test_a_part_of_a_yen_is_never_rounded_away() -> None:
    assert whole_yen(Fraction(3, 2), "1.5円") == Doubtful("1.5円", "part_of_a_yen", Fraction(3, 2))
    assert whole_yen(Fraction(4, 2), "2円") == Amount(2)


def test_a_figure_waits_for_its_unit() -> None:
    without = Doubtful("14,561", "no_unit", Fraction(14561))
    assert without.counted_in("千円") == Amount(14_561_000)
    assert without.counted_in("円") == Amount(14_561)
    assert Doubtful("0.5", "no_unit", Fraction(1, 2)).counted_in("円") == Doubtful(
        "0.5", "part_of_a_yen", Fraction(1, 2)
    )


def test_no_unit_settles_another_doubt() -> None:
    misgrouped = Doubtful("14,56", "grouping", Fraction(1456))
    assert misgrouped.counted_in("千円") is misgrouped
