"""The cast: four departments of one bureau, who is in them on which day, and what they do about their work.

In April 2023 the silent department becomes part of the late one, whose owner has moved as well. The owner of the
moving department leaves every July 20, and nobody comes before April: the deputy head takes over.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from knowledge.roster.roster import ALWAYS, Bureau, Days, Department, Person, Post, PostKind, Roster
from reminders.calendar import PhaseTerm
from reminders.calendar_file import read_calendar
from tests.reminders.city import person

CALENDAR = read_calendar()
OFFICE = CALENDAR.office

FIRST, LAST = date(2021, 4, 1), date(2026, 9, 30)
REORGANISED = date(2023, 4, 1)
YEARS = range(2021, 2027)

PROMPT, LATE, SILENT, MOVING = "prompt", "late", "silent", "moving"
NAMES = {PROMPT: "はやい課", LATE: "ゆっくり課", SILENT: "しずか課", MOVING: "うつる課"}
TASKS = {PROMPT: "1-1-1", LATE: "1-1-2", SILENT: "1-1-3", MOVING: "1-1-4"}

REFUSING = {"owner-d@city.example": Days(date(2025, 4, 1), date(2026, 3, 31))}
"""In that year mail to the new owner of the late department comes back."""


def department_of(name: str, day: date) -> str:
    """Who answers on that day for what the named department answered for at first."""
    return LATE if name == SILENT and day >= REORGANISED else name


def roster_on(day: date) -> Roster:
    """Everybody who holds a post on that day."""
    return _roster(day >= REORGANISED).on(day)


@cache
def _roster(is_reorganised: bool) -> Roster:
    return Roster(
        bureaus=(Bureau("town", "まち部"),),
        departments=tuple(
            Department(
                name,
                label,
                "town",
                merged_into=LATE if name == SILENT and is_reorganised else None,
            )
            for name, label in NAMES.items()
        ),
        persons=(*_holders(), *_of_all()),
    )


def _holders() -> tuple[Person, ...]:
    before = Days(None, REORGANISED - timedelta(days=1))
    return (
        _one("owner-a", PostKind.OWNER, PROMPT),
        _one("owner-b", PostKind.OWNER, LATE, before),
        _one("owner-d", PostKind.OWNER, LATE, Days(REORGANISED, None)),
        _one("owner-c", PostKind.OWNER, SILENT, before),
        *(
            _one(f"owner-e{year}", PostKind.OWNER, MOVING, Days(date(year, 4, 1), date(year, 7, 20)))
            for year in YEARS
        ),
        _one("deputy-e", PostKind.DEPUTY_HEAD, MOVING),
        _one("head-silent", PostKind.HEAD, SILENT, before),
        *(_one(f"head-{name}", PostKind.HEAD, name) for name in (PROMPT, LATE, MOVING)),
    )


def _of_all() -> tuple[Person, ...]:
    return (
        person("director", Post(PostKind.DIRECTOR, bureau="town")),
        person("manager", Post(PostKind.MANAGER)),
        person("secretariat", Post(PostKind.SECRETARIAT)),
    )


def _one(id: str, kind: PostKind, place: str, days: Days = ALWAYS) -> Person:
    return replace(person(id), posts=(Post(kind, place, days=days),))


def done_on(name: str, term: PhaseTerm) -> date | None:
    """On which morning the named department does its part of that phase; None: never.

    The prompt one two days into a phase, or on July 10; the late one four working days after a deadline; the moving
    one as the prompt one, but on July 31 for its self-evaluation; the silent one never.
    """
    is_evaluation = term.phase.id == "self_evaluation"
    match name:
        case "late":
            return OFFICE.working_days_after(term.deadline, 4)
        case "silent":
            return None
        case "moving" if is_evaluation:
            return date(term.year.start, 7, 31)
        case _:
            return date(term.year.start, 7, 10) if is_evaluation else term.opens + timedelta(days=2)


def finished_on(term: PhaseTerm) -> date | None:
    """On which morning the secretariat is done with a phase of its own: late, early, or on the day."""
    match term.phase.id:
        case "internal_evaluation":
            return OFFICE.working_days_after(term.deadline, 2)
        case "external_evaluation":
            return date(term.year.start, 9, 20)
        case _:
            return term.deadline
