"""What the log says of outbox messages and turns of the clock."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest

from bot import log
from bot.operations.delivery_log import TurnLog, log_outcomes
from reminders.addressees import Addressee
from reminders.delivery import DeliveryOutcome
from reminders.due import Notice
from reminders.tick import Turn
from tests.bot.channels.mail.messages import LETTER


@pytest.fixture
def lines() -> Iterator[Any]:
    stream = StringIO()
    log.start_logging(stream)

    def read() -> list[dict[str, Any]]:
        found = [json.loads(line) for line in stream.getvalue().splitlines()]
        stream.seek(0)
        stream.truncate()
        return found

    yield read
    log._LOGGER.handlers.clear()
    log._LOGGER.propagate = True


def test_every_attempt_has_its_line_and_somebody_is_called_to_what_went_wrong(lines: Any) -> None:
    outcomes = [
        DeliveryOutcome(LETTER, "sent"),
        DeliveryOutcome(replace(LETTER, id=8), "failed", "宛先が受け付けられない"),
    ]
    log_outcomes(outcomes)
    sent, failed = lines()
    assert (sent["level"], sent["number"], sent["state"]) == ("info", 7, "sent")
    assert (failed["level"], failed["number"], failed["reason"]) == ("warning", 8, "宛先が受け付けられない")
    assert "owner@city.example" not in json.dumps([sent, failed])


def test_whom_nobody_can_write_to_is_said_once_and_again_when_it_changes(lines: Any) -> None:
    turns = TurnLog()
    unreached = tuple(Notice(date(2023, 7, 3), Addressee(one, one), ()) for one in ("a", "b"))
    for turn in (Turn(True), Turn(True, unreached=unreached[:1]), Turn(True, unreached=unreached[:1])):
        turns.write(turn)
    assert [(line["event"], line["recipients"]) for line in lines()] == [("nobody to write to", 1)]
    turns.write(Turn(True, unreached=unreached))
    assert [line["recipients"] for line in lines()] == [2]


def test_a_turn_that_broke_says_where(lines: Any) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as fault:
        TurnLog().write(Turn(True, fault=fault))
    (line,) = lines()
    assert line["event"] == "reminders broken off" and "ZeroDivisionError" in line["fault"]
