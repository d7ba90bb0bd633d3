"""床: 受け取り、処理し、返すまで。一人のときと、200 人が三つのプロセスで一つのデータベースを使うとき。"""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.storage.database import DatabaseFile
from tests.bench.figure import Figure
from tests.bench.machine import percentile
from tests.bot.conversation.floor import conversation, fresh_database, said
from tests.bot.conversation.test_crash import submit

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

PEOPLE = 200
COUNT = 3
EACH = 10
MOST = 3
"""How many times as much of the machine a message may take in a crowd that fights over one database."""
PROCESSES = multiprocessing.get_context("forkserver")


def bench() -> Iterator[Figure]:
    """Messages a second, and how long a reply takes, for the one and for the crowd."""
    with TemporaryDirectory() as folder:
        path = fresh_database(Path(folder)).path
        alone, alone_took = at_once(path, [range(1)], 300)
        crowd, crowd_took = at_once(path, shares(), EACH)
    yield _figure("1 人", alone, alone_took)
    yield _figure(f"{PEOPLE} 人が {COUNT} プロセスで", crowd, crowd_took)
    slower = len(alone) / alone_took / (len(crowd) / crowd_took)
    longer = percentile(crowd, 0.95) / percentile(alone, 0.95)
    yield Figure("1 人のときに対する 1 件の手間", slower, "倍", MOST, f"95% は {longer:.0f} 倍待つ")


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


def _figure(who: str, times: list[float], seconds: float) -> Figure:
    half, most = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
    return Figure(
        f"{who}、返事の中央値", half, "ms", beside=f"95% {most:.1f} ms、毎秒 {len(times) / seconds:.0f} 件"
    )
