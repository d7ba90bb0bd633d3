"""Tables and charts as Slack shows them itself, or as text where they do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.channels.slack import limits
from bot.channels.slack.elements import Block, paragraph, preformatted
from bot.channels.slack.plain_text import clean, parts
from bot.message import Chart, Table
from bot.wording.wording import say

Row = tuple[str, ...]


def table_parts(table: Table, *, with_leaves: bool = False) -> Iterator[list[Block]]:
    """The whole table, in parts that each fit a message; the columns' names head every part.

    `with_leaves`: a long one as a table to sort and leaf through.
    """
    width = max((len(row) for row in (table.columns, *table.rows)), default=0)
    if not width:
        return
    columns = _filled(table.columns, width)
    rows = [_filled(row, width) for row in table.rows]
    longest = max(_characters(row) for row in (columns, *rows)) + _characters(columns)
    if width > limits.TABLE_COLUMNS or longest > limits.TABLE_CHARACTERS:
        yield from _as_text(table.caption, [columns, *rows])
        return
    for number, some in enumerate(_shares(columns, rows)):
        if with_leaves and len(rows) > limits.ROWS_AT_SIGHT:
            yield [_leafed(table.caption, number, columns, some, table.numeric)]
        else:
            yield [*_caption(table.caption, number), _native(columns, some, table.numeric)]


def native_chart(chart: Chart) -> Block | None:
    """The chart as a block; None where Slack cannot draw it: it knows no gap, and only short names."""
    title = f"{chart.title}（{chart.unit}）" if chart.unit else chart.title
    if not is_drawable(chart) or not _suits_slack(chart) or len(title) > limits.CHART_TITLE:
        return None
    labels = [clean(label) for label in chart.labels]
    series = [
        {
            "name": clean(row.name),
            "data": [
                {"label": label, "value": value} for label, value in zip(labels, row.values, strict=True)
            ],
        }
        for row in chart.series
    ]
    return {
        "type": "data_visualization",
        "title": clean(title),
        "chart": {"type": "bar", "series": series, "axis_config": {"categories": labels}},
    }


def _suits_slack(chart: Chart) -> bool:
    """Whether there are few enough rows and years, each with a short name of its own, and no figure is missing."""
    names = [row.name for row in chart.series]
    return (
        len(names) <= limits.CHART_SERIES
        and len(chart.labels) <= limits.CHART_LABELS
        and all(one.strip() and len(one) <= limits.CHART_LABEL for one in (*names, *chart.labels))
        and all(len(set(map(clean, words))) == len(words) for words in (names, chart.labels))
        and not any(None in row.values for row in chart.series)
    )


def is_drawable(chart: Chart) -> bool:
    """Whether there is anything to draw."""
    lengths = {len(row.values) for row in chart.series}
    return bool(chart.labels) and lengths == {len(chart.labels)}


def _shares(columns: Row, rows: Sequence[Row]) -> Iterator[list[Row]]:
    share: list[Row] = []
    room = limits.TABLE_CHARACTERS - _characters(columns)
    left = room
    for row in rows:
        if share and (len(share) + 1 >= limits.TABLE_ROWS or _characters(row) > left):
            yield share
            share, left = [], room
        share.append(row)
        left -= _characters(row)
    if share or not rows:
        yield share


def _native(columns: Row, rows: Sequence[Row], numeric: Sequence[bool]) -> Block:
    is_right = [*numeric, *([False] * len(columns))][: len(columns)]
    return {
        "type": "table",
        "column_settings": [{"align": "right" if one else "left", "is_wrapped": True} for one in is_right],
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in (columns, *rows)],
    }


def _leafed(caption: str, number: int, columns: Row, rows: Sequence[Row], numeric: Sequence[bool]) -> Block:
    """A table whose rows Slack shows some at a time and sorts, figures by their value."""
    heads: list[Block] = [{"type": "raw_text", "text": cell} for cell in columns]
    is_figure = [*numeric, *([False] * len(columns))]
    cells = [[_cell(cell, is_figure[place]) for place, cell in enumerate(row)] for row in rows]
    return {
        "type": "data_table",
        "caption": _part_named(caption, number) if caption.strip() else say("slack/table_caption"),
        "page_size": limits.ROWS_AT_SIGHT,
        "rows": [heads, *cells],
    }


def _cell(cell: str, is_figure: bool) -> Block:
    figure = _FIGURE.fullmatch(cell) if is_figure else None
    if figure is None:
        return {"type": "raw_text", "text": cell}
    value = int(figure[2].replace(",", ""))
    return {"type": "raw_number", "value": -value if figure[1] else value, "text": cell}


_FIGURE = re.compile(r"([△▲-]?)([0-9][0-9,]{0,20})")


def _as_text(caption: str, rows: Sequence[Row]) -> Iterator[list[Block]]:
    text = "\n".join(" | ".join(row) for row in rows)
    for number, part in enumerate(parts(text, limits.RICH_TEXT)):
        yield [*_caption(caption, number), preformatted(part)]


def _caption(caption: str, number: int) -> list[Block]:
    if not caption.strip():
        return []
    return [paragraph(part, is_bold=True) for part in parts(_part_named(caption, number), limits.RICH_TEXT)]


def _part_named(caption: str, number: int) -> str:
    return caption if number == 0 else f"{caption[: limits.HEADER]}（続き {number + 1}）"


def _filled(row: Sequence[str], width: int) -> Row:
    """Every cell with something in it, as Slack demands."""
    return tuple(clean(cell) for cell in (*row, *([""] * (width - len(row)))))


def _characters(row: Row) -> int:
    return sum(len(cell) + sum(one > "\uffff" for one in cell) for cell in row)
