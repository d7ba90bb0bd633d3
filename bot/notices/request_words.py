"""The words for notices and days, as officers write them (request_words.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.japanese import plain


def words(group: str, name: str = "words") -> tuple[str, ...]:
    """The words of a group, in the form in which texts are compared."""
    return _plain()[group][name]


def named(group: str) -> dict[str, str]:
    """Each word of a group, and the name that it stands for."""
    return {word: name for name, several in _plain()[group].items() for word in several}


@cache
def _plain() -> dict[str, dict[str, tuple[str, ...]]]:
    text = Path(__file__).with_name("request_words.toml").read_text("utf-8")
    given: dict[str, dict[str, list[Any]]] = tomllib.loads(text)
    return {
        group: {name: tuple(map(plain, several)) for name, several in names.items()}
        for group, names in given.items()
    }
