"""A text while its words are taken out of it: what is left over was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any


@cache
def _standing(word: str) -> re.Pattern[str]:
    """The word where it stands by itself: an English one not within another (in, indicator)."""
    edges = r"(?<![a-z0-9]){}(?![a-z0-9])" if word.isascii() and word[0].isalpha() else "{}"
    return re.compile(edges.format(re.escape(word)))


class Leftover:
    """Holds in `rest` what has not been taken yet; each taken word leaves a space."""

    def __init__(self, text: str) -> None:
        self.rest = text

    def take(self, words: Mapping[str, Any]) -> Any:
        """What the longest word found stands for, and that word gone; None where there is none."""
        for word in sorted(words, key=len, reverse=True):
            if match := _standing(word).search(self.rest):
                self.cut(match.start(), len(word))
                return words[word]
        return None

    def take_all(self, words: Iterable[str]) -> None:
        """Every one of the words gone, as often as it stands there."""
        each = dict.fromkeys(words, True)
        while self.take(each):
            pass

    def cut(self, start: int, length: int) -> None:
        """The characters from `start` gone."""
        self.rest = self.rest[:start] + " " + self.rest[start + length :]

    @property
    def is_empty(self) -> bool:
        return not self.rest.strip()
