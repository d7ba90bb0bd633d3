"""The sentences of each area in each language, as `catalogues/notices.ja.toml`: a key and what is said, in Jinja.

Plain TOML, because the better known formats serve less. Measured on top of Jinja2, which the layouts need anyway, where
a bare Python takes 10 ms: reading 130 sentences costs 3 ms as TOML, 35 ms as gettext through Babel, 65 ms as Fluent
(fluent.runtime); a cold `kaikaku ask` may take ten bare Pythons in all. gettext has neither choices nor filters for
years and amounts; Fluent prints a placeholder that nobody filled in, and sets invisible marks around those that
somebody did, where StrictUndefined raises. And one syntax is enough for an officer who corrects a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.language_files import LanguageFaults, read_language

CATALOGUES = Path(__file__).with_name("catalogues")
LANGUAGES = ("ja", "en")


def areas(folder: Path = CATALOGUES) -> tuple[str, ...]:
    """The areas that have a catalogue in any language."""
    return tuple(sorted({path.name.partition(".")[0] for path in folder.glob("*.toml")}))


@lru_cache(maxsize=64)
def sentences(area: str, language: str, folder: Path = CATALOGUES) -> Mapping[str, str]:
    """What is said in an area, by key; a key in a table is table/key. Raises LanguageFaults.

    An area without a catalogue says nothing but layouts.
    """
    name = f"{area}.{language}.toml"
    if not (folder / name).is_file():
        return {}
    found = dict(_flat(read_language(name, folder)))
    if wrong := [key for key, said in found.items() if not isinstance(said, str) or not said.strip()]:
        raise LanguageFaults(f"言葉のファイル {name} の {'、'.join(wrong)} を文にしてください")
    return found


def sentence(name: str, language: str) -> str | None:
    """The sentence of that name (notices/moved), or None where it is none."""
    area, _, key = name.partition("/")
    return sentences(area, language).get(key)


def _flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, said in table.items():
        flat |= _flat(said, f"{before}{key}/") if isinstance(said, dict) else {f"{before}{key}": said}
    return flat
