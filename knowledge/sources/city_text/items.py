"""A reform item from its lines: purpose, indicators, and the table of its initiatives with their targets."""

from __future__ import annotations

from dataclasses import replace

from knowledge.faults import Faults
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Indicator, IndicatorKind, Initiative, Measure, ReformItem
from knowledge.sources.city_text.indicators import read_indicators
from knowledge.sources.city_text.initiatives import (
    InitiativeRow,
    code_of,
    has_figures,
    is_initiative,
    measures_of,
    read_row,
)
from knowledge.sources.city_text.item_lines import ItemLines
from knowledge.sources.city_text.lines import prose
from knowledge.sources.city_text.printed_cells import UNNAMED, indicator_measure, measure_of, target_row
from knowledge.sources.city_text.tables import Columns, read_columns


def read_item(lines: ItemLines, page: int, years: tuple[FiscalYear, ...], faults: Faults) -> ReformItem:
    """One reform item from its lines."""
    purpose, indicators = _read_body(lines, faults)
    columns = read_columns(lines.columns, years, faults) if lines.columns else None
    if not lines.columns:
        faults.add(lines.heading.place, f"{lines.code}に取組の表の見出しがありません")
    if not lines.rows:
        faults.add(lines.heading.place, f"{lines.code}に取組が一つもありません")
    rows = _read_rows(lines, columns, page, faults) if columns else []
    return ReformItem(
        lines.code,
        lines.title,
        purpose,
        page,
        indicators,
        _with_targets(rows, lines, columns, years, faults) if columns else (),
        lines.lead or (columns.lead if columns else ""),
        _to_be_placed(lines),
        columns.measure if columns else "",
    )


def _to_be_placed(lines: ItemLines) -> str:
    """What stands in the table where initiatives are still to come."""
    planned = [line for line in lines.rows if not is_initiative(line)]
    return " ".join(prose(" ".join(filter(None, line.cells))) for line in planned)


def _read_body(lines: ItemLines, faults: Faults) -> tuple[str, tuple[Indicator, ...]]:
    if lines.body is None or len(lines.body.cells) != 3 or len(lines.heading.cells) != 3:
        line = lines.body or lines.heading
        faults.add(line.place, f"{lines.code}の見出しと本文は、目的、活動指標、成果指標の3欄のはずです")
        return "", ()
    purpose, activity, outcome = lines.body.cells
    if not purpose:
        faults.add(lines.body.place, f"{lines.code}の目的がありません")
    return prose(purpose), (
        *read_indicators(IndicatorKind.ACTIVITY, activity, f"{lines.body.place} {lines.code}", faults),
        *read_indicators(IndicatorKind.OUTCOME, outcome, f"{lines.body.place} {lines.code}", faults),
    )


def _read_rows(lines: ItemLines, columns: Columns, page: int, faults: Faults) -> list[InitiativeRow]:
    """The initiatives of an item, whose codes must follow one another from 1."""
    rows: list[InitiativeRow] = []
    seen: list[str] = []
    expected = f"{lines.code}-1"
    for line in filter(is_initiative, lines.rows):
        code = code_of(line)
        if code in seen:
            faults.add(line.place, f"{code}が二度あります")
            continue
        if code != expected:
            faults.add(line.place, f"{expected}のはずですが、{code}とあります")
        seen.append(code)
        expected = f"{lines.code}-{int(code.rpartition('-')[2]) + 1}"
        if row := read_row(line, columns, page, faults):
            rows.append(row)
    return rows


def _with_targets(
    rows: list[InitiativeRow],
    lines: ItemLines,
    columns: Columns,
    years: tuple[FiscalYear, ...],
    faults: Faults,
) -> tuple[Initiative, ...]:
    of_table = measure_of(columns.measure)
    if lines.indicators and (of_table or not columns.measure):
        place = lines.indicators[0].line.place
        faults.add(place, f"{lines.code}の表は行ごとの指標を持たないのに、指標の注があります")
    if not columns.measure:
        return tuple(row.initiative for row in rows)
    named = () if of_table else _named_below(lines, rows, faults)
    measures = [of_table] * len(rows) if of_table else list(measures_of(rows, named, UNNAMED))
    return tuple(
        replace(row.initiative, targets=target_row(measure, years, row.cells))
        if row.cells
        else row.initiative
        for row, measure in zip(rows, measures, strict=True)
    )


def _named_below(lines: ItemLines, rows: list[InitiativeRow], faults: Faults) -> tuple[Measure, ...]:
    """The indicators named below a table, one for each of its rows that has figures."""
    count = sum(has_figures(row) for row in rows)
    if count != len(lines.indicators):
        faults.add(
            lines.columns[0].place,
            f"{lines.code}の表には数値のある行が{count}行、その下に「指標：」が{len(lines.indicators)}個あり、数が合いません",
        )
    found = []
    for one in lines.indicators:
        measure = indicator_measure(one.name, one.definition)
        if measure is None:
            faults.add(
                one.line.place, f"指標の単位が読み取れません。「{one.name}（単位）」のように書いてください"
            )
        found.append(measure or UNNAMED)
    return tuple(found)
