"""Reads what is said of deadlines: when they are, and to which day one is to be moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.conversation.leftover import Leftover
from bot.notices.days import Wanted, take_day
from bot.notices.request_words import named, words
from knowledge.japanese import plain
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.year_mentions import find_years
from reminders.calendar import Calendar


@dataclass(frozen=True, slots=True)
class DeadlinesRequest:
    """When the deadline is, of one phase (by id) or of all that are to come."""

    phase: str | None = None
    year: FiscalYear | None = None


@dataclass(frozen=True, slots=True)
class DeadlineMoveRequest:
    """That the deadline of a phase is to be another day; without a phase it must be asked which."""

    day: Wanted
    phase: str | None = None
    year: FiscalYear | None = None


def read(text: str, calendar: Calendar, today: date) -> DeadlinesRequest | DeadlineMoveRequest | None:
    """What the whole text says of deadlines; None where it is about anything else."""
    said = Leftover(plain(text))
    phase = said.take(phase_names(calendar))
    is_about = said.take(dict.fromkeys(words("deadline"), True))
    if not is_about and not (phase and said.take(dict.fromkeys(words("deadline", "until"), True))):
        return None
    is_earlier = said.take(_directions())
    is_change = said.take(dict.fromkeys(words("deadline", "change"), True))
    day = take_day(said, is_earlier)
    year = _year(said, today)
    said.take_all(words("deadline", "asking"))
    said.take_all(words("fillers"))
    if not said.is_empty or (day is None and (is_change or is_earlier is not None)):
        return None
    return DeadlinesRequest(phase, year) if day is None else DeadlineMoveRequest(day, phase, year)


def phase_names(calendar: Calendar) -> dict[str, str]:
    """What each phase of the calendar may be called: its name with and without what stands in brackets, and more."""
    ids = {phase.id for phase in calendar.phases}
    names = {word: id for word, id in named("phases").items() if id in ids}
    for phase in calendar.phases:
        names[plain(phase.name)] = names[plain(phase.name.partition("（")[0])] = phase.id
    return names


def _directions() -> dict[str, bool]:
    later, earlier = words("deadline", "later"), words("deadline", "earlier")
    return dict.fromkeys(later, False) | dict.fromkeys(earlier, True)


def _year(said: Leftover, today: date) -> FiscalYear | None:
    years = find_years(said.rest, today)
    if len(years) != 1 or years[0].calendar or years[0].beyond:
        return None
    said.cut(years[0].start, years[0].end - years[0].start)
    return years[0].year
