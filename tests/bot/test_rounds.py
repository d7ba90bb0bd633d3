import threading

import pytest

from bot.database import DatabaseFault
from bot.rounds import Round, going_on


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


def test_a_round_is_done_at_once_and_again_until_the_end() -> None:
    turns = Turns()
    with going_on([Round("deliver", 0.001, turns)]):
        for _ in range(3):
            assert turns.began.acquire(timeout=10)
    assert "deliver" not in {thread.name for thread in threading.enumerate()}


def test_a_turn_under_way_is_finished_before_the_end() -> None:
    turns = Turns()
    turns.may_end.clear()
    ended = threading.Event()

    def inside() -> None:
        with going_on([Round("deliver", 60, turns)]):
            turns.began.acquire(timeout=10)
        ended.set()

    outer = threading.Thread(target=inside)
    outer.start()
    assert not ended.wait(0.05)
    turns.may_end.set()
    outer.join(10)
    assert ended.is_set() and turns.count == 1


def test_a_database_in_trouble_breaks_off_one_turn_and_not_the_rounds(
    caplog: pytest.LogCaptureFixture,
) -> None:
    turns = Turns(DatabaseFault("full"), DatabaseFault("locked"))
    with caplog.at_level("WARNING", logger="kaikaku"), going_on([Round("deliver", 0.001, turns)]):
        for _ in range(3):
            assert turns.began.acquire(timeout=10)
    assert [record.__dict__["facts"]["trouble"] for record in caplog.records[:2]] == ["full", "locked"]
