"""English questions: what is English, its months and amounts, and the plan's words behind its phrases."""

from __future__ import annotations

import pytest

from knowledge.amount_mentions import find_amounts
from knowledge.code_mentions import find_codes
from knowledge.editions.edition import shipped
from knowledge.known import Known
from knowledge.language_files import read_language
from knowledge.month_mentions import find_months
from knowledge.plan.amount import Amount
from knowledge.vocabulary import vocabulary

WORDS = vocabulary()


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "What is EBPM?",
        "WHAT IS EBPM",
        "and R7?",
        "5-1-2 in 2024",
        "What is the effect of 弘法の里湯?",
    ],
)
def test_one_english_way_of_asking_makes_a_text_english(text: str) -> None:
    assert WORDS.is_english(text)


@pytest.mark.parametrize(
    "text", ["3-1-2の効果額は？", "RPA", "EBPM？", "R7", "3-1-2 FY2024", "RPAとAI-OCRは？", "Wi-Fi", "OK"]
)
def test_abbreviations_alone_are_no_english(text: str) -> None:
    assert not WORDS.is_english(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("what happens in july?", (7, 7)),
        ("from october to february", (10, 2)),
        ("between april and june", (4, 6)),
        ("sept.", (9, 9)),
        ("in may", (5, 5)),
        ("in march", (3, 3)),
        ("october-february", (10, 2)),
    ],
)
def test_months_are_read_in_full_and_short(text: str, months: tuple[int, int]) -> None:
    found = find_months(text)
    assert found is not None
    assert found[0] == months


@pytest.mark.parametrize("text", ["may i ask", "march on", "the marching band", "decide", "august1st"])
def test_words_that_only_look_like_months_are_none(text: str) -> None:
    found = find_months(text)
    assert found is None or text.startswith("august")


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("is it 14,561 thousand yen?", 14_561_000),
        ("more than 50 million yen", 50_000_000),
        ("1.5 million yen", 1_500_000),
        ("3 billion yen", 3_000_000_000),
        ("14,561 yen", 14_561),
        ("minus 3 thousand yen", 3_000),
    ],
)
def test_amounts_are_read_with_their_english_scale(text: str, yen: int) -> None:
    assert [found.reading for found in find_amounts(text)] == [Amount(yen)]


def test_a_scale_without_yen_is_no_amount() -> None:
    assert find_amounts("three million people, 2 thousand cases") == []


def test_every_english_phrase_is_read_as_the_plans_words_in_singular_and_plural() -> None:
    for says, means in read_language("english.toml")["english"]:
        assert says == says.lower()
        for written in (says, f"{says}s"):
            assert WORDS.plain(means) in WORDS.plain(f"please tell me of {written}"), says


def test_an_english_phrase_is_left_alone_in_a_japanese_question() -> None:
    assert "report" in WORDS.plain("reportという言葉はどこにありますか")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("pillars 3, 4 and 5", ["柱3", "柱4", "柱5"]),
        ("柱3と5の合計", ["柱3", "柱5"]),
        ("柱3、5年計は", ["柱3"]),
        ("柱3と5-1の合計", ["柱3", "5-1"]),
        ("柱3の2番目", ["柱3"]),
        ("the total of 5-2-1.", ["5-2-1"]),
        ("5-2-1.5", []),
    ],
)
def test_several_pillars_and_codes_at_the_end_of_a_sentence(text: str, codes: list[str]) -> None:
    assert [one.code for one in find_codes(text)] == codes


def test_a_name_is_not_found_in_a_piece_of_an_english_word() -> None:
    known = Known(shipped())
    for text in ("satisfaction", "partnership", "debt", "the mayor"):
        assert known.names.find(text) == []
    assert known.names.find("the ict plan")
