import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import log
from bot.conversation.conversation import Handled
from bot.message import Message
from tests.bot.conversation.floor import conversation, fresh_database, said


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    log.start_logging(stream)
    yield stream
    log._LOGGER.handlers.clear()
    log._LOGGER.propagate = True


def test_a_message_is_one_line_of_json_without_a_word_of_it(lines: io.StringIO, tmp_path: Path) -> None:
    conversation(fresh_database(tmp_path)).take(said("内緒の話", key="K1"))
    (line,) = lines.getvalue().splitlines()
    told = json.loads(line)
    assert (told["event"], told["channel"], told["number"], told["kind"]) == ("message", "slack", 1, "text")
    assert told["at"].endswith("+09:00") and told["milliseconds"] >= 0
    assert "内緒" not in line and "owner" not in line


def test_a_fault_is_told_by_its_place_not_by_its_words(lines: io.StringIO, tmp_path: Path) -> None:
    def answer(message: Message) -> Handled:
        try:
            raise KeyError(message.text)
        except KeyError as fault:
            raise ValueError(f"cannot read {message.text}") from fault

    conversation(fresh_database(tmp_path), answer).take(said("内緒の話"))
    (line,) = lines.getvalue().splitlines()
    told = json.loads(line)
    assert told["level"] == "warning"
    assert told["fault"].startswith("ValueError (from KeyError) at bot/test_log.py:")
    assert "内緒" not in line


def test_what_cannot_be_written_is_told_too(lines: io.StringIO, tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    database.path.unlink()
    conversation(database).take(said("内緒の話"))
    (line,) = lines.getvalue().splitlines()
    assert json.loads(line)["trouble"] == "missing" and "内緒" not in line
