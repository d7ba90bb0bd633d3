"""The tables of the progress page, with the way from each figure to the entry and version that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from bot.channels.web.render import path_to
from bot.message import Table
from bot.progress import summary_tables
from bot.progress.lags import Lag
from bot.progress.reported_figures import FigureLine, FigureSource
from bot.progress.request import Request
from bot.progress.summary import Summary
from knowledge.plan.fiscal_year import FiscalYear

Links = Mapping[tuple[int, int], str]
"""Where a cell leads to, by its row and column."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A table, and where its cells lead to."""

    table: Table
    links: Links


def address(request: Request, part: str = "", to: str = "/progress") -> str:
    """The page of that request: /progress?scope=柱5&year=R5#amounts, with what is the same for all left out."""
    fields = {
        "scope": "" if request.ref == Request().ref else request.ref,
        "year": request.year.short if request.year else "",
        "department": ",".join(request.departments),
    }
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{to}{'?' if query else ''}{query}{'#' if part else ''}{part}"


def to_entry(source: FigureSource) -> str:
    """The page of an entry, in the version that the figure stands in."""
    return path_to("progress", "entries", str(source.entry))


def pillars(summary: Summary, request: Request) -> Linked:
    """Each pillar leads to its own page."""
    ways = [address(replace(request, ref=one.code)) for one in summary.pillars]
    return Linked(summary_tables.pillar_table(summary), _column(0, ways))


def amounts(summary: Summary, request: Request) -> Linked:
    """Each year leads to the figures that make it up."""

    def way(year: FiscalYear) -> str:
        return address(replace(request, year=year), "initiatives")

    ways = [way(year) for year, _ in summary.amounts.years]
    return Linked(summary_tables.amounts_table(summary), _column(0, ways))


def lines(summary: Summary, several: Sequence[FigureLine], caption: str) -> Linked:
    """Each figure leads to its entry."""
    found = [line.of(summary.year).source for line in several]
    return Linked(
        summary_tables.lines_table(summary, several, caption),
        _column(3, (to_entry(one) if one else "" for one in found)),
    )


def lags(several: Sequence[Lag], caption: str) -> Linked:
    """The reasons lead to the entry that they were found in."""
    ways = (to_entry(one.source) if one.source else "" for one in several)
    return Linked(summary_tables.lags_table(several, caption), _column(3, ways))


def standings(summary: Summary) -> Linked:
    """Each state leads to its entry."""
    ways = (to_entry(one.source) if one.source else "" for one in summary.standings)
    return Linked(summary_tables.standings_table(summary), _column(3, ways))


def departments(summary: Summary, request: Request, may_choose: Iterable[str]) -> Linked:
    """Each department leads to its part, where the reader may choose it."""
    allowed = frozenset(may_choose)
    ways = (
        address(replace(request, departments=(one.id,))) if one.id in allowed else ""
        for one in summary.departments
    )
    return Linked(summary_tables.departments_table(summary), _column(0, ways))


def changes(summary: Summary) -> Linked:
    """The state before and the state now lead to their entries."""
    before = _column(2, (to_entry(one.source_before) for one in summary.changes))
    after = _column(3, (to_entry(one.source) for one in summary.changes))
    return Linked(summary_tables.changes_table(summary), {**before, **after})


def _column(number: int, ways: Iterable[str]) -> Links:
    return {(row, number): way for row, way in enumerate(ways) if way}
