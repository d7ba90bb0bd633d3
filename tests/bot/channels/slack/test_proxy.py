"""Slack beyond a city's proxy: no name out there is known inside, and only CONNECT leads out."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from bot.app import App, open_app
from bot.channels.slack.connection import RunningSlack
from bot.channels.slack.doctor_checks import slack_findings
from bot.channels.slack.settings import SlackSettings
from bot.settings import Settings
from reminders.storage import outbox
from tests.bot.channels.slack.town import started, wait_for
from tests.fakes.proxy import Proxy
from tests.fakes.slack import APP_TOKEN, TOKEN, FakeSlack
from tests.fakes.slack_office import Person, SocketLine
from tests.waiting import until

BEYOND = "slack.test"
QUESTION = "3-1-2の効果額は？"


class FakeSlackBeyond(FakeSlack):
    """Over TLS, under a name that only the proxy knows the way to."""

    def __init__(self, authority: trustme.CA) -> None:
        super().__init__()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(BEYOND).configure_cert(context)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    @property
    def url(self) -> str:
        return f"https://{BEYOND}"

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def slack(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeSlackBeyond]:
    trusted = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(trusted)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    made = FakeSlackBeyond(authority)
    yield made
    made.close()


@pytest.fixture(params=["", "user:pass"], ids=["open", "with a login"])
def proxy(slack: FakeSlackBeyond, request: pytest.FixtureRequest) -> Iterator[Proxy]:
    made = Proxy(slack.port, request.param)
    yield made
    made.close()


def settings_by(folder: Path, slack: FakeSlack, proxy: str) -> Settings:
    return Settings(
        data=folder, channels=(replace(SlackSettings(TOKEN, APP_TOKEN, None, slack.api), proxy=proxy),)
    )


@contextmanager
def running(settings: Settings) -> Iterator[tuple[RunningSlack, App]]:
    app = open_app(settings)
    bot = started(app)
    try:
        yield bot, app
    finally:
        bot.stop()


def test_a_question_comes_in_and_its_answer_goes_out_through_the_proxy(
    tmp_path: Path, slack: FakeSlackBeyond, proxy: Proxy
) -> None:
    with running(settings_by(tmp_path, slack, proxy.url)) as (bot, _):
        wait_for(bot)
        Person(slack, SocketLine(slack), "U0CLERK").mentions(QUESTION)
        slack.wait(slack.posted)
        assert "14,561" in slack.posted()[0]["text"]
    assert set(proxy.asked) == {f"{BEYOND}:443"}
    # The tokens, the line, who is asking and the answer.
    assert len(proxy.asked) >= 4


def test_a_proxy_that_lets_nobody_through_keeps_the_answer_waiting(
    tmp_path: Path, slack: FakeSlackBeyond
) -> None:
    proxy = Proxy(slack.port)
    with running(settings_by(tmp_path, slack, proxy.url)) as (bot, app):
        wait_for(bot)
        proxy.login = "user:changed"
        Person(slack, SocketLine(slack), "U0CLERK").mentions(QUESTION)

        def refused() -> bool:
            with app.database.reading() as inside:
                return any(one.reason for one in outbox.outgoing_in(inside, "waiting"))

        until(refused)
        with app.database.reading() as inside:
            (outgoing,) = outbox.outgoing_in(inside, "waiting")
        assert outgoing.reason == "プロキシが Slack への接続を断りました" and not slack.posted()
    proxy.close()


def test_the_doctor_names_the_proxy_without_its_password(
    tmp_path: Path, slack: FakeSlackBeyond, proxy: Proxy
) -> None:
    found = slack_findings(settings_by(tmp_path, slack, proxy.url))
    assert [one.level for one in found] == ["ok"] * 3
    words = "".join(one.words for one in found)
    assert f"プロキシ 127.0.0.1:{proxy.url.rpartition(':')[2]} を通ります" in words and "pass" not in words
    asleep = slack_findings(settings_by(tmp_path, slack, "http://127.0.0.1:9"))
    assert [one.level for one in asleep] == ["ok", "wrong", "wrong"]
