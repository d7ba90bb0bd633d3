"""Slack: 封筒が来てから返事が出るまで。同じ偽の Slack の上の、Bolt だけの鏡との比。一度に 500 件も。"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from slack_bolt import App as Bolt
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.channels.slack.elements import paragraph
from bot.message import Reply
from tests.bench.figure import Figure
from tests.bench.machine import percentile
from tests.bot.channels.slack.town import Town, town
from tests.fakes.slack import APP_TOKEN, TOKEN, FakeSlack
from tests.fakes.slack_office import Person, SocketLine

ROUNDS = 200
PAUSE = 0.01
"""Seconds before each message, so that what either does after its reply does not slow the next."""
AT_ONCE = 500
WITHIN = 1.0
SLACK_WAITS = 3.0
"""Seconds after which Slack sends again what was not acknowledged."""


def bench() -> Iterator[Figure]:
    """Both in turns, so that what else the machine does slows both alike, though never both at once; the crowd."""
    with TemporaryDirectory() as folder, bare() as echo, town(Path(folder)) as office:
        _echoing(office)
        bot = Person(office.slack, SocketLine(office.slack), "U0CLERK")
        rounds = [(_seconds(echo), _seconds(bot), _commit(office)) for _ in range(ROUNDS)][ROUNDS // 10 :]
        theirs, ours, commits = ([each[one] for each in rounds] for one in range(3))
        yield from (_figure("Bolt だけの鏡（何も残さない）", theirs), _figure("改革ナビ", ours))
        yield _against(*(percentile(times, 0.5) for times in (theirs, ours, commits)))
        yield from crowd(office)


def crowd(office: Town) -> Iterator[Figure]:
    """500 messages within a second: when they were acknowledged and answered, and that each was once."""
    people = [Person(office.slack, _Unwaiting(office.slack), f"U0P{number}") for number in range(AT_ONCE)]
    before, started = len(office.slack.posted()), time.perf_counter()
    sent: dict[str, float] = {}
    for number, person in enumerate(people):
        _until(started + number * WITHIN / AT_ONCE)
        payload = person.writes(f"質問 {number}")
        sent[payload["ack"]] = time.monotonic()
    took_to_send = time.perf_counter() - started
    office.slack.wait(lambda: len(office.slack.posted()) >= before + AT_ONCE, 120)
    took = time.perf_counter() - started
    acks = [office.slack.acks[envelope][0] - at for envelope, at in sent.items()]
    each = [len(office.slack.posted(person.own)) for person in people]
    name = f"{AT_ONCE} 件を {took_to_send:.1f} 秒に"
    middle = f"中央値 {percentile(acks, 0.5):.2f} 秒"
    yield Figure(f"{name}、受領までの最大", max(acks), "秒", SLACK_WAITS, middle)
    yield Figure(f"{name}、すべてに返すまで", took, "秒")
    yield Figure(f"{name}、一度でない返事", sum(count != 1 for count in each), "件", 0)


@contextmanager
def bare() -> Iterator[Person]:
    """Bolt alone, saying back what it hears."""
    slack = FakeSlack()
    app = Bolt(client=WebClient(TOKEN, base_url=slack.api))

    @app.event("message")
    def echo(event: dict[str, Any], say: Callable[..., Any]) -> None:
        words = f"「{event['text']}」ですね。"
        # The same blocks, since the fake takes its time to check them.
        say(text=words, blocks=[paragraph(words)])

    handler = SocketModeHandler(app, APP_TOKEN)
    handler.client.connect()
    try:
        yield Person(slack, SocketLine(slack), "U0CLERK")
    finally:
        handler.client.close()
        slack.close()


class _Unwaiting:
    """Sends and goes on; the acknowledgement is looked at later."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack

    def send(self, kind: str, payload: dict[str, Any]) -> Any:
        return self.slack.send(kind, payload)


def _echoing(office: Town) -> None:
    """What is measured is the way in and out, not the understanding."""
    object.__setattr__(
        office.app.conversation, "answer", lambda message: Reply(f"「{message.text}」ですね。")
    )


def _against(theirs: float, ours: float, commit: float) -> Figure:
    """How many times as long, and how much of it no thrift can take away: the disk, twice before the reply leaves."""
    beside = (
        f"差 {(ours - theirs) * 1000:.1f} ms のうち {2 * commit * 1000:.1f} ms はディスクへの確定 2 回"
        f"（受領の前と送信の前）。除けば {(ours - 2 * commit) / theirs:.2f} 倍"
    )
    return Figure("鏡に対する比（中央値）", ours / theirs, "倍", 1.5, beside)


def _commit(office: Town) -> float:
    """Seconds until something small is safely on the disk."""
    _pause()
    with office.app.database.writing() as inside:
        inside.execute("UPDATE messages SET tries = tries + 1 WHERE id = (SELECT max(id) FROM messages)")
        started = time.perf_counter()
    return time.perf_counter() - started


def _seconds(person: Person) -> float:
    _pause()
    before, started = len(person.slack.posted()), time.perf_counter()
    person.writes("こんにちは")
    person.slack.wait(lambda: len(person.slack.posted()) > before)
    return time.perf_counter() - started


def _pause() -> None:
    threading.Event().wait(PAUSE)


def _until(moment: float) -> None:
    left = moment - time.perf_counter()
    if left > 0:
        threading.Event().wait(left)


def _figure(who: str, times: list[float]) -> Figure:
    beside = f"95% {percentile(times, 0.95) * 1000:.1f} ms"
    return Figure(f"封筒から返事まで、{who}", percentile(times, 0.5) * 1000, "ms", beside=beside)
