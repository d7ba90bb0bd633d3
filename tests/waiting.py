"""Waiting in tests: for what shall become so, never for a time, and for a port that nobody else is given."""

import secrets
import socket
import threading
from collections.abc import Callable
from contextlib import closing

PATIENCE = 120
"""Seconds until a test gives up. Only what is broken comes near, however slow and busy the machine is."""

LOOKS_EVERY = 0.02


def until(is_so: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for what nobody can tell of."""
    pause = threading.Event()
    for _ in range(round(patience / LOOKS_EVERY)):
        if is_so():
            return
        pause.wait(LOOKS_EVERY)
    raise AssertionError("never so")


def free_port() -> int:
    """One to listen on later: below those that the machine hands out by itself meanwhile to whoever asks for any."""
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with closing(socket.socket()) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
