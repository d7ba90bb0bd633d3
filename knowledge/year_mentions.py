"""Finds the fiscal years that a text names, in every way in which staff write them.

Reads any year, inside a plan or not: whoever knows the plan refuses those outside it. Words that depend on
a plan (初年度, 最終年度, 前半) are not read here. Codes (3-1-2) and durations (3年間, 5年計) are not years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from knowledge.plan.fiscal_year import LONGEST, FiscalYear, fiscal_year_of, range_of
from knowledge.year_words import ERA_NAMES, WESTERN, YearWord, year_of, year_of_plain, year_words


@dataclass(frozen=True, slots=True)
class YearMention:
    """Words at [start, end) that name a fiscal year, or several in order for a range (R3～R5).

    `calendar`: a date or month of the calendar (令和3年3月25日), not a fiscal year; `years` then holds the
    fiscal year it lies in, or nothing where the words leave the year out. `relative`: it depends on today
    (今年度). `beyond`: 以降 (later) or まで (earlier), the year itself included. `shift`: 前年 (-1), 翌年 (1)
    with no year named before it; who knows which year is spoken of counts from that instead of from today.
    """

    start: int
    end: int
    years: tuple[FiscalYear, ...]
    calendar: bool = False
    relative: bool = False
    beyond: Literal["", "later", "earlier"] = ""
    shift: int = 0

    @property
    def year(self) -> FiscalYear | None:
        """The year, where it is a single one."""
        return self.years[0] if len(self.years) == 1 else None

    @property
    def is_range(self) -> bool:
        return len(self.years) > 1


def find_years(text: str, today: date) -> list[YearMention]:
    """The years named in a folded text (see `japanese.fold`), in order; 今年度 is seen from `today`."""
    days = list(_days(text))
    rest = _blanked(text, days)
    words = [_as_calendar(rest, word, today) for word in year_words(rest, today)]
    mentions = list(_ranges(rest, _once(rest, _beside_each_other(rest, words))))
    apart = [day for day in days if not any(mention.start <= day.start < mention.end for mention in mentions)]
    return sorted([*mentions, *apart], key=lambda mention: mention.start)


def read_year(text: str, today: date) -> FiscalYear | None:
    """The single fiscal year that the whole of a folded text names, or None."""
    mentions = find_years(text, today)
    if len(mentions) != 1 or mentions[0].calendar or mentions[0].beyond:
        return None
    return mentions[0].year if (mentions[0].start, mentions[0].end) == (0, len(text)) else None


_DAY = re.compile(
    rf"""
    (?:(?P<era>r|h|{ERA_NAMES}) (?P<number>[1-9][0-9]?) | (?<![0-9])(?P<western>{WESTERN}))
    (?P<dot>[./-]) (?P<month>1[0-2]|0?[1-9]) (?P=dot) (?P<day>3[01]|[12][0-9]|0?[1-9]) (?![0-9./-])
    """,
    re.VERBOSE,
)
_MONTH_AFTER_YEAR = re.compile(r"[の.]?(1[0-2]|0?[1-9])月(?:[0-9]{1,2}日)?")
_MONTH_AND_DAY = re.compile(r"(?<![0-9])(?:1[0-2]|[1-9])月[0-9]{1,2}日")

_KANJI = "一二三四五六七八九十"
_CODE = re.compile(
    rf"""
    (?<![0-9.,-])(?<![0-9][.,-])
    (?: (?<![rhs])[0-9]{{1,2}}(?:-[0-9]{{1,2}}){{2,}}(?![0-9])
      | (?<![rhs令和平成昭])[0-9]{{1,2}}-[0-9]{{1,2}}(?![0-9-]|年) )
    | (?<![rhs令和平成昭0-9{_KANJI}])(?:[0-9]{{1,2}}|[{_KANJI}])
      (?:[の-](?:[0-9]{{1,2}}|[{_KANJI}])(?![0-9{_KANJI}年月])){{1,2}}
    """,
    re.VERBOSE,
)
_RANGE = re.compile(r" ?(?:~|から|->|→|ないし|乃至| to |to| through ) ?")
_DASH = re.compile(r" ?- ?")
_CODE_GOES_ON = re.compile(r"-[0-9]")
_LIST = re.compile(r" ?(?:[、,・/&]|と|や|か|及び|および|並びに|又は|または|もしくは|and|or|vs\.?|対) ?")
_UNTIL = re.compile(r" ?まで")
_LATER = re.compile(r"以降|以後|~(?![0-9])| ?or later| ?onwards?")
_EARLIER = re.compile(r"まで|以前|迄")
_AFTER_BARE = re.compile(
    r"$|[\s、。,・/~?!()「」のはをにでがともへや年]|-(?![0-9])|まで|から|および|及び|以降|以前"
)
_BEFORE_BARE = re.compile(r"(?:^|[^柱第項目章回番号条頁問表図a-z0-9.\-])$")


def _days(text: str) -> Iterator[YearMention]:
    for match in _DAY.finditer(text):
        western = (
            int(match["western"]) if match["western"] else year_of(match["era"], int(match["number"])).start
        )
        yield YearMention(*match.span(), (_year_of_month(western, int(match["month"])),), calendar=True)
    for match in _MONTH_AND_DAY.finditer(text):
        yield YearMention(*match.span(), (), calendar=True)


def _year_of_month(western: int, month: int) -> FiscalYear:
    return fiscal_year_of(date(western, month, 1))


def _blanked(text: str, days: list[YearMention]) -> str:
    """The text with codes and written-out days made unreadable, so that their figures are no years."""
    spans = [(day.start, day.end) for day in days if day.years]
    for start, end in [*spans, *(match.span() for match in _CODE.finditer(text))]:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def _as_calendar(text: str, word: YearWord, today: date) -> YearWord:
    """令和3年3月 and 来年の3月 are months of the calendar; 令和3年度の3月 lies in that fiscal year."""
    month = _MONTH_AFTER_YEAR.match(text, word.end)
    if not month or word.year is None:
        return word
    year = word.year
    if not text.endswith("度", word.start, word.end):
        western = today.year + word.shift if word.kind == "relative" else year.start
        year = _year_of_month(western, int(month[1]))
    return replace(word, end=month.end(), kind="calendar", year=year)


def _beside_each_other(text: str, words: list[YearWord]) -> list[YearWord]:
    """Only the years: a bare number beside one (令和3と4, 3～5年度) is read like it, others fall away."""
    read: list[YearWord] = []
    for word in words:
        read.append(_after(text, read[-1], word) if read else word)
    for at in range(len(read) - 2, -1, -1):
        read[at] = _before(text, read[at], read[at + 1])
    return [word for word in read if word.year is not None]


def _after(text: str, left: YearWord, word: YearWord) -> YearWord:
    """令和3と4: the number as a year like the one to its left."""
    if word.kind != "plain" or left.kind not in ("named", "plain") or left.year is None:
        return word
    if not _are_joined(text, left, word) or not (word.year or _AFTER_BARE.match(text, word.end)):
        return word
    if left.number < word.number <= LONGEST.get(left.era, 0):
        return replace(word, year=FiscalYear.of_era(left.era, word.number), era=left.era)
    return replace(word, year=word.year or year_of_plain(word.number))


def _before(text: str, word: YearWord, right: YearWord) -> YearWord:
    """3～5年度: the number as a year like the one to its right."""
    if word.kind != "plain" or word.year or right.kind != "plain" or right.year is None:
        return word
    if not _are_joined(text, word, right) or not _BEFORE_BARE.search(text[: word.start]):
        return word
    return replace(word, year=year_of_plain(word.number))


def _are_joined(text: str, left: YearWord, right: YearWord) -> bool:
    return _is_range(text, left, right) or _LIST.fullmatch(text, left.end, right.start) is not None


def _is_range(text: str, left: YearWord, right: YearWord) -> bool:
    between = text[left.end : right.start]
    if between == "より":  # otherwise it compares: 令和4年度より令和5年度が
        return _UNTIL.match(text, right.end) is not None
    if _DASH.fullmatch(between):
        return not _CODE_GOES_ON.match(text, right.end)
    return _RANGE.fullmatch(between) is not None


def _once(text: str, words: list[YearWord]) -> list[YearWord]:
    """令和3年度(2021年度) names one year twice: one of them is enough."""
    kept: list[YearWord] = []
    for word in words:
        last = kept[-1] if kept else None
        if last and last.year == word.year and text[last.end : word.start] == "(":
            kept[-1] = replace(last, end=word.end + text.startswith(")", word.end))
        else:
            kept.append(word)
    return kept


def _ranges(text: str, words: list[YearWord]) -> Iterator[YearMention]:
    """Pairs joined by ～ or から made one mention, all others one each."""
    waiting = list(reversed(words))
    while waiting:
        left = waiting.pop()
        if waiting and left.kind != "calendar" != waiting[-1].kind and _is_range(text, left, waiting[-1]):
            yield _range(text, left, waiting.pop())
        else:
            yield _single(text, left)


def _range(text: str, left: YearWord, right: YearWord) -> YearMention:
    first, last = sorted(word.year for word in (left, right) if word.year)
    until = _UNTIL.match(text, right.end)
    relative = "relative" in (left.kind, right.kind)
    return YearMention(
        left.start, until.end() if until else right.end, range_of(first, last), relative=relative
    )


def _single(text: str, word: YearWord) -> YearMention:
    years = (word.year,) if word.year else ()
    mention = YearMention(word.start, word.end, years, word.kind == "calendar", word.kind == "relative")
    if mention.calendar:
        return mention
    if word.unanchored:
        mention = replace(mention, shift=word.shift)
    if later := _LATER.match(text, word.end):
        return replace(mention, end=later.end(), beyond="later")
    if earlier := _EARLIER.match(text, word.end):
        return replace(mention, end=earlier.end(), beyond="earlier")
    return mention
