"""What the running bot does again and again beside the conversation: the one scheduler of the process.

In memory alone. Whether there is anything to do, and which process does it, is known to the tables: a turn looks, claims
and settles there, so that one which comes late, twice or in several processes does no harm. The only APScheduler.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot import log
from bot.storage.database_fault import DatabaseFault
from reminders.moment import TOKYO


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    """Something done every so many seconds, the first time at once."""

    name: str
    seconds: float
    turn: Callable[[], object]


@contextmanager
def running(jobs: Sequence[PeriodicJob], alarm: Callable[[], None]) -> Iterator[None]:
    """Do the jobs inside; at the end the turns under way are finished, and no other begins.

    Turns that were missed, because one took long or the machine slept, come as one, however late.
    `alarm` is called once, when a turn has raised what nobody expects; the end then raises it.
    """
    faults: list[BaseException] = []

    def tell(ended: JobExecutionEvent) -> None:
        faults.append(ended.exception)
        if len(faults) == 1 and scheduler.running:
            alarm()

    scheduler = _scheduler(len(jobs))
    scheduler.add_listener(tell, EVENT_JOB_ERROR)
    for one in jobs:
        trigger = IntervalTrigger(seconds=one.seconds, timezone=TOKYO)
        scheduler.add_job(partial(_turn, one), trigger, id=one.name)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=True)
    if faults:
        raise faults[0]


class PromptJobs(MemoryJobStore):  # type: ignore[misc]  # published without types
    """Jobs in memory. At the first look everything is due, and again once the clock has been set back.

    A scheduler goes by the clock of the machine: set back by an hour, it would let everything rest for that hour.
    """

    def __init__(self) -> None:
        super().__init__()
        self._looked_at: datetime | None = None

    def get_due_jobs(self, now: datetime) -> list[Job]:
        """What is due, by the scheduler's present moment."""
        if self._looked_at is None or now < self._looked_at:
            for job in self.get_all_jobs():
                job.next_run_time = now
                self.update_job(job)
        self._looked_at = now
        due: list[Job] = super().get_due_jobs(now)
        return due


def _scheduler(jobs: int) -> BackgroundScheduler:
    # What it says of a fault may quote a person, and what it says of a turn passed over is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    return BackgroundScheduler(
        timezone=TOKYO,
        jobstores={"default": PromptJobs()},
        # A thread for each, so that none waits for another: a send may take as long as a channel lets it.
        executors={"default": ThreadPoolExecutor(max(1, jobs))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )


def _turn(one: PeriodicJob) -> None:
    try:
        one.turn()
    except DatabaseFault as fault:
        # What this turn left undone is still there for the next.
        log.warn("job broken off", job=one.name, trouble=fault.trouble)
