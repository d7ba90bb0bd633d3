from dataclasses import replace

import pytest

from bot.progress.request import OWN, Request, View, read_request
from knowledge.fiscal_year import FiscalYear
from tests.bot.progress.invented import AUGUST, roster

R4, R6 = FiscalYear.reiwa(4), FiscalYear.reiwa(6)


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("進捗", Request()),
        ("進捗状況を教えてください", Request()),
        ("柱5の進捗", Request(ref="柱5")),
        ("進捗 柱３", Request(ref="柱3")),
        ("/kaikaku 進捗 5-1", Request(ref="5-1")),
        ("令和6年度の達成状況", Request(year=R6)),
        ("昨年度の５－１の進捗を教えて", Request(ref="5-1", year=R4)),
        ("うちの課の状況", Request(departments=(OWN,))),
        ("情報システム課の進捗は？", Request(departments=("joho",))),
        ("遅れているのは？", Request(View.LAGS)),
        ("柱5で遅れているのは？", Request(View.LAGS, "柱5")),
        ("柱5の未提出は？", Request(View.MISSING, "柱5")),
        ("未提出は？", Request(View.MISSING)),
        ("効果額の達成率は？", Request(View.AMOUNTS)),
        ("うちの効果額の達成率", Request(View.AMOUNTS, departments=(OWN,))),
        ("状況", None),
        ("3-1-2の効果額は？", None),
        ("達成率が高い取組は？", None),
        ("進捗管理とは", None),
        ("", None),
    ],
)
def test_a_text_is_a_request_only_when_nothing_else_is_left(text: str, request_: Request | None) -> None:
    assert read_request(text, roster(), AUGUST) == request_


@pytest.mark.parametrize("view", View)
def test_a_button_carries_the_whole_request(view: View) -> None:
    for one in (Request(view), Request(view, "柱5", R6, ("joho", "somu-ka")), Request(departments=(OWN,))):
        assert Request.from_pressed(replace(one, view=view).pressed) == replace(one, view=view)


@pytest.mark.parametrize("value", ["", "lags", "no;計画;;", "lags;計画;X9;", "a;b;c;d;e"])
def test_what_no_button_of_ours_carries_is_nothing(value: str) -> None:
    assert Request.from_pressed(value) is None
