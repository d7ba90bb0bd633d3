"""The words of asking are data that a city officer extends; each example in them is held to what it shows."""

from pathlib import Path

import pytest

from knowledge.language_files import LANGUAGE, LanguageFaults
from knowledge.vocabulary import Vocabulary, vocabulary

EXAMPLES = [(name, example) for name, examples in vocabulary().examples.items() for example in examples]


@pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{name}: {example}" for name, example in EXAMPLES]
)
def test_each_example_is_read_as_its_heading_says(name: str, example: str) -> None:
    words = vocabulary()
    assert name in {way.name for way in words.find_ways(words.fold(example).text)}


def test_every_way_of_saying_has_an_example() -> None:
    assert [name for name, examples in vocabulary().examples.items() if not examples] == []


def test_a_nickname_is_read_as_the_plans_own_word_and_shown_as_the_person_wrote_it() -> None:
    folded = vocabulary().fold("サポセンの目標")
    assert "市民活動サポートセンタ" in folded.text
    assert folded.as_written(0, len("市民活動サポートセンタ")) == "サポセン"


def test_a_nickname_inside_the_full_word_is_left_alone() -> None:
    text = vocabulary().plain("市民活動サポートセンター")
    assert text.count("市民活動") == 1


def test_of_overlapping_ways_the_longer_is_meant() -> None:
    found = vocabulary().find_ways("一番大きいのは何千円")
    assert found[0].name == "largest"


def test_a_way_may_carry_a_number() -> None:
    found = {way.name: way.number for way in vocabulary().find_ways("上位三つ")}
    assert found["largest_n"] == 3


@pytest.mark.parametrize(
    ("text", "english"), [("What is EBPM?", True), ("EBPMって何", False), ("3-1-2", False)]
)
def test_english_is_told_from_japanese_with_latin_words(text: str, english: bool) -> None:
    assert vocabulary().is_english(text.lower()) is english


def test_a_way_of_saying_under_two_headings_is_refused_by_name(tmp_path: Path) -> None:
    for file in LANGUAGE.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    ways = tmp_path / "ways.toml"
    ways.write_text(
        ways.read_text("utf-8") + '\n[again]\nsays = ["調整中"]\nexamples = ["調整中"]\n', "utf-8"
    )
    with pytest.raises(ValueError, match="「調整中」がunder_adjustmentとagainの両方にあります"):
        vocabulary(tmp_path)


def test_every_fault_of_every_file_is_named_before_anything_is_asked(tmp_path: Path) -> None:
    for file in LANGUAGE.glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "english.toml").write_text("english = [", "utf-8")
    (tmp_path / "nicknames.toml").write_text('nicknames = [["サポセン"]]', "utf-8")
    with pytest.raises(LanguageFaults) as refused:
        vocabulary(tmp_path)
    assert [fault.split()[1] for fault in refused.value.faults] == ["nicknames.toml", "english.toml"]


def test_the_words_are_read_once() -> None:
    assert isinstance(vocabulary(), Vocabulary)
    assert vocabulary() is vocabulary()
