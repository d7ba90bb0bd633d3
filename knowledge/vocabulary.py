"""The words in which people ask: ways of saying, nicknames, English phrases, read from `language/`.

Knows words and where they stand in a text; what they mean together is decided in `question`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.japanese import Folded, fold, kansuji, plain
from knowledge.language_files import LANGUAGE, read_language, read_pairs

_GRAMMAR = re.compile("[ぁ-ゖ]")
_NUMBER = "([0-9]{1,3}|[一二三四五六七八九十]{1,3})"


@dataclass(frozen=True, slots=True)
class Way:
    """A way of saying found at [start, end) of the folded text: which one, and its number where it has one."""

    name: str
    start: int
    end: int
    number: int | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Everything in `language/`, compiled once."""

    ways: re.Pattern[str]
    english_ways: re.Pattern[str]
    name_of: Mapping[str, str]
    same: re.Pattern[str]
    same_as: Mapping[str, str]
    english: re.Pattern[str]
    in_japanese: Mapping[str, str]
    examples: Mapping[str, Sequence[str]]

    def fold(self, text: str) -> Folded:
        """The text in the plan's own words, folded: nicknames and English phrases read as what they stand for."""
        folded = fold(text)
        if is_english(folded.text):
            folded = _exchanged(folded, self.english, self.in_japanese)
        return _exchanged(folded, self.same, self.same_as)

    def plain(self, text: str) -> str:
        """Only the text of `fold`."""
        return self.fold(text).text

    def find_ways(self, text: str) -> list[Way]:
        """The ways of saying in a folded text: of those that overlap the longest, else the one with the least grammar."""
        matches = list(_at_every_place(self.ways, text))
        if re.search("[a-z]", text):
            matches += _at_every_place(self.english_ways, text)
        matches.sort(
            key=lambda match: (match.start() - match.end(), len(_GRAMMAR.findall(match[0])), match.start())
        )
        taken: set[int] = set()
        found = []
        for match in matches:
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                found.append(self._way(match))
        return sorted(found, key=lambda way: way.start)

    def _way(self, match: re.Match[str]) -> Way:
        numbers = [_number(group) for group in match.groups() if group]
        says = match[0]
        for group in match.groups():
            says = says.replace(group, "{n}", 1) if group else says
        return Way(self.name_of[says if numbers else match[0]], match.start(), match.end(), *numbers[:1])


def _at_every_place(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    at = 0
    while match := pattern.search(text, at):
        yield match
        at = match.start() + 1


def is_english(text: str) -> bool:
    """Whether a question is in English: more Latin letters than kana and kanji outside brackets."""
    outside = re.sub(r"[(「『].*?[)」』]", "", text)
    latin = len(re.findall("[a-z]", outside))
    return latin > 6 and latin > 2 * len(re.findall("[ぁ-ゖァ-ヺ一-龠]", outside))


@lru_cache(maxsize=4)
def vocabulary(folder: Path = LANGUAGE) -> Vocabulary:
    """The words of a folder; raises ValueError naming every way of saying that stands under two names."""
    ways = read_language("ways.toml", folder)
    pairs = read_pairs("nicknames.toml", "nicknames", folder)
    english = read_pairs("english.toml", "english", folder)
    name_of = _names_of_ways(ways)
    same_as = {plain(says): plain(means) for says, means in pairs}
    in_japanese = {says.lower(): plain(means) for says, means in english}
    japanese_says = [says for says in name_of if not _is_latin(says)]
    return Vocabulary(
        ways=_any_of(japanese_says),
        english_ways=_any_of([says for says in name_of if _is_latin(says)], whole_words=True),
        name_of=name_of,
        same=_any_of([says for says, means in same_as.items()], unless_inside=same_as),
        same_as=same_as,
        english=_any_of(in_japanese, whole_words=True),
        in_japanese=in_japanese,
        examples={name: way.get("examples", ()) for name, way in ways.items()},
    )


def _names_of_ways(ways: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, str]:
    name_of: dict[str, str] = {}
    twice = []
    for name, way in ways.items():
        for says in (*way["says"], *way.get("en", ())):
            known = name_of.setdefault(_folded_way(says), name)
            if known != name:
                twice.append(f"「{says}」が{known}と{name}の両方にあります")
    if twice:
        raise ValueError("言い方の辞書に誤りがあります: " + "、".join(twice))
    return name_of


def _folded_way(says: str) -> str:
    return plain(says.replace("{n}", "99")).replace("99", "{n}")


def _is_latin(says: str) -> bool:
    return (
        bool(re.fullmatch(r"[a-z{}' ?\-]+", says))
        and says != "{n}"
        and bool(re.search("[a-z]{2}", says.replace("{n}", "")))
    )


def _any_of(
    words: Sequence[str] | Mapping[str, str],
    whole_words: bool = False,
    unless_inside: Mapping[str, str] | None = None,
) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first; a nickname is left alone inside the full word it stands for."""

    def pattern(word: str) -> str:
        escaped = re.escape(word).replace(r"\{n\}", _NUMBER)
        before, _, after = (unless_inside or {}).get(word, "").partition(word)
        guard = (f"(?<!{re.escape(before)})" if before else "") + escaped
        return guard + (f"(?!{re.escape(after)})" if after else "")

    body = "|".join(pattern(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<![a-z])(?:{body})(?![a-z])" if whole_words else body)


def _exchanged(folded: Folded, pattern: re.Pattern[str], forms: Mapping[str, str]) -> Folded:
    changes = [(match.start(), match.end(), forms[match[0]]) for match in pattern.finditer(folded.text)]
    return folded.replaced(changes)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else kansuji(text)
