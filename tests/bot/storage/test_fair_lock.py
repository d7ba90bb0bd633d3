import threading

import pytest

from bot.storage.fair_lock import FairLock
from tests.waiting import PATIENCE, until


def test_turns_come_in_the_order_of_asking() -> None:
    turns, order = FairLock(), []
    threads = []

    def ask(number: int) -> None:
        with turns.turn(PATIENCE):
            order.append(number)

    with turns.turn(PATIENCE):
        for number in range(10):
            threads.append(threading.Thread(target=ask, args=(number,)))
            threads[-1].start()
            until(lambda many=number: len(turns._waiting) > many)  # type: ignore[misc]
    for thread in threads:
        thread.join()
    assert order == list(range(10))


def test_only_one_has_the_turn() -> None:
    turns, inside, most = FairLock(), [0], [0]

    def ask() -> None:
        for _ in range(200):
            with turns.turn(PATIENCE):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_who_gives_up_is_not_waited_for() -> None:
    turns = FairLock()
    with turns.turn(PATIENCE), pytest.raises(TimeoutError), turns.turn(0.01):
        pass
    with turns.turn(0.01):
        pass


def test_a_fault_passes_the_turn_on() -> None:
    turns = FairLock()
    with pytest.raises(LookupError), turns.turn(1):
        raise LookupError
    with turns.turn(0.01):
        pass
