"""Names are found by what was said of them: strictly in the text, never by likeness."""

import pytest

from knowledge.japanese import plain
from knowledge.names import Kind, Named, Names

NAMED = [
    Named("1-1", Kind.INITIATIVE, "市民館の指定管理", ("市民館の指定管理",)),
    Named("1-2", Kind.INITIATIVE, "体育館の指定管理", ("体育館の指定管理",)),
    Named("1-3", Kind.INITIATIVE, "オンライン申請の拡充", ("オンライン申請の拡充",)),
    Named("1-4", Kind.INITIATIVE, "児童センターの時間", ("児童センターの時間",)),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(Named(one.ref, one.kind, one.name, tuple(map(plain, one.says))) for one in NAMED)


def refs(names: Names, text: str) -> list[str]:
    return [found.ref for found in names.find(plain(text))]


def test_what_only_one_name_holds_finds_it(names: Names) -> None:
    assert refs(names, "市民館はいくら")[0] == "1-1"


def test_what_two_names_share_finds_both_with_equal_weight(names: Names) -> None:
    found = names.find(plain("指定管理はいくら"))
    assert {one.ref for one in found} == {"1-1", "1-2"}
    assert found[0].weight == found[1].weight


def test_long_vowels_make_no_difference(names: Names) -> None:
    assert refs(names, "児童センタ") == ["1-4"]


@pytest.mark.parametrize("text", ["ラインナップ", "児童手当", "天気", "", "の"])
def test_a_piece_of_another_word_finds_nothing(names: Names, text: str) -> None:
    assert refs(names, text) == []


def test_words_that_mean_something_else_do_not_count(names: Names) -> None:
    text = plain("体育館")
    assert names.find(text, said=[(0, len(text))]) == []


def test_runs_lie_where_the_words_stand(names: Names) -> None:
    text = plain("あの市民館の件")
    (found,) = (one for one in names.find(text) if one.ref == "1-1")
    assert [text[start:end] for start, end in found.runs] == ["市民館の"]


def test_likeness_only_proposes(names: Names) -> None:
    assert refs(names, "オンラン申請") != [] or names.alike(plain("オンラン申請"))[0].ref == "1-3"
    assert names.alike("") == []


def test_among_thousands_the_name_said_is_found_first_and_those_beside_it_still(names: Names) -> None:
    things = [f"{place}{thing}" for place in "甲乙丙丁戊己庚辛壬癸" for thing in "東西南北上下左右内外"]
    every = [f"{thing}{way}の見直し" for thing in things for way in ("公園", "書庫", "浴場", "歩道", "花壇")]
    large = Names(Named(str(number), Kind.INITIATIVE, one, (one,)) for number, one in enumerate(every))
    for number, one in enumerate(every):
        first, second, *_ = large.find(f"{one}はいくら")
        assert first.ref == str(number)
        assert first.coverage > 0.99 > second.coverage
    assert len(large.find("書庫の見直し")) >= 100
