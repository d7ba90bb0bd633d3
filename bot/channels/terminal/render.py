"""How a Reply looks in plain characters: tables whose columns line up, a bar for each year, numbered choices.

Whatever a person typed or a plan holds may not steer the terminal: control characters are left out here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from wcwidth import wcswidth

from bot.message import Chart, Field, Form, Reply, Table
from bot.wording.wording import say

LONGEST_BAR = 24
MOST_SOURCES = 6
_GAP = "  "
# Colours, movements and titles as a whole: without its beginning the rest of one would read as text.
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
# A word or figure with its sign, or one character; with the marks after it that may not begin a row.
_PIECE = re.compile(r"(?:△?[!-~]+|.)[、。，．）」』】！？：]*")
_SPACES = "\t\n\r\v\f\x85\u2028\u2029"


def drawn(reply: Reply, columns: int | None = None) -> list[str]:
    """The reply as lines; `columns` is the width that a table may take (None: any)."""
    lines = [reply.heading] if reply.heading else []
    lines += reply.text.splitlines()
    lines += _figures(reply.table, reply.chart, columns)
    lines += [f"※ {note}" for note in reply.notes]
    lines += _choices(reply)
    if reply.file:
        lines.append(say("terminal/file", reply.language, name=reply.file.name, path=reply.file.path))
    lines += _sources(reply)
    return [clean(line) for line in lines]


def field_asked(form: Form, at: int) -> list[str]:
    """One field of a form, put as a question."""
    field = form.fields[at]
    lines = [form.title] if at == 0 else []
    lines.append(
        say(
            "terminal/field",
            at=at + 1,
            of=len(form.fields),
            label=field.label,
            is_required=field.is_required,
        )
    )
    lines += [f"　！{field.error}"] if field.error else []
    lines += [f"　{field.hint}"] if field.hint else []
    lines += [f"　{number}. {label}" for number, (_, label) in enumerate(field.options, start=1)]
    lines += [f"　{say('terminal/value_now', value=_value(field))}"] if field.value else []
    return [clean(line) for line in lines]


def wrapped(line: str, columns: int) -> list[str]:
    """The line in rows of that width; no figure is broken in two, and no row begins with what ends a phrase."""
    rows = [""]
    for piece in _PIECE.findall(line):
        pieces = [piece] if _width(piece) <= columns else list(piece)
        for one in pieces:
            if _width(rows[-1] + one) > columns:
                rows.append("")
            rows[-1] += one
    return rows


def clean(text: str) -> str:
    """One line without anything that a terminal would obey rather than show."""
    text = _SEQUENCE.sub("", text)
    return "".join(" " if char in _SPACES else char for char in text if char in _SPACES or _is_shown(char))


def _is_shown(char: str) -> bool:
    """No control character, nothing that turns the direction of writing, no half of a character."""
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def _figures(table: Table | None, chart: Chart | None, columns: int | None) -> list[str]:
    """A table as a grid; one row of years downwards with a bar each, and so any table that is too wide."""
    if table is None or not table.rows:
        return []
    table = _cleaned(table)
    bars = _bars(chart) if chart is not None and len(table.rows) == 1 else {}
    grid = _grid(table)
    if not bars and (columns is None or max(map(_width, grid)) <= columns):
        return ["", *grid]
    return [line for row in table.rows for line in ("", *_downwards(table, row, bars))]


def _cleaned(table: Table) -> Table:
    rows = tuple(tuple(map(clean, row)) for row in table.rows)
    return Table(tuple(map(clean, table.columns)), rows, clean(table.caption), table.numeric)


def _grid(table: Table) -> list[str]:
    every = (table.columns, *table.rows)
    widths = [max(map(_width, column)) for column in zip(*every, strict=True)]
    numeric = _numeric(table)
    head, *rows = (
        _GAP.join(
            _padded(cell, width, right) for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        for row in every
    )
    rule = _GAP.join("-" * width for width in widths)
    lines = ([table.caption] if table.caption else []) + [head, rule, *rows]
    return [line.rstrip() for line in lines]


def _downwards(table: Table, row: Sequence[str], bars: Mapping[str, str]) -> list[str]:
    """One row of a table: its first cell, and below it a line for each further column."""
    names, cells = table.columns[1:], row[1:]
    wide = max(map(_width, names), default=0)
    widest = max(map(_width, cells), default=0)
    lines = [
        f"{_padded(name, wide)}{_GAP}{_padded(cell, widest, right)}{_GAP}{bars.get(name, '')}".rstrip()
        for name, cell, right in zip(names, cells, _numeric(table)[1:], strict=True)
    ]
    return [row[0], *lines]


def _numeric(table: Table) -> tuple[bool, ...]:
    return table.numeric or (False,) * len(table.columns)


def _bars(chart: Chart) -> dict[str, str]:
    """For each year a bar, light for an amount below zero; none where there is no figure."""
    (series, *more) = chart.series
    if more:
        return {}
    largest = max((abs(value) for value in series.values if value), default=1)
    return {
        clean(label): ("█" if value > 0 else "░") * max(1, round(abs(value) / largest * LONGEST_BAR))
        for label, value in zip(chart.labels, series.values, strict=True)
        if value
    }


def _choices(reply: Reply) -> list[str]:
    """The choices with their numbers, unless the text has them already; beside a form they need a slash."""
    slash = "/" if reply.form else ""
    lines = [f"{slash}{number}. {one.label}" for number, one in enumerate(reply.choices, start=1)]
    said = {line.strip() for line in reply.text.splitlines()}
    return [] if said.issuperset(lines) else lines


def _sources(reply: Reply) -> list[str]:
    labels = list(dict.fromkeys(source.label for source in reply.sources))
    more = len(labels) - MOST_SOURCES
    lines = [say("terminal/source", reply.language, label=label) for label in labels[:MOST_SOURCES]]
    return [*lines, say("terminal/more_sources", reply.language, count=more)] if more > 0 else lines


def _value(field: Field) -> str:
    """What stands in a field, in the words of its options where it has some."""
    return dict(field.options).get(field.value, field.value)


def _width(text: str) -> int:
    return max(0, wcswidth(text))


def _padded(text: str, width: int, to_the_right: bool = False) -> str:
    space = " " * (width - _width(text))
    return space + text if to_the_right else text + space
