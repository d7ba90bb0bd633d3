"""What stands in a text: codes, years, months, units, ways of saying, names. Found, not yet judged.

Codes come first, then years, then names and ways of saying, so that no part of 3-1-2 or 令和5年度 is read as anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge import english_months
from knowledge.japanese import Folded, Word, asking_words, content_words
from knowledge.kansuji import kansuji
from knowledge.names import Found, Names
from knowledge.plan.fiscal_year import read_months
from knowledge.vocabulary import Vocabulary, Way
from knowledge.year_mentions import YearMention, find_years

_DIGIT = r"[0-9]{1,3}|[一二三四五六七八九十]{1,3}"
_CODE = re.compile(
    rf"(?<![0-9a-z年月.\-])(?:取組|項目|施策|コード)?({_DIGIT})(?:[-.・−/]|の)({_DIGIT})(?:(?:[-.・−/]|の)({_DIGIT}))?"
    r"(?![0-9年月日%]|[.-][0-9]|倍|つ|年度|番目|位|回|ヵ年|か年|個|件|館|校|台)"
)
_PILLAR = re.compile(
    rf"(?:第({_DIGIT})の?柱|柱の?({_DIGIT})(?![0-9\-]|つ|本|個)|({_DIGIT})(?:番目の|本目の)柱|pillars? ?({_DIGIT}))"
)
# 柱3と5, pillars 3, 4 and 5: more numbers that can be nothing but pillars.
_MORE_PILLARS = re.compile(
    r"(?:[、,・/と]|及び|および|, | and |, and | or | ?& ?)([1-9])"
    r"(?=$|[ 、,・/?!.。と及お]|[のをはで](?![0-9]))(?!\.[0-9])"
)
_CODE_RANGE = re.compile(r"~|から|-|through|to")
_MONTHS = re.compile(
    r"(?<![0-9年])(?:1[0-2]|[1-9])月?(?:[~-]|から)(?:翌年?の?)?(?:1[0-2]|[1-9])月(?!\d|日)|(?<![0-9年度])(?:1[0-2]|[1-9])月(?!\d*日)"
)
_UNIT = re.compile(
    r"(億円|百万円|万円|千円|円)(?:単位|で(?!す)|だと|に直す|に換算|換算|表記|にする|なら|にすると)"
    r"|何(億円|万円|千円|円)|(?:in|how many) (yen|(?:thousand|million|hundred million)s?(?: of)? yen)"
)
_UNITS = {
    "yen": "円",
    "thousand": "千円",
    "thousands": "千円",
    "million": "百万円",
    "millions": "百万円",
    "hundred": "億円",
}
_SUFFIX = re.compile("[一-龠々]")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-龠]")
_CARRIES_MEANING = re.compile("[一-龠々ァ-ヺa-z0-9]")


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A code at [start, end): 3-1-2, 3-1 or 柱3, whether or not the plan holds it."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class Mentions:
    """Everything found in one text, each with its place in `folded`."""

    folded: Folded
    codes: tuple[CodeMention, ...]
    years: tuple[YearMention, ...]
    months: tuple[int, int] | None
    months_at: tuple[int, int] | None
    unit: str
    ways: tuple[Way, ...]
    names: tuple[Found, ...]
    english: bool

    @property
    def text(self) -> str:
        return self.folded.text

    @property
    def has_words(self) -> bool:
        """Whether anything is written in words, not only codes, years and abbreviations."""
        return self.english or bool(_JAPANESE.search(self.folded.source))

    @cached_property
    def way_names(self) -> frozenset[str]:
        return frozenset(way.name for way in self.ways)

    def says(self, *names: str) -> bool:
        """Whether any of these ways of saying stands in the text."""
        return not self.way_names.isdisjoint(names)

    def way(self, name: str) -> Way | None:
        return next((way for way in self.ways if way.name == name), None)

    def left_over(self, named: tuple[Found, ...]) -> tuple[str, ...]:
        """The words that carry meaning and belong to nothing found; of the names only those given count as found."""
        return tuple(word.written for word in self._left_over(named))

    def left_over_phrases(self, named: tuple[Found, ...]) -> tuple[str, ...]:
        """The same, with words that stand side by side as one (公民館)."""
        phrases: list[tuple[int, int]] = []
        for word in self._left_over(named):
            end = word.end
            while end < len(self.text) and _SUFFIX.match(self.text[end]):
                end += 1
            if phrases and phrases[-1][1] >= word.start:
                phrases[-1] = (phrases[-1][0], end)
            else:
                phrases.append((word.start, end))
        return tuple(self.text[start:end] for start, end in phrases)

    def _left_over(self, named: tuple[Found, ...]) -> list[Word]:
        covered = self._covered(named)
        if not any(_CARRIES_MEANING.match(char) for at, char in enumerate(self.text) if not covered[at]):
            return []
        return [word for word in content_words(self.text) if _is_left(word, covered)]

    def _covered(self, named: tuple[Found, ...]) -> list[bool]:
        covered = [False] * len(self.text)
        spans = [(code.start, code.end) for code in self.codes]
        spans += [(year.start, year.end) for year in self.years]
        spans += [(way.start, way.end) for way in self.ways]
        spans += [run for found in named for run in found.runs]
        spans += [self.months_at] if self.months_at else []
        for start, end in spans:
            covered[start:end] = [True] * (end - start)
        return covered


def _is_left(word: Word, covered: list[bool]) -> bool:
    """A noun, less than half of it explained, that says more than that something is asked."""
    if sum(covered[word.start : word.end]) * 2 >= word.end - word.start:
        return False
    if word.part_of_speech[0] != "名詞" and not word.written.isascii():
        return False
    return not word.written.isdigit() and not asking_words().intersection((word.written, word.normal))


def find_mentions(text: str, vocabulary: Vocabulary, names: Names, today: date, issuer: str = "") -> Mentions:
    """Everything that the text holds; relative years (今年度) follow today, the issuing city's own name says nothing."""
    folded = vocabulary.fold(text)
    rest = folded.text
    codes = tuple(find_codes(rest))
    rest = _blanked(rest, [(one.start, one.end) for one in codes])
    years = tuple(find_years(rest, today))
    rest = _blanked(rest, [(one.start, one.end) for one in years])
    months, months_at = _months(rest)
    english = vocabulary.is_english(folded.source)
    said = [way for way in vocabulary.find_ways(rest) if english or way.name != "connecting"]
    found = tuple(names.find(without_issuer(rest, issuer), [(way.start, way.end) for way in said]))
    ways = tuple(_outside_names(said, found))
    unit = _UNIT.search(rest)
    asked = next((group for group in unit.groups() if group), "") if unit else ""
    return Mentions(
        folded,
        codes,
        years,
        months,
        months_at,
        _UNITS.get(asked.split(" ")[0], asked),
        ways,
        found,
        english,
    )


def find_codes(text: str) -> Iterator[CodeMention]:
    """Codes in any writing (3の1の2, 三の一の二, 3.1.2, 第3の柱), ranges (3-1-1~3-1-4) written out."""
    found: list[CodeMention] = []
    for match in _PILLAR.finditer(text):
        number = next(group for group in match.groups() if group)
        found.append(CodeMention(f"柱{_number(number)}", match.start(), match.end()))
        found += _more_pillars(text, match.end())
    for match in _CODE.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        code = "-".join(str(_number(group)) for group in match.groups() if group)
        found.append(CodeMention(code, match.start(), match.end()))
    return _with_ranges(sorted(found, key=lambda one: one.start), text)


def _more_pillars(text: str, at: int) -> Iterator[CodeMention]:
    while match := _MORE_PILLARS.match(text, at):
        yield CodeMention(f"柱{match[1]}", match.start(1), match.end())
        at = match.end()


def _with_ranges(found: list[CodeMention], text: str) -> Iterator[CodeMention]:
    previous: CodeMention | None = None
    for one in found:
        if previous and _CODE_RANGE.fullmatch(text[previous.end : one.start].strip()):
            yield from _between(previous, one)
        yield one
        previous = one


def _between(first: CodeMention, last: CodeMention) -> Iterator[CodeMention]:
    head, _, low = first.code.rpartition("-")
    same_head, _, high = last.code.rpartition("-")
    if head and head == same_head and low.isdigit() and high.isdigit():
        for number in range(int(low) + 1, int(high)):
            yield CodeMention(f"{head}-{number}", last.start, last.end)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else kansuji(text)


def _months(text: str) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    if match := _MONTHS.search(text):
        span = read_months(match[0])
        return ((span.first, span.last), match.span()) if span else (None, None)
    return english_months.find_months(text) or (None, None)


def _outside_names(ways: list[Way], found: tuple[Found, ...]) -> Iterator[Way]:
    """Ways of saying that are not merely a piece of a longer run of a name (the 見直し in 開館時間の見直し)."""
    runs = [run for one in found[:12] for run in one.runs]
    for way in ways:
        length = way.end - way.start
        if not any(
            start <= way.start and way.end <= end and end - start >= length + 2 for start, end in runs
        ):
            yield way


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def without_issuer(text: str, issuer: str) -> str:
    """The text without the issuing city's own name where it only says whose."""
    return (
        re.sub(rf"{re.escape(issuer)}(?=の|は|が|で|って|では)", "\n" * len(issuer), text) if issuer else text
    )
