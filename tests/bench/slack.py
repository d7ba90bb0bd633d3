"""An envelope in, a message out: the bot against a bare Bolt echo on the same fake Slack; and 500 at once."""

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
from tests.bench.machine import percentile
from tests.bot.channels.slack.town import Town, town
from tests.fakes.slack import APP_TOKEN, TOKEN, FakeSlack
from tests.fakes.slack_office import Person, SocketLine

ROUNDS = 200
AT_ONCE = 500
WITHIN = 1.0


def bench() -> Iterator[str]:
    """Both alone and in turns, so that what else the machine does slows both alike; then the crowd."""
    with TemporaryDirectory() as folder, bare() as echo, town(Path(folder)) as office:
        _echoing(office)
        bot = Person(office.slack, SocketLine(office.slack), "U0CLERK")
        pairs = [(_seconds(echo), _seconds(bot)) for _ in range(ROUNDS)][ROUNDS // 10 :]
        theirs, ours = ([pair[one] for pair in pairs] for one in (0, 1))
        yield _line("bare Bolt echo", theirs)
        yield _line("the bot", ours)
        ratio = percentile(ours, 0.5) / percentile(theirs, 0.5)
        yield f"the bot against the echo at the median: {ratio:.2f} times"
        yield from crowd(office)


def crowd(office: Town) -> Iterator[str]:
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
    yield (
        f"{AT_ONCE} within {took_to_send:.1f} s: acknowledged p50 {percentile(acks, 0.5) * 1000:.0f} ms, "
        f"at most {max(acks) * 1000:.0f} ms; all answered after {took:.1f} s, "
        f"{sum(count == 1 for count in each)} of them once"
    )


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


def _seconds(person: Person) -> float:
    before, started = len(person.slack.posted()), time.perf_counter()
    person.writes("こんにちは")
    person.slack.wait(lambda: len(person.slack.posted()) > before)
    return time.perf_counter() - started


def _until(moment: float) -> None:
    left = moment - time.perf_counter()
    if left > 0:
        threading.Event().wait(left)


def _line(who: str, times: list[float]) -> str:
    return f"{who}: p50 {percentile(times, 0.5) * 1000:.1f} ms, p95 {percentile(times, 0.95) * 1000:.1f} ms"
