"""The yearly cycle: its phases with their days in a round, the days on which the office is open, and its hours.

What it says comes from calendar.toml (`calendar_file` reads it). The home of jpholiday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal, cast

import jpholiday

from knowledge.plan.fiscal_year import FIRST_MONTH, FiscalYear, MonthSpan, range_of
from reminders.moment import TOKYO

_DAY = timedelta(days=1)

Moves = Literal["after", "before"]
"""Where a date on a closed day goes: the next day on which the office is open, or the one before."""


class Audience(StrEnum):
    """Whom a step speaks to."""

    DEPARTMENT = "department"
    HEAD = "head"
    DIRECTOR = "director"
    SECRETARIAT = "secretariat"
    MANAGER = "manager"


class EndsWith(StrEnum):
    """What tells that somebody's part of a phase is done; of `DATE` nothing does, and only the day ends it."""

    ENTRIES = "entries"
    DONE = "done"
    PULSE = "pulse"
    PACKS_MADE = "packs_made"
    PACKS_OPENED = "packs_opened"
    DATE = "date"


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day of any year; February 29 is the 28th where there is none."""

    month: int
    day: int

    def of(self, year: FiscalYear) -> date:
        """That day of the fiscal year; January to March lie in the western year after."""
        western = year.start + (self.month < FIRST_MONTH)
        is_missing = (self.month, self.day) == (2, 29) and not _is_leap(western)
        return date(western, self.month, 28 if is_missing else self.day)


@dataclass(frozen=True, slots=True)
class Escalation:
    """So many working days after the deadline these are told, once."""

    to: Audience
    after: int


@dataclass(frozen=True, slots=True)
class CalendarPhase:
    """One phase of the cycle. `months` are the plan's; the days are the city's own.

    `before` counts days, `after` and `escalation` working days; nothing can be said after the deadline of what
    ends with its date. `digest`: so many working days after the deadline (before it, when negative) the managers
    are told how things stand. `hint` says what is to be done, in a sentence for the outbox messages.
    """

    id: str
    name: str
    months: MonthSpan
    responsible: Audience
    ends_with: EndsWith
    opens: MonthDay
    deadline: MonthDay
    opens_moves: Moves
    deadline_moves: Moves
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    escalation: tuple[Escalation, ...] = ()
    after_plan: bool = False
    digest: int | None = None
    hint: str = ""

    @property
    def ends_with_entries(self) -> bool:
        return self.ends_with is EndsWith.ENTRIES


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline set by hand: the `number`th time that this one is, at that moment, in place of `before`."""

    day: date
    before: date
    at: datetime
    number: int = 1


@dataclass(frozen=True, slots=True)
class PhaseTerm:
    """A phase in one round (R5): both days are days on which the office is open."""

    phase: CalendarPhase
    year: FiscalYear
    opens: date
    deadline: date
    moved: Moved | None = None

    @property
    def round(self) -> str:
        return self.year.short


@dataclass(frozen=True, slots=True)
class Quiet:
    """Days, both included, on which only these steps are said; any other waits for the working day after."""

    name: str
    first: date
    last: date
    still_said: tuple[str, ...] = ()

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Office:
    """When outbox messages may leave. `year_end` is closed from its first day to its last, across the new year."""

    opens: time
    closes: time
    year_end: tuple[MonthDay, MonthDay]
    quiet: tuple[Quiet, ...] = ()

    def is_open(self, moment: datetime) -> bool:
        """Whether `moment`, which must know its zone, lies within hours of a working day."""
        here = moment.astimezone(TOKYO)
        return self.is_working_day(here.date()) and self.opens <= here.time() < self.closes

    def is_working_day(self, day: date) -> bool:
        first, last = self.year_end
        is_year_end = MonthDay(day.month, day.day) >= first or MonthDay(day.month, day.day) <= last
        return day.weekday() < 5 and not is_year_end and not _is_holiday(day)

    def working_day(self, day: date, moves: Moves) -> date:
        """The day itself, or where it moves to when the office is closed on it."""
        while not self.is_working_day(day):
            day += _DAY if moves == "after" else -_DAY
        return day

    def working_days_after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`; with a negative count, before it."""
        step, moves = (_DAY, "after") if count >= 0 else (-_DAY, "before")
        for _ in range(abs(count)):
            day = self.working_day(day + step, cast(Moves, moves))
        return day

    def may_say(self, step: str, day: date) -> bool:
        """Whether that step may be said on a working day: in a quiet period few may."""
        return all(step in one.still_said for one in self.quiet if day in one)

    def saying_day(self, step: str, day: date) -> date:
        """The day itself, or the first working day after the quiet period that it lies in."""
        while not self.may_say(step, day):
            day = self.working_day(day + _DAY, "after")
        return day

    def opening_of(self, day: date) -> datetime:
        """The moment at which outbox messages may leave on that day."""
        return datetime.combine(day, self.opens, TOKYO)

    def closing_of(self, day: date) -> datetime:
        """The moment from which outbox messages may no longer leave on that day."""
        return datetime.combine(day, self.closes, TOKYO)


@dataclass(frozen=True)
class Calendar:
    """The phases of every round of a plan. `moved` holds deadlines set by hand, by round and phase."""

    office: Office
    phases: tuple[CalendarPhase, ...]
    moved: Mapping[tuple[str, str], Moved] = field(default_factory=dict)

    def term(self, phase: CalendarPhase, year: FiscalYear) -> PhaseTerm:
        """When that phase is held in the round of `year`."""
        opens = self.office.working_day(phase.opens.of(year), phase.opens_moves)
        moved = self.moved.get((year.short, phase.id))
        written = moved.day if moved else phase.deadline.of(year)
        return PhaseTerm(phase, year, opens, self.office.working_day(written, phase.deadline_moves), moved)

    def phase(self, id: str) -> CalendarPhase | None:
        return next((one for one in self.phases if one.id == id), None)

    def terms(self, first: FiscalYear, last: FiscalYear) -> tuple[PhaseTerm, ...]:
        """Every term of a plan that runs from `first` to `last`, with the round that is held after it."""
        return tuple(
            self.term(phase, year)
            for year in range_of(first, last.next)
            for phase in self.phases
            if year <= last or phase.after_plan
        )


def outside_the_plan(calendar: Calendar) -> tuple[str, ...]:
    """What lies outside the months that the plan names, each as a warning in Japanese."""
    days = [
        (phase, label, day.month, f"{day.month}月{day.day}日")
        for phase in calendar.phases
        for label, day in (("開始", phase.opens), ("締切", phase.deadline))
    ]
    names = {phase.id: phase for phase in calendar.phases}
    for (round, id), moved in calendar.moved.items():
        if id in names:
            day = moved.day
            days.append((names[id], f"{round}の締切", day.month, f"{day.month}月{day.day}日"))
    return tuple(
        f"「{phase.name}」の{label} {words} は、計画の月（{months_label(phase.months)}）から外れています"
        for phase, label, month, words in days
        if month not in phase.months
    )


def months_label(months: MonthSpan) -> str:
    """7月; 10月～翌2月."""
    if months.first == months.last:
        return f"{months.first}月"
    return f"{months.first}月～{'翌' if months.last < months.first else ''}{months.last}月"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@lru_cache(maxsize=4096)
def _is_holiday(day: date) -> bool:
    return bool(jpholiday.is_holiday(day))
