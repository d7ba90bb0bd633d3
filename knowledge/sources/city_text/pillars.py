"""The pages of the pillars: reform items with purpose, indicators, a sentence and a table of initiatives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from knowledge.fiscal_year import FiscalYear
from knowledge.plan import Indicator, IndicatorKind, Initiative, Measure, Pillar, ReformItem
from knowledge.sources.city_text.figures import UNNAMED, indicator_measure, measure_of, target_row
from knowledge.sources.city_text.indicators import read_indicators
from knowledge.sources.city_text.initiatives import (
    Row,
    code_of,
    has_figures,
    is_initiative,
    measures_of,
    read_row,
)
from knowledge.sources.city_text.lines import Line, prose
from knowledge.sources.city_text.parts import Part
from knowledge.sources.city_text.tables import Columns, is_heading_row, read_columns
from knowledge.sources.faults import Faults

_ITEM = re.compile(r"(\d+)-(\d+)[ 　]+(.+)")
_INDICATOR = re.compile(r"指標[：:]\s*(.+)")
_DEFINITION = re.compile(r"指標の説明[：:]\s*(.+)")
_TO_BE_PLACED = "位置付ける予定"


@dataclass(slots=True)
class Sheet:
    """The lines of one reform item, sorted by what they are; every other line of its page is a fault."""

    heading: Line
    body: Line | None = None
    lead: str = ""
    columns: list[Line] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    indicators: list[tuple[Line, str, str]] = field(default_factory=list)


def read_pillars(parts: list[Part], years: tuple[FiscalYear, ...], faults: Faults) -> tuple[Pillar, ...]:
    """The pillars in order, each from its one or more pages (①, ②)."""
    pillars: list[Pillar] = []
    for part in parts:
        number, title = int(part.heading.number), part.heading.title
        before = pillars[-1] if pillars else None
        items = _read_page(
            part, years, len(before.items) if before and before.number == number else 0, faults
        )
        if before and before.number == number:
            if before.title != title:
                faults.add(
                    part.line.place, f"柱{number}の題が前のページ（{before.title}）と違います: {title}"
                )
            pillars[-1] = replace(before, items=(*before.items, *items))
            continue
        if number != len(pillars) + 1:
            faults.add(part.line.place, f"柱{len(pillars) + 1}がなく、柱{number}があります")
        pillars.append(Pillar(number, title, items))
    if not pillars:
        faults.add("本文", "柱のページが一つもありません")
    return tuple(pillars)


def _read_page(
    part: Part, years: tuple[FiscalYear, ...], items_before: int, faults: Faults
) -> tuple[ReformItem, ...]:
    sheets = _sort_lines(part, faults)
    if not sheets:
        faults.add(part.line.place, f"「{part.line.words}」に改革項目の見出しがありません")
    items = []
    expected = (int(part.heading.number), items_before + 1)
    for sheet in sheets:
        match = _ITEM.fullmatch(sheet.heading.cells[0])
        assert match
        code = f"{match[1]}-{match[2]}"
        if (int(match[1]), int(match[2])) != expected:
            faults.add(
                sheet.heading.place, f"改革項目{expected[0]}-{expected[1]}のはずですが、{code}とあります"
            )
        expected = (expected[0], int(match[2]) + 1)
        items.append(_read_item(sheet, code, match[3], part.page, years, faults))
    return tuple(items)


def _sort_lines(part: Part, faults: Faults) -> list[Sheet]:
    sheets: list[Sheet] = []
    for line in part.lines:
        if line.is_blank:
            continue
        if line.is_row and _ITEM.fullmatch(line.cells[0]):
            sheets.append(Sheet(line))
        elif not sheets or not _place(line, sheets[-1]):
            faults.add(line.place, f"読み方のわからない行です: {line.start}")
    return sheets


def _place(line: Line, sheet: Sheet) -> bool:
    """Put a line where it belongs in its item; False when it belongs nowhere."""
    if line.is_row:
        return _place_row(line, sheet)
    if match := _INDICATOR.fullmatch(line.words):
        sheet.indicators.append((line, match[1], ""))
    elif (match := _DEFINITION.fullmatch(line.words)) and sheet.indicators and not sheet.indicators[-1][2]:
        sheet.indicators[-1] = (*sheet.indicators[-1][:2], match[1])
    elif sheet.body and not (sheet.lead or sheet.columns) and line.words.endswith("。"):
        sheet.lead = line.words
    else:
        return False
    return True


def _place_row(line: Line, sheet: Sheet) -> bool:
    if sheet.indicators:
        return False
    if is_initiative(line) or (not (line.cells[0] or sheet.rows) and _TO_BE_PLACED in line.text):
        sheet.rows.append(line)
    elif is_heading_row(line) and not sheet.rows:
        sheet.columns.append(line)
    elif not (sheet.body or sheet.lead or sheet.columns or sheet.rows):
        sheet.body = line
    else:
        return False
    return True


def _read_item(
    sheet: Sheet, code: str, title: str, page: int, years: tuple[FiscalYear, ...], faults: Faults
) -> ReformItem:
    purpose, indicators = _read_body(sheet, code, faults)
    columns = None
    if sheet.columns:
        columns = read_columns(sheet.columns, years, faults)
    else:
        faults.add(sheet.heading.place, f"{code}に取組の表の見出しがありません")
    planned = [line for line in sheet.rows if not is_initiative(line)]
    initiatives: tuple[Initiative, ...] = ()
    if columns:
        rows = _read_rows([line for line in sheet.rows if is_initiative(line)], code, columns, page, faults)
        initiatives = _with_targets(rows, sheet, columns, code, years, faults)
    if not sheet.rows:
        faults.add(sheet.heading.place, f"{code}に取組が一つもありません")
    return ReformItem(
        code,
        title,
        purpose,
        page,
        indicators,
        initiatives,
        sheet.lead or (columns.lead if columns else ""),
        " ".join(prose(" ".join(cell for cell in line.cells if cell)) for line in planned),
        columns.measure if columns else "",
    )


def _read_body(sheet: Sheet, code: str, faults: Faults) -> tuple[str, tuple[Indicator, ...]]:
    if sheet.body is None or len(sheet.body.cells) != 3 or len(sheet.heading.cells) != 3:
        line = sheet.body or sheet.heading
        faults.add(line.place, f"{code}の見出しと本文は、目的、活動指標、成果指標の3欄のはずです")
        return "", ()
    purpose, activity, outcome = sheet.body.cells
    if not purpose:
        faults.add(sheet.body.place, f"{code}の目的がありません")
    return prose(purpose), (
        *read_indicators(IndicatorKind.ACTIVITY, activity, f"{sheet.body.place} {code}", faults),
        *read_indicators(IndicatorKind.OUTCOME, outcome, f"{sheet.body.place} {code}", faults),
    )


def _read_rows(lines: list[Line], item: str, columns: Columns, page: int, faults: Faults) -> list[Row]:
    """The initiatives of an item, whose codes must follow one another from 1."""
    rows: list[Row] = []
    seen: list[str] = []
    expected = f"{item}-1"
    for line in lines:
        code = code_of(line)
        if code in seen:
            faults.add(line.place, f"{code}が二度あります")
            continue
        if code != expected:
            faults.add(line.place, f"{expected}のはずですが、{code}とあります")
        seen.append(code)
        expected = f"{item}-{int(code.rpartition('-')[2]) + 1}"
        if row := read_row(line, columns, page, faults):
            rows.append(row)
    return rows


def _with_targets(
    rows: list[Row], sheet: Sheet, columns: Columns, code: str, years: tuple[FiscalYear, ...], faults: Faults
) -> tuple[Initiative, ...]:
    if not columns.measure:
        if sheet.indicators:
            faults.add(sheet.indicators[0][0].place, f"{code}の表に目標の列がないのに、指標の注があります")
        return tuple(row.initiative for row in rows)
    of_table = measure_of(columns.measure)
    measures = (
        [of_table] * len(rows)
        if of_table
        else list(measures_of(rows, _named_below(sheet, rows, code, faults), UNNAMED))
    )
    return tuple(
        replace(row.initiative, targets=target_row(measure, years, row.cells))
        if row.cells
        else row.initiative
        for row, measure in zip(rows, measures, strict=True)
    )


def _named_below(sheet: Sheet, rows: list[Row], code: str, faults: Faults) -> tuple[Measure, ...]:
    """The indicators named below a table, one for each of its rows that has figures."""
    count = sum(has_figures(row) for row in rows)
    if count != len(sheet.indicators):
        faults.add(
            sheet.columns[0].place,
            f"{code}の表には数値のある行が{count}行、その下に「指標：」が{len(sheet.indicators)}個あり、数が合いません",
        )
    found = []
    for line, name, definition in sheet.indicators:
        measure = indicator_measure(name, definition)
        if measure is None:
            faults.add(line.place, f"指標の単位が読み取れません。「{name}（単位）」のように書いてください")
        found.append(measure or UNNAMED)
    return tuple(found)
