import threading

import pytest

from bot.operations.periodic_jobs import PeriodicJob, running
from bot.storage.database_fault import DatabaseFault
from tests.waiting import PATIENCE


class Turns:
    """Counts its turns, and lets the test wait for one."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.count = 0
        self.began = threading.Semaphore(0)
        self.may_end = threading.Event()
        self.may_end.set()

    def __call__(self) -> None:
        self.count += 1
        self.began.release()
        self.may_end.wait()
        if self.faults:
            raise self.faults.pop(0)


def no_alarm() -> None:
    raise AssertionError("nothing ended of itself")


def test_a_round_is_done_at_once_and_again_until_the_end() -> None:
    turns = Turns()
    with running([PeriodicJob("deliver", 0.001, turns)], no_alarm):
        for _ in range(3):
            assert turns.began.acquire(timeout=PATIENCE)
    done = turns.count
    assert not threading.Event().wait(0.02) and turns.count == done


def test_a_turn_under_way_is_finished_before_the_end() -> None:
    turns = Turns()
    turns.may_end.clear()
    ended = threading.Event()

    def inside() -> None:
        with running([PeriodicJob("deliver", 60, turns)], no_alarm):
            turns.began.acquire(timeout=PATIENCE)
        ended.set()

    outer = threading.Thread(target=inside)
    outer.start()
    assert not ended.wait(0.05)
    turns.may_end.set()
    outer.join(PATIENCE)
    assert ended.is_set() and turns.count == 1


def test_a_database_in_trouble_breaks_off_one_turn_and_not_the_rounds(
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


def test_a_round_that_ends_of_itself_gives_the_alarm_and_says_at_the_end_what_ended_it() -> None:
    alarmed, others = threading.Event(), Turns()
    broken = PeriodicJob("broken", 60, Turns(LookupError("nobody expects this")))
    with (
        pytest.raises(LookupError, match="nobody expects"),
        running([broken, PeriodicJob("deliver", 0.001, others)], alarmed.set),
    ):
        assert alarmed.wait(PATIENCE)
        assert others.began.acquire(timeout=PATIENCE)


def test_with_nothing_to_do_nothing_is_done() -> None:
    with running([], no_alarm):
        pass
