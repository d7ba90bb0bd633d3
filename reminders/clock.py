"""Says "look now" every so often, and nothing else: what is due, and what was said, others know.

The only APScheduler.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from reminders.moment import TOKYO

EVERY = timedelta(minutes=1)


@contextmanager
def ticking(turn: Callable[[], object], every: timedelta = EVERY) -> Iterator[None]:
    """Call `turn` at once and then every so often; at the end a turn under way is finished.

    Turns that were missed, because one took long or the machine slept, come as one, however late.
    """
    scheduler = BackgroundScheduler(
        timezone=TOKYO, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    scheduler.add_job(turn)
    scheduler.add_job(turn, IntervalTrigger(seconds=every.total_seconds(), timezone=TOKYO))
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=True)
