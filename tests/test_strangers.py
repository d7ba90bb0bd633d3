"""Questions that sound like the plan and are not in it: none may bring a figure, and no source may be invented."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from functools import cache
from typing import Any

from bot.conversation.plan_reply import ask
from tests.boundaries import TOP
from tests.fresh.cases import SETS
from tests.test_questions import known

STRANGERS = SETS.parent / "strangers.txt"
PLAN = TOP / "knowledge" / "data"
TODAY = date(2023, 6, 1)
MOST_WITH_FIGURES = 14
"""How many of the strangers got a fact or an amount of money when this was last measured; it may only fall."""
_MONEY = re.compile(
    r"[0-9][0-9,.]*\s*(?:億|万|千|百万)*円|[0-9][0-9,.]* (?:thousand |million )?yen", re.IGNORECASE
)
_QUOTED = re.compile(r"「[^」]*」")


def strangers() -> list[str]:
    return [line for line in STRANGERS.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def answers() -> tuple[tuple[str, dict[str, Any]], ...]:
    return tuple((text, json.loads(ask((text,), known(), TODAY).answer)) for text in strangers())


def has_figure(answer: dict[str, Any]) -> bool:
    """A set fact, or an amount of money that is not the person's own quoted back."""
    said = _QUOTED.sub("", unicodedata.normalize("NFKC", answer["text"]))
    return any(fact["state"] == "set" for fact in answer["facts"]) or bool(_MONEY.search(said))


def test_few_strangers_get_a_figure_and_never_more() -> None:
    found = [f"{text}\n    {answer['text'][:120]}" for text, answer in answers() if has_figure(answer)]
    print(f"{len(found)} of {len(answers())} with a figure", *found, sep="\n  ")
    assert len(found) <= MOST_WITH_FIGURES, "\n".join(found)


def test_what_a_stranger_gets_has_its_source_in_the_plan() -> None:
    pages = {passage.page for passage in known().passages}
    for text, answer in answers():
        for one in answer["citations"]:
            assert one["code"] is None or one["code"] in known().plan.by_code, text
            assert one["page"] in pages, text
            assert _stands_in_the_plan(one), (text, one["quote"])


def _stands_in_the_plan(citation: dict[str, Any]) -> bool:
    """A quote is printed text, a table's row with its cells, or an item with the codes of its table."""
    pieces = re.split(r"｜(?:令和\d+年度|\d年計)?|（空欄）|（[^（）]*の表）", citation["quote"])
    in_passage = any(_bare(citation["quote"]) in _bare(passage.text) for passage in known().passages)
    return in_passage or all(_bare(piece) in _printed() for piece in pieces)


@cache
def _printed() -> str:
    return _bare("\n".join(file.read_text(encoding="utf-8") for file in sorted(PLAN.glob("*.txt"))))


def _bare(text: str) -> str:
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", text))


def test_there_are_two_hundred_strangers() -> None:
    assert len(set(strangers())) >= 200
