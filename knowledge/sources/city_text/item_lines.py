"""The lines of a pillar's page sorted by what they are in their reform item; any other line is a fault."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from knowledge.faults import Faults
from knowledge.sources.city_text.initiatives import is_initiative
from knowledge.sources.city_text.lines import TextLine
from knowledge.sources.city_text.parts import TextPart
from knowledge.sources.city_text.tables import is_heading_row

_ITEM = re.compile(r"(\d+)-(\d+)[ 　]+(.+)")
_INDICATOR = re.compile(r"指標[：:]\s*(.+)")
_DEFINITION = re.compile(r"指標の説明[：:]\s*(.+)")
_TO_BE_PLACED = "位置付ける予定"


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """What a 指標： below a table names, and its 指標の説明：."""

    line: TextLine
    name: str
    definition: str = ""


@dataclass(slots=True)
class ItemLines:
    """The lines of one reform item.

    `body` holds purpose and indicators, `lead` the sentence above the table, `columns` the table's heading rows, `rows`
    what stands below them.
    """

    heading: TextLine
    pillar: int
    number: int
    title: str
    body: TextLine | None = None
    lead: str = ""
    columns: list[TextLine] = field(default_factory=list)
    rows: list[TextLine] = field(default_factory=list)
    indicators: list[NamedIndicator] = field(default_factory=list)

    @property
    def code(self) -> str:
        return f"{self.pillar}-{self.number}"


def sort_lines(part: TextPart, faults: Faults) -> list[ItemLines]:
    """The reform items of a page, in order."""
    items: list[ItemLines] = []
    for line in part.lines:
        if line.is_blank:
            continue
        match = _ITEM.fullmatch(line.cells[0]) if line.is_row else None
        if match:
            items.append(ItemLines(line, int(match[1]), int(match[2]), match[3]))
        elif not items or not _place(line, items[-1]):
            faults.add(line.place, f"読み方のわからない行です: {line.start}")
    return items


def _place(line: TextLine, lines: ItemLines) -> bool:
    """Put a line where it belongs in its item; False when it belongs nowhere."""
    if line.is_row:
        return _place_row(line, lines)
    if match := _INDICATOR.fullmatch(line.words):
        lines.indicators.append(NamedIndicator(line, match[1]))
    elif (match := _DEFINITION.fullmatch(line.words)) and _is_undefined(lines):
        lines.indicators[-1] = replace(lines.indicators[-1], definition=match[1])
    elif lines.body and not (lines.lead or lines.columns) and line.words.endswith("。"):
        lines.lead = line.words
    else:
        return False
    return True


def _place_row(line: TextLine, lines: ItemLines) -> bool:
    if lines.indicators:
        return False
    if is_initiative(line) or (not (line.cells[0] or lines.rows) and _TO_BE_PLACED in line.text):
        lines.rows.append(line)
    elif is_heading_row(line) and not lines.rows:
        lines.columns.append(line)
    elif not (lines.body or lines.lead or lines.columns or lines.rows):
        lines.body = line
    else:
        return False
    return True


def _is_undefined(lines: ItemLines) -> bool:
    """Whether the indicator named last still lacks what it means."""
    return bool(lines.indicators) and not lines.indicators[-1].definition
