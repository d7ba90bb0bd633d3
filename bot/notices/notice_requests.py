"""Reads what is said about notices: their preview, their log, starting and stopping them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.leftover import Leftover
from bot.notices.deadline_requests import phase_names
from bot.notices.request_words import named, words
from bot.wording.wording import say
from knowledge.japanese import plain
from knowledge.question import Language
from reminders.calendar import Calendar

_FORTNIGHT = timedelta(days=13)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """What will be sent from one day to another; `label` is what was said: 来週, or 今後2週間."""

    first: date
    last: date
    label: str


@dataclass(frozen=True, slots=True)
class LogRequest:
    """What was sent."""


@dataclass(frozen=True, slots=True)
class SwitchRequest:
    """Reminders on, or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """The work of a phase (by id) is done."""

    phase: str


@dataclass(frozen=True, slots=True)
class PulseRequest:
    """How the initiatives stand in the quarter."""


@dataclass(frozen=True, slots=True)
class HandoverRequest:
    """The handover pack of a code, or all of them."""

    code: str = ""


NoticeRequest = (
    PreviewRequest | LogRequest | SwitchRequest | CompletionRequest | PulseRequest | HandoverRequest
)
_CODE = re.compile(r"[0-9]+-[0-9]+-[0-9]+")


def read(text: str, calendar: Calendar, today: date) -> NoticeRequest | None:
    """What the whole text says of notices and phases; None where it is about anything else."""
    said = Leftover(plain(text))
    found = _first(said, today) or _of_phases(said, calendar)
    said.take_all(words("fillers"))
    return found if said.is_empty else None


def _first(said: Leftover, today: date) -> NoticeRequest | None:
    for group, what in (
        ("log", LogRequest()),
        ("start", SwitchRequest(True)),
        ("stop", SwitchRequest(False)),
    ):
        if said.take(dict.fromkeys(words(group), True)):
            return what
    is_preview = said.take(dict.fromkeys(words("ahead"), True))
    period = said.take(named("periods"))
    if is_preview or (period and said.take(dict.fromkeys(words("ahead", "with_period"), True))):
        return _ahead(period, today)
    return None


def _of_phases(said: Leftover, calendar: Calendar) -> NoticeRequest | None:
    if said.take(dict.fromkeys(words("pack"), True)):
        code = _CODE.search(said.rest)
        if code is not None:
            said.cut(code.start(), len(code[0]))
        return HandoverRequest(code[0] if code else "")
    if said.take(dict.fromkeys(words("pulse"), True)):
        return PulseRequest()
    phase = said.take(phase_names(calendar))
    return CompletionRequest(phase) if phase and said.take(dict.fromkeys(words("done"), True)) else None


def preview(today: date, language: Language = "ja") -> PreviewRequest:
    """What comes in the next two weeks."""
    return PreviewRequest(today, today + _FORTNIGHT, say("notices/next_two_weeks", language))


def _ahead(period: str | None, today: date) -> PreviewRequest:
    monday = today - today.weekday() * _DAY
    month = today.replace(day=1)
    match period:
        case "today":
            return PreviewRequest(today, today, "今日")
        case "tomorrow":
            return PreviewRequest(today + _DAY, today + _DAY, "明日")
        case "this_week":
            return PreviewRequest(today, monday + 6 * _DAY, "今週")
        case "next_week":
            return PreviewRequest(monday + 7 * _DAY, monday + 13 * _DAY, "来週")
        case "this_month":
            return PreviewRequest(today, _month_after(month) - _DAY, "今月")
        case "next_month":
            return PreviewRequest(_month_after(month), _month_after(_month_after(month)) - _DAY, "来月")
    return preview(today)


def _month_after(first: date) -> date:
    return (first + 31 * _DAY).replace(day=1)
