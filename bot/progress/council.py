"""The list for the external evaluation: how far each initiative and indicator has come, and which may be its themes.

Made of a summary of accepted entries; it names departments and no persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.progress import printing
from bot.progress.amounts import rate
from bot.progress.figures import Cell, Line
from bot.progress.lags import Lag
from bot.progress.numbers import in_unit, percentage
from bot.progress.parts import PillarPart
from bot.progress.standing import Standing
from bot.progress.summary import Summary
from bot.self_evaluation.entry import Entry
from knowledge.known import Known
from knowledge.sources.sheets import Sheet, Value

_LIST = (
    *("柱の番号", "柱の名称", "改革項目の番号", "改革項目の名称", "番号", "名称", "所管課等", "受理", "状況"),
    *("指標の名称", "単位", "年度（西暦）", "年度（和暦）", "目標", "実績・見込み", "区分", "達成率（%）"),
)
_THEMES = ("番号", "名称", "所管課等", "理由", "要因", "課題と対応")
_PILLARS = (
    *("柱の番号", "柱の名称", "対象", "受理", "年度（西暦）", "年度（和暦）", "単位"),
    *("目標の合計", "実績・見込みの合計", "達成率（%）"),
)


def council(summary: Summary, entries: Iterable[Entry], known: Known) -> tuple[Sheet, ...]:
    """The list, the candidates for themes, the pillars, and the notes, each on a sheet of its own."""
    by_number = {entry.number: entry for entry in entries}
    lines = {line.ref: line for line in summary.lines}
    listed = [row for one in summary.standings for row in _list_rows(one, lines, summary, known)]
    themes = [_theme(lag, by_number[lag.source.entry]) for lag in summary.lags if lag.source]
    return (
        Sheet("評価の一覧", (_LIST, *listed)),
        Sheet("テーマの候補", (_THEMES, *themes)),
        Sheet("柱別の集計", (_PILLARS, *(_pillar(part, summary) for part in summary.pillars))),
        Sheet("注記", (("番号", "内容"), *enumerate(_notes(summary), start=1))),
    )


def _list_rows(
    one: Standing, lines: Mapping[str, Line], summary: Summary, known: Known
) -> Iterator[tuple[Value, ...]]:
    item_code = "-".join(one.code.split("-")[:2])
    pillar = known.pillar(one.pillar)
    head: tuple[Value, ...] = (
        pillar.number if pillar else None,
        known.title_of(one.pillar),
        item_code,
        known.title_of(item_code),
        one.code,
        one.title,
        one.department_name,
        "受理" if one.source else "未受理",
        one.state.label if one.state else None,
    )
    own = [lines[ref] for ref in dict.fromkeys((one.subject, *one.initiatives)) if ref in lines]
    for line in own:
        yield (*head, *_figures(line, line.of(summary.year)))
    if not own:
        yield (*head, *([None] * (len(_LIST) - len(head))))


def _figures(line: Line, cell: Cell) -> tuple[Value, ...]:
    result = cell.result
    return (
        line.name,
        line.unit or "なし",
        cell.year.western,
        cell.year.label,
        in_unit(cell.target, line.unit),
        in_unit(cell.value, line.unit),
        result.basis.label if result else "なし",
        percentage(rate(cell.value, cell.target)),
    )


def _theme(lag: Lag, entry: Entry) -> tuple[Value, ...]:
    reasons = "、".join(reason.label for reason in lag.reasons)
    return (lag.code, lag.title, lag.department, reasons, entry.causes, entry.problems)


def _pillar(part: PillarPart, summary: Summary) -> tuple[Value, ...]:
    unit, year = summary.amounts.unit, summary.year
    return (
        int(part.code.removeprefix("柱")),
        part.title,
        part.counts.total,
        part.counts.accepted,
        year.western,
        year.label,
        unit,
        in_unit(part.year.target, unit),
        in_unit(part.year.result, unit),
        percentage(part.year.rate),
    )


def _notes(summary: Summary) -> Iterator[str]:
    yield f"範囲：{summary.label}。作成日：{printing.date_of(summary.today)}。"
    yield "受理された自己評価の数値と文章だけを載せています。「未受理」は、未提出か、まだ受理されていないものです。"
    yield "テーマの候補は、進捗等が芳しくないものを、理由の列の基準で選んだものです。"
    yield from printing.definition(summary)
