"""The turn of the clock over a real database: each thing once, in whatever order things go wrong."""

import multiprocessing
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from bot.app.tables import MIGRATIONS
from bot.operations.restore import restore
from bot.storage.backup import back_up
from bot.storage.database import DatabaseFile
from reminders.calendar import Moved
from reminders.delivery import NotDelivered, Sent, settle_doubtful
from reminders.due import Notice
from reminders.storage import notices
from reminders.storage.delivery_failures import DeliveryFailure
from reminders.storage.outbox_message import OutboxMessage
from reminders.tick import NoticeInputs, Turn, tick
from reminders.work import OpenWork
from tests.bot.conversation.floor import Clock, fresh_database
from tests.bot.fuse import Fuse
from tests.reminders.city import BENCHES, CALENDAR, FORMS, LAMPS, ROSTER, at, evaluation
from tests.waiting import PATIENCE

OPENING = date(2023, 7, 3)
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.reminders.test_tick"])


def word(notice: Notice) -> str:
    said = ",".join(f"{item.department}:{item.step}:{len(item.tasks)}" for item in notice.items)
    return f"{notice.send_on} {notice.to.id} {said}"


def tell(troubles: Sequence[DeliveryFailure]) -> str:
    return " ".join(["troubles", *(f"{one.recipient}:{one.state}" for one in troubles)])


class Post:
    """Outbox messages as they arrive, kept in a file that outlives a crash; `is_down` refuses them for now."""

    def __init__(self, folder: Path, fuse: Fuse | None = None) -> None:
        self.file = folder / "post.txt"
        self.fuse = fuse or Fuse()
        self.is_down = False

    def send(self, outgoing: OutboxMessage) -> Sent:
        if self.is_down:
            raise NotDelivered("留守")
        with self.fuse.around(), self.file.open("a", encoding="utf-8") as file:
            file.write(f"{outgoing.body}\n")
        return Sent()

    def look(self, outgoing: OutboxMessage) -> Sent | None:
        return Sent() if outgoing.body in self.arrived else None

    @property
    def arrived(self) -> list[str]:
        return self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []


class Town:
    """A started city whose work and clock the test sets."""

    def __init__(self, folder: Path, *work: OpenWork, fuse: Fuse | None = None) -> None:
        self.database = DatabaseFile(folder / "kaikaku.db")
        self.work = work
        self.post = Post(folder, fuse)
        self.clock = Clock(at(OPENING))
        self.calendar = CALENDAR

    def turn(self, day: date | None = None, hour: int = 10) -> Turn:
        if day is not None:
            self.clock.moment = at(day, hour)
        return tick(self.database, self.look, word, tell, {"mail": self.post.send}, self.clock)

    def look(self, day: date) -> NoticeInputs:
        return NoticeInputs(self.calendar, ROSTER.on(day), self.work)


def started(folder: Path, *work: OpenWork, fuse: Fuse | None = None) -> Town:
    with fresh_database(folder).writing() as inside:
        assert notices.start(inside, "secretariat", datetime.fromisoformat("2023-04-03T09:00+09:00"))
    return Town(folder, *work, fuse=fuse)


def test_a_letter_is_laid_down_and_leaves_once(tmp_path: Path) -> None:
    town = started(tmp_path, evaluation("parks", BENCHES), evaluation("halls", FORMS))
    first, second = town.turn(), town.turn()
    assert first.fault is None and second.fault is None
    assert town.post.arrived == [
        "2023-07-03 parks-owner parks:opening:1",
        "2023-07-03 mailbox:halls halls:opening:1",
    ]
    assert (len(first.laid_down), second.laid_down) == (2, ())


def test_nothing_happens_until_somebody_starts_it(tmp_path: Path) -> None:
    fresh_database(tmp_path)
    town = Town(tmp_path, evaluation("parks", BENCHES))
    assert town.turn() == Turn(is_on=False)
    assert town.post.arrived == []


def test_starting_twice_or_in_a_second_process_changes_nothing(tmp_path: Path) -> None:
    town = started(tmp_path)
    with town.database.writing() as inside:
        assert not notices.start(inside, "another", at(date(2023, 9, 1)))
        assert notices.stop(inside, at(date(2023, 9, 2)))
        assert not notices.stop(inside, at(date(2023, 9, 3)))
        assert notices.started_at(inside) is None


def test_a_restored_database_reminds_nobody(tmp_path: Path) -> None:
    town = started(tmp_path, evaluation("parks", BENCHES))
    back_up(town.database.path, tmp_path / "backup.db")
    town.turn()
    restore(town.database.path, tmp_path / "backup.db", MIGRATIONS, version="0.1.0", now=at(OPENING, 11))
    assert not town.turn().is_on
    assert len(town.post.arrived) == 1


def test_a_letter_that_waits_does_not_ask_for_what_is_submitted_meanwhile(tmp_path: Path) -> None:
    town = started(tmp_path, evaluation("parks", BENCHES, FORMS), evaluation("roads", LAMPS))
    town.post.is_down = True
    town.turn()
    town.post.is_down = False
    town.work = (evaluation("parks", BENCHES), evaluation("roads"))
    town.turn(OPENING, 11)
    assert town.post.arrived == ["2023-07-03 parks-owner parks:opening:1"]


def test_what_could_not_leave_in_the_days_hours_leaves_the_next_day(tmp_path: Path) -> None:
    town = started(tmp_path, evaluation("parks", BENCHES))
    town.post.is_down = True
    for hour in range(9, 20):
        town.turn(OPENING, hour)
    town.post.is_down = False
    town.turn(OPENING, 20)
    assert town.post.arrived == []
    town.turn(date(2023, 7, 4), 9)
    town.turn(date(2023, 7, 4), 10)
    assert town.post.arrived == ["2023-07-04 parks-owner parks:opening:1"]


def test_a_clock_set_back_says_nothing_again(tmp_path: Path) -> None:
    town = started(tmp_path, evaluation("parks", BENCHES))
    days = [OPENING, date(2023, 7, 14), OPENING, date(2023, 7, 4), date(2023, 7, 14)]
    for day in days:
        town.turn(day)
    assert [line.split()[0] for line in town.post.arrived] == ["2023-07-03", "2023-07-14"]


def test_a_deadline_moved_is_said_anew(tmp_path: Path) -> None:
    town = started(tmp_path, evaluation("parks", BENCHES))
    town.turn(date(2023, 7, 28))
    change = Moved(date(2023, 8, 10), date(2023, 7, 31), at(date(2023, 7, 28), 11))
    town.calendar = replace(town.calendar, moved={("R5", "self_evaluation"): change})
    town.turn(date(2023, 8, 7))
    assert town.post.arrived == [
        "2023-07-28 parks-owner parks:before_3:1",
        "2023-08-07 parks-owner parks:before_3:1",
    ]


def test_a_turn_that_breaks_is_left_to_the_next(tmp_path: Path) -> None:
    town = started(tmp_path, evaluation("parks", BENCHES))

    def broken(_day: date) -> NoticeInputs:
        raise ZeroDivisionError

    turn = tick(town.database, broken, word, tell, {"mail": town.post.send}, town.clock)
    assert isinstance(turn.fault, ZeroDivisionError)
    town.turn()
    assert len(town.post.arrived) == 1


def test_one_without_an_address_is_named_and_not_counted_as_told(tmp_path: Path) -> None:
    town = started(tmp_path, evaluation("parks", BENCHES))
    turn = tick(town.database, town.look, word, tell, {}, town.clock)
    assert [one.to.id for one in turn.unreached] == ["parks-owner", "secretariat"]
    town.turn()
    assert len(town.post.arrived) == 1


def test_what_another_process_said_meanwhile_keeps_nothing_else_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = started(tmp_path, evaluation("parks", BENCHES))
    town.turn()
    town.work = (evaluation("roads", LAMPS), evaluation("parks", BENCHES), evaluation("halls", FORMS))
    monkeypatch.setattr(notices, "said", lambda *_: frozenset())
    turn = town.turn(date(2023, 7, 4))
    assert turn.fault is None
    assert [one.to.id for one in turn.laid_down] == ["roads-owner", "mailbox:halls"]
    assert [line.split()[1] for line in town.post.arrived] == ["parks-owner", "roads-owner", "mailbox:halls"]


def morning(folder: Path, fuse: Fuse) -> None:
    """A turn with two outbox messages to say."""
    town = Town(folder, evaluation("parks", BENCHES), evaluation("roads", LAMPS), fuse=fuse)
    town.turn()


def _cut_off(folder: Path, point: int) -> None:
    fuse = Fuse(point)
    with fuse.in_every_connection():
        morning(folder, fuse)


@pytest.mark.parametrize(
    "every", [pytest.param(7, id="slice"), pytest.param(1, id="all", marks=pytest.mark.slow)]
)
def test_each_letter_arrives_once_wherever_a_turn_is_cut_off(tmp_path: Path, every: int) -> None:
    fuse = Fuse()
    started(tmp_path / "count")
    with fuse.in_every_connection():
        morning(tmp_path / "count", fuse)
    assert fuse.passed > 30
    for point in range(1, fuse.passed + 1, every):
        folder = tmp_path / str(point)
        started(folder)
        process = PROCESSES.Process(target=_cut_off, args=(folder, point))
        process.start()
        process.join(PATIENCE)
        assert process.exitcode == 9, point
        town = Town(folder, evaluation("parks", BENCHES), evaluation("roads", LAMPS))
        for _ in range(3):
            town.clock.moment += timedelta(minutes=5)
            assert town.turn().fault is None
            settle_doubtful(town.database, {"mail": town.post.look}, town.clock)
        assert sorted(town.post.arrived) == [
            "2023-07-03 parks-owner parks:opening:1",
            "2023-07-03 roads-owner roads:opening:1",
        ], point


def _many_turns(folder: Path, together: Barrier) -> None:
    """Each day is begun by all processes at once: no machine's clock is days behind another's."""
    work = [evaluation("parks", BENCHES), evaluation("roads", LAMPS), evaluation("halls", FORMS)]
    for day in (OPENING, date(2023, 7, 14), date(2023, 7, 28)):
        together.wait(PATIENCE)
        for _ in range(5):
            turn = Town(folder, *work).turn(day)
            assert turn.fault is None, turn.fault


def test_three_processes_on_one_database_send_each_letter_once(tmp_path: Path) -> None:
    started(tmp_path)
    together = PROCESSES.Barrier(3)
    processes = [PROCESSES.Process(target=_many_turns, args=(tmp_path, together)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
        assert process.exitcode == 0
    arrived = Post(tmp_path).arrived
    assert len(arrived) == len(set(arrived)) == 9
