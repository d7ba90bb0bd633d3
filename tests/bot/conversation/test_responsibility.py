"""Who answers for a code: the plan is silent, the roster speaks."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.plan_reply import reply_to
from bot.conversation.responsibility import with_departments
from knowledge.known import Known
from knowledge.plan.plan import Initiative
from knowledge.reading import read_all
from knowledge.roster.roster import Responsibility
from tests.invented_roster import PARKS, ROADS, ROSTER
from tests.small_plan import small_edition

KNOWN = Known(small_edition())
DAY = date(2024, 6, 3)


def answered(text: str) -> str:
    """The text of the reply, where parks and roads answer together for 1-2-1."""
    initiative = KNOWN.plan.by_code["1-2-1"]
    assert isinstance(initiative, Initiative)
    shared = (Responsibility("parks", initiative.id), Responsibility("roads", initiative.id, leads=False))
    roster = replace(ROSTER, responsibilities=shared).on(DAY)
    understood = read_all([text], KNOWN, DAY)
    return with_departments(reply_to(understood, KNOWN, DAY), understood, KNOWN, roster).text


@pytest.mark.parametrize("text", ["1-2-1の所管課は？", "1-2-1はどこの課の担当ですか"])
def test_the_departments_on_the_roster_stand_behind_the_plans_silence(text: str) -> None:
    reply = answered(text)
    assert "計画にありません" in reply
    assert reply.endswith(f"名簿では、1-2-1は{PARKS.name}・{ROADS.name}の担当です。")


@pytest.mark.parametrize(
    "text", ["1-2-1の委託先は？", "1-2-1の目標は？", "所管課は何をするの", "1-1-1の所管課は？"]
)
def test_nothing_is_added_where_nobody_is_asked_for_or_known(text: str) -> None:
    assert "名簿では" not in answered(text)
