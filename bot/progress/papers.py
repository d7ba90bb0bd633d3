"""The sheets of the yearly papers: the list for publication, and the self-evaluations for the hearing.

The list keeps to the unified rules for machine-readable tables (統計表における機械判読可能なデータの表記方法の統一ルール,
2020-12): one table a sheet, one value a cell, notes apart. It holds accepted figures and no internal field.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from bot.progress import summary_text
from bot.progress.lags import Lag
from bot.progress.reported_figures import Cell, FigureLine, ReportedFigure
from bot.progress.sheet_numbers import in_unit, percentage
from bot.progress.submission_state import SubmissionState
from bot.progress.summary import Summary
from bot.storage.entry import Entry, SignOffStep
from knowledge.known import Known
from knowledge.sources.sheets import Sheet, Value

_PUBLISHED = (
    *(
        "団体名",
        "計画名",
        "柱の番号",
        "柱の名称",
        "改革項目の番号",
        "改革項目の名称",
        "番号",
        "名称",
        "指標の名称",
    ),
    *(
        "単位",
        "年度（西暦）",
        "年度（和暦）",
        "目標",
        "目標の状態",
        "見込み",
        "見込みの状態",
        "実績",
        "実績の状態",
    ),
    "効果額の合計に含むか",
)
_SUMS = (
    "団体名",
    "年度（西暦）",
    "年度（和暦）",
    "単位",
    "目標の合計",
    "見込みの合計",
    "実績の合計",
    "達成率（%）",
)


def accepted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those that the secretariat has accepted: what may be published."""
    return tuple(one for one in entries if one.sign_off.step is SignOffStep.ACCEPTED)


def publication(summary: Summary, known: Known) -> tuple[Sheet, ...]:
    """The list, the sums and the notes, each on a sheet of its own."""
    rows = [row for line in summary.lines for row in _list_rows(line, summary, known)]
    notes = [(number, _clean(text)) for number, text in enumerate(_notes(summary), start=1)]
    return (
        Sheet("公表一覧", (_PUBLISHED, *rows)),
        Sheet("効果額の集計", (_SUMS, *_sum_rows(summary, known))),
        Sheet("注記", (("番号", "内容"), *notes)),
    )


def _list_rows(line: FigureLine, summary: Summary, known: Known) -> Iterator[tuple[Value, ...]]:
    plan = known.plan
    item_code = "-".join(line.code.split("-")[:2])
    item = known.item(item_code)
    pillar = plan.pillar_of(item) if item else None
    head: tuple[Value, ...] = (
        _clean(plan.issuer),
        _clean(plan.title),
        pillar.number if pillar else None,
        _clean(pillar.title) if pillar else None,
        item_code,
        _clean(item.title) if item else None,
        line.code,
        _clean(line.title),
        _clean(line.name),
        _clean(line.unit) or "なし",
    )
    is_counted = "対象外"
    if line.is_effect_amount:
        is_counted = "含む" if line in summary.amounts.lines else "含まない"
    for cell in line.cells:
        if cell.year <= summary.year:
            yield (*head, cell.year.western, cell.year.label, *_values(line, cell), is_counted)


def _values(line: FigureLine, cell: Cell) -> tuple[Value, ...]:
    target = in_unit(cell.target, line.unit)
    without = _clean(cell.printed_target) or "記載なし"
    return (
        target,
        "設定あり" if target is not None else without,
        *_published(cell.forecast, line.unit),
        *_published(cell.actual, line.unit),
    )


def _published(figure: ReportedFigure | None, unit: str) -> tuple[Value, str]:
    """The figure where it is accepted, and whether there is one."""
    if figure is None or figure.source.step is not SignOffStep.ACCEPTED:
        return None, "公表する数値なし"
    value = in_unit(figure.value, unit)
    return value, "報告あり" if value is not None else "未定"


def _sum_rows(summary: Summary, known: Known) -> Iterator[tuple[Value, ...]]:
    unit = summary.amounts.unit
    for year, sums in summary.amounts.years:
        if year <= summary.year:
            values = [in_unit(value, unit) for value in (sums.target, sums.forecast, sums.actual)]
            head = (_clean(known.plan.issuer), year.western, year.label, unit)
            yield (*head, *values, percentage(sums.rate))


def _notes(summary: Summary) -> Iterator[str]:
    yield f"範囲：{summary.label}。作成日：{summary_text.date_of(summary.today)}。"
    yield "受理された自己評価の数値だけを載せています。空欄は数値がないことを表し、理由は状態の列にあります。"
    yield from summary_text.definition(summary)


def _clean(text: str) -> str:
    """The text without spaces and line breaks, and without characters that only some machines know."""
    return "".join(_portable(char) for char in text if not char.isspace())


def _portable(char: str) -> str:
    try:
        char.encode("shift_jis")
    except UnicodeEncodeError:
        return unicodedata.normalize("NFKC", char).replace("~", "から")
    return char


def hearing(summary: Summary, entries: Iterable[Entry]) -> tuple[Sheet, ...]:
    """A sheet for each self-evaluation of the round, with all that the committee asks about; internal."""
    by_number = {entry.number: entry for entry in entries}
    lines = {line.ref: line for line in summary.lines}
    lagging = {(lag.code, lag.title): lag for lag in summary.lags}
    found = []
    for one in summary.standings:
        entry = by_number.get(one.source.entry) if one.source else None
        own = [lines[ref] for ref in dict.fromkeys((one.subject, *one.initiatives)) if ref in lines]
        rows = tuple(_hearing_rows(one, entry, own, lagging.get((one.code, one.title))))
        found.append(Sheet(one.subject, (("項目", "内容"), *rows)))
    return tuple(found) or (Sheet("対象なし", (("項目", "内容"),)),)


def _hearing_rows(
    one: SubmissionState, entry: Entry | None, lines: Iterable[FigureLine], lag: Lag | None
) -> Iterator[tuple[Value, ...]]:
    yield "番号", one.code
    yield "名称", one.title
    yield "所管課等", one.department_name
    yield "提出の状況", entry.sign_off.step.label if entry else "未提出"
    yield "ヒアリングの候補とする理由", "、".join(reason.label for reason in lag.reasons) if lag else "なし"
    for line in lines:
        for cell in line.cells:
            name = f"{cell.year.label} {line.name}"
            target = line.printed(cell.target) or cell.printed_target or "記載なし"
            yield f"{name} 目標", target
            yield f"{name} 実績・見込み", summary_text.figure(line, cell)
    if entry:
        yield "状況", entry.state.label
        yield "要因", entry.causes
        yield "成果", entry.success
        yield "課題と対応", entry.problems
        yield "版", entry.version
        yield "修正の理由", entry.why
