"""The corpus of ways to ask: lines of `kind|text`, context in {...}, what lies beside the plan in [...]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.japanese import plain
from knowledge.reading.clauses import clauses

CORPUS = Path(__file__).parent.parent / "lexicon" / "corpus"
ASKED = Path(__file__).parent.parent / "data" / "asked"
CONTEXT, ASKS = "context", "asks"
_MARKS = "{}[]"


@dataclass(frozen=True, slots=True)
class Example:
    """One line: its kind, the whole text, and the part that asks."""

    kind: str
    text: str
    focus: str


def examples(folder: Path = CORPUS) -> Iterator[Example]:
    """Every example of the corpus, in the files' order."""
    for line in _lines(folder):
        kind, _, marked = line.partition("|")
        if kind and kind != CONTEXT and _ and kind.isalpha():
            yield Example(kind, _without(marked), _focus(marked))


def labelled_clauses(folder: Path = CORPUS) -> Iterator[tuple[str, str]]:
    """Each clause with whether it is context or asks, by where most of its characters stand."""
    for sentence in (folder / "contexts.txt").read_text(encoding="utf-8").splitlines():
        if sentence.strip():
            yield plain(sentence), CONTEXT
    for line in _lines(folder):
        _, _, marked = line.partition("|")
        yield from _clauses(marked)


def ordinary_texts(folder: Path = CORPUS) -> Iterator[tuple[str, bool, str]]:
    """What people say around (True) and within (False) questions to any plan, with who wrote it."""
    for sentence in (folder / "contexts.txt").read_text(encoding="utf-8").splitlines():
        yield "contexts", True, plain(sentence)
    for file in sorted(folder.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines() if file.name != "contexts.txt" else ():
            kind, _, marked = line.partition("|")
            for around in re.findall(r"\{([^}]*)\}", marked):
                yield file.name, True, plain(around)
            if kind != "out":
                yield file.name, False, plain(re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", marked))


def _lines(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.txt")):
        if file.name != "contexts.txt":
            for line in file.read_text(encoding="utf-8").splitlines():
                if "|" in line and not line.startswith("#"):
                    yield line


def _without(marked: str) -> str:
    return plain("".join(char for char in marked if char not in _MARKS))


def _focus(marked: str) -> str:
    kept, inside = [], False
    for char in marked:
        inside = {"{": True, "}": False}.get(char, inside)
        if char not in _MARKS and not inside:
            kept.append(char)
    return plain("".join(kept))


def _clauses(marked: str) -> Iterator[tuple[str, str]]:
    text, context, inside = [], [], False
    for char in marked:
        if char in "{}":
            inside = char == "{"
        elif char not in "[]":
            text.append(char)
            context.append(inside)
    whole = "".join(text)
    for clause in clauses(whole):
        inside_count = sum(context[clause.start : clause.end])
        label = CONTEXT if inside_count * 2 > clause.end - clause.start else ASKS
        yield plain(whole[clause.start : clause.end]), label


def asked_in_english(folder: Path = ASKED) -> Iterator[str]:
    """The English questions beside the plan: their common words are no names."""
    for file in sorted(folder.glob("questions*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            words = line.partition("|")[2]
            if words.isascii():
                yield plain(words)
