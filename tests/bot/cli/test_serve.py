import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from bot.app import now, open_app
from bot.cli.serve import jobs_of
from bot.message import Reply
from bot.operations.periodic_jobs import running
from bot.settings import Settings
from bot.storage import inbox
from reminders.delivery import Sent
from reminders.storage import outbox
from reminders.storage.outbox_message import OutboxMessage
from tests.bot.conversation.floor import conversation, fresh_database, said
from tests.terminals import KAIKAKU, environment
from tests.waiting import PATIENCE, free_port


class Server:
    """`kaikaku serve` as a process of its own, on a port of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self._folder = folder
        self._settings = {"KAIKAKU_PORT": str(self.port), **settings}
        self.process = self._started()
        assert self.process.stdout is not None
        self.first_line = self.process.stdout.readline()

    def _started(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [KAIKAKU, "serve"],
            cwd=self._folder,
            env=environment(self._folder, **self._settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def second(self) -> "subprocess.CompletedProcess[str]":
        """Another one, started on the same port by mistake."""
        other = self._started()
        out, err = other.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(other.args, other.returncode, out, err)

    def stop(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit status and what stood on standard error."""
        self.process.send_signal(by)
        _, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, err


class Browser:
    """A browser without scripts: keeps its cookies, sends the forms that it was shown."""

    def __init__(self, port: int, cookies: CookieJar | None = None) -> None:
        self.cookies = cookies or CookieJar()
        self._open = build_opener(HTTPCookieProcessor(self.cookies)).open
        self._top = f"http://127.0.0.1:{port}"
        self.page = ""

    def get(self, path: str) -> str:
        with self._open(self._top + path, timeout=PATIENCE) as response:
            self.page = response.read().decode()
        return self.page

    def send(self, path: str, **fields: str) -> str:
        hidden = {name: self._hidden(name) for name in ("change", "form")}
        request = Request(self._top + path, urlencode(hidden | fields).encode())
        with self._open(request, timeout=PATIENCE) as response:
            self.page = response.read().decode()
        return self.page

    def _hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]+)"', self.page)
        assert found is not None
        return found[1]


@pytest.fixture
def started() -> Iterator[list[Server]]:
    servers: list[Server] = []
    yield servers
    for server in servers:
        server.process.kill()
        server.process.communicate()


def test_someone_starts_it_opens_the_page_and_asks(tmp_path: Path, started: list[Server]) -> None:
    started.append(server := Server(tmp_path, KAIKAKU_IDENTITY="trial"))
    assert f"http://127.0.0.1:{server.port} " in server.first_line
    browser = Browser(server.port)
    assert "見本" in browser.get("/")
    browser.send("/person", person="gyosei-tanto")
    browser.get("/")
    page = browser.send("/ask", question="3-1-2の効果額は？")
    assert "各14,561千円" in page and "3-1-2、p.10" in page
    assert "令和6年度は14,561千円" in browser.send("/ask", question="R6は？")
    code, log = server.stop()
    assert code == 0
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert [line["kind"] for line in lines if line["event"] == "message"] == ["fact", "fact"]
    assert "効果額" not in log and "14,561" not in log

    started.append(again := Server(tmp_path, KAIKAKU_IDENTITY="trial"))
    assert "各14,561千円" in Browser(again.port, browser.cookies).get("/")
    assert again.stop(signal.SIGINT)[0] == 0


def test_health_says_what_is_loaded(tmp_path: Path, started: list[Server]) -> None:
    started.append(server := Server(tmp_path))
    health = json.loads(Browser(server.port).get("/healthz"))
    assert health["status"] == "ok" and health["initiatives"] == 39


def test_what_was_received_before_a_crash_is_answered_at_start(tmp_path: Path, started: list[Server]) -> None:
    database = fresh_database(tmp_path / "data")
    conversation(database).receive(said("3-1-2の効果額は？", channel="page"))
    started.append(Server(tmp_path))
    with database.reading() as inside:
        assert inbox.waiting(inside) == []
        (outgoing,) = outbox.outgoing_in(inside, "sent")
    assert "14,561" in Reply.from_json(outgoing.body or "").text


def test_a_second_one_finds_the_address_taken_and_touches_nothing(
    tmp_path: Path, started: list[Server]
) -> None:
    started.append(server := Server(tmp_path))
    second = server.second()
    assert second.returncode == 1 and "待ち受けできません" in second.stderr
    assert Browser(server.port).get("/healthz")


def test_faulty_settings_are_named_together_and_nothing_starts(tmp_path: Path) -> None:
    settings = environment(tmp_path, KAIKAKU_PORT="0", KAIKAKU_IDENTITY="everybody")
    run = subprocess.run([KAIKAKU, "serve"], cwd=tmp_path, env=settings, capture_output=True, check=False)
    words = run.stderr.decode()
    assert run.returncode == 1 and "KAIKAKU_PORT" in words and "KAIKAKU_IDENTITY" in words
    assert not (tmp_path / "data").exists()


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    database = fresh_database(tmp_path / "data")
    with database.writing() as inside:
        inside.execute("INSERT INTO migrations VALUES ('later-1', '9.9.9', '2030-01-01')")
    settings = environment(tmp_path, KAIKAKU_PORT=str(free_port()))
    run = subprocess.run([KAIKAKU, "serve"], cwd=tmp_path, env=settings, capture_output=True, check=False)
    assert run.returncode == 1 and "9.9.9" in run.stderr.decode() and "Traceback" not in run.stderr.decode()


def test_what_waits_is_sent_beside_the_page(tmp_path: Path) -> None:
    app = open_app(Settings(data=tmp_path))
    app.conversation.take(said("3-1-2の効果額は？", channel="slack"))
    sent: list[str] = []
    is_sent = threading.Event()

    def send(outgoing: OutboxMessage) -> Sent:
        sent.append(Reply.from_json(outgoing.body or "").text)
        is_sent.set()
        return Sent("receipt")

    with running(jobs_of(app, {"slack": send}, {}), alarm=is_sent.set):
        assert is_sent.wait(PATIENCE)
    assert len(sent) == 1 and "14,561" in sent[0]


def test_text_is_forgotten_in_time_but_never_on_a_day_that_was_only_given(tmp_path: Path) -> None:
    given = jobs_of(open_app(Settings(data=tmp_path, today=date(2099, 1, 1))), {}, {})
    assert [one.name for one in given] == ["deliver", "settle", "handle", "remind"]
    app = open_app(Settings(data=tmp_path))
    app.conversation.take(said("3-1-2の効果額は？", channel="page"))
    later = replace(app, now=lambda: now() + timedelta(days=8))
    for one in jobs_of(later, {}, {}):
        one.turn()
    with app.database.reading() as inside:
        assert [row["body"] for row in inside.query("SELECT body FROM messages")] == [None]


def test_one_that_is_only_half_at_work_ends_with_a_fault(tmp_path: Path) -> None:
    program = (
        "import sys; from bot.cli import main, serve\n"
        "def broken(*_): raise LookupError('秘密')\n"
        "serve.deliver_waiting = broken\n"
        "sys.exit(main(['serve']))"
    )
    settings = environment(tmp_path, KAIKAKU_PORT=str(free_port()))
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        env=settings,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode != 0
    assert "秘密" not in run.stderr.decode() and "Traceback" not in run.stderr.decode()
