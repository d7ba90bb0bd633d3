"""What the running bot does again and again beside the conversation, each on a thread of its own until the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bot import log
from bot.database import DatabaseFault


@dataclass(frozen=True, slots=True)
class Round:
    """Something done every so many seconds, the first time at once."""

    name: str
    seconds: float
    turn: Callable[[], object]


@contextmanager
def going_on(rounds: Sequence[Round]) -> Iterator[None]:
    """Do the rounds inside; at the end the turns under way are finished, and no other begins."""
    ending = threading.Event()
    threads = [threading.Thread(target=_repeat, args=(one, ending), name=one.name) for one in rounds]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ending.set()
        for thread in threads:
            thread.join()


def _repeat(one: Round, ending: threading.Event) -> None:
    while True:
        try:
            one.turn()
        except DatabaseFault as fault:
            # What this turn left undone is still there for the next.
            log.warn("round broken off", round=one.name, trouble=fault.trouble)
        if ending.wait(one.seconds):
            return
