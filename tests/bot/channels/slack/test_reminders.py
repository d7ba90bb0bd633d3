"""Reminders over Slack's wire: one turn of the clock, the notice in the person's own messages, its buttons pressed there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.app.reminders import one_turn
from knowledge.roster.roster import Address, Channel
from reminders.moment import TOKYO
from reminders.storage import notices
from reminders.storage.outbox_message import OutboxMessage
from reminders.tick import Turn
from tests.bot.channels.slack.town import Over, Town, city, take_in, town
from tests.fakes.slack import Json, Refusal, broken
from tests.fakes.slack_office import Person
from tests.waiting import until

DAY = date(2023, 7, 3)
MORNING = datetime(2023, 7, 3, 9, 0, tzinfo=TOKYO)


@pytest.fixture(params=["socket", "http"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    over: Over = "socket" if request.param == "socket" else "http"
    with town(tmp_path, over, day=DAY, roster=city()) as made:
        with made.app.database.writing() as inside:
            notices.start(inside, "jimukyoku", datetime(2023, 6, 30, tzinfo=TOKYO))
        yield made


def turn(office: Town) -> Turn:
    """What the clock does at nine that morning."""
    made = one_turn(replace(office.app, now=lambda: MORNING), office.app.channels.send)
    assert made.fault is None
    return made


def outgoing_to(office: Town, user: str = "U0OWNER") -> Json:
    turn(office)
    found = [one for one in office.slack.posted(office.slack.dm(user)) if "metadata" in one]
    assert len(found) == 1
    return found[0]


def notices_in(office: Town) -> list[OutboxMessage]:
    with office.app.database.reading() as inside:
        return list(dict.fromkeys(said.outgoing for said in notices.log(inside)))


def of(office: Town, person: str) -> OutboxMessage:
    return next(one for one in notices_in(office) if one.recipient == person)


def until_said(person: Person, count: int) -> None:
    person.slack.wait(lambda: len(person.slack.posted(person.own)) == count)


def test_a_letter_goes_to_each_persons_own_messages_once(office: Town) -> None:
    outgoing = outgoing_to(office)
    assert "自己評価" in outgoing["text"] and "3-1-2" in outgoing["text"]
    assert outgoing["metadata"]["event_payload"]["letter"] == "reminder:bunka-tanto:2023-07-03"
    opened = [params["users"] for method, params in office.slack.calls if method == "conversations.open"]
    assert opened.count("U0OWNER") == 1 and not office.slack.posted("C0OFFICE")
    before = len(office.slack.posted())
    turn(office)
    assert len(office.slack.posted()) == before


def test_its_button_begins_the_entry_there(office: Town) -> None:
    owner, outgoing = office.person("U0OWNER"), outgoing_to(office)
    owner.presses(outgoing, "3-1-2を入力する", owner.own)
    office.slack.wait(lambda: "［1/5］状況" in office.slack.posted(owner.own)[-1]["text"])
    owner.writes("順調")
    office.slack.wait(lambda: "［2/5］実績見込み" in office.slack.posted(owner.own)[-1]["text"])
    assert all("thread_ts" not in one for one in office.slack.posted(owner.own))


def test_its_other_buttons_are_answered_there(office: Town) -> None:
    owner, outgoing = office.person("U0OWNER"), outgoing_to(office)
    for count, label in enumerate(("あとで（明日）", "担当が違います"), start=2):
        owner.presses(outgoing, label, owner.own)
        until_said(owner, count)
        assert office.slack.posted(owner.own)[-1]["text"].strip()
        assert "このボタンは" not in office.slack.posted(owner.own)[-1]["text"]


def test_what_was_submitted_is_no_longer_asked_for(office: Town) -> None:
    owner = office.person("U0OWNER")
    owner.writes("3-1-2の自己評価")
    for count, words in enumerate(
        ("順調", "目標どおり", "14,561千円", "スキップ", "文化振興課が9月までに直す", "提出"), 1
    ):
        until_said(owner, count)
        owner.writes(words)
    office.slack.wait(lambda: "提出しました" in office.slack.posted(owner.own)[-1]["text"])
    turn(office)
    assert not [one for one in office.slack.posted(owner.own) if "3-1-2を入力する" in str(one.get("blocks"))]


@pytest.mark.parametrize("error", ["user_not_found", "user_disabled", "account_inactive"])
def test_one_whom_slack_does_not_reach_is_a_known_refusal(office: Town, error: str) -> None:
    office.slack.unreachable["U0OWNER"] = error
    turn(office)
    outgoing = of(office, "bunka-tanto")
    assert (outgoing.state, outgoing.attempts) == ("failed", 1) and error in outgoing.reason
    turn(office)
    # The next turn turns to the next holder of the post.
    assert of(office, "bunka-kakaricho").state == "sent"


def test_a_token_that_was_ended_leaves_every_letter_waiting(office: Town) -> None:
    office.slack.unreachable["U0OWNER"] = "account_inactive"
    office.slack.will("auth.test", Refusal("account_inactive"))
    turn(office)
    assert {one.state for one in notices_in(office)} >= {"waiting"}
    assert "failed" not in {one.state for one in notices_in(office)}


def test_an_archived_channel_is_a_known_refusal(office: Town) -> None:
    office.slack.archived.add("C0OLD")
    roster = office.app.roster()
    persons = tuple(
        replace(one, addresses=(Address(Channel.SLACK, "C0OLD"),)) if one.id == "bunka-tanto" else one
        for one in roster.persons
    )
    take_in(office.app, replace(roster, persons=persons))
    turn(office)
    outgoing = of(office, "bunka-tanto")
    assert outgoing.state == "failed" and "is_archived" in outgoing.reason


@pytest.mark.parametrize("is_there", [True, False])
def test_a_doubtful_letter_is_found_by_what_it_carries_or_sent_again(office: Town, is_there: bool) -> None:
    office.slack.will("chat.postMessage", *[broken(502, after=is_there)] * 2)
    turn(office)
    until(lambda: not [one for one in notices_in(office) if one.state == "sending"])
    assert [one.state for one in notices_in(office)].count("doubtful") == 2
    office.later(minutes=5)
    office.later(hours=3)
    assert not [one for one in notices_in(office) if one.state == "doubtful"]
    carried = [one["metadata"]["event_payload"]["letter"] for one in office.slack.posted()]
    assert (
        len(set(carried)) == len(carried) == len([one for one in notices_in(office) if one.state == "sent"])
    )
