"""The summary as workbooks of numbers: the list for the external evaluation, and a manager's own view.

They name departments and no persons. The list is made of a summary of accepted entries, the view is internal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.progress import summary_text
from bot.progress.amounts import rate
from bot.progress.breakdown import DepartmentPart, PillarPart
from bot.progress.lags import Lag
from bot.progress.reported_figures import Cell, FigureLine
from bot.progress.sheet_numbers import in_unit, percentage
from bot.progress.submission_state import SubmissionState
from bot.progress.summary import Summary
from bot.storage.entry import Entry
from knowledge.plan.plan import Plan
from knowledge.sources.sheets import Sheet, Value

_ASKED_FOR = (
    *("柱の番号", "柱の名称", "改革項目の番号", "改革項目の名称", "番号", "名称", "所管課等", "提出", "状況"),
    *("指標の名称", "単位", "年度（西暦）", "年度（和暦）", "目標", "実績・見込み", "区分", "達成率（%）"),
)
_THEMES = ("番号", "名称", "所管課等", "理由", "要因", "課題と対応")
_PILLARS = (
    *("柱の番号", "柱の名称", "対象", "受理", "年度（西暦）", "年度（和暦）", "単位"),
    *("目標の合計", "実績・見込みの合計", "達成率（%）"),
)
_YEARS = ("年度（西暦）", "年度（和暦）", "単位", "目標の合計", "見込みの合計", "実績の合計", "達成率（%）")
_DEPARTMENTS = ("所管課等", "対象", "未提出", "差戻し", "提出済み", "確認済み", "受理", "残っているもの")


def council(summary: Summary, entries: Iterable[Entry], plan: Plan) -> tuple[Sheet, ...]:
    """The list, the candidates for themes, the pillars, and the notes, each on a sheet of its own."""
    by_number = {entry.number: entry for entry in entries}
    themes = [_theme(lag, by_number[lag.source.entry]) for lag in summary.lags if lag.source]
    return (
        Sheet("評価の一覧", (_ASKED_FOR, *_list_rows(summary, plan, "未受理"))),
        Sheet("テーマの候補", (_THEMES, *themes)),
        Sheet("柱別の集計", (_PILLARS, *(_pillar(part, summary) for part in summary.pillars))),
        Sheet("注記", (("番号", "内容"), *enumerate(_notes(summary, *_OF_THE_COUNCIL), start=1))),
    )


def view(summary: Summary, plan: Plan) -> tuple[Sheet, ...]:
    """What a manager sees of the progress, each figure as a number."""
    lags = ((*_head(lag), "、".join(reason.label for reason in lag.reasons)) for lag in summary.lags)
    return (
        Sheet("一覧", (_ASKED_FOR, *_list_rows(summary, plan, "未提出"))),
        Sheet("柱別の集計", (_PILLARS, *(_pillar(part, summary) for part in summary.pillars))),
        Sheet("年度別の効果額", (_YEARS, *_year_rows(summary))),
        Sheet("遅れなど", (_THEMES[:4], *lags)),
        Sheet("課等別の提出", (_DEPARTMENTS, *map(_department, summary.departments))),
        Sheet("注記", (("番号", "内容"), *enumerate(_notes(summary, *_OF_THE_VIEW), start=1))),
    )


def _list_rows(summary: Summary, plan: Plan, without: str) -> Iterator[tuple[Value, ...]]:
    """Everything that was asked for, with each of its figures; `without` says that there is no entry."""
    lines = {line.ref: line for line in summary.lines}
    for one in summary.standings:
        yield from _rows_of(one, lines, summary, plan, without)


def _rows_of(
    one: SubmissionState, lines: Mapping[str, FigureLine], summary: Summary, plan: Plan, without: str
) -> Iterator[tuple[Value, ...]]:
    item_code = "-".join(one.code.split("-")[:2])
    head: tuple[Value, ...] = (
        _number_of(one.pillar),
        plan.by_code[one.pillar].title,
        item_code,
        plan.by_code[item_code].title,
        one.code,
        one.title,
        one.department_name,
        one.step.label if one.step else without,
        one.state.label if one.state else None,
    )
    own = [lines[ref] for ref in dict.fromkeys((one.subject, *one.initiatives)) if ref in lines]
    for line in own:
        yield (*head, *_figures(line, line.of(summary.year)))
    if not own:
        yield (*head, *([None] * (len(_ASKED_FOR) - len(head))))


def _figures(line: FigureLine, cell: Cell) -> tuple[Value, ...]:
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


def _number_of(pillar: str) -> int:
    return int(pillar.removeprefix("柱"))


def _head(lag: Lag) -> tuple[Value, ...]:
    return (lag.code, lag.title, lag.department)


def _theme(lag: Lag, entry: Entry) -> tuple[Value, ...]:
    reasons = "、".join(reason.label for reason in lag.reasons)
    return (*_head(lag), reasons, entry.causes, entry.problems)


def _year_rows(summary: Summary) -> Iterator[tuple[Value, ...]]:
    unit = summary.amounts.unit
    for year, sums in summary.amounts.years:
        values = (in_unit(value, unit) for value in (sums.target, sums.forecast, sums.actual))
        yield (year.western, year.label, unit, *values, percentage(sums.rate))


def _department(part: DepartmentPart) -> tuple[Value, ...]:
    counts = part.counts
    steps = (counts.missing, counts.returned, counts.submitted, counts.confirmed, counts.accepted)
    return (part.name, counts.total, *steps, "、".join(part.open) or None)


def _pillar(part: PillarPart, summary: Summary) -> tuple[Value, ...]:
    unit, year = summary.amounts.unit, summary.year
    return (
        _number_of(part.code),
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


_OF_THE_COUNCIL = (
    "受理された自己評価の数値と文章だけを載せています。「未受理」は、未提出か、まだ受理されていないものです。",
    "テーマの候補は、進捗等が芳しくないものを、理由の列の基準で選んだものです。",
)
_OF_THE_VIEW = ("まだ受理されていない数値も含む、内部用の資料です。公表用は公表一覧をお使いください。",)


def _notes(summary: Summary, *own: str) -> Iterator[str]:
    yield f"範囲：{summary.label}。作成日：{summary_text.date_of(summary.today)}。"
    yield from own
    yield from summary_text.definition(summary)
