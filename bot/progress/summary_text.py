"""A summary's numbers as words: the same in chat, paper and page. Reckons nothing but what rounding needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.progress.amounts import rate
from bot.progress.lags import Reason
from bot.progress.reported_figures import Cell, FigureLine, printed
from bot.progress.summary import Summary
from bot.storage.entry import EntryState
from bot.wording.wording import say
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


def figure(line: FigureLine, cell: Cell, without: str = "報告なし") -> str:
    """36団体（見込み）; what the department wrote where it gave no figure (未定); `without` any entry."""
    if cell.result:
        return f"{cell.result.printed}（{cell.result.basis.label}）"
    written = next((one.printed for one in (cell.actual, cell.forecast) if one), "")
    return written or without


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
        pairs=["と".join(one.listings) for one in summary.standings if len(one.listings) > 1],
        year=summary.year,
    )
    return tuple(line for line in said.splitlines() if line.strip())


def cumulative_label(summary: Summary) -> str:
    """令和3年度～令和5年度."""
    first = summary.amounts.years[0][0]
    return f"{first.label}～{summary.year.label}" if first < summary.year else first.label


def basis_of(summary: Summary) -> str:
    """What the year's result is made of: 実績, 見込み, or both."""
    return summary.amounts.of(summary.year).basis or "実績"


def compared(summary: Summary) -> str:
    """The part of the year's target that the rate is of, where that is not all of it."""
    sums = summary.amounts.of(summary.year)
    if sums.rate is None or sums.compared_target == sums.target:
        return ""
    return money(sums.compared_target, summary.amounts.unit)


def day_of(day: date) -> str:
    """7月31日."""
    return f"{day.month}月{day.day}日"


def date_of(day: date) -> str:
    """2023年7月31日."""
    return f"{day.year}年{day_of(day)}"


@dataclass(frozen=True, slots=True)
class Headline:
    """One number for the top of a page; `part` names the part of the page that it sums up."""

    name: str
    value: str
    note: str
    part: str


def headlines(summary: Summary) -> tuple[Headline, ...]:
    """What a manager looks for first."""
    found = [_submitted(summary), *_reached(summary)]
    silent = sum(Reason.SILENT in lag.reasons for lag in summary.lags)
    note = f"うち期限を過ぎて未提出 {silent}件" if silent else ""
    return (*found, Headline("遅れなど", f"{len(summary.lags)}件", note, "lags"))


def _submitted(summary: Summary) -> Headline:
    counts = summary.counts
    steps = f"受理{counts.accepted}、確認済み{counts.confirmed}、提出済み{counts.submitted}"
    note = f"{steps}。未提出{counts.missing}、差戻し{counts.returned}"
    return Headline(
        f"提出（{summary.round}の自己評価）", f"{counts.done}/{counts.total}件", note, "submitted"
    )


def _reached(summary: Summary) -> Iterable[Headline]:
    amounts = summary.amounts
    unit, sums, cumulative = amounts.unit, amounts.of(summary.year), amounts.cumulative
    if summary.amounts.lines:
        part = compared(summary)
        note = f"目標 {money(sums.target, unit, 'なし')}、達成率 {share(sums.rate, 'なし')}"
        note += f"（目標のうち比べられる分 {part}に対して）" if part else ""
        name = f"効果額（{summary.year.label}、{basis_of(summary)}）"
        yield Headline(name, money(sums.result, unit, "報告なし"), note, "amounts")
        note = f"目標 {money(cumulative.target, unit, 'なし')}、達成率 {share(cumulative.rate, 'なし')}"
        name = f"累計（{cumulative_label(summary)}）"
        yield Headline(name, money(cumulative.result, unit, "報告なし"), note, "amounts")
