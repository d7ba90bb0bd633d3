import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.message import Chart, Series
from bot.progress.bar_drawing import TOP, WIDTH, draw, figure

YEARS = ("R3", "R4", "R5", "R6", "R7")


def chart(*values: int | None) -> Chart:
    return Chart("効果額", YEARS[: len(values)], (Series("効果額", values),), "千円")


def test_a_missing_year_is_a_named_gap_and_no_bar() -> None:
    drawing = draw(chart(None, 10, 20), "記載なし")
    assert [gap.word for gap in drawing.gaps] == ["記載なし"]
    assert [bar.word for bar in drawing.bars] == ["10", "20"]


def test_nought_is_a_bar_without_height_and_no_gap() -> None:
    drawing = draw(chart(0, 10), "記載なし")
    assert drawing.gaps == ()
    assert (drawing.bars[0].word, drawing.bars[0].height) == ("0", 0)


def test_negative_bars_hang_below_the_axis() -> None:
    up, down = draw(chart(300, -100), "記載なし").bars
    axis = draw(chart(300, -100), "記載なし").axis_y
    assert up.y + up.height == axis and up.y < axis
    assert down.y == axis and down.height > 0 and down.word == "△100"
    assert up.height == pytest.approx(3 * down.height)


def test_two_rows_stand_side_by_side_without_words_on_them() -> None:
    both = Chart("額", YEARS, (Series("目標", (1,) * 5), Series("実績", (2, 3, None, 1, 1))), "千円")
    drawing = draw(both, "記載なし")
    first, second = drawing.bars[:2]
    assert first.x + first.width <= second.x
    assert {bar.word for bar in drawing.bars} == {""}
    assert drawing.names == ("目標", "実績")


@given(st.lists(st.none() | st.integers(-(10**12), 10**12), min_size=1, max_size=8))
def test_everything_stays_inside_whatever_the_figures(values: list[int | None]) -> None:
    labels = tuple(f"R{number}" for number in range(len(values)))
    drawing = draw(Chart("額", labels, (Series("額", tuple(values)),), "千円"), "記載なし")
    for one in (*drawing.bars, *drawing.gaps):
        assert one.x >= 0 and one.x + one.width <= WIDTH
        assert one.y >= TOP - 0.001 and one.y + one.height <= drawing.height
        assert 0 < one.word_y < drawing.height
    assert len(drawing.bars) + len(drawing.gaps) == len(values)


def test_long_labels_take_two_lines() -> None:
    five = Series("額", (1,) * 5)
    short = draw(Chart("額", ("令和3年度",) * 5, (five,), "千円"), "記載なし")
    long = draw(Chart("額", ("FY2021 (R3)",) * 5, (five,), "千円"), "記載なし")
    assert [word.text for word in long.labels] == ["FY2021"] * 5 + ["(R3)"] * 5
    assert {word.text for word in short.labels} == {"令和3年度"}
    assert long.labels[-1].y < long.height and long.height > short.height


def test_figures_are_written_as_the_plan_prints_them() -> None:
    assert [figure(value) for value in (0, 14561, -2413, 99.7, 100.0)] == [
        "0",
        "14,561",
        "△2,413",
        "99.7",
        "100.0",
    ]
