"""A word to those whose answer takes long, brought up to date while they wait, and gone once the answer is there."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from slack_sdk import WebClient

from bot import log
from bot.channels.slack.client import TROUBLE
from bot.channels.slack.destination import Destination
from bot.wording.wording import say

AFTER = 3.0
"""Seconds before somebody is told that it takes longer."""

EVERY = 5.0
"""Seconds between two updates of that."""

LOOKS_EVERY = 0.5


@dataclass
class _Wait:
    place: Destination
    since: float
    told_at: float = 0.0
    channel: str = ""
    ts: str = ""
    is_over: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


class ProgressMessages:
    """Watches over what is under way, from one thread of its own."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._waits: dict[int, _Wait] = {}
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="slack-patience", daemon=True)
        self._thread.start()

    @contextmanager
    def asked_of(self, place: Destination) -> Iterator[None]:
        """While this lasts, somebody waits at that place; a word seen by one person alone could not be changed."""
        if place.way == "aside":
            yield
            return
        wait = _Wait(place, time.monotonic())
        self._waits[id(wait)] = wait
        try:
            yield
        finally:
            del self._waits[id(wait)]
            self._end(wait)

    def close(self) -> None:
        """Watch no longer."""
        self._ending.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ending.wait(LOOKS_EVERY):
            for wait in tuple(self._waits.values()):
                self._look_at(wait)

    def _look_at(self, wait: _Wait) -> None:
        now = time.monotonic()
        if now - wait.since < AFTER or (wait.ts and now - wait.told_at < EVERY):
            return
        with wait.lock:
            if wait.is_over:
                return
            try:
                self._tell(wait, round(now - wait.since))
            except TROUBLE as fault:
                log.warn("slack wait not told", trouble=type(fault).__name__)
            wait.told_at = now

    def _tell(self, wait: _Wait, seconds: int) -> None:
        words = say("slack/working", seconds=seconds)
        if wait.ts:
            self._client.chat_update(channel=wait.channel, ts=wait.ts, text=words)
            return
        thread = wait.place.thread or None
        told = self._client.chat_postMessage(channel=wait.place.channel, thread_ts=thread, text=words)
        wait.channel, wait.ts = str(told["channel"]), str(told["ts"])

    def _end(self, wait: _Wait) -> None:
        with wait.lock:
            wait.is_over = True
        if not wait.ts:
            return
        try:
            self._client.chat_delete(channel=wait.channel, ts=wait.ts)
        except TROUBLE as fault:
            log.warn("slack wait not taken back", trouble=type(fault).__name__)
