"""The words behind what people write are data that a city officer extends."""

from pathlib import Path

import pytest

from knowledge.language_files import LANGUAGE, LanguageFaults
from knowledge.vocabulary import Vocabulary, vocabulary


def test_a_nickname_is_read_as_the_plans_own_word_and_shown_as_the_person_wrote_it() -> None:
    folded = vocabulary().fold("サポセンの目標")
    assert "市民活動サポートセンタ" in folded.text
    assert folded.as_written(0, len("市民活動サポートセンタ")) == "サポセン"


def test_a_nickname_inside_the_full_word_is_left_alone() -> None:
    text = vocabulary().plain("市民活動サポートセンター")
    assert text.count("市民活動") == 1


@pytest.mark.parametrize(
    ("text", "english"), [("What is EBPM?", True), ("EBPMって何", False), ("3-1-2", False)]
)
def test_english_is_told_from_japanese_with_latin_words(text: str, english: bool) -> None:
    assert vocabulary().is_english(text.lower()) is english


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
