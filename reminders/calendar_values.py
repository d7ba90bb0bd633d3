"""Reads the single values of calendar.toml; each reader raises ValueError, in Japanese, for what it cannot take."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any, cast

from knowledge.plan.fiscal_year import MonthSpan, read_months
from reminders.calendar import Audience, EndsWith, Escalation, MonthDay, Moves

STEPS = ("the_day", "again", "returned", "later", "thanks")
"""What a quiet period may let through, by its name in notices."""

_RESPONSIBLE = (Audience.DEPARTMENT, Audience.SECRETARIAT)
_ABOVE = (Audience.HEAD, Audience.DIRECTOR, Audience.SECRETARIAT)


def read_words(value: Any) -> str:
    """Some words."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("言葉を書いてください")
    return value


def read_identifier(value: Any) -> str:
    """An identifier: small letters and _."""
    if not re.fullmatch(r"[a-z][a-z_]*", read_words(value)):
        raise ValueError("英小文字と _ で書いてください")
    return str(value)


def read_month_span(value: Any) -> MonthSpan:
    """10月～翌2月."""
    found = read_months(read_words(value).replace("～", "~"))
    if found is None:
        raise ValueError("7月、10月～翌2月 のように書いてください")
    return found


def read_one_of(*allowed: str) -> Callable[[Any], str]:
    """A reader of one of these words."""

    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"{'、'.join(allowed)} のいずれかにしてください")
        return cast(str, value)

    return read


def read_month_day(value: Any) -> MonthDay:
    """07-31; of a leap year, so that 02-29 can be written."""
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", value) if isinstance(value, str) else None
    try:
        day = date(2024, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError("07-31 のように、ある日を書いてください")
    return MonthDay(day.month, day.day)


def read_two_days(value: Any) -> tuple[MonthDay, MonthDay]:
    """The first and the last day of a time that crosses the new year."""
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("初日と最終日の2つを書いてください")
    first, last = read_month_day(value[0]), read_month_day(value[1])
    if first <= last:
        raise ValueError("年をまたぐように書いてください")
    return first, last


def read_clock_time(value: Any) -> time:
    """A time of day."""
    if not isinstance(value, time):
        raise ValueError("09:00:00 のように書いてください")
    return value


def read_day(value: Any) -> date:
    """A day."""
    if type(value) is not date:
        raise ValueError("2026-08-13 のように、ある日を書いてください")
    return value


def read_steps(value: Any) -> tuple[str, ...]:
    """Steps by their names."""
    if not isinstance(value, list):
        raise ValueError('["the_day", "again"] のように並べてください')
    return tuple(read_one_of(*STEPS)(one) for one in value)


def read_signed_days(value: Any) -> int:
    """A number of days, before (negative) or after."""
    if type(value) is not int or not -60 <= value <= 60:
        raise ValueError("-60から60までの数を書いてください")
    return value


def read_days(value: Any) -> tuple[int, ...]:
    """Different numbers of days."""
    if not isinstance(value, list) or not all(type(one) is int and 1 <= one <= 90 for one in value):
        raise ValueError("1から90までの数を並べてください")
    if len(set(value)) != len(value):
        raise ValueError("同じ数が2回あります")
    return tuple(value)


def read_escalation(value: Any) -> tuple[Escalation, ...]:
    """Whom to tell, and after how many days; each audience once."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError('{ to = "head", after = 7 } を並べてください')
    steps = [
        Escalation(Audience(read_one_of(*_ABOVE)(one.get("to"))), read_days([one.get("after")])[0])
        for one in value
    ]
    if len({step.to for step in steps}) != len(steps):
        raise ValueError("同じ相手が2回あります")
    return tuple(steps)


def read_yes_or_no(value: Any) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise ValueError("true か false にしてください")
    return value


def read_moves(value: Any) -> Moves:
    """Where a date on a closed day goes."""
    return cast(Moves, read_one_of("after", "before")(value))


READERS: dict[str, Callable[[Any], Any]] = {
    "id": read_identifier,
    "name": read_words,
    "months": read_month_span,
    "responsible": lambda value: Audience(read_one_of(*_RESPONSIBLE)(value)),
    "ends_with": lambda value: EndsWith(read_one_of(*EndsWith)(value)),
    "opens": read_month_day,
    "deadline": read_month_day,
    "opens_moves": read_moves,
    "deadline_moves": read_moves,
    "before": read_days,
    "after": read_days,
    "escalation": read_escalation,
    "after_plan": read_yes_or_no,
}
