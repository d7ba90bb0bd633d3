"""The words in which people ask: ways of saying, nicknames, English phrases, read from `language/`.

Knows words and where they stand in a text; what they mean together is decided in `understanding`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

from knowledge.japanese import Folded, fold, narrow, plain
from knowledge.kansuji import kansuji
from knowledge.language_files import (
    LANGUAGE,
    LanguageFaults,
    faults_raised_by,
    read_light_words,
    read_pairs,
    read_ways,
)
from knowledge.word_list import Place, WordList

_GRAMMAR = re.compile("[ぁ-ゖ]")
_GROUPED_DIGITS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
# Survives folding and joins nothing to anything.
_BETWEEN = "|"

_IN_BRACKETS = re.compile(r"[(「『].*?[)」』]")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-龠]")
_LATIN = re.compile("[a-z]")
_FEW = 6
_PAIRS = ("variants", "nicknames", "english")


@dataclass(frozen=True, slots=True)
class Way:
    """A way of saying found at [start, end) of the folded text: which one, and its number where it has one."""

    name: str
    start: int
    end: int
    number: int | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Everything in `language/`, ready to be looked for."""

    ways: WordList
    english_ways: WordList
    name_of: Mapping[str, str]
    nicknames: WordList
    same_as: Mapping[str, str]
    examples: Mapping[str, Sequence[str]]
    folder: Path

    @cached_property
    def english(self) -> tuple[WordList, Mapping[str, str]]:
        """English phrases and what they mean: a third of all words, made ready when the first English text comes."""
        pairs = read_pairs("english.toml", "english", self.folder)
        meanings = _all_folded(means for _, means in pairs)
        singular = {says.lower(): means for (says, _), means in zip(pairs, meanings, strict=True)}
        in_japanese = {f"{says}s": means for says, means in singular.items()} | singular
        in_japanese |= {says.replace("'", "’"): means for says, means in in_japanese.items()}
        return WordList(in_japanese), in_japanese

    def fold(self, text: str) -> Folded:
        """The text in the plan's own words, folded: nicknames and English phrases read as what they stand for."""
        folded = fold(text)
        folded = folded.replaced([(*match.span(), "") for match in _GROUPED_DIGITS.finditer(folded.text)])
        if self.is_english(folded.text):
            folded = _exchanged(folded, *self.english)
        return _exchanged(folded, self.nicknames, self.same_as)

    def plain(self, text: str) -> str:
        """Only the text of `fold`; the plan's own words are asked for with every question, and folded once."""
        return self._plain(text)

    @cached_property
    def _plain(self) -> Callable[[str], str]:
        return lru_cache(maxsize=8192)(lambda text: self.fold(text).text)

    def is_english(self, text: str) -> bool:
        """Whether a text is in English: some Japanese names do no harm, and abbreviations alone (RPA) are no English yet."""
        outside = _IN_BRACKETS.sub("", narrow(text).text)
        latin, japanese = len(_LATIN.findall(outside)), len(_JAPANESE.findall(outside))
        if latin <= 2 * japanese:
            return False
        return any(self.english_ways.everywhere(outside)) or (latin > _FEW and not japanese)

    def find_ways(self, text: str) -> list[Way]:
        """The ways of saying in a folded text: of those that overlap the longest, else the one with the least grammar."""
        places = sorted(self.ways.everywhere(text), key=_length_first)
        taken: set[int] = set()
        found = []
        for place in places:
            if taken.isdisjoint(range(place.start, place.end)):
                taken.update(range(place.start, place.end))
                found.append(Way(self.name_of[place.word], place.start, place.end, _number(place.number)))
        return sorted(found, key=lambda way: way.start)


def _length_first(place: Place) -> tuple[int, int, int]:
    return place.start - place.end, len(_GRAMMAR.findall(place.word)), place.start


@lru_cache(maxsize=4)
def vocabulary(folder: Path = LANGUAGE) -> Vocabulary:
    """The words of a folder; LanguageFaults with all that is wrong in any of its files."""
    name_of: dict[str, str] = {}
    faults = faults_raised_by(
        *(partial(read_pairs, f"{table}.toml", table, folder) for table in _PAIRS),
        partial(read_light_words, folder),
        lambda: name_of.update(_names_of_ways(read_ways(folder))),
    )
    if faults:
        raise LanguageFaults(*faults)
    ways = read_ways(folder)
    same_as = _folded_pairs(read_pairs("nicknames.toml", "nicknames", folder))
    return Vocabulary(
        ways=WordList(name_of),
        english_ways=WordList(says for way in ways.values() for says in way.get("en", ())),
        name_of=name_of,
        nicknames=WordList(same_as, inside=same_as),
        same_as=same_as,
        examples={name: way.get("examples", ()) for name, way in ways.items()},
        folder=folder,
    )


def _names_of_ways(ways: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, str]:
    said = [(name, says) for name, way in ways.items() for says in (*way["says"], *way.get("en", ()))]
    folded = _all_folded(says.replace("{n}", "99") for _, says in said)
    name_of: dict[str, str] = {}
    twice = []
    for (name, says), form in zip(said, folded, strict=True):
        known = name_of.setdefault(form.replace("99", "{n}"), name)
        if known != name:
            twice.append(f"「{says}」が{known}と{name}の両方にあります")
    if twice:
        raise LanguageFaults("言葉のファイル ways.toml に誤りがあります: " + "、".join(twice))
    return name_of


def _folded_pairs(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    says = _all_folded(one for one, _ in pairs)
    means = _all_folded(other for _, other in pairs)
    return {one: other for one, other in zip(says, means, strict=True) if one != other}


def _all_folded(words: Iterable[str]) -> list[str]:
    """Many words folded at once: folding has a cost for each call."""
    return plain(_BETWEEN.join(words)).split(_BETWEEN)


def _exchanged(folded: Folded, words: WordList, forms: Mapping[str, str]) -> Folded:
    return folded.replaced(
        [(place.start, place.end, forms[place.word]) for place in words.in_turn(folded.text)]
    )


def _number(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else kansuji(text)
