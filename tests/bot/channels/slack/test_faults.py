"""What goes wrong between the bot and Slack: refused, broken off, repeated, ended in the middle."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.channels.slack import client, connection
from bot.message import Reply, Table
from bot.storage.database import DatabaseFile
from bot.storage.database_fault import DatabaseFault
from reminders.storage import outbox
from tests.bot.channels.slack.town import Town, town
from tests.fakes.slack import FakeSlack, Refusal, broken, rate_limited, silent_after
from tests.fakes.slack_office import HttpLine, SocketLine, unheard
from tests.waiting import PATIENCE, until

QUESTION = "3-1-2の効果額は？"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        yield made


def asked(town: Town, *, own: bool = True) -> None:
    clerk = town.person()
    if own:
        clerk.writes(QUESTION)
    else:
        clerk.mentions(QUESTION)


def test_a_letter_waits_as_long_as_slack_asks_and_then_goes(office: Town) -> None:
    office.slack.will("chat.postMessage", rate_limited(60))
    asked(office)
    until(
        lambda: (
            bool(office.outgoing_messages("waiting")) and office.outgoing_messages("waiting")[0].attempts == 1
        )
    )
    (outgoing,) = office.outgoing_messages("waiting")
    assert outgoing.reason == "Slack が混んでいます" and not office.slack.posted()
    # Nothing else is tried meanwhile.
    office.person("U0OTHER").writes(QUESTION)
    until(lambda: len(office.outgoing_messages("waiting")) == 2)
    until(lambda: all(one.attempts for one in office.outgoing_messages("waiting")))
    assert [method for method, _ in office.slack.calls].count("chat.postMessage") == 1
    office.rested()
    office.later(minutes=5)
    assert len(office.slack.posted()) == 2


@pytest.mark.parametrize("own", [True, False], ids=["direct", "channel"])
@pytest.mark.parametrize("is_done", [True, False], ids=["done", "not done"])
def test_after_a_server_error_it_is_looked_for_and_said_once(office: Town, own: bool, is_done: bool) -> None:
    office.slack.scopes += ["channels:history"]
    office.slack.will("chat.postMessage", broken(503, after=is_done))
    asked(office, own=own)
    until(lambda: len(office.outgoing_messages("doubtful")) == 1)
    office.later(minutes=5)
    assert len(office.slack.posted()) == 1 and len(office.outgoing_messages("sent")) == 1


def test_a_send_that_timed_out_after_arriving_is_not_said_twice(tmp_path: Path) -> None:
    with patch.object(client, "TIMEOUT", 1), town(tmp_path) as office:
        office.running._client.timeout = 1
        office.slack.will("chat.postMessage", silent_after(1.6))
        asked(office)
        until(lambda: len(office.outgoing_messages("doubtful")) == 1)
        office.running._client.timeout = PATIENCE
        office.slack.wait(office.slack.posted)
        office.later(minutes=5)
        assert len(office.slack.posted()) == 1 and len(office.outgoing_messages("sent")) == 1


def test_where_a_channel_may_not_be_read_a_doubtful_answer_goes_to_the_asker(office: Town) -> None:
    office.slack.will("chat.postMessage", broken(502))
    asked(office, own=False)
    until(lambda: len(office.outgoing_messages("doubtful")) == 1)
    office.later(minutes=5)
    office.later(minutes=5)
    (answer,) = office.slack.posted()
    assert answer in office.slack.messages["D0CLERK"] and "14,561" in answer["text"]
    assert len(office.outgoing_messages("sent")) == 1


def test_blocks_that_slack_refuses_are_said_in_plain_words(office: Town) -> None:
    office.slack.will("chat.postMessage", *[Refusal("invalid_blocks")] * 2)
    asked(office)
    office.slack.wait(office.slack.posted)
    (answer,) = office.slack.posted()
    assert "14,561千円" in answer["text"] and "blocks" not in answer


def test_where_the_workspace_draws_no_charts_a_picture_goes_along(office: Town) -> None:
    office.slack.unknown_blocks = {"data_visualization"}
    asked(office)
    office.slack.wait(lambda: office.slack.files)
    (answer,), (picture,) = office.slack.posted(), office.slack.files
    assert "table" in str(answer["blocks"]) and "data_visualization" not in str(answer["blocks"])
    assert picture["content"].startswith(b"\x89PNG") and picture["channel"] == "D0CLERK"


def test_what_one_workspace_does_not_know_is_shown_in_an_older_way_from_then_on(office: Town) -> None:
    office.slack.unknown_blocks = {"data_table", "context_actions"}
    rows = tuple((str(number), "取組") for number in range(20))
    listed = Reply("一覧です。", table=Table(("番号", "取組"), rows), answer="{}")
    object.__setattr__(office.app.conversation, "answer", lambda _message: listed)
    clerk = office.person()
    clerk.writes("一覧")
    office.slack.wait(lambda: office.slack.posted(clerk.own))
    (answer,) = office.slack.posted(clerk.own)
    assert [one["type"] for one in answer["blocks"]] == ["rich_text", "table", "actions"]
    clerk.presses(answer, "役に立った", clerk.own)
    office.slack.wait(lambda: "ありがとうございます" in office.slack.posted(clerk.own)[-1]["text"])
    calls = [method for method, _ in office.slack.calls].count("chat.postMessage")
    clerk.writes("もう一度")
    office.slack.wait(lambda: len(office.slack.posted(clerk.own)) == 3)
    assert [method for method, _ in office.slack.calls].count("chat.postMessage") == calls + 1


def test_where_the_picture_cannot_go_the_answer_still_does(office: Town) -> None:
    office.slack.unknown_blocks = {"data_visualization"}
    office.slack.will("files.getUploadURLExternal", broken(500))
    asked(office)
    office.slack.wait(lambda: office.slack.posted())
    until(lambda: len(office.outgoing_messages("sent")) == 1)


def test_a_revoked_token_keeps_letters_waiting(office: Town) -> None:
    office.slack.will("chat.postMessage", Refusal("token_revoked"))
    asked(office)
    until(
        lambda: (
            bool(office.outgoing_messages("waiting")) and office.outgoing_messages("waiting")[0].attempts == 1
        )
    )
    assert "token_revoked" in office.outgoing_messages("waiting")[0].reason


def test_an_answer_that_nobody_can_get_has_failed_and_says_why(office: Town) -> None:
    office.slack.will("chat.postMessage", Refusal("user_not_found"))
    asked(office)
    until(lambda: len(office.outgoing_messages("failed")) == 1)
    assert "user_not_found" in office.outgoing_messages("failed")[0].reason


def test_without_a_place_in_the_database_there_is_no_ack_and_the_repeat_is_answered(office: Town) -> None:
    clerk = office.person()

    def full(*_arguments: object) -> None:
        raise DatabaseFault("full")

    assert isinstance(office.line, SocketLine)
    with patch("bot.storage.inbox.receive", full), unheard(office.line):
        event = {"type": "message", "channel": clerk.own, "channel_type": "im", "user": clerk.id, "ts": "5.5",
                 "text": QUESTION}  # fmt: skip
        payload = clerk.event(event)
        assert payload["ack"].seconds is None
    assert clerk.again(payload).seconds is not None
    office.slack.wait(lambda: "14,561" in str(office.slack.posted()))
    office.later(minutes=5)
    told, answer = office.slack.posted()
    assert "ディスク" in told["text"] and "14,561" in answer["text"]


def test_without_a_place_in_the_database_http_says_500(tmp_path: Path) -> None:
    with town(tmp_path, "http") as office, patch.object(DatabaseFile, "writing", _full):
        assert office.person().writes(QUESTION)["ack"].status == 500


def _full(_self: DatabaseFile) -> None:
    raise DatabaseFault("full")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PING_EVERY", 0.2)
    monkeypatch.setattr(connection, "TRY_AGAIN", (0.01,))


@pytest.mark.usefixtures("impatient")
def test_a_dropped_line_is_taken_up_again_and_what_slack_repeats_is_answered_once(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        drop_and_repeat(office)


def drop_and_repeat(office: Town) -> None:
    clerk = office.person()
    payload = clerk.writes(QUESTION)
    office.slack.wait(office.slack.posted)
    for socket in office.slack.sockets:
        socket.drop()
    office.slack.wait(lambda: len(office.slack.sockets) > 1 and office.slack.connected())
    with unheard(office.line):
        # A line so impatient may be dropped once more by itself; then Slack repeats it once more.
        until(lambda: clerk.again(payload).seconds is not None)
        another = clerk.writes("3-1-3の効果額は？")
        until(lambda: clerk.again(another).seconds is not None)
    office.slack.wait(lambda: len(office.slack.posted()) == 2)
    office.later(minutes=5)
    assert len(office.slack.posted()) == 2


def test_what_was_received_before_the_process_ended_is_answered_at_the_next_start(tmp_path: Path) -> None:
    slack = FakeSlack()
    with town(tmp_path, slack=slack) as office:
        with patch.object(type(office.app.conversation), "handle_claiming", lambda *_: None):
            assert office.person().writes(QUESTION)["ack"].seconds is not None
        assert not slack.posted()
    with town(tmp_path, slack=slack) as office:
        office.later(minutes=5)
        (answer,) = slack.posted()
        assert "14,561" in answer["text"]
    slack.close()


@pytest.mark.usefixtures("impatient")
def test_slack_may_be_away_at_the_start(tmp_path: Path) -> None:
    slack = FakeSlack()
    slack.will("auth.test", broken(503), Refusal("internal_error"))
    slack.will("apps.connections.open", broken(503))
    with town(tmp_path, slack=slack) as office:
        asked(office)
        slack.wait(slack.posted)
    slack.close()


@pytest.mark.parametrize("arrives", [True, False])
def test_a_notice_goes_to_the_person_by_the_id_that_the_roster_has_once(office: Town, arrives: bool) -> None:
    with office.app.database.writing() as inside:
        outbox.notice(
            inside,
            kind="due",
            recipient="owner",
            day="2024-07-01",
            channel="slack",
            address="U0OWNER",
            body=Reply("締切は7月31日です。").to_json(),
            now=office.app.now(),
        )
    office.slack.will("chat.postMessage", broken(500, after=arrives))
    office.later()
    office.later(minutes=5)
    (notice,) = office.slack.posted("D0OWNER")
    assert "締切" in notice["text"] and len(office.outgoing_messages("sent")) == 1


class TestOverHttp:
    @pytest.fixture
    def office(self, tmp_path: Path) -> Iterator[Town]:
        with town(tmp_path, "http") as made:
            yield made

    def test_what_is_unsigned_wrongly_signed_or_old_is_turned_away(self, office: Town) -> None:
        line = office.line
        assert isinstance(line, HttpLine)
        body = '{"type":"event_callback","event":{}}'
        json = {"Content-Type": "application/json"}
        assert line.post(body, json).status == 401
        assert line.post(body, HttpLine(line.url, "wrong").signed(body) | json).status == 401
        assert line.post(body, line.signed(body, age=301) | json).status == 401
        assert line.post(body + " ", line.signed(body) | json).status == 401

    def test_slack_checks_the_address_with_a_challenge(self, office: Town) -> None:
        line = office.line
        assert isinstance(line, HttpLine)
        body = '{"type":"url_verification","challenge":"abc"}'
        assert line.post(body, line.signed(body) | {"Content-Type": "application/json"}).body == {
            "challenge": "abc"
        }

    def test_what_is_too_long_or_no_post_is_refused(self, office: Town) -> None:
        line = office.line
        assert isinstance(line, HttpLine)
        assert line.post("x" * 1_000_001, line.signed("x")).status == 413


def test_without_a_signing_secret_there_is_no_address_for_slack(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        page = object()
        assert office.running.over_http(page) is page  # type: ignore[arg-type]


def test_retry_after_is_read_however_it_is_written(office: Town) -> None:
    office.slack.will("chat.postMessage", Refusal("ratelimited", 429, {"retry-after": "77"}))
    asked(office)
    until(
        lambda: (
            bool(office.outgoing_messages("waiting")) and office.outgoing_messages("waiting")[0].attempts == 1
        )
    )
    with office.app.database.reading() as inside:
        (row,) = inside.query("SELECT not_before, created_at FROM letters")
    created, again = (datetime.fromisoformat(row[name]) for name in ("created_at", "not_before"))
    assert created <= again - timedelta(seconds=77) <= office.app.now()
