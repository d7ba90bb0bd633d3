"""An invented year of entries on the plan that ships, from a table that anybody can read and reckon after."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

from bot.progress.reported_figures import FigureLine
from bot.progress.scope import Scope
from bot.progress.summary import Summary, summarise
from bot.storage.entry import Entry, EntryRow, EntryState, Reported, SignOff, SignOffStep
from knowledge.editions.edition import shipped
from knowledge.known import Known
from knowledge.plan.amount import UNITS
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Target
from knowledge.roster.roster import Roster
from knowledge.sources.sample_roster import sample_roster
from reminders.calendar_file import read_calendar
from reminders.moment import TOKYO

HERE = Path(__file__).parent
AUGUST = date(2023, 8, 1)
JULY = date(2023, 7, 10)
R5 = FiscalYear.reiwa(5)
CALENDAR = read_calendar()
SUBMITTED_AT = datetime(2023, 7, 5, 10, 0, tzinfo=TOKYO)


@cache
def known() -> Known:
    return Known(shipped())


@cache
def roster() -> Roster:
    return sample_roster(known().plan).on(AUGUST)


def rows_of(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(_entry(number, row) for number, row in enumerate(rows_of("invented_year.csv"), start=1))


def summary(
    ref: str = "計画", year: FiscalYear = R5, today: date = AUGUST, **scope: frozenset[str]
) -> Summary:
    return summarise(known(), roster(), entries(), Scope(ref, **scope), year, today, CALENDAR)


def with_version(several: Iterable[Entry], subject: str, **changes: object) -> tuple[Entry, ...]:
    """The entries, and a second version of the one of R5 on that subject."""
    first = next(one for one in several if (one.round, one.subject) == ("R5", subject))
    return (replace(first, version=2, number=1000, **changes), *several)  # type: ignore[arg-type]


def _entry(number: int, row: dict[str, str]) -> Entry:
    this = FiscalYear.from_short(row["round"])
    step = SignOffStep(row["step"])
    steps = () if step is SignOffStep.SUBMITTED else (SignOff(step, "head", SUBMITTED_AT, "理由"),)
    return Entry(
        number=number,
        version=1,
        round=row["round"],
        subject=row["subject"],
        code=row["subject"].partition("#")[0],
        title="取組",
        edition="first",
        department="gyosei",
        state=EntryState(row["state"]),
        actual=_figures(row["row"], this.previous, row["actual"]),
        forecast=_figures(row["row"], this, row["forecast"]),
        submitted_by="gyosei-tanto",
        submitted_at=SUBMITTED_AT,
        is_late=bool(row["late"]),
        causes="内部の要因",
        problems="内部の課題",
        sign_offs=steps,
    )


def _figures(ref: str, year: FiscalYear, written: str) -> tuple[Reported, ...]:
    if not written:
        return ()
    counted = _row(ref)
    target = _target(ref, year)
    try:
        value = Fraction(written) * (UNITS[counted.unit] if counted.is_money else 1)
    except ValueError:
        return (Reported(counted, year, target, None, written),)
    return (Reported(counted, year, target, int(value)),)


def _row(ref: str) -> EntryRow:
    if found := known().indicator(ref):
        item, indicator = found
        return EntryRow(ref, item.code, f"indicator:{indicator.name}", indicator.name, indicator.unit)
    initiative = known().initiative(ref)
    assert initiative is not None and initiative.targets is not None
    measure = initiative.targets.measure
    return EntryRow(initiative.id, initiative.code, measure.key, measure.name, measure.unit)


def _target(ref: str, year: FiscalYear) -> Target:
    if found := known().indicator(ref):
        return found[1].target
    initiative = known().initiative(ref)
    assert initiative is not None and initiative.targets is not None
    return initiative.targets.of(year)


def yen(thousands: str) -> int | None:
    """千円 as the table writes them, in yen; an empty cell is no figure."""
    return int(Fraction(thousands) * 1000) if thousands else None


def line_of(one: Summary, ref: str) -> FigureLine:
    lines = (*one.amounts.lines, *one.amounts.left_out, *one.indicators)
    return next(line for line in lines if line.ref == ref)
