"""The lexicon's ways of saying, found in a text: always whole tokens, never a piece of a word.

A phrase is compared by its lemmas, so that 足す finds 足して and 足すと; {n} stands for a number. Where phrases of
different meaning overlap the longer one counts; one phrase may mean several things, and then says them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.compiled import SortedLines, joined, kept
from knowledge.japanese import plain
from knowledge.kansuji import kansuji
from knowledge.language_files import LANGUAGE, LanguageFaults, read_language
from knowledge.reading.text import Text, Token, tokens_of

LEXICON = Path(__file__).parent.parent / "lexicon"
_NUMBER = "{n}"
_MEANS, _LEMMA = " = ", " + "
Phrase = tuple[tuple[str, ...], tuple[str, ...]]
"""The lemmas of a way of saying, and what it means."""
_STAND_IN = "99"
_SILENT = frozenset({"空白", "補助記号"})
_MEANS_SOMETHING = frozenset("△▲〇○%")
_NUMBERS = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "three": 3,
    "five": 5,
    "two": 2,
    "four": 4,
    "ten": 10,
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A way of saying at [start, end) of the folded text, what it means, and its number where it has one."""

    name: str
    start: int
    end: int
    number: int | None = None


@dataclass(frozen=True)
class Lexicon:
    """Every phrase of the lexicon by its first lemma, the longest first."""

    phrases: SortedLines[tuple[Phrase, ...]]

    def find(self, text: Text) -> tuple[Cue, ...]:
        """The cues of a text in order."""
        tokens = [token for token in text.tokens if not _is_silent(token)]
        found: list[tuple[int, int, tuple[str, ...], int | None]] = []
        for at in range(len(tokens)):
            found += self._at(tokens, at)
        return tuple(_longest(found, tokens))

    def _at(self, tokens: Sequence[Token], at: int) -> Iterable[tuple[int, int, tuple[str, ...], int | None]]:
        firsts = [tokens[at].lemma, *([_NUMBER] if tokens[at].is_number else [])]
        for first in firsts:
            for lemmas, names in self.phrases.get(first) or ():
                number = _matches(tokens, at, lemmas)
                if number is not False:
                    yield at, at + len(lemmas), names, number
                    break


def _is_silent(token: Token) -> bool:
    return token.pos[0] in _SILENT and token.text not in _MEANS_SOMETHING


def _matches(tokens: Sequence[Token], at: int, lemmas: Sequence[str]) -> int | bool | None:
    """False where the lemmas do not stand there; else the number that {n} stands for, or None."""
    if at + len(lemmas) > len(tokens):
        return False
    number: int | None = None
    for token, lemma in zip(tokens[at:], lemmas, strict=False):
        if lemma == _NUMBER:
            if not token.is_number and token.lemma not in _NUMBERS:
                return False
            number = _value(token.text)
        elif token.lemma != lemma:
            return False
    return number


def _value(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text in _NUMBERS:
        return _NUMBERS[text]
    try:
        return kansuji(text)
    except (KeyError, ValueError):
        return None


def _longest(
    found: Sequence[tuple[int, int, tuple[str, ...], int | None]], tokens: Sequence[Token]
) -> Iterable[Cue]:
    taken: set[int] = set()
    kept = []
    for first, last, names, number in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            kept.append((first, last, names, number))
    for first, last, names, number in sorted(kept):
        for name in names:
            yield Cue(name, tokens[first].start, tokens[last - 1].end, number)


@lru_cache(maxsize=2)
def lexicon(folder: Path = LEXICON) -> Lexicon:
    """The lexicon of a folder, as it was compiled unless it was edited since."""
    lines = kept("cues.tsv", sources(folder), folder / "models")
    return Lexicon(SortedLines(joined(cue_lines(folder)) if lines is None else lines, _phrases))


def sources(folder: Path = LEXICON) -> tuple[Path, ...]:
    """What the lexicon is made from: its ways of saying, and what writings are one."""
    return folder / "cues.toml", LANGUAGE / "variants.toml"


def read_cues(folder: Path = LEXICON) -> dict[str, dict[str, Sequence[str]]]:
    """The ways of saying by what they mean, in `ja` and `en`; LanguageFaults naming every one without words."""
    entries = read_language("cues.toml", folder)
    if wrong := [name for name, entry in entries.items() if not _is_entry(entry)]:
        raise LanguageFaults(
            f"言葉のファイル cues.toml の {'、'.join(wrong)} には ja か en に言葉の並びが要ります"
        )
    return entries


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict) or not entry.keys() & {"ja", "en"}:
        return False
    lists = [entry.get(language, []) for language in ("ja", "en")]
    return all(
        isinstance(words, list) and all(isinstance(word, str) and word for word in words) for words in lists
    )


def cue_lines(folder: Path = LEXICON) -> list[str]:
    """A line for each first lemma: its phrases, the longest first, each with what it means; in order."""
    entries = read_cues(folder)
    by_lemmas: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    said = [
        (name, phrase)
        for name, entry in entries.items()
        for phrase in (*entry.get("ja", ()), *entry.get("en", ()))
    ]
    for (name, _), lemmas in zip(said, _lemmas([phrase for _, phrase in said]), strict=True):
        if lemmas:
            by_lemmas[lemmas][name] = None
    by_first: defaultdict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for lemmas, names in by_lemmas.items():
        by_first[lemmas[0]].append((lemmas, tuple(names)))
    return sorted(f"{first}\t{_as_line(phrases)}" for first, phrases in by_first.items())


def _as_line(phrases: Sequence[Phrase]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: -len(phrase[0]))
    return "\t".join(f"{' '.join(names)}{_MEANS}{_LEMMA.join(lemmas)}" for lemmas, names in longest_first)


def _phrases(line: str) -> tuple[Phrase, ...]:
    said = (phrase.partition(_MEANS) for phrase in line.split("\t"))
    return tuple((tuple(lemmas.split(_LEMMA)), tuple(names.split(" "))) for names, _, lemmas in said)


def _lemmas(phrases: Sequence[str]) -> list[tuple[str, ...]]:
    """Each phrase as lemmas; all are cut into tokens in one go, a line each."""
    lines = [plain(phrase.replace(_NUMBER, _STAND_IN)) for phrase in phrases]
    made: list[tuple[str, ...]] = []
    for line in lines:
        tokens = tokens_of(line)
        made.append(
            tuple(
                _NUMBER if token.text == _STAND_IN else token.lemma
                for token in tokens
                if not _is_silent(token)
            )
        )
    return made
