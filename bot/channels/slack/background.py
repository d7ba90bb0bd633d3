"""Work done beside, with what goes wrong in it written to the log."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from slack_sdk.errors import SlackClientError

from bot import log
from bot.storage.database_fault import DatabaseFault


def start(pool: ThreadPoolExecutor, work: Callable[[], None]) -> None:
    """Do it beside; what was received and not done is done by the next round or at the next start."""
    pool.submit(work).add_done_callback(_report)


def _report(done: Future[None]) -> None:
    fault = done.exception()
    if isinstance(fault, DatabaseFault | SlackClientError | OSError):
        log.warn("slack work broken off", trouble=type(fault).__name__)
    elif fault is not None:
        log.warn("slack work failed", fault=log.place_of(fault))
