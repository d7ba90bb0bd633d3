"""A summary's charts. Every figure in them also stands in a table or in the text beside them."""

from __future__ import annotations

from bot.message import Chart, Series
from bot.progress.sheet_numbers import percentage
from bot.progress.summary import Summary
from bot.wording.wording import say
from knowledge.plan.amount import UNITS

_FEWEST = 2
"""Bars; a single one shows nothing that its figure does not."""


def amounts_chart(summary: Summary) -> Chart | None:
    """Target, forecast and actual by year, in the tables' unit; None where nothing is set."""
    years = summary.amounts.years
    if not any(sums.target is not None or sums.result is not None for _, sums in years):
        return None
    size = UNITS[summary.amounts.unit]
    series = tuple(
        Series(say(f"progress/columns/{part}"), tuple(_whole(getattr(sums, part), size) for _, sums in years))
        for part in ("target", "forecast", "actual")
    )
    labels = tuple(year.label for year, _ in years)
    return Chart(say("progress/charts/amounts", label=summary.label), labels, series, summary.amounts.unit)


def rates_chart(summary: Summary) -> Chart | None:
    """The year's rate of each pillar that has effect amounts; None where there are not several to compare."""
    parts = [one for one in summary.pillars if one.year.target is not None or one.year.result is not None]
    if len(parts) < _FEWEST or not any(one.year.rate is not None for one in parts):
        return None
    rates = Series(say("progress/columns/rate"), tuple(percentage(one.year.rate) for one in parts))
    title = say("progress/charts/rates", year=summary.year)
    return Chart(title, tuple(one.code for one in parts), (rates,), "%")


def submissions_chart(summary: Summary) -> Chart | None:
    """How many were submitted, week by week; None before the round opens and where nothing is asked for."""
    marks = summary.submissions
    if not marks or not summary.counts.total:
        return None
    counts = Series(say("progress/columns/submitted"), tuple(one.count for one in marks))
    title = say("progress/charts/submissions", total=summary.counts.total)
    return Chart(
        title,
        tuple(f"{one.day.month}/{one.day.day}" for one in marks),
        (counts,),
        say("progress/charts/cases"),
    )


def _whole(yen: int | None, size: int) -> int | None:
    return None if yen is None else (2 * yen + size) // (2 * size)
