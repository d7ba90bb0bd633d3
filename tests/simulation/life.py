"""Living through the days: what is owed on each morning, turns of the clock, and every outbox message that arrives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.storage.database import DatabaseFile
from knowledge.plan.fiscal_year import FiscalYear, fiscal_year_of
from reminders.calendar import Audience, EndsWith, PhaseTerm
from reminders.delivery import NotDelivered, Sent
from reminders.due import Item, Notice
from reminders.storage import notices
from reminders.storage.delivery_failures import DeliveryFailure
from reminders.storage.outbox_message import OutboxMessage
from reminders.tick import NoticeInputs, tick
from reminders.work import OpenWork, Task
from tests.bot.conversation.floor import Clock, fresh_database
from tests.reminders.city import at
from tests.simulation.people import (
    CALENDAR,
    OFFICE,
    REFUSING,
    TASKS,
    department_of,
    done_on,
    finished_on,
    roster_on,
)

TERMS = CALENDAR.terms(FiscalYear(2021), FiscalYear(2025))
MORNING = 8
"""What is done on a day is done at this hour, before the office opens."""


@cache
def city(day: date) -> NoticeInputs:
    """The city as it is on the morning of that day."""
    years = (fiscal_year_of(day).previous, fiscal_year_of(day))
    places = sorted({department_of(name, day) for name in TASKS})
    work: list[OpenWork] = []
    for term in TERMS:
        if term.year in years and term.phase.responsible is Audience.SECRETARIAT:
            work.append(_of_the_secretariat(term, day))
        elif term.year in years:
            work.extend(_of_a_department(place, term, day) for place in places)
    return NoticeInputs(CALENDAR, roster_on(day), tuple(work))


def _of_the_secretariat(term: PhaseTerm, day: date) -> OpenWork:
    on = finished_on(term)
    finished = at(on, MORNING) if on is not None and on <= day else None
    return OpenWork(term.round, term.phase.id, "", (), finished)


def _of_a_department(place: str, term: PhaseTerm, day: date) -> OpenWork:
    given = {name: done_on(name, term) for name in TASKS if department_of(name, day) == place}
    if term.phase.ends_with is EndsWith.DATE:
        given = dict.fromkeys(given)
    open_ones = tuple(name for name, on in given.items() if on is None or day < on)
    tasks = tuple(Task(name, TASKS[name], f"「{TASKS[name]}の取組」") for name in open_ones)
    days = [on for on in given.values() if on is not None]
    return OpenWork(term.round, term.phase.id, place, tasks, None if tasks else at(max(days), MORNING))


@dataclass(frozen=True)
class Arrived:
    """One thing that somebody was told, and when."""

    moment: datetime
    to: str
    label: str
    item: Item

    @property
    def day(self) -> date:
        return self.moment.date()


def _hours_of(day: date) -> list[int]:
    """Once in the office's hours, twice where outbox messages come back; and once outside, now before and now after."""
    outside = 7 if day.day % 2 else 19
    if not OFFICE.is_working_day(day):
        return [outside]
    inside = (10, 11) if any(day in days for days in REFUSING.values()) else (10,)
    return sorted((*inside, outside))


class Life:
    """A run through the days from one to another; every outbox message that arrives is kept."""

    def __init__(self, folder: Path, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.database: DatabaseFile = fresh_database(folder)
        self.clock = Clock(at(first))
        self.letters: list[tuple[datetime, Notice]] = []
        self.refused: list[datetime] = []
        self.told: list[tuple[datetime, tuple[DeliveryFailure, ...]]] = []
        self._words: dict[str, Callable[[], None]] = {}

    @property
    def arrived(self) -> list[Arrived]:
        return [
            Arrived(moment, one.to.id, one.to.label, item)
            for moment, one in self.letters
            for item in one.items
        ]

    def live(self) -> "Life":
        """Turn the clock before, in and after the office's hours, and on closed days as well."""
        with self.database.writing() as inside:
            notices.start(inside, "secretariat", at(self.first, MORNING))
        day = self.first
        while day <= self.last:
            for hour in _hours_of(day):
                self._turn(day, hour)
            day += timedelta(days=1)
        return self

    def _turn(self, day: date, hour: int) -> None:
        self.clock.moment = at(day, hour)
        turn = tick(self.database, city, self._word, self._tell, {"mail": self._send}, self.clock)
        assert turn.fault is None, turn.fault

    def _word(self, notice: Notice) -> str:
        return self._kept(lambda: self.letters.append((self.clock.moment, notice)))

    def _tell(self, troubles: Sequence[DeliveryFailure]) -> str:
        return self._kept(lambda: self.told.append((self.clock.moment, tuple(troubles))))

    def _kept(self, arrive: Callable[[], None]) -> str:
        key = str(len(self._words))
        self._words[key] = arrive
        return key

    def _send(self, letter: OutboxMessage) -> Sent:
        if self.clock.moment.date() in REFUSING.get(letter.address, ()):
            self.refused.append(self.clock.moment)
            raise NotDelivered("宛先が受け付けられない (550)", permanent=True)
        self._words[letter.body or ""]()
        return Sent()
