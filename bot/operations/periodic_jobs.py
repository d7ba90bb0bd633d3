"""What the running bot does again and again beside the conversation, each on a thread of its own until the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from bot import log
from bot.storage.database_fault import DatabaseFault


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    """Something done every so many seconds, the first time at once."""

    name: str
    seconds: float
    turn: Callable[[], object]


@contextmanager
def running(jobs: Sequence[PeriodicJob], alarm: Callable[[], None]) -> Iterator[None]:
    """Do the jobs inside; at the end the turns under way are finished, and no other begins.

    `alarm` is called when a job has ended of itself, which nobody expects; the end then raises what ended it.
    """

    def tell(going: Future[None]) -> None:
        if going.exception() is not None:
            alarm()

    ending = threading.Event()
    with ThreadPoolExecutor(max(1, len(jobs))) as threads:
        going = [threads.submit(_repeat, one, ending) for one in jobs]
        for one in going:
            one.add_done_callback(tell)
        try:
            yield
        finally:
            ending.set()
    for one in going:
        one.result()


def _repeat(one: PeriodicJob, ending: threading.Event) -> None:
    while True:
        try:
            one.turn()
        except DatabaseFault as fault:
            # What this turn left undone is still there for the next.
            log.warn("round broken off", round=one.name, trouble=fault.trouble)
        if ending.wait(one.seconds):
            return
