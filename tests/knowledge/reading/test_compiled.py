"""What is compiled beside the shipped files says what they say, and gives way when one of them is edited."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge.compiled import MODELS, SortedLines, digest_of, joined, kept, read, write
from knowledge.editions.edition import shipped, shipped_from_text
from knowledge.known import Known
from knowledge.reading import derived, read_all
from knowledge.reading.cues import LEXICON, lexicon
from knowledge.reading.derived import Derived
from knowledge.reading.evidence import NAME, TITLE, WORDS, Evidence, Unit
from knowledge.reading.likest import Posting, likest
from knowledge.reading.text import tokens_of
from tests.small_plan import small_edition

TODAY = date(2023, 6, 1)
UNITS = (
    Unit("1-1-1", TITLE, "里湯の運営の見直し"),
    Unit("1-1-2", TITLE, "文化会館の運営"),
    Unit("1-1-2", NAME, "ホール"),
    Unit("1-1-2", WORDS, "里湯のとなりの会館を見直す"),
)


@pytest.mark.parametrize("made", derived.everything(), ids=lambda made: made.name)
def test_the_committed_file_is_what_its_sources_give(made: Derived) -> None:
    _, _, lines = read(made.name).partition(b"\n")
    assert kept(made.name, made.sources) == lines, "make derive で作り直してください"
    assert lines == joined(made.lines()), "make derive で作り直してください"


def test_the_shipped_edition_is_the_one_in_the_citys_text() -> None:
    assert shipped() == shipped_from_text()


def test_a_word_added_by_an_officer_is_heard_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    shutil.copytree(LEXICON, folder)
    cues = folder / "cues.toml"
    assert lexicon(folder).phrases.get("ずんだもん") is None
    cues.write_text(cues.read_text("utf-8") + '\n[invented]\nja = ["ずんだもん"]\n', "utf-8")
    lexicon.cache_clear()  # as a new start would find it
    digest_of.cache_clear()
    first = tokens_of("ずんだもん")[0].lemma
    assert any("invented" in names for _, names in lexicon(folder).phrases.get(first) or ())


def test_a_file_of_other_sources_is_passed_over(tmp_path: Path) -> None:
    source = tmp_path / "words.txt"
    source.write_text("里湯", "utf-8")
    write("words.tsv", ["里湯\t1"], [source], tmp_path)
    assert kept("words.tsv", [source], tmp_path) == "里湯\t1\n".encode()
    changed = tmp_path / "changed" / "words.txt"
    changed.parent.mkdir()
    changed.write_text("里湯と会館", "utf-8")
    assert kept("words.tsv", [changed], tmp_path) is None


def test_every_line_is_found_by_its_key_and_nothing_else_is() -> None:
    keys = sorted(["a", "a b", "ab", "ア", "里", "里湯", "\udc80"])
    table = SortedLines(joined(f"{key}\t{number}" for number, key in enumerate(keys)), int)
    assert [table.get(key) for key in keys] == list(range(len(keys)))
    assert all(key not in table for key in ("", "b", "a ", "里湯の", "龠"))
    assert SortedLines(b"", int).get("a") is None


def test_an_index_knows_who_holds_a_word_and_in_what() -> None:
    index = Evidence.of(UNITS)
    assert index.holders("会館") == {"1-1-2": frozenset({TITLE, WORDS})}
    assert index.holders("図書館") == {} and not index.knows("図書館")
    found = index.matches("里湯の運営", tokens_of("里湯の運営"), (TITLE, NAME))
    assert [match.ref for match in found] == ["1-1-1", "1-1-2"]
    assert 0 < found[1].likeness < found[0].likeness <= 1


def test_looking_only_at_what_is_ahead_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = range(400)
    terms = [(3.0 / step, Posting(1.0, tuple(numbers[::step]))) for step in (7, 1, 31, 2, 97, 3)]
    lengths = [6.0 + at % 11 for at in numbers]
    everything = likest(terms, lengths, 9)
    monkeypatch.setattr("knowledge.reading.likest.MANY", 0)
    assert likest(terms, lengths, 9) == everything


def test_a_plan_of_another_city_is_read_without_any_compiled_file() -> None:
    known = Known(small_edition())
    title = known.plan.initiatives[0].title
    understood = read_all([f"{title}の概要"], known, TODAY)
    assert known.plan.initiatives[0].code in getattr(understood, "subjects", ())


def test_the_models_are_there() -> None:
    assert {"kinds.tsv", "clauses.tsv"} <= {file.name for file in MODELS.iterdir()}
