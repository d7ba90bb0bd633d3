"""What is said has its words in both languages, and whoever says it fills them in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.wording.catalogue import CATALOGUES, LANGUAGES, areas, sentences
from bot.wording.catalogue_check import refuse_faulty
from bot.wording.rendering import Anatomy, anatomy
from bot.wording.wording import TEMPLATES, environment_in, say
from knowledge.language_files import LanguageFaults

HOME = TEMPLATES.with_name("wording.py")
BOT = TEMPLATES.parent.parent

NAMES = sorted(f"{area}/{key}" for area in areas() for key in sentences(area, "ja"))
LAYOUTS = sorted(
    {
        str(path.relative_to(TEMPLATES / language).with_suffix(""))
        for language in LANGUAGES
        for path in (TEMPLATES / language).glob("*/*.txt")
    }
)


def taken_apart(name: str, language: str) -> Anatomy:
    environment = environment_in(language)
    area, _, key = name.partition("/")
    said = sentences(area, language).get(key)
    text = said if said is not None else (TEMPLATES / language / f"{name}.txt").read_text(encoding="utf-8")
    return anatomy(environment, text)


def test_no_catalogue_has_a_fault() -> None:
    refuse_faulty()


def test_every_area_speaks_both_languages() -> None:
    files = {path.name for path in CATALOGUES.iterdir()}
    assert files == {f"{area}.{language}.toml" for area in areas() for language in LANGUAGES}


@pytest.mark.parametrize("area", areas())
def test_both_languages_hold_the_same_keys(area: str) -> None:
    japanese, english = (list(sentences(area, language)) for language in LANGUAGES)
    assert japanese == english


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_want_the_same_filled_in(name: str) -> None:
    japanese, english = (taken_apart(name, language) for language in LANGUAGES)
    assert japanese.wants == english.wants


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_wants_nothing_in_english_that_it_has_not_in_japanese(name: str) -> None:
    japanese, english = (taken_apart(name, language) for language in LANGUAGES)
    assert english.wants <= japanese.wants
    assert japanese.loops or english.loops, "what does not loop is a sentence, and stands in a catalogue"


@pytest.mark.parametrize("name", [*NAMES, *LAYOUTS])
def test_nothing_is_reckoned_where_it_is_said(name: str) -> None:
    assert not any(taken_apart(name, language).reckons for language in LANGUAGES)


@dataclass(frozen=True)
class Saying:
    """A place in the code that says something; a name with a hole in it is cut off there."""

    place: str
    name: str
    is_whole: bool
    facts: frozenset[str]
    has_more: bool


def sayings() -> list[Saying]:
    return [saying for path in sorted(BOT.rglob("*.py")) for saying in sayings_in(path)]


NOTES = ("TurnNote", "_said_only")
"""What names a sentence of the evaluation's for somebody else to say."""


def sayings_in(path: Path) -> Iterator[Saying]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ours = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "bot.wording.wording"
        for alias in node.names
        if alias.name in ("say", "remind")
    }
    if path == HOME:
        ours.add("say")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours:
            area = "reminders/" if node.func.id == "remind" else ""
            facts = frozenset(one.arg for one in node.keywords if one.arg is not None)
            has_more = any(one.arg is None for one in node.keywords)
            for name, is_whole in named(node.args[0]):
                whole = f"{area}{name}" if area or "/" in name else f"conversation/{name}"
                yield Saying(f"{path.relative_to(BOT)}:{node.lineno}", whole, is_whole, facts, has_more)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NOTES:
            for name, is_whole in named(node.args[0]):
                place = f"{path.relative_to(BOT)}:{node.lineno}"
                yield Saying(place, f"evaluation/{name}", is_whole, frozenset(), has_more=True)


def named(node: ast.expr) -> list[tuple[str, bool]]:
    """Each name that the expression can be, and whether that is all of it."""
    match node:
        case ast.Constant(value=str(name)):
            return [(name, True)]
        case ast.IfExp(body=body, orelse=orelse):
            return [*named(body), *named(orelse)]
        case ast.JoinedStr(values=[ast.Constant(value=str(name)), *_]):
            return [(name, False)]
    return [("", False)]


def matching(saying: Saying) -> list[str]:
    every = [*NAMES, *LAYOUTS]
    if saying.is_whole:
        return [name for name in every if name == saying.name]
    return [name for name in every if name.startswith(saying.name)]


@pytest.mark.parametrize("saying", sayings(), ids=lambda one: one.place)
def test_whatever_the_code_says_is_there_and_is_filled_in(saying: Saying) -> None:
    found = matching(saying)
    assert found, saying.name
    if saying.is_whole and not saying.has_more:
        wanted = [taken_apart(name, language).wants for name in found for language in LANGUAGES]
        assert all(wants <= saying.facts for wants in wanted), wanted


def test_nothing_stands_in_a_catalogue_that_nobody_says() -> None:
    said = {name for saying in sayings() if saying.name != "evaluation/" for name in matching(saying)}
    assert [name for name in (*NAMES, *LAYOUTS) if name not in said] == []


def test_a_sentence_of_the_conversation_needs_no_area() -> None:
    assert say("begun_anew") == say("conversation/begun_anew")


FAULTY = {
    "moved = ": "言葉のファイル x.ja.toml を読めません",
    "moved = 3": "moved を文にしてください",
    'moved = ""': "moved を文にしてください",
    'moved = "{{ of }"': "言葉「x/moved」の ja の文を読めません",
    'moved = "{{ of | no_such }}"': "言葉「x/moved」の ja の文を読めません",
    'moved = "{{ to }}"': "言葉「x/moved」の穴埋めが ja と en で違います: of、to",
    'moved = "{{ of + 1 }}"': "言葉「x/moved」の ja の文では計算できません",
    'kept = "{{ of }}"': "言葉「x/moved」の ja の文がありません",
}


@pytest.mark.parametrize(("japanese", "fault"), FAULTY.items())
def test_every_fault_of_a_catalogue_is_named(tmp_path: Path, japanese: str, fault: str) -> None:
    (tmp_path / "x.ja.toml").write_text(japanese, encoding="utf-8")
    (tmp_path / "x.en.toml").write_text('moved = "{{ of }}"', encoding="utf-8")
    with pytest.raises(LanguageFaults) as refused:
        refuse_faulty(tmp_path)
    assert any(fault in one for one in refused.value.faults), refused.value.faults
