from datetime import date

import pytest

from bot.channels.slack.elements import Block
from bot.channels.slack.home import home_view, prompts, seasonal
from bot.channels.slack.views import codes_in, codes_view, passage_view
from knowledge.editions import shipped
from knowledge.known import Known
from tests.bot.channels.slack.block_kit import built
from tests.fakes.slack_rules import faults_in_view

EDITION = shipped()


def check(view: Block) -> None:
    assert faults_in_view(view) == []
    built(view)


def test_every_passage_of_the_plan_opens() -> None:
    for passage in Known(EDITION).passages:
        check(passage_view(passage, EDITION))
    check(passage_view(None, EDITION))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("3-1-2と３−１−２、5-1-3", ["3-1-2", "5-1-3"]),
        ("3-1-1～3-1-3", ["3-1-1", "3-1-2", "3-1-3"]),
        ("柱3と9-9-9と令和6年7月1日", ["柱3"]),
        ("電話 0463-82-5111", []),
        ("", []),
    ],
)
def test_codes_are_found_however_they_are_written(text: str, codes: list[str]) -> None:
    assert codes_in(text, EDITION) == codes
    check(codes_view(text, EDITION))


def test_more_codes_than_fit_are_counted() -> None:
    text = "、".join(one.code for one in EDITION.plan.initiatives)
    view = codes_view(text, EDITION)
    check(view)
    assert "ほかに 19 件" in str(view["blocks"][-1])


@pytest.mark.parametrize("month", range(1, 13))
def test_the_home_and_the_prompts_fit_every_month(month: int) -> None:
    today = date(2024, month, 15)
    check(home_view(EDITION, ["3-1-2の効果額は？"], today, "長い質問" * 900))
    check(home_view(EDITION, [], today))
    assert 1 <= len(prompts(EDITION, ["a", "b", "c", "d", "e"], today)) <= 4


def test_the_season_changes_what_is_suggested() -> None:
    assert "自己評価" in seasonal(EDITION, date(2024, 7, 1))[0]
    assert "外部評価" in seasonal(EDITION, date(2024, 9, 1))[0]
