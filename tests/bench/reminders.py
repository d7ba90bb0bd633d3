"""The morning on which a phase opens: every department's notice computed, worded and queued in one turn of the clock.

The transport is shut, so that the turn ends once all outbox messages wait in the outbox.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.tables import MIGRATIONS
from bot.notices import delivery_failures
from bot.notices.notice_text import reply_of
from bot.notices.owed_work import work_of
from bot.storage.database import DatabaseFile
from bot.storage.migrations import prepare
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Plan
from knowledge.roster.roster import (
    Address,
    Bureau,
    Channel,
    Department,
    Person,
    Post,
    PostKind,
    Responsibility,
    Roster,
)
from reminders.calendar_file import read_calendar
from reminders.delivery import NotDelivered, Sent
from reminders.due import Notice
from reminders.moment import TOKYO
from reminders.storage import claims, notices, outbox
from reminders.storage.outbox_message import OutboxMessage
from reminders.tick import NoticeInputs, Turn, tick
from tests.bench.figure import Figure
from tests.bench.invented import INITIATIVES, invented_plan

SIZES = (10, 100, 1_000)
OPENING = datetime(2023, 7, 3, 9, 0, tzinfo=TOKYO)
REPEATS = 3


def bench() -> Iterator[str | Figure]:
    """Seconds of the turn that queues everything and of the next, which finds nothing new; and the growth."""
    took = {}
    for size in SIZES:
        turns = [seconds_of_two_turns(size) for _ in range(REPEATS)]
        took[size], second = (min(several) for several in zip(*turns, strict=True))
        each = f"一つに {took[size] / size * 1000:.2f} ms、次の回 {second:.2f} 秒"
        yield Figure(f"{size:,} 課等への案内の用意", took[size], "秒", beside=each)
    times = SIZES[-1] // SIZES[1]
    growth = took[SIZES[-1]] / took[SIZES[1]]
    yield Figure(f"課等が{times}倍のときの用意", growth, "倍", goal=times * 1.5)


def seconds_of_two_turns(size: int) -> tuple[float, float]:
    """How long the turn takes in which that many departments are written to, and the one after it."""
    calendar, plan = read_calendar(), invented_plan(-(-size // INITIATIVES))
    roster = city_of(size, plan)
    with TemporaryDirectory() as folder:
        database = started(Path(folder))

        def look(day: date) -> NoticeInputs:
            on_the_day, years = roster.on(day), (FiscalYear(2022), FiscalYear(2023))
            return NoticeInputs(calendar, on_the_day, work_of(database, calendar, plan, on_the_day, years))

        def word(notice: Notice) -> str:
            return reply_of(notice, roster).to_json()

        tell = partial(delivery_failures.word, roster)
        turn = partial(tick, database, look, word, tell, {"mail": shut}, lambda: OPENING)
        times = _seconds(turn), _seconds(turn)
        with database.reading() as inside:
            assert len(outbox.outgoing_in(inside, "waiting")) == size
    return times


def _seconds(turn: Callable[[], Turn]) -> float:
    begun = time.perf_counter()
    found = turn()
    assert found.fault is None, found.fault
    return time.perf_counter() - begun


def shut(_outgoing: OutboxMessage) -> Sent:
    """A transport that takes nothing now."""
    raise NotDelivered("closed", retry_after=claims.CLAIM)


def started(folder: Path) -> DatabaseFile:
    """A database in which reminders are on."""
    path = folder / "kaikaku.db"
    prepare(path, MIGRATIONS, version="0", now=OPENING)
    database = DatabaseFile(path)
    with database.writing() as inside:
        notices.start(inside, "secretariat", datetime(2023, 4, 3, tzinfo=TOKYO))
    return database


def city_of(size: int, plan: Plan) -> Roster:
    """A city of that many departments, each with an owner, a head and its share of the plan, ten to a bureau."""
    numbers = range(size)
    return Roster(
        bureaus=tuple(Bureau(f"b{n}", f"{n}部") for n in range(size // 10 + 1)),
        departments=tuple(Department(f"d{n}", f"{n}課", f"b{n // 10}") for n in numbers),
        persons=(
            *(person(f"owner{n}", Post(PostKind.OWNER, f"d{n}")) for n in numbers),
            *(person(f"head{n}", Post(PostKind.HEAD, f"d{n}")) for n in numbers),
            person("secretariat", Post(PostKind.SECRETARIAT)),
        ),
        responsibilities=tuple(
            Responsibility(f"d{n % size}", one.id) for n, one in enumerate(plan.initiatives)
        ),
    )


def person(id: str, post: Post) -> Person:
    """Somebody with a post and a mail address."""
    return Person(id, posts=(post,), addresses=(Address(Channel.MAIL, f"{id}@city.example"),))
