"""The report for the city's site: one HTML file that needs nothing from outside and prints on A4.

Make it of a summary of accepted entries: it says so, and names nothing of how the departments stand with their work.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.message import Table
from bot.progress import summary_charts, summary_tables, summary_text
from bot.progress.bar_drawing import draw
from bot.progress.reported_figures import FigureLine
from bot.progress.summary import Summary
from bot.wording.rendering import HtmlTemplates
from knowledge.known import Known

_PAGES = HtmlTemplates(Path(__file__).with_name("templates"), {"draw": draw})


def report(summary: Summary, known: Known) -> str:
    """The whole page."""
    sums, unit = summary.amounts.of(summary.year), summary.amounts.unit
    effect = _lines(summary, summary.amounts.lines, "取組別の効果額")
    apart = _lines(summary, summary.amounts.left_out, "合計に含まない取組の効果額")
    amounts = (summary_tables.amounts_table(summary), _pillars(summary), effect, apart)
    return _PAGES.page(
        "report.html",
        heading=f"{summary.label} 進捗の報告（{summary.year.label}）",
        edition=summary.edition,
        issuer=known.plan.issuer,
        made=summary_text.date_of(summary.today),
        year=summary.year.label,
        target=summary_text.money(sums.target, unit, "なし"),
        basis=summary_text.basis_of(summary),
        result=summary_text.money(sums.result, unit, "なし"),
        rate=summary_text.share(sums.rate, "なし"),
        compared=summary_text.compared(summary),
        chart=summary_charts.amounts_chart(summary),
        amounts=[table for table in amounts if table.rows],
        indicators=_lines(summary, summary.indicators, "指標"),
        definition=summary_text.definition(summary),
    )


def _lines(summary: Summary, lines: Sequence[FigureLine], name: str) -> Table:
    """The lines; what is reported and not yet accepted is not said to be missing."""
    return summary_tables.lines_table(summary, lines, f"{name}（{summary.year.label}）", "公表する数値なし")


def _pillars(summary: Summary) -> Table:
    unit = summary.amounts.unit
    rows = tuple(
        (
            f"{part.code} {part.title}",
            summary_text.money(part.year.target, unit),
            summary_text.money(part.year.result, unit),
            summary_text.money(part.year.compared_target, unit),
            summary_text.share(part.year.rate),
        )
        for part in summary.pillars
        if part.year.target is not None or part.year.result is not None
    )
    columns = ("柱", "目標", summary_text.basis_of(summary), "目標のうち比べた分", "達成率")
    return Table(columns, rows, f"柱別の効果額（{summary.year.label}）", (False, True, True, True, True))
