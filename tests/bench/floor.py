"""Messages received, handled and answered: one person alone, and 200 at once in three processes on one database."""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.database import DatabaseFile
from tests.bench.machine import percentile
from tests.bot.floor import conversation, fresh_database, said
from tests.bot.test_crash import submit

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

PEOPLE = 200
COUNT = 3
EACH = 10
PROCESSES = multiprocessing.get_context("forkserver")


def bench() -> Iterator[str]:
    """Messages a second, and how long a reply takes, for the one and for the crowd."""
    with TemporaryDirectory() as folder:
        path = fresh_database(Path(folder)).path
        alone, alone_took = at_once(path, [range(1)], 300)
        crowd, crowd_took = at_once(path, shares(), EACH)
    yield _line("1 person", alone, alone_took)
    yield _line(f"{PEOPLE} people in {COUNT} processes", crowd, crowd_took)
    slower = percentile(crowd, 0.95) / percentile(alone, 0.95)
    more = len(crowd) / crowd_took / (len(alone) / alone_took)
    yield f"the crowd against one: {more:.2f} times the messages, p95 {slower:.0f} times as long"


def shares() -> list[range]:
    """Who talks to which process."""
    return [range(start * PEOPLE // COUNT, (start + 1) * PEOPLE // COUNT) for start in range(COUNT)]


def at_once(path: Path, people: list[range], each: int) -> tuple[list[float], float]:
    """Seconds from each message to its reply, and seconds for everything; a process for each range of people."""
    ready, taken = PROCESSES.Barrier(len(people) + 1), PROCESSES.Queue()
    processes = [PROCESSES.Process(target=talk, args=(path, share, each, ready, taken)) for share in people]
    for process in processes:
        process.start()
    ready.wait()
    started = time.perf_counter()
    times = [one for _ in processes for one in taken.get()]
    seconds = time.perf_counter() - started
    for process in processes:
        process.join()
    return times, seconds


def talk(path: Path, people: range, each: int, ready: Barrier, taken: "Queue[list[float]]") -> None:
    """One process: a thread for each of its people, who says the next thing when the last is answered."""
    bot = conversation(DatabaseFile(path), submit)
    together = threading.Barrier(len(people))

    def person(number: int) -> list[float]:
        together.wait()
        return [_seconds(number, message) for message in range(each)]

    def _seconds(number: int, message: int) -> float:
        start = time.perf_counter()
        key = f"{people.start}-{each}-{number}-{message}"
        reply = bot.take(said("提出", key=key, channel="page", conversation=str(number)))
        assert reply.kind == "text", reply.text
        return time.perf_counter() - start

    with ThreadPoolExecutor(len(people)) as pool:
        ready.wait()
        taken.put([one for times in pool.map(person, people) for one in times])


def _line(who: str, times: list[float], seconds: float) -> str:
    half, most = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
    return f"{who}: {len(times) / seconds:.0f} messages/s, reply p50 {half:.1f} ms, p95 {most:.1f} ms"
