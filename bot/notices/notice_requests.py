"""Reads what is said about notices: their preview, their log, starting and stopping them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.leftover import Leftover
from bot.notices.deadline_requests import phase_names
from bot.notices.request_words import named, words
from knowledge.japanese import plain
from reminders.calendar import Calendar

_FORTNIGHT = timedelta(days=13)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What will be sent from one day to another; `label` is what was said: 来週, or 今後2週間."""

    first: date
    last: date
    label: str


@dataclass(frozen=True, slots=True)
class Log:
    """What was sent."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Reminders on, or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class Done:
    """The work of a phase (by id) is done."""

    phase: str


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the initiatives stand in the quarter."""


@dataclass(frozen=True, slots=True)
class Packs:
    """The handover pack of a code, or all of them."""

    code: str = ""


Said = Ahead | Log | Switch | Done | Pulse | Packs
_CODE = re.compile(r"[0-9]+-[0-9]+-[0-9]+")


def read(text: str, calendar: Calendar, today: date) -> Said | None:
    """What the whole text says of notices and phases; None where it is about anything else."""
    said = Leftover(plain(text))
    found = _first(said, today) or _of_phases(said, calendar)
    said.take_all(words("fillers"))
    return found if said.is_empty else None


def _first(said: Leftover, today: date) -> Said | None:
    for group, what in (("log", Log()), ("start", Switch(True)), ("stop", Switch(False))):
        if said.take(dict.fromkeys(words(group), True)):
            return what
    is_preview = said.take(dict.fromkeys(words("ahead"), True))
    period = said.take(named("periods"))
    if is_preview or (period and said.take(dict.fromkeys(words("ahead", "with_period"), True))):
        return _ahead(period, today)
    return None


def _of_phases(said: Leftover, calendar: Calendar) -> Said | None:
    if said.take(dict.fromkeys(words("pack"), True)):
        code = _CODE.search(said.rest)
        if code is not None:
            said.cut(code.start(), len(code[0]))
        return Packs(code[0] if code else "")
    if said.take(dict.fromkeys(words("pulse"), True)):
        return Pulse()
    phase = said.take(phase_names(calendar))
    return Done(phase) if phase and said.take(dict.fromkeys(words("done"), True)) else None


def preview(today: date) -> Ahead:
    """What comes in the next two weeks."""
    return Ahead(today, today + _FORTNIGHT, "今後2週間")


def _ahead(period: str | None, today: date) -> Ahead:
    monday = today - today.weekday() * _DAY
    month = today.replace(day=1)
    match period:
        case "today":
            return Ahead(today, today, "今日")
        case "tomorrow":
            return Ahead(today + _DAY, today + _DAY, "明日")
        case "this_week":
            return Ahead(today, monday + 6 * _DAY, "今週")
        case "next_week":
            return Ahead(monday + 7 * _DAY, monday + 13 * _DAY, "来週")
        case "this_month":
            return Ahead(today, _month_after(month) - _DAY, "今月")
        case "next_month":
            return Ahead(_month_after(month), _month_after(_month_after(month)) - _DAY, "来月")
    return preview(today)


def _month_after(first: date) -> date:
    return (first + 31 * _DAY).replace(day=1)
