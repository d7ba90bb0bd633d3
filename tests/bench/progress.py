"""The whole summary of the plan's size and of a hundred times it, each with five years of entries."""

import time
from collections.abc import Iterator
from datetime import date, datetime

from bot.progress.scope import Scope
from bot.progress.summary import summarise
from bot.storage.entry import Entry, EntryRow, EntryState, Reported
from knowledge.editions.edition import Edition
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Initiative
from knowledge.roster.roster import Department, Responsibility, Roster
from reminders.calendar_file import read_calendar
from reminders.moment import TOKYO
from tests.bench.figure import Figure
from tests.bench.invented import FIRST, INITIATIVES, LAST, YEARS, invented_plan

SIZES = {1: 30, 103: 3}
"""How many times the plan's size, and how often each is measured."""

MOST_FOR_EACH = 2.0
"""Nothing in it may grow with the square of the plan; collecting what is no longer used costs a little more."""

_AT = datetime(2025, 7, 5, 10, 0, tzinfo=TOKYO)
_TODAY = date(2025, 8, 1)
_CALENDAR = read_calendar()


def bench() -> Iterator[Figure]:
    """Milliseconds of a summary for each size, and how much more an initiative costs in the large plan."""
    took = {}
    for times, repeats in SIZES.items():
        known, roster, entries = invented(times)
        took[times] = min(_seconds(known, roster, entries) for _ in range(repeats))
        name = f"{times * INITIATIVES:,}取組、自己評価{len(entries):,}件"
        yield Figure(name, took[times] * 1000, "ms")
    small, large = SIZES
    each = (took[large] / large) / (took[small] / small)
    yield Figure(f"計画が{large // small}倍のとき、1取組あたり", each, "倍", MOST_FOR_EACH)


def invented(times: int) -> tuple[Known, Roster, tuple[Entry, ...]]:
    """A plan of that size, twenty departments for it, and an entry of each initiative in each of five years."""
    plan = invented_plan(times)
    departments = tuple(Department(f"d{number}", f"{number}課") for number in range(20))
    answering = tuple(
        Responsibility(f"d{number % 20}", one.id) for number, one in enumerate(plan.initiatives)
    )
    known = Known(Edition("bench", plan.title, FIRST.first_day, False, plan))
    pairs = [(one, year) for year in YEARS for one in plan.initiatives]
    entries = tuple(_entry(number, one, year) for number, (one, year) in enumerate(pairs, start=1))
    return known, Roster(departments=departments, responsibilities=answering), entries


def _entry(number: int, one: Initiative, year: FiscalYear) -> Entry:
    return Entry(
        number=number,
        version=1,
        round=year.short,
        subject=one.id,
        code=one.code,
        title=one.title,
        edition="bench",
        department="d0",
        state=EntryState.ON_TRACK,
        forecast=_figures(one, year),
        actual=_figures(one, year.previous) if year > FIRST else (),
        submitted_by="p",
        submitted_at=_AT,
        is_late=False,
    )


def _figures(one: Initiative, year: FiscalYear) -> tuple[Reported, ...]:
    if one.targets is None:
        return ()
    measure = one.targets.measure
    row = EntryRow(one.id, one.code, measure.key, measure.name, measure.unit)
    return (Reported(row, year, one.targets.of(year), 1_000_000),)


def _seconds(known: Known, roster: Roster, entries: tuple[Entry, ...]) -> float:
    started = time.process_time()
    found = summarise(known, roster, entries, Scope(), LAST, _TODAY, _CALENDAR)
    assert found.counts.total == len(known.plan.initiatives)
    return time.process_time() - started
