import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from bot.channels.web.server import CannotListen, listen
from tests.waiting import PATIENCE, until

TOP = Path(__file__).resolve().parents[4]

PROGRAM = """
import sys, time
from bot.channels.web.app import create_app
from bot.channels.web.server import listen, serve
from bot.settings import Settings
from tests.bot.channels.web.fakes import FakeFacade
desk = FakeFacade()
desk.examples = lambda: print("under way", flush=True) or time.sleep(1) or []
listening = listen("127.0.0.1", 0)
print(listening.getsockname()[1], flush=True)
serve(create_app(desk, Settings()), listening)
print("closed in peace", flush=True)
"""


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen[str], int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=TOP,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "FORWARDED_ALLOW_IPS": "*"},
    )
    assert process.stdout
    port = int(process.stdout.readline())
    _wait_for(port)
    yield process, port
    process.kill()
    process.wait()
    process.stdout.close()


def _wait_for(port: int) -> None:
    def answers() -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz") as response:
                return int(response.status) == 200
        except ConnectionError:
            return False

    until(answers)


@pytest.mark.slow
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_what_is_under_way_and_returns(
    server: tuple[subprocess.Popen[str], int], told: signal.Signals
) -> None:
    process, port = server
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert process.stdout is not None and process.stdout.readline() == "under way\n"
        process.send_signal(told)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"</html>")
    assert process.stdout.readline() == "closed in peace\n"
    assert process.wait(PATIENCE) == 0


@pytest.mark.slow
def test_it_does_not_say_with_what_it_is_built(server: tuple[subprocess.Popen[str], int]) -> None:
    _, port = server
    with urlopen(Request(f"http://127.0.0.1:{port}/healthz")) as response:
        assert "server" not in response.headers


def test_a_taken_address_is_told_in_japanese() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=rf"127.0.0.1:{port} で待ち受けできません.*KAIKAKU_PORT"):
            listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_told_in_japanese() -> None:
    with pytest.raises(CannotListen, match="待ち受けできません"):
        listen("192.0.2.1", 8000)
