"""Reads tests/questions/*.txt: questions as staff type them, and what must stand in the answer.

A block ends at a blank line. `Q:` is a question (several make a conversation, the last is judged), `SAYS:` must be
found in the text (alternatives by |), `NOT:` must not, `CITES:` a code or p.4, `KIND:` the kinds of answer that are
right, `ASKS:` how the question must be read, `TODAY:` the day, `XFAIL:` why it is known to fail; # is a comment.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).with_name("questions")
TODAY = date(2024, 7, 3)
_MANY = ("Q", "SAYS", "NOT", "CITES")
_ONCE = ("KIND", "ASKS", "TODAY", "XFAIL")
_LINE = re.compile(r"([A-Z]+):[ \t]?(.*)")


@dataclass(frozen=True, slots=True)
class Written:
    """One block. `says` are alternatives each; `kinds` is empty where any kind will do; `place` is file:line."""

    place: str
    texts: tuple[str, ...]
    says: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    cites: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]
    asks: str
    today: date
    fails: str


def all_written(folder: Path = FOLDER) -> tuple[Written, ...]:
    """Every block of every file."""
    return tuple(block for path in sorted(folder.glob("*.txt")) for block in written(path))


def written(path: Path) -> Iterator[Written]:
    """The blocks of one file; ValueError names the line that is none."""
    lines: list[tuple[int, str, str]] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], start=1):
        if not line.strip():
            if lines:
                yield _block(path, lines)
            lines = []
        elif not line.startswith("#"):
            match = _LINE.fullmatch(line)
            if not match or match[1] not in (*_MANY, *_ONCE):
                raise ValueError(f"{path.name}:{number}: {line}")
            lines.append((number, match[1], match[2]))


def _block(path: Path, lines: list[tuple[int, str, str]]) -> Written:
    place = f"{path.stem}:{lines[0][0]}"
    texts = tuple(_unescaped(value) for _, name, value in lines if name == "Q")
    once = {name: value.strip() for _, name, value in lines if name in _ONCE}
    if not texts or not any(name not in ("Q", "TODAY", "XFAIL") for _, name, _ in lines):
        raise ValueError(f"{place}: a block needs a question and something to be judged by")
    return Written(
        place=place,
        texts=texts,
        says=tuple(_alternatives(value) for _, name, value in lines if name == "SAYS"),
        never=tuple(plain(value) for _, name, value in lines if name == "NOT"),
        cites=tuple(tuple(value.split()) for _, name, value in lines if name == "CITES"),
        kinds=tuple(kind.strip() for kind in once.get("KIND", "").split("|") if kind.strip()),
        asks=once.get("ASKS", ""),
        today=date.fromisoformat(once["TODAY"]) if "TODAY" in once else TODAY,
        fails=once.get("XFAIL", ""),
    )


def _unescaped(value: str) -> str:
    r"""A question may span lines: \n in the file."""
    return value.replace("\\n", "\n")


def _alternatives(value: str) -> tuple[str, ...]:
    return tuple(plain(one) for one in value.split("|"))


def plain(text: str) -> str:
    """The form in which what is said and what is expected are compared."""
    return re.sub(r"[, \t]", "", unicodedata.normalize("NFKC", text)).casefold()


def says(text: str, word: str) -> bool:
    """Whether a word stands in a text; a number only as a whole (5,000 does not stand in 45,000)."""
    if len(word) == 1:  # ④ is a 4 here, and the next figure may follow at once
        return word in text
    before, after = (
        (r"(?<![0-9])" if word[:1].isdigit() else ""),
        (r"(?![0-9])" if word[-1:].isdigit() else ""),
    )
    return bool(re.search(before + re.escape(word) + after, text))
