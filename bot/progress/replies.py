"""A summary said in chat: short enough for a phone, with the rest one tap away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.message import Chart, Choice, File, Reply, Table
from bot.progress import summary_charts, summary_tables, summary_text
from bot.progress.lags import Reason
from bot.progress.reported_figures import FigureLine
from bot.progress.request import Request, View
from bot.progress.request_reader import Unsure
from bot.progress.scope import Scope
from bot.progress.summary import Summary
from bot.wording.english import english
from bot.wording.wording import say
from knowledge.known import Known
from knowledge.question import Language

ACTION = "progress"
"""The action of a button that shows another view."""

_MOST_LINES = 8
_MOST_DEADLINES = 3
_MOST_CHOICES = 10


def reply_with(summary: Summary, request: Request) -> Reply:
    """What is said of the summary, as was asked; in English without table and chart, whose labels are Japanese."""
    facts, table, chart = _VIEWS[request.view](summary)
    is_english = request.language == "en"
    if is_english:
        facts = {name: _in_english(fact, summary.amounts.unit) for name, fact in facts.items()}
    label = _label(summary, request.language)
    text = say(f"progress/{request.view.value}", request.language, label=label, year=summary.year, **facts)
    return Reply(
        text="\n".join(line for line in text.splitlines() if line.strip()),
        table=table if table is not None and table.rows and not is_english else None,
        chart=None if is_english else chart,
        choices=tuple(_choice(view, request, summary) for view in View if view is not request.view),
        kind="command",
        is_confidential=True,
        language=request.language,
    )


def reply_with_file(summary: Summary, request: Request, file: File) -> Reply:
    """The workbook, and the ways back to the views."""
    label = _label(summary, request.language)
    return Reply(
        say("progress/workbook", request.language, label=label, year=summary.year),
        file=file,
        choices=(_choice(View.OVERVIEW, request, summary),),
        kind="command",
        is_confidential=True,
        language=request.language,
    )


def ask_back(unsure: Unsure, known: Known) -> Reply:
    """Which of several parts is meant, each one tap away."""
    language = unsure.requests[0].language
    text = say("progress/which", language, scrap=unsure.scrap, several=unsure.requests)
    choices = tuple(
        Choice(f"{one.ref} {known.title_of(one.ref)}", one.pressed, ACTION)
        for one in unsure.requests[:_MOST_CHOICES]
    )
    return Reply(text, choices=choices, kind="unclear", language=language)


def _choice(view: View, request: Request, summary: Summary) -> Choice:
    label = say(f"progress/views/{view}", request.language)
    return Choice(label, replace(request, view=view, year=summary.year).pressed, ACTION)


def _label(summary: Summary, language: Language) -> str:
    """What the summary is of; departments and parts of the plan keep their Japanese names."""
    return say("progress/whole_plan", language) if summary.scope == Scope() else summary.label


_MISSING = {say(name): name for name in ("progress/none", "progress/nothing_reported")}


def _in_english(fact: Any, unit: str) -> Any:
    """An amount with its unit in English beside it, or that there is none; anything else as it is."""
    if not isinstance(fact, str):
        return fact
    if fact in _MISSING:
        return say(_MISSING[fact], "en")
    if not fact.endswith(unit):
        return fact
    number = fact.removesuffix(unit).replace("△", "-")
    return f"{number} {english(unit)} ({fact})"


Facts = tuple[dict[str, Any], Table | None, Chart | None]


def _overview(summary: Summary) -> Facts:
    facts = {
        "counts": summary.counts,
        "states": summary_text.states_line(summary.states),
        "lags": len(summary.lags),
        "silent": sum(Reason.SILENT in lag.reasons for lag in summary.lags),
        "unassigned": summary.unassigned,
        "is_sample": summary.is_sample,
        **_sums(summary),
        "deadlines": summary.deadlines[:_MOST_DEADLINES],
    }
    if chart := summary_charts.rates_chart(summary):
        return facts, summary_tables.pillar_table(summary), chart
    if chart := summary_charts.amounts_chart(summary):
        return facts, summary_tables.amounts_table(summary), chart
    return facts, summary_tables.pillar_table(summary), None


def _amounts(summary: Summary) -> Facts:
    facts = {"definition": summary_text.definition(summary), **_sums(summary)}
    return facts, summary_tables.amounts_table(summary), summary_charts.amounts_chart(summary)


def _sums(summary: Summary) -> dict[str, str]:
    unit = summary.amounts.unit
    sums, cumulative, none = (
        summary.amounts.of(summary.year),
        summary.amounts.cumulative,
        say("progress/none"),
    )
    return {
        "basis": summary_text.basis_of(summary),
        "target": summary_text.money(sums.target, unit, ""),
        "result": summary_text.money(sums.result, unit, ""),
        "compared": summary_text.compared(summary),
        "rate": summary_text.share(sums.rate, none),
        "cumulative_label": summary_text.cumulative_label(summary),
        "cumulative_target": summary_text.money(cumulative.target, unit, ""),
        "cumulative": summary_text.money(cumulative.result, unit, say("progress/nothing_reported")),
        "cumulative_rate": summary_text.share(cumulative.rate, none),
    }


def _lags(summary: Summary) -> Facts:
    facts = {**_first_of(summary.lags), "rules": list(Reason)}
    table = summary_tables.lags_table(summary.lags, say("progress/captions/lags"))
    return facts, summary_tables.with_sources(table, [lag.source for lag in summary.lags]), None


def _missing(summary: Summary) -> Facts:
    owing = [part for part in summary.departments if part.open]
    facts = {
        "round": summary.round,
        "open": summary.counts.missing + summary.counts.returned,
        "total": summary.counts.total,
        "shown": owing[:_MOST_LINES],
        "hidden": max(0, len(owing) - _MOST_LINES),
        "marks": [(summary_text.day_of(one.day), one.count) for one in summary.submissions],
        "last_day": summary.last_day,
        "days": (summary.last_day - summary.today).days,
    }
    return facts, summary_tables.departments_table(summary), summary_charts.submissions_chart(summary)


def _initiatives(summary: Summary) -> Facts:
    amounts = summary.amounts
    lines = (*amounts.lines, *amounts.left_out)
    facts, table, _ = _of_lines(summary, lines, say("progress/captions/initiatives"))
    return facts | {"left_out": [line.code for line in amounts.left_out]}, table, None


def _indicators(summary: Summary) -> Facts:
    return _of_lines(summary, summary.indicators, say("progress/captions/indicators"))


def _of_lines(summary: Summary, lines: Sequence[FigureLine], caption: str) -> Facts:
    table = summary_tables.lines_table(summary, lines, caption)
    sources = [cell.source for cell in (line.of(summary.year) for line in lines)]
    return _first_of(table.rows), summary_tables.with_sources(table, sources), None


def _changes(summary: Summary) -> Facts:
    facts = {"round": summary.round, **_first_of(summary.changes)}
    return facts, summary_tables.changes_table(summary), None


def _first_of(several: Sequence[Any]) -> dict[str, Any]:
    """As many as a chat bears, and how many more there are."""
    return {"several": several, "shown": several[:_MOST_LINES], "more": len(several[_MOST_LINES:])}


_VIEWS: dict[View, Callable[[Summary], Facts]] = {
    View.OVERVIEW: _overview,
    View.AMOUNTS: _amounts,
    View.INITIATIVES: _initiatives,
    View.LAGS: _lags,
    View.MISSING: _missing,
    View.INDICATORS: _indicators,
    View.CHANGES: _changes,
}
