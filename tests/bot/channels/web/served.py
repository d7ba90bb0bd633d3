"""The whole bot served by a process of its own, and a client that says exactly what a test wants on the wire."""

import http.client
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.waiting import PATIENCE, free_port, until

TOP = Path(__file__).resolve().parents[4]
KAIKAKU = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())"]

Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers as they stood, and the body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    def hidden(self, name: str) -> str:
        """The value of the page's first hidden field of that name."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.body)
        assert found, f"no field {name} in the page"
        return found[1]


@dataclass
class Served:
    """One process that serves the data folder `data` on `port`."""

    port: int
    data: Path

    def request(
        self,
        path: str = "/",
        headers: Headers = (),
        form: Mapping[str, str] | None = None,
        *,
        host: str | None = None,
        source: str = "127.0.0.1",
    ) -> Answer:
        """One request from the address `source`; `host` is the Host header, our own unless given."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, source_address=(source, 0)
        )
        body = urlencode(form).encode() if form is not None else b""
        with closing(connection):
            connection.putrequest("POST" if form is not None else "GET", path, skip_host=True)
            connection.putheader("Host", f"127.0.0.1:{self.port}" if host is None else host)
            if form is not None:
                connection.putheader("Content-Type", "application/x-www-form-urlencoded")
                connection.putheader("Content-Length", str(len(body)))
            for name, value in headers:
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            return Answer(response.status, tuple(response.getheaders()), response.read().decode())

    def senders(self) -> list[str | None]:
        """Whom the received messages came from, as they stand in the database."""
        with closing(sqlite3.connect(self.data / "kaikaku.db")) as database:
            rows = database.execute("SELECT body FROM messages ORDER BY id").fetchall()
        return [json.loads(body)["sender"] for (body,) in rows]


@dataclass
class Browser:
    """Keeps cookies between requests, and sends `always` with each."""

    served: Served
    always: tuple[tuple[str, str], ...] = ()
    source: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str = "/", *more: tuple[str, str]) -> Answer:
        return self._kept(self.served.request(path, self._headers(more), source=self.source))

    def post(self, path: str, form: Mapping[str, str], *more: tuple[str, str]) -> Answer:
        return self._kept(self.served.request(path, self._headers(more), form, source=self.source))

    def asks(self, question: str, *more: tuple[str, str]) -> Answer:
        """Open the page, and send the question with the page's own tokens."""
        page = self.get()
        assert page.status == 200
        form = {"change": page.hidden("change"), "form": page.hidden("form"), "question": question}
        return self.post("/ask", form, *more)

    def _headers(self, more: Headers) -> Headers:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return (*self.always, *more, *([("Cookie", cookie)] if cookie else []))

    def _kept(self, answer: Answer) -> Answer:
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        return answer


def environment(data: Path, **settings: str) -> dict[str, str]:
    """What the process is given: nothing of this machine's settings."""
    return {"KAIKAKU_DATA": str(data), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **settings}


@contextmanager
def served(data: Path, **settings: str) -> Iterator[Served]:
    """`kaikaku serve` with these settings, until the end of the block."""
    port = free_port()
    # A file, since a pipe that nobody reads stops the server once its log has filled it.
    with (data.parent / "log.txt").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*KAIKAKU, "serve"],
            cwd=data.parent,
            env=environment(data, KAIKAKU_PORT=str(port), PYTHONPATH=str(TOP), **settings),
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_open(port, process, data.parent / "log.txt")
            yield Served(port, data)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait_until_open(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    def is_open() -> bool:
        assert process.poll() is None, f"the server ended at once: {log.read_text(encoding='utf-8')}"
        return _answers(port)

    until(is_open)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        with closing(connection):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
    except OSError:
        return False
