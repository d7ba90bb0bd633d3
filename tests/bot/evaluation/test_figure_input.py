import random
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.figure_input import Doubt, Expected, printed, read_figure
from bot.storage.draft import FieldAnswer, Option
from bot.storage.entry import EntryRow
from tests.knowledge import writers

MONEY = EntryRow("3-1-2", "3-1-2", "effect_amount", "効果額", "千円")
COUNT = EntryRow("3-2-3", "3-2-3", "indicator:数", "数", "団体")
PERCENT = EntryRow("1-1#1", "1-1", "indicator:率", "率", "%")
MYRIADS = EntryRow("1-2#3", "1-2", "indicator:件数", "件数", "万件")
TARGET = Expected(14_561_000, 10)
NOTHING = Expected(None, 10)
WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("14,561", 14_561_000),
        ("１４５６１千円", 14_561_000),
        ("1,456万1千円", 14_561_000),
        ("14.6百万円", 14_600_000),
        ("1.4億", 140_000_000),
        ("14,561,500円です", 14_561_500),
        ("約1500万円", 15_000_000),
    ],
)
def test_an_amount_is_taken_in_any_writing_and_to_the_yen(text: str, yen: int) -> None:
    assert read_figure(text, MONEY, TARGET) == FieldAnswer(value=yen)


@pytest.mark.parametrize("text", ["未定", "なし", "〇〇千円", "まだ分かりません"])
def test_what_is_not_set_is_no_zero(text: str) -> None:
    read = read_figure(text, MONEY, TARGET)
    assert isinstance(read, FieldAnswer) and read.value is None and read.text


@pytest.mark.parametrize(
    "text", ["第3四半期", "EBPMって？", "令和5年度", "昨年と同じくらい", "3-1-2", "千円"]
)
def test_what_is_no_amount_is_not_taken_for_one(text: str) -> None:
    assert read_figure(text, MONEY, TARGET) is None


@pytest.mark.parametrize(
    ("text", "expected", "reason", "labels"),
    [
        ("△2,413", TARGET, "no_unit", ["△2,413千円", "△2,413円"]),
        ("△14,561千円", TARGET, "sign", ["△14,561千円"]),
        ("14,561", Expected(-14_561_000, 10), "no_unit", ["14,561千円", "14,561円"]),
        ("145,610千円", TARGET, "times", ["145,610千円"]),
        ("1,456千円", TARGET, "times", ["1,456千円"]),
        ("0円", TARGET, "times", ["0千円"]),
        ("14561000", TARGET, "no_unit", ["14,561,000千円", "14,561,000円"]),
        ("500", NOTHING, "no_unit", ["500千円", "500円"]),
        ("1億4千", TARGET, "cut_short", []),
        ("14,56", TARGET, "grouping", []),
        ("14.0001千円", TARGET, "part_of_a_yen", []),
    ],
)
def test_what_is_doubtful_is_asked_back(
    text: str, expected: Expected, reason: str, labels: list[str]
) -> None:
    read = read_figure(text, MONEY, expected)
    assert isinstance(read, Doubt)
    assert (read.reason, [option.label for option in read.options]) == (reason, labels)


@pytest.mark.parametrize(
    ("text", "row", "value"),
    [
        ("36", COUNT, 36),
        ("36団体", COUNT, 36),
        ("３６団体です", COUNT, 36),
        ("三十六", COUNT, 36),
        ("67％", PERCENT, 67),
        ("67%", PERCENT, 67),
        ("3万件", MYRIADS, 3),
        ("30,000件", MYRIADS, 3),
    ],
)
def test_a_count_is_a_count_in_the_plans_unit(text: str, row: EntryRow, value: int) -> None:
    assert read_figure(text, row, NOTHING) == FieldAnswer(value=value)


@pytest.mark.parametrize("text", ["36円", "36千円", "¥36", "36名の参加", "千円"])
def test_money_is_no_count(text: str) -> None:
    assert read_figure(text, COUNT, NOTHING) is None


def test_a_count_with_decimals_is_rounded_only_when_the_person_says_so() -> None:
    read = read_figure("67.5%", PERCENT, NOTHING)
    assert isinstance(read, Doubt) and read.reason == "fraction"
    assert [option.label for option in read.options] == ["68%"]


@pytest.mark.parametrize(
    ("text", "target", "rounded"),
    [("89.6%", 90, 89), ("90.5%", 90, 91), ("89.6%", None, 90), ("89.4%", 90, 89), ("72.5%", 90, 73)],
)
def test_what_misses_its_target_is_not_rounded_up_to_it(text: str, target: int | None, rounded: int) -> None:
    read = read_figure(text, PERCENT, Expected(88, 10, target))
    assert isinstance(read, Doubt) and [one.answer.value for one in read.options] == [rounded]


@given(value=st.integers(-(10**9), 10**9), target=st.integers(-(10**9), 10**9))
def test_a_figure_written_as_the_plan_prints_it_is_taken_or_asked_back_but_never_changed(
    value: int, target: int
) -> None:
    for row, unit in ((MONEY, 1_000), (COUNT, 1)):
        read = read_figure(printed(value * unit, row), row, Expected(target * unit, 10))
        answers = (
            [read] if isinstance(read, FieldAnswer) else [one.answer for one in read.options] if read else []
        )
        assert [answer.value for answer in answers] == [value * unit]


@pytest.mark.parametrize(("value", "reason"), [(22_999, ""), (23_000, "times"), (1, ""), (0, "")])
def test_far_above_the_target_of_a_later_year_is_asked_back_and_far_below_is_not(
    value: int, reason: str
) -> None:
    assert Expected(None, 10, 2_300).doubt(value) == reason


@given(value=st.integers(1, 10**8), target=st.integers(1, 10**8))
def test_ten_times_off_is_asked_back_whichever_is_the_larger(value: int, target: int) -> None:
    is_off = not Fraction(1, 10) < Fraction(value, target) < 10
    assert bool(Expected(target, 10).doubt(value)) is is_off
    assert Expected(target, 10).doubt(-value) == "sign"


def reads_in_every_writing(yen: int, choose: writers.Choose) -> None:
    """Written with its unit a sum near the target is taken to the yen; any other is asked back, never changed."""
    written = choose(["", "約", "計 "]) + writers.amount(yen, choose) + choose(["", "です", "の見込みです。"])
    assert read_figure(written, MONEY, Expected(yen, 10)) == FieldAnswer(value=yen), written
    read = read_figure(written, MONEY, Expected(-yen or 1, 10))
    assert yen == 0 or read == Doubt("sign", (Option(printed(yen, MONEY), FieldAnswer(value=yen)),)), written


def reads_every_count(count: int, choose: writers.Choose) -> None:
    figures = choose([str(count), f"{count:,}", writers.kanji(count), f"{count:,}".translate(WIDE)])
    written = choose(["", "約"]) + figures + choose(["", "団体", " 団体"]) + choose(["", "です", "の見込み"])
    assert read_figure(written, COUNT, Expected(count, 10)) == FieldAnswer(value=count), written


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**7), st.data())
def test_every_writing_of_a_figure_is_taken_as_it_was_meant(
    yen: int, count: int, data: st.DataObject
) -> None:
    def choose(options: Sequence[str]) -> str:
        return data.draw(st.sampled_from(options))

    reads_in_every_writing(yen, choose)
    reads_every_count(count, choose)


@pytest.mark.slow
def test_a_hundred_thousand_writings_of_figures_are_taken_as_they_were_meant() -> None:
    drawn = random.Random(2413)
    for _ in range(100_000):
        size = 10 ** drawn.randint(1, 12)
        reads_in_every_writing(drawn.randint(1 - size, size - 1) * drawn.choice([1, 1000]), drawn.choice)
        reads_every_count(drawn.randint(0, 10 ** drawn.randint(1, 7)), drawn.choice)
