"""Reads the words that a city officer may extend (language/*.toml), naming every fault and its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    from tomllib import TOMLDecodeError

LANGUAGE = Path(__file__).with_name("language")
LIGHT_WORDS = ("kinds", "dependent", "light", "asking")


class LanguageFaults(ValueError):
    """Files of words that cannot be used; str() names every fault and its file, in Japanese."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def faults_raised_by(*readings: Callable[[], object]) -> tuple[str, ...]:
    """What is wrong with the files that these read, each fault once."""
    faults: dict[str, None] = {}
    for read in readings:
        try:
            read()
        except LanguageFaults as refused:
            faults |= dict.fromkeys(refused.faults)
    return tuple(faults)


def read_language(name: str, folder: Path = LANGUAGE) -> dict[str, Any]:
    """What a language file holds; LanguageFaults (with line and place) when it is no TOML in UTF-8."""
    return _shipped(name) if folder == LANGUAGE else _read(name, folder)


@cache
def _shipped(name: str) -> dict[str, Any]:
    return _read(name, LANGUAGE)  # several readers take different tables of one file


def _read(name: str, folder: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LanguageFaults(f"言葉のファイル {name} がありません") from None
    except UnicodeDecodeError:
        raise LanguageFaults(f"言葉のファイル {name} を読めません: 文字コードをUTF-8にしてください") from None
    except tomllib.TOMLDecodeError as fault:
        raise LanguageFaults(f"言葉のファイル {name} を読めません: {_place(fault)}") from None


def read_pairs(name: str, table: str, folder: Path = LANGUAGE) -> list[tuple[str, str]]:
    """The [from, to] rows of a file; LanguageFaults naming every row that is none, stands twice or leads on."""
    rows = read_language(name, folder).get(table, [])
    faults = [
        f"上から{at}組目は2つの言葉ではありません" for at, row in enumerate(rows, 1) if not _is_pair(row)
    ]
    pairs = [(row[0], row[1]) for row in rows if _is_pair(row)]
    times = Counter(one for one, _ in pairs)
    faults += [f"「{one}」が2回あります" for one, count in times.items() if count > 1]
    leads_on = dict(pair for pair in pairs if pair[0] != pair[1])
    faults += [
        f"「{one}」の行き先「{other}」にも行き先があります" for one, other in pairs if other in leads_on
    ]
    if faults:
        raise LanguageFaults(f"言葉のファイル {name} の {table} に誤りがあります: " + "、".join(faults))
    return pairs


def read_light_words(folder: Path = LANGUAGE) -> dict[str, frozenset[str]]:
    """Words and parts of speech that do not count, by table; LanguageFaults naming every table that is no list of words."""
    known = read_language("light_words.toml", folder)
    if wrong := [table for table in LIGHT_WORDS if not _are_words(known.get(table))]:
        raise LanguageFaults(
            f"言葉のファイル light_words.toml の {'、'.join(wrong)} を言葉の並びにしてください"
        )
    return {table: frozenset(known[table]) for table in LIGHT_WORDS}


def _place(fault: TOMLDecodeError) -> str:
    place = re.search(r"line (\d+), column (\d+)", str(fault))
    if not place:
        return "閉じていない「]」や引用符、または二重の名前があります"
    return f"{place[1]}行目の{place[2]}文字目の書き方を確かめてください"


def _is_pair(row: object) -> bool:
    return _are_words(row) and len(row) == 2


def _are_words(given: object) -> TypeGuard[list[str]]:
    return isinstance(given, list) and all(isinstance(word, str) and word for word in given)
