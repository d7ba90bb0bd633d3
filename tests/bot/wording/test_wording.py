"""Everything that can be said has its words in both languages, and they render for real answers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.wording import english
from bot.wording.language import language_of
from bot.wording.wording import TEMPLATES, amount, clock, column, day, text_of, total_of, weekday, year
from knowledge.answers import answer
from knowledge.editions.edition import shipped
from knowledge.japanese import plain
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.reading import read_all

TODAY = date(2024, 7, 3)

# One question for each thing that can be said; several lines of a conversation are parted by |.
SAID_WHEN_ASKED = {
    "thanks": ["ありがとう"],
    "years_where": ["5-1-2の効果額がマイナスになるのは何年度？"],
    "average": [
        "5-1-2の1年あたりの平均は？",
        "3-1-3を1年平均にすると",
    ],
    "comparison": [
        "5-1-1と5-1-2の差は？",
        "5-2-2のR3とR7の差は？",
        "3-1-1と3-1-6はどっちが大きい？",
        "柱3と柱5の差は",
    ],
    "cycle": [
        "自己評価は誰がやるの？",
        "12月は何をする？",
        "次の評価はいつ？",
    ],
    "description": [
        "3-1-1の概要は？",
        "1-1-1の主な取組みは？",
        "3-2-2の概要は？",
        "3-1の目的は？",
        "5-2-7はどの会計？",
    ],
    "figures": [
        "3-1-2の効果額は？",
        "3-1-6の効果額は？",
        "3-2-3の目標は？",
        "5-2-2のR6は？",
        "3-1-2は14,561千円で合っていますか？",
        "3-2-5の効果額は？",
        "1-1-1の効果額は？",
    ],
    "greeting": [
        "こんにちは",
    ],
    "included": [
        "5-1の目標額に5-1-6は含まれていますか",
    ],
    "indicators": [
        "1-1の指標は？",
        "1-2の指標は？",
        "4-1の成果指標は",
        "5-1の効果額達成状況の目標は？",
    ],
    "listing": [
        "柱5の取組一覧",
        "取組はいくつ？",
        "効果額がマイナスの取組は？",
        "R4から始まる取組は",
        "専門部会の委員は何人",
        "個別計画には何がある",
        "5千万円を超える取組は",
    ],
    "no_figures": [
        "柱1で効果額が一番大きい取組は",
    ],
    "out_of_plan": [
        "9-9-9の効果額は？",
        "3-1-2の令和12年度の効果額は？",
        "3-1-2の実績は？",
        "3-1-2の委託料は？",
        "天気は？",
    ],
    "pages": [
        "柱3は何ページ？",
    ],
    "passage": [
        "パブリック・コメントはいつ実施された？",
    ],
    "ranking": [
        "効果額が一番大きい取組は？",
        "効果額の小さい順に3つ",
        "2番目に効果額が大きい取組は",
    ],
    "share": [
        "5-1-1は5-1の何％？",
        "5-1-6は5-1の何％を占める？",
    ],
    "sum": [
        "5-2の合計は？",
        "計画全体の5年計",
        "4-1の効果額の合計は",
        "5-2-7と5-2-8を足すと",
        "5-2-1と5-2-7を足すと",
    ],
    "term": [
        "ロジックモデルとは",
        "EBPMとは",
    ],
    "unclear": [
        "効果額は？",
    ],
    "year_ranking": [
        "5-2-1の効果額が一番大きい年度はどれ？",
        "計画全体で一番大きい年度はどの年？",
    ],
}


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(shipped())


def names(language: str) -> set[str]:
    return {path.stem for path in (TEMPLATES / language).glob("*.txt")}


def test_both_languages_say_the_same_things() -> None:
    assert names("ja") == names("en") == set(SAID_WHEN_ASKED)


@pytest.mark.parametrize("says", SAID_WHEN_ASKED)
def test_each_thing_is_said_in_both_languages(says: str, known: Known) -> None:
    for question in SAID_WHEN_ASKED[says]:
        (found,) = answer(read_all(question.split("|"), known, TODAY), known, TODAY)
        assert found.says == says, f"{question}: {found.says}"
        in_japanese, in_english = (text_of(replace(found, language=one)) for one in ("ja", "en"))
        assert figures(in_japanese) <= figures(in_english), question
        assert [run for run in japanese(in_english) if plain(run) not in in_plan(known)] == []


def japanese(text: str) -> list[str]:
    """What an English answer leaves in Japanese, where it is more than a name."""
    return [run for run in re.findall("[ぁ-ヿ一-龠々]+", text) if re.search("[ぁ-ん]", run)]


def in_plan(known: Known) -> str:
    return plain(" ".join(f"{one.section} {one.title} {one.text}" for one in known.passages))


def figures(text: str) -> set[str]:
    """The numbers of a text, but for years, which the languages count differently."""
    without_years = re.sub(r"令和[0-9元]+年度|FY[0-9]{4} \(R[0-9]+\)|5年計|[0-9]年", "", text)
    return set(re.findall(r"[0-9][0-9,.]*[0-9]|[0-9]", without_years))


@pytest.mark.parametrize(
    ("value", "unit", "asked", "says"),
    [
        (14561, "千円", "", "14,561 thousand yen (14,561千円)"),
        (14561, "千円", "円", "14,561,000 yen (14,561千円)"),
        (14561, "千円", "百万円", "14.561 million yen (14,561千円)"),
        (14561, "千円", "万円", "1,456万1千円 (14,561千円)"),
        (-2413, "千円", "", "-2,413 thousand yen (△2,413千円)"),
        (0, "千円", "", "0 thousand yen (0千円)"),
        (35, "団体", "", "35 organizations (35団体)"),
        (90, "%", "円", "90%"),
        (3, "手続数", "", "3手続数"),
    ],
)
def test_an_english_amount_keeps_its_printed_form(value: int, unit: str, asked: str, says: str) -> None:
    assert amount(value, unit, asked, language="en") == says


def test_years_and_the_total_column_in_both_languages() -> None:
    six = FiscalYear.reiwa(6)
    assert (year(six), year(six, "en")) == ("令和6年度", "FY2024 (R6)")
    assert (column(None, total_of(3)), column(None, total_of(3, "en"), "en")) == ("3年計", "3-year total")


@pytest.mark.parametrize(
    ("span", "says"), [((7, 7), "July"), ((4, 3), "April to March"), ((10, 2), "October to February")]
)
def test_months_in_english(span: tuple[int, int], says: str) -> None:
    assert english.months(span) == says


def test_what_has_no_english_word_stays_in_japanese() -> None:
    assert english.named("自己評価") == "self-evaluation (自己評価)"
    assert (
        english.named("7 進行管理（1年間のPDCAサイクル）")
        == "7 the yearly PDCA cycle (進行管理（1年間のPDCAサイクル）)"
    )
    assert english.named("言葉のない名前") == "言葉のない名前"
    assert english.when("令和7年度まで累積") == "cumulative to FY2025 (R7)"


def test_days_in_both_languages() -> None:
    noon = datetime(2023, 7, 31, 9, 5)
    assert (day(noon), day(noon, "en")) == ("7月31日", "31 July")
    assert (weekday(noon), weekday(noon, "en")) == ("7月31日（月）", "Monday 31 July")
    assert (clock(noon), clock(noon, "en")) == ("7月31日09:05", "31 July 09:05")


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("help", "en"),
        ("What is 3-1-2?", "en"),
        ("3-1-2", "ja"),
        ("RPAは？", "ja"),
        ("", "ja"),
        ("１２０", "ja"),
    ],
)
def test_whoever_types_english_words_is_answered_in_english(typed: str, language: str) -> None:
    assert language_of(typed) == language
