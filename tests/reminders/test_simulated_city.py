"""Five fiscal years lived through day by day over a real database: a prompt, a late and a silent department.

In April of the third year the silent one becomes part of another, whose owner has moved as well.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from bot.database import DatabaseFile
from knowledge.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.roster import Bureau, Department, Post, PostKind, Roster
from reminders import notices
from reminders.calendar import Audience
from reminders.deliver import Sent
from reminders.due import Notice
from reminders.letters import Letter
from reminders.moment import TOKYO
from reminders.tick import City, tick
from reminders.work import OpenWork, Task
from tests.bot.floor import Clock, fresh_database
from tests.reminders.city import CALENDAR, at, person

pytestmark = pytest.mark.slow

FIRST, LAST = date(2021, 4, 1), date(2026, 8, 31)
REORGANISED = date(2023, 4, 1)
TASKS = {
    name: Task(name, code, name)
    for name, code in (("prompt", "1-1-1"), ("late", "1-1-2"), ("silent", "1-1-3"))
}


@cache
def roster(is_reorganised: bool) -> Roster:
    """The city before and after that April."""
    owners = {
        "prompt": "owner-a",
        "late": "owner-d" if is_reorganised else "owner-b",
        "silent": "owner-c",
    }
    silent = Department("silent", "しずか課", "town", merged_into="late" if is_reorganised else None)
    places = ("prompt", "late") if is_reorganised else ("prompt", "late", "silent")
    return Roster(
        bureaus=(Bureau("town", "まち部"),),
        departments=(
            Department("prompt", "はやい課", "town"),
            Department("late", "ゆっくり課", "town"),
            silent,
        ),
        persons=(
            *(person(owners[place], Post(PostKind.OWNER, place)) for place in places),
            *(person(f"head-{place}", Post(PostKind.HEAD, place)) for place in places),
            person("director", Post(PostKind.DIRECTOR, bureau="town")),
            person("secretariat", Post(PostKind.SECRETARIAT)),
        ),
    )


def submitted_on(name: str, year: int) -> date | None:
    """The prompt one submits on July 10, the late one four working days after the deadline, the silent never."""
    deadline = CALENDAR.term(CALENDAR.phases[1], FiscalYear(year)).deadline
    late = CALENDAR.office.working_days_after(deadline, 4)
    return {"prompt": date(year, 7, 10), "late": late, "silent": None}[name]


def owner_of(name: str, day: date) -> str:
    return "late" if name == "silent" and day >= REORGANISED else name


def city(day: date) -> City:
    """The city as it is on the morning of that day: what is submitted on a day is submitted before 9 o'clock."""
    years = (fiscal_year_of(day).previous, fiscal_year_of(day))
    found = []
    for term in CALENDAR.terms(FiscalYear(2021), FiscalYear(2025)):
        if term.year not in years:
            continue
        if term.phase.responsible is Audience.SECRETARIAT:
            found.append(OpenWork(term.round, term.phase.id, ""))
            continue
        for place in sorted({owner_of(name, day) for name in TASKS}):
            found.append(_work(place, term.round, term.phase.id, term.year.start, day))
    return City(CALENDAR, roster(day >= REORGANISED).on(day), tuple(found))


def _work(place: str, round: str, phase: str, year: int, day: date) -> OpenWork:
    names = [name for name in TASKS if owner_of(name, day) == place]
    if phase != "self_evaluation":
        return OpenWork(round, phase, place, tuple(TASKS[name] for name in names))
    given = {name: submitted_on(name, year) for name in names}
    tasks = tuple(TASKS[name] for name, on in given.items() if on is None or day < on)
    done = [on for on in given.values() if on is not None]
    return OpenWork(
        round, phase, place, tasks, None if tasks else datetime.combine(max(done), at(day, 8).timetz())
    )


class Sky:
    """Every letter that arrived, with its moment."""

    def __init__(self, folder: Path) -> None:
        self.database: DatabaseFile = fresh_database(folder)
        self.clock = Clock(at(FIRST))
        self.said: list[tuple[datetime, Notice]] = []
        self.words: dict[str, Notice] = {}

    def word(self, notice: Notice) -> str:
        key = f"{len(self.words)}"
        self.words[key] = notice
        return key

    def send(self, letter: Letter) -> Sent:
        self.said.append((self.clock.moment, self.words[letter.body or ""]))
        return Sent()

    def live(self) -> None:
        with self.database.writing() as inside:
            notices.start(inside, "secretariat", at(FIRST, 8))
        for day in (FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1)):
            for hour in (2, 10, 20):
                self.clock.moment = at(day, hour)
                turn = tick(self.database, city, self.word, lambda _: "", {"mail": self.send}, self.clock)
                assert turn.fault is None, turn.fault


@pytest.fixture(scope="module")
def sky(tmp_path_factory: pytest.TempPathFactory) -> Sky:
    found = Sky(tmp_path_factory.mktemp("city"))
    found.live()
    return found


def rows(sky: Sky) -> Iterator[tuple[date, str, str, str, str, str]]:
    for moment, notice in sky.said:
        for item in notice.items:
            yield moment.date(), notice.to.id, item.term.round, item.term.phase.id, item.step, item.department


def test_none_leaves_on_a_closed_day_or_outside_hours(sky: Sky) -> None:
    assert sky.said
    assert not [moment for moment, _ in sky.said if not CALENDAR.office.is_open(moment.astimezone(TOKYO))]


def test_one_letter_a_recipient_and_day_and_nothing_twice(sky: Sky) -> None:
    assert max(Counter((moment.date(), one.to.id) for moment, one in sky.said).values()) == 1
    assert max(Counter(row[1:] for row in rows(sky)).values()) == 1


def test_none_asks_for_what_was_submitted(sky: Sky) -> None:
    for moment, notice in sky.said:
        for item in notice.items:
            if item.term.phase.id == "self_evaluation":
                for task in item.tasks:
                    done = submitted_on(task.subject, item.term.year.start)
                    assert done is None or moment.date() < done


YEAR_OF_THE_TABLE = """
2022-07-01 owner-a opening       2022-07-01 owner-b opening       2022-07-01 owner-c opening
2022-07-11 owner-a thanks
2022-07-15 owner-b before_14     2022-07-15 owner-c before_14
2022-07-26 owner-b before_3      2022-07-26 owner-c before_3
2022-07-29 owner-b the_day       2022-07-29 owner-c the_day
2022-08-01 owner-b after_1       2022-08-01 owner-c after_1
2022-08-03 owner-b after_3       2022-08-03 owner-c after_3
2022-08-04 owner-b thanks
2022-08-05 owner-c after_5
2022-08-09 head-silent to_head
2022-08-15 director to_director  2022-08-15 secretariat to_secretariat
"""


def test_the_self_evaluation_of_a_year_is_as_written_down_by_hand(sky: Sky) -> None:
    words = YEAR_OF_THE_TABLE.split()
    expected = sorted(zip(words[::3], words[1::3], words[2::3], strict=True))
    found = sorted(
        (day.isoformat(), who, step)
        for day, who, round, phase, step, _ in rows(sky)
        if (round, phase) == ("R4", "self_evaluation")
    )
    assert found == expected


def test_after_the_reorganisation_the_new_owner_is_asked_and_the_old_ones_are_left_in_peace(sky: Sky) -> None:
    later = {who for day, who, *_ in rows(sky) if day >= REORGANISED}
    assert later == {"owner-a", "owner-d", "head-late", "director", "secretariat"}


def test_every_round_escalates_in_order_and_each_level_once(sky: Sky) -> None:
    for round in ("R3", "R4", "R5", "R6", "R7", "R8"):
        escalated = [
            (day, step) for day, _, of, _, step, _ in rows(sky) if of == round and step.startswith("to_")
        ]
        assert sorted(step for _, step in escalated) == ["to_director", "to_head", "to_secretariat"], round
        assert min(escalated)[1] == "to_head"


def test_the_cap_of_a_recipient_is_kept(sky: Sky) -> None:
    counted = Counter((who, round, phase) for _, who, round, phase, _, _ in rows(sky))
    assert max(counted.values()) == 7


def test_none_is_missing_of_what_the_silent_department_is_to_hear(sky: Sky) -> None:
    steps = ["opening", "before_14", "before_3", "the_day", "after_1", "after_3", "after_5"]
    for round, owner in (("R3", "owner-c"), ("R4", "owner-c"), ("R5", "owner-d"), ("R8", "owner-d")):
        heard = [
            s
            for _, who, of, phase, s, _ in rows(sky)
            if (who, of, phase) == (owner, round, "self_evaluation")
        ]
        assert heard == steps, round
