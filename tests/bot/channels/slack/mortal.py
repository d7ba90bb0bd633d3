"""The bot on the fake Slack in a process of its own, which ends itself at any one statement or outgoing call."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin.client import SocketModeClient

from bot.app import open_app
from bot.channels.slack.settings import SlackSettings
from bot.settings import Settings
from tests.bot.channels.slack.town import DAY, nobody_waits_long, started, wait_for
from tests.bot.fuse import Fuse
from tests.fakes.slack import APP_TOKEN, TOKEN, FakeSlack
from tests.waiting import PATIENCE

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.bot.channels.slack.mortal"])


class Mortal:
    """Listens when made. Dies at point `dies_at`, counted from there; None: it lives until asked how it went."""

    def __init__(self, folder: Path, slack: FakeSlack, dies_at: int | None = None) -> None:
        self._here, there = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=_live, args=(folder, slack.api, dies_at, there), daemon=True)
        self._process.start()
        assert self._here.poll(PATIENCE), "it never listened"
        self._here.recv()

    def passed(self) -> int:
        """How many points one that lives has passed by now; that ends it."""
        self._here.send(None)
        passed: int = self._here.recv()
        self._process.join(PATIENCE)
        return passed

    def has_died(self, within: float = 10.0) -> bool:
        """Whether it came to its point; one that had fewer to pass this time is ended from outside."""
        self._process.join(within)
        self._process.kill()
        self._process.join()
        return self._process.exitcode == -signal.SIGKILL


def _live(folder: Path, api: str, dies_at: int | None, there: Connection) -> None:
    fuse = Fuse(blow=_die)
    settings = Settings(data=folder, today=DAY, channels=(SlackSettings(TOKEN, APP_TOKEN, None, api),))
    with fuse.in_every_connection(), _in_every_call(fuse), nobody_waits_long():
        running = started(open_app(settings))
        wait_for(running)
        fuse.passed, fuse.blows_at = 0, dies_at
        there.send(None)
        there.recv()
        there.send(fuse.passed)
        os._exit(0)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def _in_every_call(fuse: Fuse) -> Iterator[None]:
    """What leaves the process: calls of the Web API, and acknowledgements down the line."""
    call, acknowledge = WebClient.api_call, SocketModeClient.send_message

    def api_call(*arguments: Any, **named: Any) -> Any:
        with fuse.around():
            return call(*arguments, **named)

    def send_message(*arguments: Any, **named: Any) -> None:
        with fuse.around():
            acknowledge(*arguments, **named)

    with (
        patch.object(WebClient, "api_call", api_call),
        patch.object(SocketModeClient, "send_message", send_message),
    ):
        yield
