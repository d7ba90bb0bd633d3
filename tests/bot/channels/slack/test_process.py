"""`kaikaku serve` as a process of its own on the fake Slack, ended from outside at the worst moments."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.database import DatabaseFile
from tests.bot.cli.test_serve import Server
from tests.fakes.slack import APP_TOKEN, TOKEN, FakeSlack
from tests.fakes.slack_office import Person, SocketLine


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    made = FakeSlack()
    yield made
    made.close()


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    started: list[Server] = []
    yield started
    for server in started:
        server.process.kill()
        server.process.communicate()


def serve(folder: Path, slack: FakeSlack, servers: list[Server]) -> Server:
    server = Server(folder, SLACK_BOT_TOKEN=TOKEN, SLACK_APP_TOKEN=APP_TOKEN, SLACK_API_BASE_URL=slack.api)
    servers.append(server)
    return server


def test_somebody_asks_on_slack_and_nothing_they_wrote_is_logged(
    tmp_path: Path, slack: FakeSlack, servers: list[Server]
) -> None:
    server = serve(tmp_path, slack, servers)
    Person(slack, SocketLine(slack), "U0CLERK").mentions("3-1-2の効果額は？")
    slack.wait(slack.posted)
    assert "14,561" in slack.posted()[0]["text"]
    code, log = server.stop()
    assert code == 0 and "効果額" not in log and "14,561" not in log and TOKEN not in log


def test_killed_right_after_the_acknowledgement_it_answers_once_at_the_next_start(
    tmp_path: Path, slack: FakeSlack, servers: list[Server]
) -> None:
    first = serve(tmp_path, slack, servers)
    clerk = Person(slack, SocketLine(slack), "U0CLERK")
    asked = clerk.writes("3-1-2の効果額は？")
    first.process.send_signal(signal.SIGKILL)
    first.process.communicate()
    assert asked["ack"].seconds is not None
    said_before = len(slack.posted())
    with DatabaseFile(tmp_path / "data" / "kaikaku.db").writing() as inside:
        # Killed while sending: as if the two minutes of its claim had gone by.
        inside.execute("UPDATE letters SET claimed_until = '2020-01-01' WHERE state = 'sending'")
    serve(tmp_path, slack, servers)
    for socket in slack.sockets[:1]:
        socket.is_open = False
    clerk.again(asked)
    slack.wait(slack.posted)
    clerk.writes("3-1-3の効果額は？")
    slack.wait(lambda: "3-1-3" in slack.posted()[-1]["text"])
    answers = [one for one in slack.posted() if "14,561" in one["text"]]
    assert len(answers) == 1 and said_before <= 1
