"""Mail against a small SMTP server on loopback, which refuses or hangs up as it is told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email import message_from_string, policy

import pytest

from bot.channels.mail import sender
from bot.message import Reply
from bot.settings import MailSettings
from reminders.deliver import NotDelivered, Sent
from reminders.letters import Letter
from tests.bot.floor import NOON

LETTER = Letter(
    id=7,
    kind="reminder",
    channel="mail",
    address="owner@city.example",
    conversation="",
    recipient="owner",
    day=date(2023, 7, 3).isoformat(),
    in_reply_to=None,
    body=Reply("自己評価が始まりました。", heading="7月3日（月）のお知らせ").to_json(),
    state="sending",
    attempts=1,
    created_at=NOON,
)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    answers: dict[str, str]
    taken: list[str]


class Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode():
            verb = line.split()[0].upper()[:4] if line.strip() else ""
            answer = self.server.answers.get(verb, "250 well")
            if verb == "DATA" and answer.startswith("250"):
                self.say("354 go on")
                self.take()
                answer = self.server.answers.get("END", "250 taken")
            if answer == "hang up":
                return
            self.say(answer)
            if verb == "QUIT":
                return

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        self.server.taken.append("".join(lines))

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def serving(**answers: str) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Talk) as server:
        server.answers, server.taken = answers, []
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def send_by(server: Server) -> Sent:
    settings = MailSettings("127.0.0.1", server.server_address[1], "none", "bot@city.example", None, None)
    return sender(settings, "https://navi.city.example")(LETTER)


def test_a_letter_arrives_as_plain_text_with_the_way_to_the_entry() -> None:
    with serving() as server:
        assert send_by(server) == Sent("<letter-7-2023-07-03@city.example>")
    message = message_from_string(server.taken[0], policy=policy.default)
    assert message["To"] == "owner@city.example"
    assert message["Subject"] == "改革ナビ 7月3日（月）のお知らせ"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().split() == ["自己評価が始まりました。", "https://navi.city.example"]


@pytest.mark.parametrize(
    ("answers", "permanent"),
    [
        ({"RCPT": "550 nobody"}, True),
        ({"RCPT": "450 later"}, False),
        ({"MAIL": "553 not you"}, True),
        ({"END": "452 full"}, False),
        ({"END": "554 no"}, True),
    ],
)
def test_what_the_server_refuses_did_not_arrive(answers: dict[str, str], permanent: bool) -> None:
    with serving(**answers) as server, pytest.raises(NotDelivered) as refusal:
        send_by(server)
    assert refusal.value.permanent is permanent


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with serving() as server:
        pass
    with pytest.raises(NotDelivered) as refusal:
        send_by(server)
    assert not refusal.value.permanent


def test_a_line_cut_after_the_text_leaves_it_open_whether_it_arrived() -> None:
    with serving(END="hang up") as server, pytest.raises(Exception, match="Connection") as fault:
        send_by(server)
    assert not isinstance(fault.value, NotDelivered)
    assert len(server.taken) == 1
