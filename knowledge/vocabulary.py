"""The plan's own words behind what people write: nicknames and English phrases, read from `language/`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

from knowledge.japanese import Folded, fold, narrow, plain
from knowledge.language_files import (
    LANGUAGE,
    LanguageFaults,
    faults_raised_by,
    read_light_words,
    read_pairs,
)
from knowledge.word_list import WordList

_GROUPED_DIGITS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
# Survives folding and joins nothing to anything.
_BETWEEN = "|"

_IN_BRACKETS = re.compile(r"[(「『].*?[)」』]")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-龠]")
_LATIN = re.compile("[a-z]")
_WORD = re.compile("[a-z]+")
_FEW = 5
_PAIRS = ("variants", "nicknames", "english")


@dataclass(frozen=True)
class Vocabulary:
    """Everything in `language/`, ready to be looked for."""

    nicknames: WordList
    same_as: Mapping[str, str]
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
        folded = ungrouped(fold(text))
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
        outside = _IN_BRACKETS.sub("", text)
        narrowed = narrow(outside).text
        latin, japanese = len(_LATIN.findall(narrowed)), len(_JAPANESE.findall(narrowed))
        if latin <= 2 * japanese:
            return False
        long_enough = latin > _FEW or (latin == _FEW and not outside.isupper())
        return not self._joining.isdisjoint(_WORD.findall(narrowed)) or (long_enough and not japanese)

    @cached_property
    def _joining(self) -> frozenset[str]:
        """The small words without which hardly any English sentence can do."""
        return frozenset(word for word in read_light_words(self.folder)["asking"] if word.isascii())


def ungrouped(folded: Folded) -> Folded:
    """The text with 14,561 as 14561."""
    return folded.replaced([(*match.span(), "") for match in _GROUPED_DIGITS.finditer(folded.text)])


@lru_cache(maxsize=4)
def vocabulary(folder: Path = LANGUAGE) -> Vocabulary:
    """The words of a folder; LanguageFaults with all that is wrong in any of its files."""
    faults = faults_raised_by(
        *(partial(read_pairs, f"{table}.toml", table, folder) for table in _PAIRS),
        partial(read_light_words, folder),
    )
    if faults:
        raise LanguageFaults(*faults)
    same_as = _folded_pairs(read_pairs("nicknames.toml", "nicknames", folder))
    return Vocabulary(WordList(same_as, inside=same_as), same_as, folder)


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
