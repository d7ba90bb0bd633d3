import threading
from datetime import timedelta

from reminders.clock import ticking
from tests.waiting import PATIENCE


def test_the_clock_calls_at_once_and_again_and_ends_when_told() -> None:
    calls: list[int] = []
    twice = threading.Event()

    def turn() -> None:
        calls.append(1)
        if len(calls) >= 3:
            twice.set()

    with ticking(turn, timedelta(milliseconds=20)):
        assert twice.wait(PATIENCE)
    after = len(calls)
    assert not threading.Event().wait(0.1)
    assert len(calls) == after
