"""Slack begun and ended: connects as soon as Slack lets us, tries again while it does not, holds up nothing else."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot import log
from bot.channels.adapter import ServerApp
from bot.channels.facade import BotFacade
from bot.channels.slack.client import quiet_logger
from bot.channels.slack.http import beside
from bot.channels.slack.listeners import Listeners, listening
from bot.channels.slack.members import SlackMembers
from bot.channels.slack.send import Sender
from bot.channels.slack.settings import SlackSettings

TRY_AGAIN = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)
"""Seconds; the last one again and again."""

PING_EVERY = 3
"""Seconds. The library gives a silent line up after five pings, and only then takes up another."""

ENDS_WITHIN = 5.0
"""Seconds that each part of the library's line is given to end; they hold up no process."""


class RunningSlack:
    """Slack at work: it connects as soon as it is made."""

    def __init__(
        self, slack: SlackSettings, client: WebClient, facade: BotFacade, people: SlackMembers, sender: Sender
    ) -> None:
        self._slack, self._client, self._facade = slack, client, facade
        self._people, self._sender = people, sender
        self._listeners: Listeners | None = None
        self._socket: SocketModeHandler | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._begin, name="slack")
        self._thread.start()

    @property
    def is_listening(self) -> bool:
        """Whether Slack has accepted the tokens and, over Socket Mode, the line stands."""
        if self._listeners is None:
            return False
        return self._slack.app_token is None or (
            self._socket is not None and self._socket.client.is_connected()
        )

    def over_http(self, others: ServerApp) -> ServerApp:
        """With Slack's path before them; without a signing secret nothing can be checked, so no path."""
        return beside(others, self._app) if self._slack.signing_secret else others

    def stop(self) -> None:
        """Hang up, then finish what is under way."""
        self._stopping.set()
        self._thread.join()
        if self._socket is not None:
            _hang_up(self._socket)
        if self._listeners is not None:
            self._listeners.close()

    def _app(self) -> App | None:
        return self._listeners.app if self._listeners is not None else None

    def _begin(self) -> None:
        tries = 0
        while not self._stopping.is_set():
            try:
                self._connect()
            except (BoltError, SlackClientError, OSError) as fault:
                log.warn("slack not reached", trouble=type(fault).__name__, tries=tries + 1)
            else:
                log.note("slack listens", over="socket" if self._slack.app_token else "http")
                return
            self._stopping.wait(TRY_AGAIN[min(tries, len(TRY_AGAIN) - 1)])
            tries += 1

    def _connect(self) -> None:
        if self._listeners is None:
            self._listeners = listening(self._slack, self._client, self._facade, self._people, self._sender)
        if self._slack.app_token is not None:
            handler = SocketModeHandler(
                self._listeners.app,
                self._slack.app_token,
                logger=quiet_logger(),
                web_client=self._client,
                ping_interval=PING_EVERY,
            )
            handler.client.proxy = self._slack.proxy
            try:
                handler.client.connect()
            except BaseException:
                handler.client.close()
                raise
            self._socket = handler


def _hang_up(handler: SocketModeHandler) -> None:
    """Close the line, without the library's waits: for what may still come in, a second or two, or for ever.

    Its reader forgets that the line was given up if that happens as it begins to read. It ends with the process then.
    """
    client = handler.client
    client.auto_reconnect_enabled, client.closed = False, True
    session = client.current_session
    if session is not None and session.sock is not None:
        with suppress(OSError):
            session.sock.shutdown(socket.SHUT_RDWR)
    client.message_queue.put(None)
    client.current_session_state.terminated = True
    client.disconnect()
    for part in (client.current_session_runner, client.current_app_monitor, client.message_processor):
        part.event.set()
        part.thread.join(ENDS_WITHIN)
    client.message_workers.shutdown()
