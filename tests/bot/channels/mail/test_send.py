"""Mail against a small SMTP server on loopback, which refuses or hangs up as it is told."""

from email import message_from_string, policy

import pytest

from bot.channels.mail.send import PATIENCE, PATIENCE_AT_THE_END, REST, MailTransport
from bot.channels.mail.settings import MailSettings
from reminders.delivery import NotDelivered, Sent
from reminders.storage import claims
from tests.bot.channels.mail.messages import LETTER, REPLY, outgoing_of
from tests.bot.channels.mail.post_office import Server, serving


def door_to(server: Server) -> MailTransport:
    settings = MailSettings("127.0.0.1", server.server_address[1], "none", "bot@city.example", None, None)
    return MailTransport(settings, "https://navi.city.example")


def test_a_letter_arrives_and_its_receipt_is_its_name() -> None:
    with serving() as server:
        sent = door_to(server)(LETTER)
    message = message_from_string(server.taken[0], policy=policy.default)
    assert sent == Sent(message["Message-ID"])
    assert message["To"] == "owner@city.example"


@pytest.mark.parametrize(
    ("answers", "permanent"),
    [
        ({"RCPT": "550 nobody"}, True),
        ({"RCPT": "450 later"}, False),
        ({"END": "452 full"}, False),
        ({"END": "554 no"}, True),
        ({"DATA": "451 not now"}, False),
    ],
)
def test_what_the_server_refuses_did_not_arrive(answers: dict[str, str], permanent: bool) -> None:
    with serving(**answers) as server, pytest.raises(NotDelivered) as refusal:
        door_to(server)(LETTER)
    assert refusal.value.permanent is permanent


def test_that_the_sender_is_refused_says_nothing_against_the_recipient() -> None:
    with serving(MAIL="553 not you") as server, pytest.raises(NotDelivered) as refusal:
        door_to(server)(LETTER)
    assert not refusal.value.permanent


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
def test_a_line_cut_before_the_text_has_delivered_nothing(verb: str) -> None:
    with serving(**{verb: "hang up"}) as server, pytest.raises(NotDelivered) as refusal:
        door_to(server)(LETTER)
    assert not refusal.value.permanent and server.taken == []


def test_a_line_cut_after_the_text_leaves_it_open_whether_it_arrived() -> None:
    with serving(END="hang up") as server, pytest.raises(Exception, match="Connection") as fault:
        door_to(server)(LETTER)
    assert not isinstance(fault.value, NotDelivered)
    assert len(server.taken) == 1


def test_a_server_that_says_nothing_more_after_the_text_leaves_it_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.channels.mail.send.PATIENCE_AT_THE_END", 1.0)
    with serving(END="say nothing") as server, pytest.raises(Exception, match="timed out") as fault:
        door_to(server)(LETTER)
    assert not isinstance(fault.value, NotDelivered)


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.mail.send.PATIENCE", 0.1)
    with serving(EHLO="say nothing") as server, pytest.raises(NotDelivered) as refusal:
        door_to(server)(LETTER)
    assert not refusal.value.permanent


def test_a_farewell_that_goes_wrong_takes_nothing_back() -> None:
    with serving(QUIT="hang up") as server:
        assert door_to(server)(LETTER).receipt


def test_a_server_that_is_not_there_is_left_alone_for_a_while_by_every_letter() -> None:
    with serving() as server:
        pass
    transport = door_to(server)
    reasons = []
    for _ in range(2):
        with pytest.raises(NotDelivered) as refusal:
            transport(LETTER)
        assert refusal.value.retry_after == REST and not refusal.value.permanent
        reasons.append(str(refusal.value))
    assert reasons == [
        "メールサーバーを使えない (ConnectionRefusedError)",
        "メールサーバーの回復を待っている",
    ]


def test_an_address_that_is_none_is_refused_for_good_without_a_call() -> None:
    with serving() as server, pytest.raises(NotDelivered) as refusal:
        door_to(server)(outgoing_of(REPLY, "担当"))
    assert refusal.value.permanent and server.heard == []


def test_all_patience_together_stays_within_a_claim() -> None:
    before_the_text = ["greeting", "EHLO", "STARTTLS", "EHLO", "AUTH", "user", "password", "MAIL", "RCPT"]
    at_the_end = ["DATA", "text"]
    longest = len(before_the_text) * PATIENCE + len(at_the_end) * PATIENCE_AT_THE_END
    assert longest < claims.CLAIM.total_seconds()
