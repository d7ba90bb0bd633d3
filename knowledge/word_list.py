"""Finds many words in a text at once, the longest first; building it costs next to nothing, unlike a pattern of them all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_LATIN = re.compile("[a-z]")
_NUMBER = "([0-9]{1,3}|[一二三四五六七八九十]{1,3})"


@dataclass(frozen=True, slots=True)
class Place:
    """A word found at [start, end), with the number in place of its {n}, as written."""

    word: str
    start: int
    end: int
    number: str = ""


class WordList:
    """Words to look for in folded text.

    Words of Latin letters are found only as whole words. A word may hold one {n}, which stands for a number. `inside`
    names for a word a longer one within which it is left alone (国保 in 国保データベース).
    """

    def __init__(self, words: Iterable[str], inside: Mapping[str, str] | None = None) -> None:
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        self._numbered: list[str] = []
        self._inside = inside or {}
        for word in sorted(words, key=len, reverse=True):
            if "{n}" in word:
                self._numbered.append(word)
            else:
                self._by_first[word[0]].append(word)

    def everywhere(self, text: str) -> Iterator[Place]:
        """The longest word at each place of the text, overlapping or not; numbered ones besides."""
        for at, char in enumerate(text):
            for word in self._by_first.get(char, ()):
                if text.startswith(word, at) and self._stands_free(text, word, at):
                    yield Place(word, at, at + len(word))
                    break
        for word in self._numbered:
            before, _, after = word.partition("{n}")
            if before not in text or after not in text:
                continue  # the pattern need not even be made
            for match in re.finditer(f"{re.escape(before)}{_NUMBER}{re.escape(after)}", text):
                if _whole(text, word, match.start(), match.end()):
                    yield Place(word, match.start(), match.end(), match[1])

    def in_turn(self, text: str) -> Iterator[Place]:
        """From left to right the longest word at each place that no earlier one has taken."""
        free = 0
        for place in self.everywhere(text):
            if place.start >= free:
                free = place.end
                yield place

    def _stands_free(self, text: str, word: str, at: int) -> bool:
        if not _whole(text, word, at, at + len(word)):
            return False
        before, _, after = self._inside.get(word, "").partition(word)
        led = before and text.endswith(before, 0, at)
        followed = after and text.startswith(after, at + len(word))
        return not (led or followed)


def _whole(text: str, word: str, start: int, end: int) -> bool:
    """Whether Latin letters end where the word ends."""
    begins = _LATIN.match(word[0]) and start > 0 and _LATIN.match(text[start - 1])
    goes_on = _LATIN.match(word[-1]) and end < len(text) and _LATIN.match(text[end])
    return not (begins or goes_on)
