"""A summary's numbers as words: the same in chat, paper and page. Reckons nothing but what rounding needs."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from bot.message import Table
from bot.progress.amounts import Reached, rate
from bot.progress.figures import Cell, Line, printed
from bot.progress.summary import Summary
from bot.self_evaluation.entry import EntryState
from bot.wording import say
from knowledge.answers.reckoning import percent

NONE = "－"
"""In a table, where there is no figure to print; text says why."""


def money(value: int | None, unit: str, without: str = NONE) -> str:
    """Yen in the unit of the plan's tables, exactly: 14,561.5千円."""
    return without if value is None else printed(value, unit)


def share(value: Fraction | None, without: str = NONE) -> str:
    """98.3%; rounded half up to one decimal."""
    return without if value is None else f"{percent(value.numerator, value.denominator)}%"


def state_label(state: EntryState | None) -> str:
    """前倒し ...; 未提出 for none."""
    return state.label if state else "未提出"


def states_line(states: Iterable[tuple[EntryState | None, int]]) -> str:
    """前倒し1、計画どおり17、遅れ2."""
    return "、".join(f"{state_label(state)}{count}" for state, count in states)


def figure(line: Line, cell: Cell) -> str:
    """36団体（見込み）; what the department wrote where it gave no figure (未定); 報告なし."""
    if cell.result:
        return f"{cell.result.printed}（{cell.result.basis.label}）"
    written = next((one.printed for one in (cell.actual, cell.forecast) if one), "")
    return written or "報告なし"


def rate_of(cell: Cell) -> str:
    """The cell's result over its target, where both are there."""
    return share(rate(cell.value, cell.target))


def definition(summary: Summary) -> tuple[str, ...]:
    """What the effect amounts count, what they leave out, and how they are rounded, a sentence a line."""
    amounts = summary.amounts
    said = say(
        "progress/definition",
        unit=amounts.unit,
        left_out=[line.code for line in amounts.left_out],
        relisted=amounts.relisted,
        not_set=amounts.of(summary.year).not_set,
        not_reported=amounts.of(summary.year).not_reported,
        roundings=amounts.roundings,
        returned=[one.code for one in summary.standings if one.step == "returned"],
        year=summary.year,
    )
    return tuple(line for line in said.splitlines() if line.strip())


def pillar_table(summary: Summary) -> Table:
    """A row for each pillar: steps, states, amounts."""
    unit = summary.amounts.unit
    rows = [
        (
            part.code,
            f"{part.counts.total - part.counts.missing - part.counts.returned}/{part.counts.total}",
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


def cumulative_label(summary: Summary) -> str:
    """令和3年度～令和5年度."""
    first = summary.amounts.years[0][0]
    return f"{first.label}～{summary.year.label}" if first < summary.year else first.label


def basis_of(summary: Summary) -> str:
    """What the year's result is made of: 実績, 見込み, or both."""
    return summary.amounts.of(summary.year).basis or "実績"


def lines_table(summary: Summary, lines: Iterable[Line], caption: str) -> Table:
    """A row for each line with the year's target and figure."""
    rows = []
    for line in lines:
        cell = line.of(summary.year)
        goal = line.printed(cell.target) or cell.printed_target or NONE
        final = line.goal or NONE
        shown = goal if line.is_effect_amount or cell.target is not None else f"最終目標 {final}"
        rows.append((line.code, line.title, shown, figure(line, cell), rate_of(cell)))
    columns = ("番号", "名称", "目標", "実績・見込み", "達成率")
    return Table(columns, tuple(rows), caption, (False, False, True, True, True))


def lags_table(summary: Summary) -> Table:
    """What lags and why."""
    rows = tuple(
        (lag.code, lag.title, lag.department, "、".join(reason.label for reason in lag.reasons))
        for lag in summary.lags
    )
    return Table(("番号", "名称", "所管課等", "理由"), rows, "遅れなどのあるもの", (False,) * 4)


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


def compared(summary: Summary) -> str:
    """The part of the year's target that the rate is of, where that is not all of it."""
    sums = summary.amounts.of(summary.year)
    if sums.rate is None or sums.compared_target == sums.target:
        return ""
    return money(sums.compared_target, summary.amounts.unit)
