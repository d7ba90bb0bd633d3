"""A summary's numbers as words: the same in chat, paper and page. Reckons nothing but what rounding needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.progress.amounts import Reached, rate
from bot.progress.lags import Reason
from bot.progress.reported_figures import Cell, FigureLine, printed
from bot.progress.summary import Summary
from bot.storage.entry import EntryState
from bot.wording import wording
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
    return state.label if state else say("progress/not_submitted")


def states_line(states: Iterable[tuple[EntryState | None, int]]) -> str:
    """前倒し1、計画どおり17、遅れ2."""
    return "、".join(f"{state_label(state)}{count}" for state, count in states)


def figure(line: FigureLine, cell: Cell, without: str | None = None) -> str:
    """36団体（見込み）; what the department wrote where it gave no figure (未定); `without` any entry."""
    if cell.result:
        return f"{cell.result.printed}（{cell.result.basis.label}）"
    written = next((one.printed for one in (cell.actual, cell.forecast) if one), "")
    return written or (say("progress/nothing_reported") if without is None else without)


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
    return summary.amounts.of(summary.year).basis or say("progress/actual")


def compared(summary: Summary) -> str:
    """The part of the year's target that the rate is of, where that is not all of it."""
    sums = summary.amounts.of(summary.year)
    if sums.rate is None or sums.compared_target == sums.target:
        return ""
    return money(sums.compared_target, summary.amounts.unit)


def day_of(day: date) -> str:
    """7月31日."""
    return wording.day(day)


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
    note = say("progress/headlines/silent", silent=silent) if silent else ""
    value = say("progress/headlines/count", count=len(summary.lags))
    return (*found, Headline(say("progress/headlines/lags"), value, note, "lags"))


def _submitted(summary: Summary) -> Headline:
    counts = summary.counts
    name = say("progress/headlines/submitted", round=summary.round)
    value = say("progress/headlines/submitted_of", done=counts.done, total=counts.total)
    return Headline(name, value, say("progress/headlines/steps", counts=counts), "submitted")


def _reached(summary: Summary) -> Iterable[Headline]:
    amounts = summary.amounts
    unit, sums, cumulative = amounts.unit, amounts.of(summary.year), amounts.cumulative
    if summary.amounts.lines:
        name = say("progress/headlines/amounts", year=summary.year, basis=basis_of(summary))
        yield _headline(name, unit, sums, compared(summary))
        name = say("progress/headlines/cumulative", years=cumulative_label(summary))
        yield _headline(name, unit, cumulative)


def _headline(name: str, unit: str, sums: Reached, part: str = "") -> Headline:
    none = say("progress/none")
    note = say(
        "progress/headlines/against",
        target=money(sums.target, unit, none),
        rate=share(sums.rate, none),
        part=part,
    )
    return Headline(name, money(sums.result, unit, say("progress/nothing_reported")), note, "amounts")
