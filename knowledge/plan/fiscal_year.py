"""Fiscal years (April to March), their names, and which one a date belongs to.

The ways in which people write them in a sentence are read in `year_mentions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import overload

FIRST_MONTH = 4
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)

_ERAS = (("令和", "R", 2019), ("平成", "H", 1989), ("昭和", "S", 1926))
LONGEST = {"令和": 99, "平成": 31, "昭和": 64}
_ERA_BY_LETTER = {letter: era for era, letter, _ in _ERAS}
_FIRST_OF_ERA = {era: first for era, _, first in _ERAS}


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A fiscal year, known by the western year in which it starts: 令和4年度 is `FiscalYear(2022)`."""

    start: int

    @classmethod
    def reiwa(cls, number: int) -> FiscalYear:
        """令和`number`年度."""
        return cls.of_era("令和", number)

    @classmethod
    def of_era(cls, era: str, number: int) -> FiscalYear:
        """The `number`th year of 令和, 平成 or 昭和."""
        return cls(_FIRST_OF_ERA[era] + number - 1)

    @classmethod
    def from_short(cls, short: str) -> FiscalYear:
        """R6 -> 令和6年度 (the form that files and commands carry); ValueError for any other writing."""
        match = re.fullmatch(r"([RHS])([1-9]\d?)", short)
        if not match or int(match[2]) > LONGEST[_ERA_BY_LETTER[match[1]]]:
            raise ValueError(f"年度はR6のように書いてください: {short}")
        return cls.of_era(_ERA_BY_LETTER[match[1]], int(match[2]))

    @property
    def western(self) -> int:
        """The western year in which it starts."""
        return self.start

    @property
    def label(self) -> str:
        """令和4年度; 令和元年度; a year before 昭和 as 1920年度."""
        for era, _, first in _ERAS:
            if self.start >= first:
                number = self.start - first + 1
                return f"{era}{'元' if number == 1 else number}年度"
        return f"{self.start}年度"

    @property
    def short(self) -> str:
        """R4, H30, S63; a year before 昭和 as FY1920."""
        for _, letter, first in _ERAS:
            if self.start >= first:
                return f"{letter}{self.start - first + 1}"
        return self.english

    @property
    def english(self) -> str:
        return f"FY{self.start}"

    @property
    def first_day(self) -> date:
        return date(self.start, FIRST_MONTH, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, FIRST_MONTH - 1, 31)

    @property
    def next(self) -> FiscalYear:
        return self + 1

    @property
    def previous(self) -> FiscalYear:
        return self - 1

    def __add__(self, years: int) -> FiscalYear:
        return FiscalYear(self.start + years)

    @overload
    def __sub__(self, other: int) -> FiscalYear: ...
    @overload
    def __sub__(self, other: FiscalYear) -> int: ...
    def __sub__(self, other: int | FiscalYear) -> FiscalYear | int:
        return self.start - other.start if isinstance(other, FiscalYear) else FiscalYear(self.start - other)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return self.label


def fiscal_year_of(day: date) -> FiscalYear:
    """The fiscal year of a day; January to March belong to the year before."""
    return FiscalYear(day.year if day.month >= FIRST_MONTH else day.year - 1)


def range_of(first: FiscalYear, last: FiscalYear) -> tuple[FiscalYear, ...]:
    """Both ends and all between, in order; ValueError when they are the wrong way round."""
    if last < first:
        raise ValueError(f"期間の終わりが始まりより前です: {first.label}～{last.label}")
    return tuple(FiscalYear(start) for start in range(first.start, last.start + 1))


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """From one month to another, both included, across the year's end when `first` > `last` (10月～翌2月)."""

    first: int
    last: int

    def __contains__(self, month: int) -> bool:
        if self.first <= self.last:
            return self.first <= month <= self.last
        return month >= self.first or month <= self.last

    @property
    def months(self) -> tuple[int, ...]:
        """In the order in which they come: 10, 11, 12, 1, 2."""
        count = (self.last - self.first) % 12 + 1
        return tuple((self.first - 1 + step) % 12 + 1 for step in range(count))


_MONTH_SPAN = re.compile(
    r"(1[0-2]|[1-9])月?(?:[~-]|から)(?:翌年?|来年)?の?(1[0-2]|[1-9])月(?:まで)?|(1[0-2]|[1-9])月"
)


def read_months(text: str) -> MonthSpan | None:
    """10月～翌2月, 4～6月 or 7月, the whole of a folded text; None for anything else."""
    match = _MONTH_SPAN.fullmatch(text)
    if not match:
        return None
    return MonthSpan(int(match[1] or match[3]), int(match[2] or match[3]))
