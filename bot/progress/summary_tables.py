"""A summary's numbers as tables of words, the same in chat, page and papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.message import Table
from bot.progress.amounts import Reached
from bot.progress.lags import Lag
from bot.progress.reported_figures import FigureLine, FigureSource
from bot.progress.summary import Summary
from bot.progress.summary_text import (
    NONE,
    basis_of,
    cumulative_label,
    day_of,
    figure,
    money,
    rate_of,
    share,
    state_label,
    states_line,
)


def pillar_table(summary: Summary) -> Table:
    """A row for each pillar: steps, states, amounts."""
    unit = summary.amounts.unit
    rows = [
        (
            part.code,
            f"{part.counts.done}/{part.counts.total}",
            states_line(part.states),
            money(part.year.target, unit),
            money(part.year.result, unit),
            share(part.year.rate),
        )
        for part in summary.pillars
    ]
    columns = ("柱", "提出", "状況", "効果額目標", f"効果額{basis_of(summary)}", "達成率")
    caption = f"柱別の状況（{summary.year.label}）"
    return Table(columns, tuple(rows), caption, (False, True, False, True, True, True))


def amounts_table(summary: Summary) -> Table:
    """A row for each year and one for all up to the year in question."""
    unit = summary.amounts.unit
    rows = [_amounts_row(year.label, sums, unit) for year, sums in summary.amounts.years]
    rows.append(_amounts_row(cumulative_label(summary), summary.amounts.cumulative, unit))
    columns = ("年度", "目標", "見込み", "実績", "目標のうち比べた分", "達成率")
    return Table(columns, tuple(rows), "年度別の効果額", (False, True, True, True, True, True))


def _amounts_row(label: str, sums: Reached, unit: str) -> tuple[str, ...]:
    parts = (sums.target, sums.forecast, sums.actual, sums.compared_target)
    return (label, *(money(value, unit) for value in parts), share(sums.rate))


def lines_table(
    summary: Summary, lines: Iterable[FigureLine], caption: str, without: str = "報告なし"
) -> Table:
    """A row for each line with the year's target and figure, or `without` where nothing is reported."""
    rows = []
    for line in lines:
        cell = line.of(summary.year)
        goal = line.printed(cell.target) or cell.printed_target or NONE
        final = line.goal or NONE
        shown = goal if line.is_effect_amount or cell.target is not None else f"最終目標 {final}"
        rows.append((line.code, line.title, shown, figure(line, cell, without), rate_of(cell)))
    columns = ("番号", "名称", "目標", "実績・見込み", "達成率")
    return Table(columns, tuple(rows), caption, (False, False, True, True, True))


def lags_table(several: Iterable[Lag], caption: str) -> Table:
    """What lags and why."""
    rows = tuple(
        (lag.code, lag.title, lag.department, "、".join(reason.label for reason in lag.reasons))
        for lag in several
    )
    return Table(("番号", "名称", "所管課等", "理由"), rows, caption, (False,) * 4)


def departments_table(summary: Summary) -> Table:
    """Each department's steps, and what it still owes."""
    rows = tuple(
        (
            part.name,
            *(
                str(count)
                for count in (
                    part.counts.total,
                    part.counts.missing,
                    part.counts.returned,
                    part.counts.submitted,
                    part.counts.confirmed,
                    part.counts.accepted,
                )
            ),
            "、".join(part.open),
        )
        for part in summary.departments
    )
    columns = ("所管課等", "対象", "未提出", "差戻し", "提出済み", "確認済み", "受理", "残っているもの")
    return Table(columns, rows, "課等別の提出の状況", (False, *(True,) * 6, False))


def changes_table(summary: Summary) -> Table:
    """The states that are others than last year."""
    rows = tuple((one.code, one.title, one.before.label, one.after.label) for one in summary.changes)
    return Table(("番号", "名称", "前回", "今回"), rows, "前年度から状況が変わったもの", (False,) * 4)


def standings_table(summary: Summary) -> Table:
    """How each thing that the round asks for stands."""
    rows = tuple(
        (
            one.code,
            one.title,
            one.department_name,
            state_label(one.state),
            one.step.label if one.step else "未提出",
        )
        for one in summary.standings
    )
    columns = ("番号", "名称", "所管課等", "状況", "提出")
    return Table(columns, rows, f"取組・指標ごとの提出の状況（{summary.round}の自己評価）", (False,) * 5)


def submissions_table(summary: Summary) -> Table:
    """How many had been submitted by which day."""
    rows = tuple((day_of(one.day), str(one.count)) for one in summary.submissions)
    return Table(("日", "提出済み"), rows, "提出済みの件数の推移", (False, True))


def deadlines_table(summary: Summary) -> Table:
    """What of the yearly cycle is due next."""
    rows = tuple(
        (one.phase.name, one.round, day_of(one.deadline), f"あと{(one.deadline - summary.today).days}日")
        for one in summary.deadlines
    )
    return Table(("段階", "回", "締切", "残り"), rows, "これからの締切", (False, False, True, True))


def with_sources(table: Table, sources: Iterable[FigureSource | None]) -> Table:
    """The table with the entry and version that each row comes from."""
    rows = zip(table.rows, sources, strict=True)
    return replace(
        table,
        columns=(*table.columns, "もとの自己評価"),
        rows=tuple((*row, source.label if source else NONE) for row, source in rows),
        numeric=(*table.numeric, False),
    )
