"""The bot on Slack is ended before and after each statement and outgoing call; nothing is lost, nothing twice.

Between it and the fake Slack stand the real Bolt and SDK; the next start, and what Slack repeats, put all right.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.storage import roster_store
from bot.storage.database import DatabaseFile
from knowledge.editions.edition import shipped
from knowledge.roster.roster import Address, Channel, Roster
from knowledge.sources.sample_roster import sample_roster
from reminders.delivery import deliver_waiting, settle_doubtful
from tests.bot.channels.slack.mortal import Mortal
from tests.bot.channels.slack.town import DAY, Town, town
from tests.bot.conversation.floor import NOON
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_office import Person
from tests.waiting import until

OWNER = "U0OWNER"
A_SLICE = 2
"""How many points of a story are tried where not all are."""


@dataclass(frozen=True)
class Story:
    """What an owner has said before, what they say when the process ends, and what its one answer holds."""

    before: tuple[str, ...]
    said: str
    answer: str


FILLED_IN = (
    "3-1-2の自己評価",
    "順調",
    "目標どおり",
    "14,561千円",
    "スキップ",
    "文化振興課が9月までに案内を改める",
)
STORIES = {
    "a question": Story((), "3-1-2の効果額は？", "14,561"),
    "an answer in a self-evaluation": Story(FILLED_IN[:2], FILLED_IN[2], "［3/5］"),
    "a submission": Story(FILLED_IN, "提出", "提出しました"),
}


@pytest.fixture(params=["slice", pytest.param("all", marks=pytest.mark.slow)])
def is_slice(request: pytest.FixtureRequest) -> bool:
    return str(request.param) == "slice"


@pytest.mark.parametrize("name", STORIES)
def test_what_somebody_says_on_slack_survives_every_crash(tmp_path: Path, name: str, is_slice: bool) -> None:
    story, before = STORIES[name], tmp_path / "before"
    talk(before, story)
    count, wanted = undisturbed(before, tmp_path / "undisturbed", story)
    assert count > 50
    # Every second one: nothing happens between the end of a statement and the beginning of the next.
    for point in range(count, 0, -(count // A_SLICE) if is_slice else -2):
        folder = shutil.copytree(before, tmp_path / str(point))
        with fake_slack() as slack:
            dies_and_comes_back(folder, slack, story, point)
            said = [one["text"] for one in slack.posted()]
            assert len(said) == 1 and story.answer in said[0], (point, said)
        assert kept(folder) == wanted, point
        shutil.rmtree(folder)


def talk(folder: Path, story: Story) -> None:
    """What was said before, undisturbed."""
    with town(folder) as office:
        with office.app.database.writing() as inside:
            roster_store.keep(inside, with_the_owner(), effective=DAY, source="名簿", by="admin", now=NOON)
        owner = office.person(OWNER)
        for number, words in enumerate(story.before, start=1):
            owner.writes(words)
            until(lambda many=number: len(office.outgoing_messages("sent")) == many)  # type: ignore[misc]


def with_the_owner() -> Roster:
    """The sample roster with one of its people on Slack."""
    roster = sample_roster(shipped().plan)
    address = (Address(Channel.SLACK, OWNER),)
    persons = (replace(one, addresses=address) if one.id == "bunka-tanto" else one for one in roster.persons)
    return replace(roster, persons=tuple(persons))


def undisturbed(before: Path, folder: Path, story: Story) -> tuple[int, Any]:
    """How many points there are, and what is kept in the end, found by letting it live."""
    shutil.copytree(before, folder)
    with fake_slack() as slack:
        alive = Mortal(folder, slack)
        speaks(slack, story)
        slack.wait(slack.posted)
        until(lambda: set(kept(folder)["letters"].values()) == {"sent"})
        return alive.passed(), kept(folder)


def dies_and_comes_back(folder: Path, slack: FakeSlack, story: Story, point: int) -> None:
    mortal = Mortal(folder, slack, point)
    said = speaks(slack, story)
    assert mortal.has_died(), point
    with town(folder, slack=slack) as office:
        if said["ack"] not in slack.acks:
            office.person(OWNER).again(said)
        until(lambda: all(kept(folder)["messages"].values()))
        office.running.stop()
        for minutes in (5, 10, 300):
            goes_on(office, timedelta(minutes=minutes))


def goes_on(office: Town, later: timedelta) -> None:
    """What the rounds beside the page do, so much later."""

    def moment() -> datetime:
        return office.app.now() + later

    deliver_waiting(office.app.database, office.app.channels.send, moment)
    settle_doubtful(office.app.database, office.app.channels.look, moment)


def speaks(slack: FakeSlack, story: Story) -> Any:
    """The event, sent once; under "ack" the envelope that it came in, whether it is acknowledged or not."""
    return Person(slack, Unwaiting(slack), OWNER).writes(story.said)


class Unwaiting:
    """Sends and goes on; nobody may be there any more to acknowledge it."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack

    def send(self, kind: str, payload: dict[str, Any]) -> Any:
        return self.slack.send(kind, payload)


def kept(folder: Path) -> dict[str, Any]:
    """What the database holds of what was said and entered, and what became of the outbox messages."""
    with DatabaseFile(folder / "kaikaku.db").reading() as inside:
        return {
            "messages": {
                one["key"]: one["handled_at"] is not None for one in inside.query("SELECT * FROM messages")
            },
            "letters": {one["in_reply_to"]: one["state"] for one in inside.query("SELECT * FROM letters")},
            "drafts": list(inside.query("SELECT subject, state, revision, at, answers FROM drafts")),
            "entries": list(inside.query("SELECT subject, version, problems FROM entries")),
        }


@contextmanager
def fake_slack() -> Iterator[FakeSlack]:
    made = FakeSlack()
    # After what was said before, which was on another one.
    made._count = 1000
    try:
        yield made
    finally:
        made.close()
