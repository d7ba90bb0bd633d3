"""Amounts as people type them, and as the plan prints them."""

from __future__ import annotations

import pytest

from knowledge.amount import (
    Amount,
    grouped,
    printed_number,
)
from knowledge.amount_mentions import read_amount


@pytest.mark.parametrize(
    "written",
    [
        *(
            "14,561千円",
            "１４，５６１千円",
            "１４５６１千円",
            "１４、５６１千円",
            "14,561 千円",
            "14,561千",
            "14561千 円",
        ),
        *(
            "1,456万1千円",
            "1456万1千円",
            "1,456万1,000円",
            "1456万1千",
            "14.561百万円",
            "14百万561千円",
            "145.61十万円",
        ),
        *(
            "1456.1万円",
            "1,456.1万",
            "0.14561億円",
            "0.14561億",
            "14,561,000円",
            "￥14,561,000",
            "14561000円",
        ),
        *(
            "一千四百五十六万一千円",
            "千四百五十六万千円",
            "一四五六一千円",
            "壱千四百五拾六万壱千円",
            "1千4百56万1千円",
        ),
        *(
            "約14,561千円",
            "14,561千円です。",
            "14,561千円の見込みです",
            "計14,561千円",
            "+14,561千円",
            "金14,561,000円也",
        ),
    ],
)
def test_one_amount_is_read_in_every_writing(written: str) -> None:
    assert read_amount(written) == Amount(14_561_000)


@pytest.mark.parametrize(
    "written",
    [
        "△2,413千円",
        "▲2413千円",
        "−2,413千円",
        "-2413千円",
        "マイナス2413千円",
        "ー２４１３千円",
        "△241万3千円",
        "△ 2,413 千円",
    ],
)
def test_a_minus_is_read_in_every_writing(written: str) -> None:
    assert read_amount(written) == Amount(-2_413_000)


@pytest.mark.parametrize(
    ("value", "printed"), [(2413, "2,413"), (-2413, "△2,413"), (0, "0"), (461390, "461,390")]
)
def test_numbers_are_written_as_the_plan_prints_them_and_read_back(value: int, printed: str) -> None:
    assert grouped(value) == printed
    assert printed_number(printed) == value


@pytest.mark.parametrize(
    "cell", ["", "調整中", "〇〇〇", "14,56", "1.5", "約3", "14,561千円", "△", "ー", "2, 413", "١٢"]
)
def test_a_cell_that_holds_no_number_is_refused_by_showing_it(cell: str) -> None:
    with pytest.raises(ValueError, match="数値として読めません") as refused:
        printed_number(cell)
    assert f"「{cell}」" in str(refused.value)
