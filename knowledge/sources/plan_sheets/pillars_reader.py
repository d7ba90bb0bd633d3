"""The pillars from their sheets: reform items, indicators, initiatives and the targets of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import (
    EFFECT_AMOUNT,
    Indicator,
    Initiative,
    Mark,
    Measure,
    Note,
    Pillar,
    ReformItem,
    State,
    Target,
    TargetRow,
)
from knowledge.sources.plan_sheets import layout as on
from knowledge.sources.plan_sheets.book import Book, distinct
from knowledge.sources.plan_sheets.cells import chosen, needed, needed_whole, read_cell, whole
from knowledge.sources.table_rows import TableRow


def read_pillars(book: Book, years: tuple[FiscalYear, ...]) -> tuple[Pillar, ...]:
    """The pillars with all that belongs to them, each in the order of its sheet."""
    pillars = dict(distinct(book.rows(on.PILLARS), "柱"))
    items = _under(book, on.ITEMS, r"(\d+)-\d+", pillars, on.PILLARS)
    initiatives = _under(book, on.INITIATIVES, r"(\d+-\d+)-\d+", items, on.ITEMS)
    indicators = book.by_code(on.INDICATORS, items)
    read = _read_initiatives(book, initiatives, years)
    if not read:
        book.faults.add("", "取組が一つもありません")

    def item(code: str, row: TableRow) -> ReformItem:
        return ReformItem(
            code,
            needed(row, on.TITLE),
            needed(row, "目的"),
            _page(row),
            tuple(_indicator(one) for one in indicators.get(code, ())),
            tuple(one for one in read if _parent(one.code) == code),
            row.text("前文"),
            row.text("位置付ける予定の文"),
            row.text("目標の見出し"),
        )

    made = [item(code, row) for code, row in items.items()]
    return tuple(
        Pillar(
            needed_whole(row, "柱"),
            needed(row, on.TITLE),
            tuple(i for i in made if _parent(i.code) == number),
        )
        for number, row in pillars.items()
    )


def _parent(code: str) -> str:
    return code.rpartition("-")[0]


def _under(
    book: Book, name: str, form: str, parents: Mapping[str, TableRow], owner: str
) -> dict[str, TableRow]:
    """The rows of a sheet by their codes, each of which must belong to a row of the sheet above it."""
    found = {}
    for code, row in distinct(book.rows(name), on.CODE):
        match = re.fullmatch(form, code)
        if not match:
            row.fault(f"コードの形が違います: {code}")
        elif match[1] not in parents:
            row.fault(f"{code}の属する{match[1]}がシート「{owner}」にありません")
        found[code] = row
    return found


def _page(row: TableRow) -> int:
    page = needed_whole(row, on.PAGE)
    if page < 0:
        row.fault(f"{on.PAGE}は1以上です: {page}")
    return page


def _indicator(row: TableRow) -> Indicator:
    return Indicator(
        chosen(row, "種類", on.INDICATOR_KINDS),
        needed(row, "名称"),
        needed(row, "計画の記載"),
        _stated_target(row),
        row.text("単位"),
        row.text("範囲"),
        row.text("時期"),
        chosen(row, "累積", {True: on.YES, False: on.NO}),
    )


def _stated_target(row: TableRow) -> Target:
    state, value, printed = chosen(row, "状態", on.STATES), whole(row, "値"), row.text("目標の記載")
    if (state is State.SET) != (value is not None):
        row.fault(f"状態「{on.STATES[state]}」と値「{'' if value is None else value}」が合いません")
        return Target(State.BLANK)
    return Target(state, value, printed)


def _read_initiatives(
    book: Book, rows: Mapping[str, TableRow], years: tuple[FiscalYear, ...]
) -> list[Initiative]:
    columns = (*(year.label for year in years), on.TOTAL)
    measures, marks = book.by_code(on.MAIN_MEASURES, rows), book.by_code(on.MARKS, rows)
    notes, targets = book.by_code(on.NOTES, rows), book.by_code(on.TARGETS, rows, columns)
    return [
        Initiative(
            code,
            code,
            needed(row, on.TITLE),
            needed(row, "取組概要"),
            _page(row),
            tuple(needed(one, "内容") for one in measures.get(code, ())),
            tuple(_mark(one, rows) for one in marks.get(code, ())),
            tuple(Note(needed(one, "用語"), needed(one, "説明")) for one in notes.get(code, ())),
            _targets(targets.get(code, []), years),
            chosen(row, "概要の状態", on.STATES),
        )
        for code, row in rows.items()
    ]


def _mark(row: TableRow, initiatives: Iterable[str]) -> Mark:
    refers_to = row.text("参照先") or None
    if refers_to and re.fullmatch(r"\d+-\d+-\d+", refers_to) and refers_to not in initiatives:
        row.fault(f"参照先の{refers_to}が計画にありません")
    return Mark(chosen(row, "種類", on.MARK_KINDS), needed(row, "記載"), refers_to)


def _targets(rows: list[TableRow], years: tuple[FiscalYear, ...]) -> TargetRow | None:
    if not rows:
        return None
    for row in rows[1:]:
        row.fault(f"{on.CODE}「{row.text(on.CODE)}」が二度あります")
    row = rows[0]
    name = needed(row, "指標名")
    is_effect = chosen(row, "種類", {True: on.EFFECT, False: on.INDICATOR})
    measure = Measure(
        EFFECT_AMOUNT if is_effect else f"indicator:{name}", name, row.text("単位"), row.text("説明")
    )
    cells = tuple((year, read_cell(row, year.label)) for year in years)
    return TargetRow(measure, cells, read_cell(row, on.TOTAL))
