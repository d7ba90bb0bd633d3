"""An invented plan asked about as the real one is: nothing in the reading leans on one city's words, codes or years."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from bot.conversation.plan_reply import ask
from knowledge.known import Known
from tests.small_plan import FOLDER, small_edition
from tests.test_questions import against_the_writer
from tests.written_questions import Written, written

ALL = tuple(written(FOLDER / "questions.txt"))


@cache
def small() -> Known:
    return Known(small_edition())


def _params() -> list[Any]:
    def marks(block: Written) -> list[pytest.MarkDecorator]:
        return [pytest.mark.xfail(reason=block.fails, strict=True)] if block.fails else []

    return [pytest.param(block, id=block.place, marks=marks(block)) for block in ALL]


@pytest.mark.parametrize("block", _params())
def test_a_question_to_another_plan_gets_the_answer_its_writer_expects(block: Written) -> None:
    answer: dict[str, Any] = json.loads(ask(block.texts, small(), block.today).answer)
    assert against_the_writer(block, answer, small()) == []


def test_there_are_thirty_questions_of_every_kind() -> None:
    assert len(ALL) >= 30
    assert sum(len(block.texts) > 1 for block in ALL) >= 3
    assert sum("out_of_plan" in block.kinds for block in ALL) >= 5
