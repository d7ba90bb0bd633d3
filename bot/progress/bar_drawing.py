"""The drawing of a small bar chart: where each bar, gap and word stands. The template only writes it out.

A missing figure is drawn as a gap with its name, never as a bar of no height; negative bars hang below
the axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.message import Chart

WIDTH = 330
PLOT_HEIGHT = 110
TOP = 24
BELOW = 30
CHARACTER = 12
LINE = 16.0
GAP_HEIGHT = 24.0
MOST_OF_A_SLOT = 0.72
WIDEST_BAR = 40.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle, and its figure in words at (`middle`, `word_y`); `series` is the place of its row."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    word: str
    word_y: float
    series: int


@dataclass(frozen=True, slots=True)
class DrawnWord:
    """A word centred on `x`: a year under the axis, or what stands in a gap."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole chart in the units of its own view box, `WIDTH` wide and `height` high."""

    height: float
    axis_y: float
    bars: tuple[Bar, ...]
    gaps: tuple[Bar, ...]
    labels: tuple[DrawnWord, ...]
    names: tuple[str, ...]
    width: float = WIDTH


def draw(chart: Chart, missing: str) -> Drawing:
    """The drawing of `chart`, with `missing` written where a row has no figure."""
    figures = [value for row in chart.series for value in row.values if value is not None]
    highest, lowest = max(0, *figures, 0), min(0, *figures, 0)
    scale = PLOT_HEIGHT / max(highest - lowest, 1)
    places = [(row, year) for year in range(len(chart.labels)) for row in range(len(chart.series))]
    has_gaps = len(figures) < len(places)
    axis_y = TOP + max(highest * scale, GAP_HEIGHT if has_gaps else 0)
    # A figure below a negative bar needs a line of its own.
    floor = axis_y - lowest * scale + (CHARACTER + 6 if lowest < 0 else 0)
    pen = _Pen(chart, axis_y, scale)
    lines = _lines(chart.labels, pen.slot)
    return Drawing(
        height=floor + BELOW + (len(lines) - 1) * LINE,
        axis_y=axis_y,
        bars=tuple(pen.bar(*place) for place in places if pen.value(*place) is not None),
        gaps=tuple(pen.gap(*place, missing) for place in places if pen.value(*place) is None),
        labels=tuple(
            DrawnWord(pen.slot * (year + 0.5), floor + BELOW - 8 + number * LINE, word)
            for number, line in enumerate(lines)
            for year, word in enumerate(line)
        ),
        names=tuple(row.name for row in chart.series),
    )


def _lines(labels: Sequence[str], slot: float) -> list[tuple[str, ...]]:
    """The labels in one line, or in two where one is wider than its slot: FY2022 above (R4)."""
    if all(_width(label) <= slot for label in labels):
        return [tuple(labels)]
    halves = [label.partition(" ") for label in labels]
    return [tuple(half[0] for half in halves), tuple(half[2] for half in halves)]


def _width(word: str) -> float:
    """About how wide a word is drawn: a Latin letter takes little more than half of a Japanese one."""
    return sum(CHARACTER * (0.6 if outgoing.isascii() else 1.0) for outgoing in word)


class _Pen:
    """Knows how wide a slot and a bar are, and puts a row's bar for a year into its place."""

    def __init__(self, chart: Chart, axis_y: float, scale: float) -> None:
        self.chart, self.axis_y, self.scale = chart, axis_y, scale
        self.slot = WIDTH / max(len(chart.labels), 1)
        rows = max(len(chart.series), 1)
        self.bar_width = min(self.slot * MOST_OF_A_SLOT / rows, WIDEST_BAR)
        self.words_fit = rows == 1

    def value(self, row: int, year: int) -> float | None:
        return self.chart.series[row].values[year]

    def bar(self, row: int, year: int) -> Bar:
        value = self.value(row, year) or 0
        height = abs(value) * self.scale
        top = self.axis_y - height if value >= 0 else self.axis_y
        word_y = top - 6 if value >= 0 else top + height + CHARACTER + 3
        word = figure(value) if self.words_fit else ""
        return Bar(
            self._x(row, year), top, self.bar_width, height, self._middle(row, year), word, word_y, row
        )

    def gap(self, row: int, year: int, missing: str) -> Bar:
        """An empty place on the axis with its name."""
        top = self.axis_y - GAP_HEIGHT
        word = missing if self.words_fit else ""
        x, middle = self._x(row, year), self._middle(row, year)
        return Bar(x, top, self.bar_width, GAP_HEIGHT, middle, word, top - 6, row)

    def _x(self, row: int, year: int) -> float:
        rows = len(self.chart.series)
        return self.slot * (year + 0.5) + (row - rows / 2) * self.bar_width

    def _middle(self, row: int, year: int) -> float:
        return self._x(row, year) + self.bar_width / 2


def figure(value: float) -> str:
    """14,561; a share as 99.7; a negative one as the plan prints it: △2,413."""
    return f"△{-value:,}" if value < 0 else f"{value:,}"
