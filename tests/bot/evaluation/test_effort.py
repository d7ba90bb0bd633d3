"""What a self-evaluation takes, counted as a person would: presses, texts, characters. docs/staff.md says the same."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.message import Reply
from tests.bot.evaluation.town_hall import JULY, OWNER, TownHall

STAFF = Path(__file__).parents[3] / "docs" / "staff.md"
PROBLEM = "文化振興課が9月までに案内を改める"


class Person:
    """Somebody at the list of what is to be entered, who counts what they do."""

    def __init__(self, hall: TownHall) -> None:
        self.hall = hall
        self.reply: Reply = hall.say(OWNER, "自己評価")
        self.presses = self.texts = self.characters = 0

    def press(self, *labels: str) -> None:
        for label in labels:
            self.reply = self.hall.press(OWNER, self.reply, label)
            self.presses += 1

    def write(self, *texts: str) -> None:
        for text in texts:
            self.reply = self.hall.say(OWNER, text)
            self.texts += 1
            self.characters += len(text)

    @property
    def effort(self) -> tuple[int, int, int]:
        assert "提出しました" in self.reply.text
        return self.presses, self.texts, self.characters


def unchanged(hall: TownHall) -> Person:
    hall.clock.moment = JULY.replace(year=2022)
    as_targeted(hall)
    hall.clock.moment = JULY
    person = Person(hall)
    person.press("3-1-2", "計画どおり", "残りは昨年・目標のとおり", "提出")
    return person


def as_targeted(hall: TownHall) -> Person:
    hall.clock.moment = JULY.replace(year=2022)
    person = Person(hall)
    person.press("3-1-2", "計画どおり", "目標どおり", "スキップ")
    person.write(PROBLEM)
    person.press("提出")
    return person


def in_full(hall: TownHall) -> Person:
    hall.clock.moment = JULY.replace(year=2022)
    as_targeted(hall)
    hall.clock.moment = JULY
    person = Person(hall)
    person.press("3-1-2", "遅れ")
    person.write("12,000千円")
    person.press("見込みのまま")
    person.write("空調の工事で60日休館したため", "文化振興課が9月までに案内を改める")
    person.press("提出")
    return person


@pytest.mark.parametrize(
    ("way", "named"),
    [
        (unchanged, "昨年と変わらない取組"),
        (as_targeted, "はじめての取組を、目標どおりと答える"),
        (in_full, "遅れている取組の数値、要因、課題をすべて書く"),
    ],
)
def test_the_effort_is_what_the_document_says(
    tmp_path: Path, way: Callable[[TownHall], Person], named: str
) -> None:
    row = re.search(rf"\| {named} \| (\d+) \| (\d+) \| (\d+) \|", STAFF.read_text("utf-8"))
    assert row, f"{named} が docs/staff.md にありません"
    assert way(TownHall(tmp_path)).effort == tuple(map(int, row.groups()))


def test_an_unchanged_initiative_takes_four_presses_and_not_a_word(tmp_path: Path) -> None:
    assert unchanged(TownHall(tmp_path)).effort == (4, 0, 0)
