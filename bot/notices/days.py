"""Reads which day a deadline is to be moved to: a date, a day of the month, a month's end, or so many days away."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.leftover import Leftover
from knowledge.kansuji import kansuji
from knowledge.plan.fiscal_year import FiscalYear
from reminders.calendar import MonthDay


@dataclass(frozen=True, slots=True)
class On:
    """A day as far as it was said: without a year, or a month, that of the deadline. `day` None is the month's end."""

    day: int | None
    month: int | None = None
    western: int | None = None

    def seen_from(self, deadline: date, year: FiscalYear) -> date:
        """The day that is meant, where the deadline lies in the round of `year`; ValueError for none there is."""
        month = self.month or deadline.month
        western = self.western or (MonthDay(month, 1).of(year).year if self.month else deadline.year)
        return date(western, month, self.day or calendar.monthrange(western, month)[1])


@dataclass(frozen=True, slots=True)
class By:
    """So many days later, or earlier when negative."""

    days: int

    def seen_from(self, deadline: date, _year: FiscalYear) -> date:
        return deadline + timedelta(days=self.days)


Wanted = On | By

_DIGITS = re.compile(r"[〇一二三四五六七八九十]+(?=[月日年週]|か月)")
_FULL = re.compile(r"(?:(?:令和|r)(\d{1,2}|元)[年.]|(\d{4})[-/.年])(\d{1,2})[-/.月](\d{1,2})日?")
_MONTH_DAY = re.compile(r"(\d{1,2})[月/](\d{1,2})日?(?!\d)")
_MONTH_END = re.compile(r"(?:(\d{1,2})月|今月|月)末日?")
_DAY = re.compile(r"(\d{1,2})日(?!間)")
_SPAN = re.compile(r"(\d{1,3})(日間?|週間?)")
_REIWA = 2018


def take_day(said: Leftover, is_earlier: bool | None) -> Wanted | None:
    """The day that the text names, taken out of it. `is_earlier` is said by the verb: without one, no span is."""
    said.rest = _DIGITS.sub(lambda found: str(kansuji(found[0])), said.rest)
    if match := _taken(_FULL, said):
        era = match[1] and _REIWA + (1 if match[1] == "元" else int(match[1]))
        return On(int(match[4]), int(match[3]), era or int(match[2]))
    if match := _taken(_MONTH_DAY, said):
        return On(int(match[2]), int(match[1]))
    if match := _taken(_MONTH_END, said):
        return On(None, int(match[1]) if match[1] else None)
    is_span = is_earlier is not None and not re.search(r"\d日(?:まで|に)", said.rest)
    if is_span and (match := _taken(_SPAN, said)):
        days = int(match[1]) * (7 if match[2].startswith("週") else 1)
        return By(-days if is_earlier else days)
    if match := _taken(_DAY, said):
        return On(int(match[1]))
    return None


def _taken(pattern: re.Pattern[str], said: Leftover) -> re.Match[str] | None:
    match = pattern.search(said.rest)
    if match:
        said.cut(match.start(), match.end() - match.start())
    return match
