"""Reads the words that a city officer may extend (language/*.toml), naming every fault and its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.kept import kept

if TYPE_CHECKING:
    from tomllib import TOMLDecodeError

LANGUAGE = Path(__file__).with_name("language")


def read_language(name: str, folder: Path = LANGUAGE) -> dict[str, Any]:
    """What a language file holds; ValueError (in Japanese, with line and place) when it is no TOML in UTF-8."""
    return kept(name, lambda: _read(name, folder)) if folder == LANGUAGE else _read(name, folder)


def _read(name: str, folder: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise ValueError(f"言葉のファイル {name} を読めません: 文字コードをUTF-8にしてください") from None
    except tomllib.TOMLDecodeError as fault:
        raise ValueError(f"言葉のファイル {name} を読めません: {_place(fault)}") from None


def read_pairs(name: str, table: str, folder: Path = LANGUAGE) -> list[tuple[str, str]]:
    """The [from, to] rows of a file; ValueError naming every row that is none, stands twice or leads on."""
    rows = read_language(name, folder).get(table, [])
    faults = [
        f"上から{at}組目は2つの言葉ではありません" for at, row in enumerate(rows, 1) if not _is_pair(row)
    ]
    pairs = [(row[0], row[1]) for row in rows if _is_pair(row)]
    froms = [one for one, _ in pairs]
    faults += [f"「{one}」が2回あります" for one in dict.fromkeys(froms) if froms.count(one) > 1]
    leads_on = dict(pair for pair in pairs if pair[0] != pair[1])
    faults += [
        f"「{one}」の行き先「{other}」にも行き先があります" for one, other in pairs if other in leads_on
    ]
    if faults:
        raise ValueError(f"言葉のファイル {name} の {table} に誤りがあります: " + "、".join(faults))
    return pairs


def _place(fault: TOMLDecodeError) -> str:
    place = re.search(r"line (\d+), column (\d+)", str(fault))
    if not place:
        return "閉じていない「]」や引用符、または二重の名前があります"
    return f"{place[1]}行目の{place[2]}文字目の書き方を確かめてください"


def _is_pair(row: object) -> bool:
    return isinstance(row, Sequence) and len(row) == 2 and all(isinstance(word, str) and word for word in row)
