"""Compounds: one name for one thing, and whether a text speaks of it."""

from __future__ import annotations

import pytest

from knowledge.compounds import compounds, speaks_of


def written(text: str) -> list[str]:
    return ["".join(word.written for word in one) for one in compounds(text)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("図書館の指定管理はいつから", ["図書館", "指定管理"]),
        ("会計年度任用職員とは", ["会計年度任用職員"]),
        ("大屋さんの先生", ["大屋"]),
        ("進め方について教えて", []),
    ],
)
def test_nouns_that_stand_together_are_one_name(text: str, named: list[str]) -> None:
    assert written(text) == named


@pytest.mark.parametrize(
    ("name", "text", "speaks"),
    [
        ("図書館", "図書の貸出しと児童館", False),
        ("図書館", "市立図書館の開館時間", True),
        ("進捗管理", "進捗を測り、遅れないよう管理する", True),
        ("財政状況", "実施状況を評価する", False),
        ("副部会長", "部会長と副会長", False),
        ("line", "an online system", False),
        ("line", "by line or mail", True),
    ],
)
def test_a_name_is_spoken_of_whole_or_word_by_word(name: str, text: str, speaks: bool) -> None:
    [compound] = compounds(name)
    assert speaks_of(compound, text, text) is speaks
