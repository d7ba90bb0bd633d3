"""Listening and serving until told to stop; requests under way are finished first."""

from __future__ import annotations

import signal
import socket
import threading
from types import FrameType

import uvicorn

from bot.channels.adapter import ServerApp
from bot.settings import Settings

PATIENCE = 10  # seconds that requests under way are given at the end


class CannotListen(Exception):
    """The address cannot be listened on; the words are for the operator."""


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to that address, or CannotListen; port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen()
    except OSError as fault:
        bound.close()
        raise CannotListen(
            f"{host}:{port} で待ち受けできません（{fault.strerror}）。"
            "ほかで使われていないか確かめるか、KAIKAKU_PORT を変えてください。"
        ) from fault
    return bound


def address_of(settings: Settings) -> str:
    """Where people find the page."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.public_url or f"http://{host}:{settings.port}"


def serve(app: ServerApp, listening: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM, then return: what the caller opened, the caller can still close."""
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        # A forwarding header must not change where a request seems to come from: identity depends on it.
        proxy_headers=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=PATIENCE,
    )
    server = uvicorn.Server(config)
    if threading.current_thread() is not threading.main_thread():
        return server.run(sockets=[listening])
    # uvicorn raises the signal again once it has shut down; by then it has done its work.
    before = {one: signal.signal(one, _already_heard) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        server.run(sockets=[listening])
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _already_heard(_signal: int, _frame: FrameType | None) -> None:
    pass
