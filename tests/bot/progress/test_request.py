from dataclasses import replace

import pytest

from bot.progress.request import OWN, Request, View
from bot.progress.request_reader import Unsure, read_request
from knowledge.plan.fiscal_year import FiscalYear
from tests.bot.progress.invented import AUGUST, known, roster
from tests.written_questions import all_written

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
        ("総務部の進捗", Request(departments=("somu-ka", "jinji", "joho", "zaisan", "saiken"))),
        ("文化会館の進捗は？", Request(ref="3-1-2")),
        ("窓口の進捗", Request(ref="5-2-4")),
        ("令和4年度のジェネリックの達成状況", Request(ref="5-2-8", year=R4)),
        ("進捗 歳入・歳出の改革", Request(ref="柱5")),
        ("柱5の進捗をエクセルでください", Request(View.WORKBOOK, "柱5")),
        ("5-1の取組別の進捗は？", Request(View.INITIATIVES, "5-1")),
        ("5-1の取組別の効果額は？", None),
        ("去年から変わったのは？", Request(View.CHANGES)),
        ("まだ提出していない課は？", Request(View.MISSING)),
        ("目標に届いていないのは？", Request(View.LAGS)),
        ("柱3の進捗率は？", Request(View.AMOUNTS, "柱3")),
        ("次の締切は？", Request()),
        ("Which departments have not submitted?", Request(View.MISSING, language="en")),
        ("電子感謝券で遅れているのは？", None),
        ("文化会館の状況", None),
        ("progress", Request(language="en")),
        ("Progress of pillar 5?", Request(ref="柱5", language="en")),
        ("Which are late?", Request(View.LAGS, language="en")),
        ("which initiatives are behind schedule in pillar 3", Request(View.LAGS, "柱3", language="en")),
        ("Who has not submitted?", Request(View.MISSING, language="en")),
        ("What has changed since last year?", Request(View.CHANGES, language="en")),
        ("achievement rate of 5-1 in FY2022", Request(View.AMOUNTS, "5-1", R4, language="en")),
        ("progress of my department", Request(departments=(OWN,), language="en")),
        ("What is the target of 5-1-1?", None),
        ("late", Request(View.LAGS, language="en")),
        ("translate 5-1", None),
        ("管理の進捗管理", None),
        ("進捗管理", None),
        ("宇宙開発の進捗", None),
        ("状況", None),
        ("3-1-2の効果額は？", None),
        ("達成率が高い取組は？", None),
        ("進捗管理とは", None),
        ("", None),
    ],
)
def test_a_text_is_a_request_only_when_nothing_else_is_left(text: str, request_: Request | None) -> None:
    assert read_request(text, known(), roster(), AUGUST) == request_


@pytest.mark.parametrize("view", View)
def test_a_button_carries_the_whole_request(view: View) -> None:
    for one in (
        Request(view),
        Request(view, "柱5", R6, ("joho", "somu-ka")),
        Request(departments=(OWN,), language="en"),
    ):
        assert Request.from_pressed(replace(one, view=view).pressed) == replace(one, view=view)


@pytest.mark.parametrize(
    "value", ["", "lags", "no;計画;;;ja", "lags;計画;X9;;ja", "a;b;c;d;e", "lags;計画;;"]
)
def test_what_no_button_of_ours_carries_is_nothing(value: str) -> None:
    assert Request.from_pressed(value) is None


def test_a_scrap_of_several_titles_is_asked_back() -> None:
    found = read_request("指定管理の進捗", known(), roster(), AUGUST)
    assert isinstance(found, Unsure) and found.scrap == "指定管理"
    assert {one.ref for one in found.requests} == {"3-1-1", "3-1-2", "3-1-3", "3-1-4"}


def test_no_question_that_the_plan_answers_is_taken_for_one_about_progress() -> None:
    texts = [(text, block.today) for block in all_written() for text in block.texts]
    assert len(texts) > 500
    taken = [text for text, today in texts if read_request(text, known(), roster(), today) is not None]
    assert taken == []
