import logging
import threading
from datetime import datetime, timedelta

import pytest
from apscheduler.job import Job
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.operations.periodic_jobs import PeriodicJob, PromptJobs, running
from bot.storage.database_fault import DatabaseFault
from reminders.moment import TOKYO
from tests.waiting import PATIENCE

NOON = datetime(2024, 7, 1, 12, tzinfo=TOKYO)


class Turns:
    """Counts its turns, and lets the test wait for one."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.count = 0
        self.under_way = self.most_under_way = 0
        self.began = threading.Semaphore(0)
        self.may_end = threading.Event()
        self.may_end.set()

    def __call__(self) -> None:
        self.count += 1
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        self.began.release()
        self.may_end.wait()
        self.under_way -= 1
        if self.faults:
            raise self.faults.pop(0)


def no_alarm() -> None:
    raise AssertionError("nothing raised what nobody expects")


def test_a_job_is_done_at_once_and_again_until_the_end() -> None:
    turns, before = Turns(), set(threading.enumerate())
    with running([PeriodicJob("deliver", 0.001, turns)], no_alarm):
        for _ in range(3):
            assert turns.began.acquire(timeout=PATIENCE)
    assert set(threading.enumerate()) <= before, "nobody is left to begin another turn"


def test_a_job_that_takes_long_holds_up_no_other_and_is_not_begun_twice() -> None:
    slow, quick = Turns(), Turns()
    slow.may_end.clear()
    with running([PeriodicJob("deliver", 0.001, slow), PeriodicJob("handle", 0.001, quick)], no_alarm):
        assert slow.began.acquire(timeout=PATIENCE)
        for _ in range(5):
            assert quick.began.acquire(timeout=PATIENCE)
        assert slow.count == 1
        slow.may_end.set()
        assert slow.began.acquire(timeout=PATIENCE)
    assert slow.most_under_way == 1


def test_a_turn_under_way_is_finished_before_the_end() -> None:
    order, began, leaving = list[str](), threading.Event(), threading.Event()

    def turn() -> None:
        began.set()
        assert leaving.wait(PATIENCE)
        order.append("turn")

    with running([PeriodicJob("deliver", 60, turn)], no_alarm):
        assert began.wait(PATIENCE)
        leaving.set()
    order.append("end")
    assert order == ["turn", "end"]


def test_what_is_done_seldom_is_done_at_the_start_and_holds_up_no_end() -> None:
    turns, before = Turns(), set(threading.enumerate())
    with running([PeriodicJob("forget", PATIENCE * 100, turns)], no_alarm):
        assert turns.began.acquire(timeout=PATIENCE)
    assert turns.count == 1 and set(threading.enumerate()) <= before


def test_a_database_in_trouble_breaks_off_one_turn_and_not_the_job(
    caplog: pytest.LogCaptureFixture,
) -> None:
    turns = Turns(DatabaseFault("full"), DatabaseFault("locked"))
    with (
        caplog.at_level("WARNING", logger="kaikaku"),
        running([PeriodicJob("deliver", 0.001, turns)], no_alarm),
    ):
        for _ in range(3):
            assert turns.began.acquire(timeout=PATIENCE)
    assert [record.__dict__["facts"]["trouble"] for record in caplog.records[:2]] == ["full", "locked"]


def test_what_nobody_expects_gives_the_alarm_once_and_is_raised_at_the_end() -> None:
    alarms, alarmed, others = [], threading.Semaphore(0), Turns()
    broken = Turns(*(LookupError(f"nobody expects {number}") for number in range(1, 4)))

    def alarm() -> None:
        alarms.append(1)
        alarmed.release()

    with (
        pytest.raises(LookupError, match="nobody expects 1"),
        running([PeriodicJob("broken", 0.001, broken), PeriodicJob("deliver", 0.001, others)], alarm),
    ):
        assert alarmed.acquire(timeout=PATIENCE)
        for _ in range(4):
            assert broken.began.acquire(timeout=PATIENCE)
        assert others.began.acquire(timeout=PATIENCE)
    assert len(alarms) == 1


def test_a_fault_that_may_quote_a_person_is_not_written_down_by_the_scheduler(
    caplog: pytest.LogCaptureFixture,
) -> None:
    alarmed = threading.Event()
    with (
        pytest.raises(LookupError),
        running([PeriodicJob("broken", 60, Turns(LookupError("秘密")))], alarmed.set),
    ):
        assert alarmed.wait(PATIENCE)
    assert "秘密" not in caplog.text


def test_with_nothing_to_do_nothing_is_done() -> None:
    with running([], no_alarm):
        pass


@pytest.fixture
def hourly() -> PromptJobs:
    """A job for every hour, of a scheduler that never begins: the test looks for it, at moments of its own."""
    store = PromptJobs()
    trigger = IntervalTrigger(hours=1, start_date=NOON, timezone=TOKYO)
    job = Job(BackgroundScheduler(), func=no_alarm, args=(), kwargs={}, id="hourly", trigger=trigger)
    job.next_run_time = NOON + timedelta(hours=1)
    store.add_job(job)
    return store


def done(store: PromptJobs, now: datetime) -> bool:
    """Whether the job is due at that moment; then it is done, and due again in an hour."""
    due = store.get_due_jobs(now)
    for job in due:
        job.next_run_time = now + timedelta(hours=1)
        store.update_job(job)
    return bool(due)


def test_a_clock_that_is_set_back_holds_nothing_up(hourly: PromptJobs) -> None:
    assert done(hourly, NOON)
    assert not done(hourly, NOON + timedelta(minutes=59))
    assert done(hourly, NOON - timedelta(days=30))
    assert not done(hourly, NOON - timedelta(days=30) + timedelta(minutes=59))
    assert done(hourly, NOON - timedelta(days=30) + timedelta(minutes=60))
    assert done(hourly, NOON + timedelta(days=30))


def test_the_scheduler_says_nothing_of_its_own() -> None:
    with running([], no_alarm):
        assert not logging.getLogger("apscheduler.executors.default").isEnabledFor(logging.ERROR)
