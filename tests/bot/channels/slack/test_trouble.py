"""Disk full, database locked or damaged, as whoever speaks on Slack meets it: told, or answered later, never silence."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.conversation.conversation import Handled
from bot.message import Message, Reply
from bot.storage import database
from bot.storage.database import connect
from tests.bot.channels.slack.town import Town, town
from tests.fakes.slack import Json
from tests.fakes.slack_office import unheard
from tests.waiting import until

QUESTION = "3-1-2の効果額は？"
LONG = "長い質問" * 10_000
DELAYED = "お返事が遅れます"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        yield made


@contextmanager
def without_room(office: Town) -> Iterator[None]:
    """The database cannot grow, as on a full disk; nothing that is longer than what it has left is kept."""

    def cramped(path: Path, patience: float) -> sqlite3.Connection:
        connection = connect(path, patience)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    office.app.database.close()
    with patch.object(database, "connect", cramped):
        yield
    office.app.database.close()


def told(office: Town, words: str) -> list[Json]:
    return [one for one in [*office.slack.posted(), *office.slack.whispers] if words in one["text"]]


def test_who_cannot_be_heard_for_want_of_room_is_told_once_and_answered_when_there_is_some(
    office: Town,
) -> None:
    clerk = office.person()
    with without_room(office), unheard(office.line):
        payload = clerk.mentions(LONG)
        assert payload["ack"].seconds is None
        assert clerk.again(payload).seconds is None
        until(lambda: bool(told(office, "ディスクがいっぱい")))
    assert len(told(office, "ディスクがいっぱい")) == 1 and office.slack.whispers[0]["user"] == clerk.id
    assert clerk.again(payload).seconds is not None
    office.slack.wait(office.slack.posted)
    assert len(office.slack.posted()) == 1


def test_who_commands_or_presses_is_told_too(office: Town) -> None:
    clerk = office.person()
    clerk.opens_home()
    office.slack.wait(lambda: clerk.id in office.slack.homes)
    with without_room(office), unheard(office.line):
        assert clerk.commands(LONG)["ack"].seconds is None
        until(lambda: len(told(office, "ディスクがいっぱい")) == 1)
        clerk.searches(LONG)
        until(lambda: len(told(office, "ディスクがいっぱい")) == 2)


def test_who_was_heard_and_cannot_be_answered_yet_is_told_and_answered_later(office: Town) -> None:
    clerk = office.person()
    asked = office.app.conversation.answer

    def long(_message: Message) -> Handled:
        return Reply("長い返事" * 20_000)

    object.__setattr__(office.app.conversation, "answer", long)
    with without_room(office):
        assert clerk.writes(QUESTION)["ack"].seconds is not None
        until(lambda: bool(told(office, DELAYED)))
    object.__setattr__(office.app.conversation, "answer", asked)
    office.later()
    office.later(minutes=5)
    assert (
        len(told(office, DELAYED))
        == len(told(office, "14,561"))
        == 1
        == len(office.outgoing_messages("sent"))
    )


def test_while_another_process_holds_the_database_it_is_told_and_then_answered(office: Town) -> None:
    office.app.database._patience = 0.2
    clerk = office.person()
    with closing(connect(office.app.database.path)) as other, unheard(office.line):
        other.execute("BEGIN IMMEDIATE")
        payload = clerk.writes(QUESTION)
        assert payload["ack"].seconds is None
        until(lambda: bool(told(office, "混み合って")))
    assert clerk.again(payload).seconds is not None
    until(lambda: len(told(office, "14,561")) == 1)


def test_a_damaged_database_is_told_to_whoever_speaks(office: Town) -> None:
    clerk = office.person()
    office.app.database.close()
    office.app.database.path.write_bytes(b"\xff" * 40960)
    with unheard(office.line):
        assert clerk.writes(QUESTION)["ack"].seconds is None
    until(lambda: bool(told(office, "壊れて")))
