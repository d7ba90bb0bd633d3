"""Files of words that a city officer extends: a slip is named with its place."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from knowledge.language_files import (
    LANGUAGE,
    LanguageFaults,
    faults_raised_by,
    read_language,
    read_light_words,
    read_pairs,
)


def written(folder: Path, text: str) -> Path:
    (folder / "words.toml").write_text(text, encoding="utf-8")
    return folder


def test_pairs_are_read_in_order_and_a_word_may_stand_for_itself(tmp_path: Path) -> None:
    folder = written(tmp_path, 'words = [["舘", "館"], ["館", "館"], ["取組み", "取組"]]')
    assert read_pairs("words.toml", "words", folder) == [("舘", "館"), ("館", "館"), ("取組み", "取組")]


def test_every_fault_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    folder = written(
        tmp_path, 'words = [["舘", "館"], ["菅理"], ["舘", "舎"], ["", "空"], ["a", "b"], ["b", "c"], 5]'
    )
    with pytest.raises(ValueError, match=r"words\.toml") as refused:
        read_pairs("words.toml", "words", folder)
    said = str(refused.value)
    for fault in ("2組目", "4組目", "7組目", "「舘」が2回", "「a」の行き先「b」にも"):
        assert fault in said
    assert "「b」の行き先" not in said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('words = [["舘", "館"]', "閉じていない"),
        ("words = [\n['a', ]]]", "2行目の9文字目"),
        ("=", "1行目の1文字目"),
        ("a = 1\na = 2", "二重の名前"),
    ],
)
def test_a_file_that_is_no_toml_says_where(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(ValueError, match=rf"words\.toml を読めません: .*{place}"):
        read_language("words.toml", written(tmp_path, text))


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_bytes('words = [["舘", "館"]]'.encode("cp932"))
    with pytest.raises(ValueError, match="UTF-8"):
        read_language("words.toml", tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageFaults, match=r"words\.toml がありません"):
        read_language("words.toml", tmp_path)


def test_the_faults_of_several_files_come_together_and_each_once(tmp_path: Path) -> None:
    (tmp_path / "light_words.toml").write_text('light = ["為る", ""]\nkinds = ["名詞"]', encoding="utf-8")
    (tmp_path / "words.toml").write_text('words = [["舘"]]', "utf-8")
    light = partial(read_light_words, tmp_path)
    pairs = partial(read_pairs, "words.toml", "words", tmp_path)
    faults = faults_raised_by(light, pairs, pairs)
    assert len(faults) == 2
    assert "light_words.toml の dependent、light、asking を" in faults[0]
    assert "words.toml の words に" in faults[1]


def test_what_holds_has_no_faults() -> None:
    assert faults_raised_by(read_light_words) == ()


def test_all_files_that_ship_are_readable() -> None:
    names = sorted(path.name for path in LANGUAGE.glob("*.toml"))
    assert "variants.toml" in names
    assert all(read_language(name) for name in names)
