"""A summary's numbers as tables of words, the same in chat, page and papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

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
from bot.wording.wording import say


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(say(f"progress/columns/{name}") for name in names)


def _days_left(deadline: date, today: date) -> str:
    return say("progress/days_left", days=(deadline - today).days)


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
    columns = (
        *_columns("pillar", "submission", "state", "amount_target"),
        say("progress/columns/amount_result", basis=basis_of(summary)),
        *_columns("rate"),
    )
    caption = say("progress/captions/pillars", year=summary.year)
    return Table(columns, tuple(rows), caption, (False, True, False, True, True, True))


def amounts_table(summary: Summary) -> Table:
    """A row for each year and one for all up to the year in question."""
    unit = summary.amounts.unit
    rows = [_amounts_row(year.label, sums, unit) for year, sums in summary.amounts.years]
    rows.append(_amounts_row(cumulative_label(summary), summary.amounts.cumulative, unit))
    columns = _columns("year", "target", "forecast", "actual", "compared", "rate")
    caption = say("progress/captions/amounts")
    return Table(columns, tuple(rows), caption, (False, True, True, True, True, True))


def _amounts_row(label: str, sums: Reached, unit: str) -> tuple[str, ...]:
    parts = (sums.target, sums.forecast, sums.actual, sums.compared_target)
    return (label, *(money(value, unit) for value in parts), share(sums.rate))


def lines_table(
    summary: Summary, lines: Iterable[FigureLine], caption: str, without: str | None = None
) -> Table:
    """A row for each line with the year's target and figure, or `without` where nothing is reported."""
    rows = []
    for line in lines:
        cell = line.of(summary.year)
        goal = line.printed(cell.target) or cell.printed_target or NONE
        final = line.goal or NONE
        shown = (
            goal
            if line.is_effect_amount or cell.target is not None
            else say("progress/final_target", target=final)
        )
        rows.append((line.code, line.title, shown, figure(line, cell, without), rate_of(cell)))
    columns = _columns("code", "title", "target", "result", "rate")
    return Table(columns, tuple(rows), caption, (False, False, True, True, True))


def lags_table(several: Iterable[Lag], caption: str) -> Table:
    """What lags and why."""
    rows = tuple(
        (lag.code, lag.title, lag.department, "、".join(reason.label for reason in lag.reasons))
        for lag in several
    )
    return Table(_columns("code", "title", "department", "reason"), rows, caption, (False,) * 4)


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
    columns = _columns(
        "department", "asked", "missing", "returned", "submitted", "confirmed", "accepted", "open"
    )
    return Table(columns, rows, say("progress/captions/departments"), (False, *(True,) * 6, False))


def changes_table(summary: Summary) -> Table:
    """The states that are others than last year."""
    rows = tuple((one.code, one.title, one.before.label, one.after.label) for one in summary.changes)
    columns = _columns("code", "title", "before", "after")
    return Table(columns, rows, say("progress/captions/changes"), (False,) * 4)


def standings_table(summary: Summary) -> Table:
    """How each thing that the round asks for stands."""
    rows = tuple(
        (
            one.code,
            one.title,
            one.department_name,
            state_label(one.state),
            one.step.label if one.step else state_label(None),
        )
        for one in summary.standings
    )
    columns = _columns("code", "title", "department", "state", "submission")
    return Table(columns, rows, say("progress/captions/standings", round=summary.round), (False,) * 5)


def submissions_table(summary: Summary) -> Table:
    """How many had been submitted by which day."""
    rows = tuple((day_of(one.day), str(one.count)) for one in summary.submissions)
    return Table(_columns("day", "submitted"), rows, say("progress/captions/submissions"), (False, True))


def deadlines_table(summary: Summary) -> Table:
    """What of the yearly cycle is due next."""
    rows = tuple(
        (one.phase.name, one.round, day_of(one.deadline), _days_left(one.deadline, summary.today))
        for one in summary.deadlines
    )
    columns = _columns("phase", "round", "deadline", "left")
    return Table(columns, rows, say("progress/captions/deadlines"), (False, False, True, True))


def with_sources(table: Table, sources: Iterable[FigureSource | None]) -> Table:
    """The table with the entry and version that each row comes from."""
    rows = zip(table.rows, sources, strict=True)
    return replace(
        table,
        columns=(*table.columns, *_columns("source")),
        rows=tuple((*row, source.label if source else NONE) for row, source in rows),
        numeric=(*table.numeric, False),
    )
