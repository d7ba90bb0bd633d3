"""A summary as other tools read it: whole yen, counts in the printed unit, rates in percent to one decimal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.progress import summary_text
from bot.progress.amounts import Reached
from bot.progress.breakdown import PillarPart, YearChange
from bot.progress.lags import Lag
from bot.progress.reported_figures import FigureLine, FigureSource, ReportedFigure
from bot.progress.submission_state import SubmissionState
from bot.progress.summary import Summary
from knowledge.answers.reckoning import percent
from reminders.calendar import PhaseTerm

Json = dict[str, Any]


def as_json(summary: Summary) -> Json:
    """Everything in the summary, every figure with its entry and version."""
    return {
        **_about(summary),
        "counts": asdict(summary.counts),
        "states": _states(summary.states),
        "submissions": [{"day": one.day.isoformat(), "count": one.count} for one in summary.submissions],
        "departments": [
            {"id": one.id, "name": one.name, **asdict(one.counts), "open": one.open}
            for one in summary.departments
        ],
        "pillars": [_pillar(one) for one in summary.pillars],
        "effect_amounts": _amounts(summary),
        "indicators": [_line(line) for line in summary.indicators],
        "standings": [_standing(one) for one in summary.standings],
        "lags": [_lag(one) for one in summary.lags],
        "changes": [_change(one) for one in summary.changes],
        "deadlines": [_deadline(one) for one in summary.deadlines],
        "unassigned": summary.unassigned,
    }


def _about(summary: Summary) -> Json:
    return {
        "edition": summary.edition,
        "scope": summary.scope.ref,
        "departments_in_scope": _sorted(summary.scope.departments),
        "label": summary.label,
        "fiscal_year": summary.year.short,
        "round": summary.round,
        "today": summary.today.isoformat(),
        "last_day": summary.last_day.isoformat(),
        "sample_roster": summary.is_sample,
    }


def _amounts(summary: Summary) -> Json:
    amounts = summary.amounts
    return {
        "unit": "円",
        "definition": summary_text.definition(summary),
        "years": [{"fiscal_year": year.short, **_reached(sums)} for year, sums in amounts.years],
        "cumulative": {"through": summary.year.short, **_reached(amounts.cumulative)},
        "initiatives": [_line(line) for line in amounts.lines],
        "left_out": [_line(line) for line in amounts.left_out],
    }


def _pillar(part: PillarPart) -> Json:
    return {
        "code": part.code,
        "title": part.title,
        "counts": asdict(part.counts),
        "states": _states(part.states),
        "year": _reached(part.year),
        "cumulative": _reached(part.cumulative),
    }


def _standing(one: SubmissionState) -> Json:
    return {
        "code": one.code,
        "title": one.title,
        "department": one.department,
        "state": one.state,
        "step": one.step,
        "late": one.is_late,
        "entry": _source(one.source),
    }


def _lag(lag: Lag) -> Json:
    return {
        "code": lag.code,
        "title": lag.title,
        "department": lag.department,
        "reasons": lag.reasons,
        "entry": _source(lag.source),
    }


def _change(one: YearChange) -> Json:
    return {
        "code": one.code,
        "title": one.title,
        "before": one.before,
        "after": one.after,
        "entry": _source(one.source),
        "entry_before": _source(one.source_before),
    }


def _deadline(term: PhaseTerm) -> Json:
    return {
        "phase": term.phase.id,
        "name": term.phase.name,
        "round": term.round,
        "deadline": term.deadline.isoformat(),
    }


def _reached(sums: Reached) -> Json:
    share = sums.rate
    rate = percent(share.numerator, share.denominator).replace("△", "-") if share is not None else None
    return {**asdict(sums), "rate_percent": rate, "basis": sums.basis}


def _line(line: FigureLine) -> Json:
    return {
        "code": line.code,
        "title": line.title,
        "measure": line.measure,
        "unit": "円" if line.is_money else line.unit,
        "goal": line.goal,
        "years": [
            {
                "fiscal_year": cell.year.short,
                "target": cell.target,
                "forecast": _figure(cell.forecast),
                "actual": _figure(cell.actual),
            }
            for cell in line.cells
        ],
    }


def _figure(figure: ReportedFigure | None) -> Json | None:
    if figure is None:
        return None
    return {"value": figure.value, "printed": figure.printed, "entry": _source(figure.source)}


def _source(source: FigureSource | None) -> Json | None:
    if source is None:
        return None
    return {"number": source.entry, "round": source.round, "version": source.version, "step": source.step}


def _states(states: tuple[tuple[Any, int], ...]) -> dict[str, int]:
    return {state.value if state else "missing": count for state, count in states}


def _sorted(departments: frozenset[str] | None) -> list[str] | None:
    return None if departments is None else sorted(departments)
