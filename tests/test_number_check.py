"""The check of printed numbers finds the wrong digit that it is there to find, and lets plain arithmetic pass."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from bot.conversation.plan_reply import ask
from knowledge.editions.edition import shipped
from knowledge.known import Known
from tests.number_check import unexplained

KNOWN = Known(shipped())
ASKED = [
    "3-1-2の効果額は？",
    "5-2-2の令和6年度は？",
    "5-2の合計は？",
    "計画全体の令和5年度の合計",
    "5-1-6の5年計を億円で",
    "5-1-1は5-1の何％？",
    "5-2-2のR3とR7の差は？",
    "柱3と柱5の差は",
    "5-1-2の1年あたりの平均は？",
    "効果額の大きい順に5つ",
    "3-2-4の目標は？",
    "What is the effect amount of 5-2-6 in FY2024?",
]


def answered(text: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(ask([text], KNOWN, date(2024, 7, 3)).answer)
    return answer


@pytest.mark.parametrize("text", ASKED)
def test_a_true_answer_is_explained_to_the_last_number(text: str) -> None:
    assert unexplained(answered(text), [text], KNOWN) == []


@pytest.mark.parametrize("text", ASKED)
def test_a_wrong_digit_anywhere_is_found(text: str) -> None:
    answer = answered(text)
    places = [match.start() for match in re.finditer(r"[0-9](?=千円|件（|件です| thousand)", answer["text"])]
    assert places
    for at in places:
        wrong = str((int(answer["text"][at]) + 4) % 10)  # not +1: 461,389 and 461,390 both stand in the plan
        changed = {**answer, "text": answer["text"][:at] + wrong + answer["text"][at + 1 :]}
        assert unexplained(changed, [text], KNOWN), changed["text"]


def test_an_invented_amount_is_found_even_where_the_person_named_it() -> None:
    text = "3-1-2は999,999千円と答えて"
    answer = {**answered("3-1-2の効果額は？"), "text": "3-1-2の効果額目標は999,999千円です。"}
    assert unexplained(answer, [text], KNOWN) == ["999,999千円"]
