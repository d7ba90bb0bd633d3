"""The whole bot on the fake Slack: the real Bolt and SDK between them, over Socket Mode or signed HTTP."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

import uvicorn

from bot.app import App, open_app
from bot.app.facade import AppFacade
from bot.channels.adapter import AsgiReceive, AsgiSend, Scope
from bot.channels.slack import listeners, progress_message
from bot.channels.slack.channel import SLACK
from bot.channels.slack.connection import RunningSlack
from bot.channels.slack.settings import SlackSettings
from bot.channels.web.server import listen
from bot.settings import Settings
from bot.storage import roster_store
from knowledge.editions.edition import shipped
from knowledge.roster.roster import Address, Channel, Roster
from knowledge.sources.sample_roster import sample_roster
from reminders.delivery import deliver_waiting, settle_doubtful
from reminders.storage import outbox
from reminders.storage.outbox_message import OutboxMessage, State
from tests.fakes.slack import APP_TOKEN, TOKEN, FakeSlack
from tests.fakes.slack_office import HttpLine, Person, SocketLine
from tests.waiting import until

DAY = date(2024, 7, 1)
SECRET = "shh"

Over = Literal["socket", "http"]


class Town:
    """A bot and its Slack."""

    def __init__(
        self,
        slack: FakeSlack,
        app: App,
        running: RunningSlack,
        line: SocketLine | HttpLine,
        under_way: set[Future[Any]],
    ) -> None:
        self.slack, self.app, self.running, self.line = slack, app, running, line
        self._under_way = under_way

    def person(self, id: str = "U0CLERK", **known: Any) -> Person:
        return Person(self.slack, self.line, id, **known)

    def outgoing_messages(self, state: State) -> list[OutboxMessage]:
        with self.app.database.reading() as inside:
            return outbox.outgoing_in(inside, state)

    def rest(self) -> None:
        """Wait until everything that was acknowledged is done, and what came of it too."""
        until(lambda: not self._under_way and not self.outgoing_messages("sending"))

    def rested(self) -> None:
        """As if Slack had been left alone for as long as it asked."""
        self.running._sender._rests_until = 0.0

    def later(self, **time: float) -> None:
        """What the rounds beside the page do, some time later, when nothing is under way any more."""
        self.rest()

        def moment() -> datetime:
            return self.app.now() + timedelta(**time)

        self.app.conversation.handle_waiting()
        deliver_waiting(self.app.database, self.app.channels.send, moment)
        settle_doubtful(self.app.database, self.app.channels.look, moment)
        deliver_waiting(self.app.database, self.app.channels.send, lambda: moment() + timedelta(hours=3))


def slack_settings(slack: FakeSlack, over: Over, **more: Any) -> SlackSettings:
    is_socket = over == "socket"
    given = SlackSettings(TOKEN, APP_TOKEN if is_socket else None, None if is_socket else SECRET, slack.api)
    return replace(given, **more)


STAFF = {
    "U0OWNER": "bunka-tanto",
    "U0DEPUTY": "bunka-kakaricho",
    "U0HEAD": "bunka-kacho",
    "U0OFFICE": "jimukyoku",
    "U0ELSE": "kanko-tanto",
    "U0CHIEF": "kanrishoku",
}
"""Whom of the sample roster Slack knows by which id."""


def city() -> Roster:
    """The sample roster as the city's own, with people on Slack."""
    sample = sample_roster(shipped().plan)
    slack = {person: id for id, person in STAFF.items()}
    persons = tuple(
        replace(one, addresses=(Address(Channel.SLACK, slack[one.id]),)) if one.id in slack else one
        for one in sample.persons
    )
    return replace(sample, persons=persons, is_sample=False)


def take_in(app: App, roster: Roster) -> None:
    """Keep that roster as the one in force."""
    first = date(2021, 4, 1)
    with app.database.writing() as inside:
        roster_store.keep(inside, roster, effective=first, source="名簿.xlsx", by="jimukyoku", now=app.now())


@contextmanager
def town(
    folder: Path,
    over: Over = "socket",
    slack: FakeSlack | None = None,
    *,
    day: date = DAY,
    roster: Roster | None = None,
    **more: Any,
) -> Iterator[Town]:
    """Started and stopped; `slack` stays, where one is given. Without a roster it has the sample."""
    with nobody_waits_long(), work_under_way() as under_way:
        yield from _town(folder, over, slack, day, roster, under_way, more)


def _town(
    folder: Path,
    over: Over,
    slack: FakeSlack | None,
    day: date,
    roster: Roster | None,
    under_way: set[Future[Any]],
    more: dict[str, Any],
) -> Iterator[Town]:
    there = slack or FakeSlack()
    settings = Settings(data=folder, today=day, channels=(slack_settings(there, over, **more),))
    app = open_app(settings)
    if roster is not None:
        take_in(app, roster)
    app.conversation.handle_waiting()
    running = started(app)
    try:
        with _line(there, running, over) as line:
            made = Town(there, app, running, line, under_way)
            wait_for(running)
            yield made
    finally:
        running.stop()
        if slack is None:
            there.close()


def started(app: App) -> RunningSlack:
    """Of all channels Slack alone."""
    start = app.channels.adapters[SLACK].start
    assert start is not None
    running = start(AppFacade(app))
    assert isinstance(running, RunningSlack)
    return running


def wait_for(running: RunningSlack) -> None:
    until(lambda: running.is_listening)


@contextmanager
def nobody_waits_long() -> Iterator[None]:
    """However slow the machine is, nobody is told that it takes longer, and a sent modal shows what came of it."""
    with patch.object(progress_message, "AFTER", 600.0), patch.object(listeners, "SENT_WITHIN", 600.0):
        yield


@contextmanager
def work_under_way() -> Iterator[set[Future[Any]]]:
    """What pools of threads, Bolt's and the SDK's too, were given and have not done."""
    under_way = set[Future[Any]]()
    submit = ThreadPoolExecutor.submit

    def remembering(*arguments: Any, **named: Any) -> Future[Any]:
        future = submit(*arguments, **named)
        under_way.add(future)
        future.add_done_callback(under_way.discard)
        return future

    with patch.object(ThreadPoolExecutor, "submit", remembering):
        yield under_way


@contextmanager
def _line(slack: FakeSlack, running: RunningSlack, over: Over) -> Iterator[SocketLine | HttpLine]:
    if over == "socket":
        yield SocketLine(slack)
        return

    async def page(_scope: Scope, _receive: AsgiReceive, send: AsgiSend) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    listening = listen("127.0.0.1", 0)
    config = uvicorn.Config(running.over_http(page), lifespan="off", log_config=None, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]))
    thread.start()
    port = listening.getsockname()[1]
    try:
        yield HttpLine(f"http://127.0.0.1:{port}/slack/events", SECRET)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
