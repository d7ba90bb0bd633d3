"""An invented city to remind: two bureaus, three departments with an owner and a head, and a secretariat."""

from datetime import date, datetime, time
from pathlib import Path

from knowledge.roster.roster import (
    Absence,
    Address,
    Bureau,
    Channel,
    Days,
    Department,
    Person,
    Post,
    PostKind,
    Responsibility,
    Roster,
)
from reminders.calendar_file import read_calendar
from reminders.due import Notice
from reminders.moment import TOKYO
from reminders.work import OpenWork, Task

CALENDAR = read_calendar(Path(__file__).with_name("plain_calendar.toml"))
"""A year of few phases that no officer changes."""


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), TOKYO)


def person(id: str, *posts: Post, is_reached: bool = True) -> Person:
    addresses = (Address(Channel.MAIL, f"{id}@city.example"),) if is_reached else ()
    return Person(id, posts=posts, addresses=addresses)


ROSTER = Roster(
    bureaus=(Bureau("town", "まち部"), Bureau("life", "くらし部")),
    departments=(
        Department("parks", "公園課", "town"),
        Department("roads", "道路課", "town"),
        Department("halls", "会館課", "life", mailbox="halls@city.example"),
    ),
    persons=(
        person("parks-owner", Post(PostKind.OWNER, "parks")),
        person("parks-head", Post(PostKind.HEAD, "parks")),
        person("roads-owner", Post(PostKind.OWNER, "roads")),
        person("roads-deputy", Post(PostKind.DEPUTY_HEAD, "roads")),
        person("roads-head", Post(PostKind.HEAD, "roads")),
        person("halls-owner", Post(PostKind.OWNER, "halls"), is_reached=False),
        person("halls-head", Post(PostKind.HEAD, "halls"), is_reached=False),
        person("town-director", Post(PostKind.DIRECTOR, bureau="town")),
        person("life-director", Post(PostKind.DIRECTOR, bureau="life")),
        person("secretariat", Post(PostKind.SECRETARIAT)),
        person("manager", Post(PostKind.MANAGER)),
    ),
    responsibilities=(Responsibility("parks", "benches"), Responsibility("roads", "lamps")),
    absences=(Absence("roads-owner", Days(date(2023, 7, 10), date(2023, 7, 20))),),
)

BENCHES = Task("benches", "1-1-2", "ベンチの設置")
LAMPS = Task("lamps", "1-1-1", "街灯の見直し")
FORMS = Task("forms", "1-2-2", "様式の削減")


def evaluation(department: str, *tasks: Task, round: str = "R5") -> OpenWork:
    return OpenWork(round, "self_evaluation", department, tasks)


def told(notices: tuple[Notice, ...]) -> dict[str, list[str]]:
    """Who is told what, each as department and step."""
    return {one.to.id: [f"{item.department} {item.step}" for item in one.items] for one in notices}
