"""The plan asked about as staff type: every block of tests/questions gets the answer that its writer expects."""

from __future__ import annotations

import json
import re
import statistics
from functools import cache
from typing import Any

import pytest

from bot.conversation.plan_reply import ask
from knowledge.editions.edition import shipped
from knowledge.known import Known
from knowledge.question import Question
from knowledge.reading import read_all
from tests.number_check import unexplained
from tests.written_questions import Written, all_written, plain, says

_LONGEST = 1500
_MEDIAN = 300
_FEWEST = 500
_SAYS_WHAT_TO_TYPE = re.compile(r"お尋ねください|Ask 改革ナビ|3-1-2")
ALL = all_written()


@cache
def known() -> Known:
    return Known(shipped())


@cache
def answered(block: Written) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(ask(block.texts, known(), block.today).answer)
    return answer


def _params() -> list[Any]:
    def marks(block: Written) -> list[pytest.MarkDecorator]:
        return [pytest.mark.xfail(reason=block.fails, strict=True)] if block.fails else []

    return [pytest.param(block, id=block.place, marks=marks(block)) for block in ALL]


@pytest.mark.parametrize("block", _params())
def test_a_question_gets_the_answer_its_writer_expects(block: Written) -> None:
    assert faults(block) == []


def faults(block: Written) -> list[str]:
    """Everything about the answer that is not as the block says, or as every answer must be."""
    answer = answered(block)
    return [*against_the_writer(block, answer, known()), *faults_of_any_answer(answer, block.texts)]


def against_the_writer(block: Written, answer: dict[str, Any], of: Known) -> list[str]:
    """What the answer lacks, and says that it must not."""
    text = plain(answer["text"])
    found = [
        f"does not say {' | '.join(one)}" for one in block.says if not any(says(text, word) for word in one)
    ]
    found += [f"says {word}" for word in block.never if says(text, word)]
    cited = {one["code"] for one in answer["citations"]} | {f"p.{one['page']}" for one in answer["citations"]}
    found += [f"does not cite {' or '.join(one)}" for one in block.cites if not cited.intersection(one)]
    if block.kinds and answer["kind"] not in block.kinds:
        found.append(f"is {answer['kind']}, not {' or '.join(block.kinds)}")
    if block.asks:
        understood = read_all(block.texts, of, block.today)
        asks = understood.asks.value if isinstance(understood, Question) else understood.why
        found += [] if asks == block.asks else [f"is read as {asks}, not {block.asks}"]
    return found


def faults_of_any_answer(answer: dict[str, Any], texts: tuple[str, ...]) -> list[str]:
    """What no answer may do: be silent, be endless, print a number from nowhere, give figures in a refusal."""
    found = []
    if not answer["text"].strip():
        found.append("is silent")
    if len(answer["text"]) > _LONGEST:
        found.append(f"has {len(answer['text'])} characters")
    if answer["kind"] in ("fact", "list", "passage") and not answer["citations"]:
        found.append("has no source")
    if answer["kind"] in ("out_of_plan", "unclear") and any(f["state"] == "set" for f in answer["facts"]):
        found.append("refuses and gives figures")
    if (
        answer["kind"] == "unclear"
        and not answer["candidates"]
        and not _SAYS_WHAT_TO_TYPE.search(answer["text"])
    ):
        found.append("asks back without saying what to type")
    found += [f"states {fact}, which is no cell" for fact in answer["facts"] if not _stands_in_the_plan(fact)]
    return found + [f"prints {number} from nowhere" for number in unexplained(answer, texts, known())]


def _stands_in_the_plan(fact: dict[str, Any]) -> bool:
    """Whether the initiative's row, or one of the item's indicators, has this state and value."""
    initiative, item = known().initiative(fact["code"]), known().item(fact["code"])
    if initiative is not None and initiative.targets is not None:
        row = initiative.targets
        cells = {"total": row.total} | {year.short: cell for year, cell in row.cells}
        target = cells.get(fact["fiscal_year"])
        return target is not None and (target.value, target.state.value) == (fact["value"], fact["state"])
    targets = [one.target for one in item.indicators] if item else []
    return fact["state"] != "set" or fact["value"] in [target.value for target in targets]


def test_there_are_enough_questions_and_they_are_answered_shortly() -> None:
    lengths = [len(answered(block)["text"]) for block in ALL if not block.fails]
    assert len(ALL) >= _FEWEST
    assert statistics.median(lengths) < _MEDIAN


def test_no_two_blocks_ask_the_same() -> None:
    asked = [tuple(plain(text) or text for text in block.texts) for block in ALL]
    assert len(asked) == len(set(asked))
