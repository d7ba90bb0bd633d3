"""Fits the form to one subject in one round: the figures that the plan has for it, with targets and last forecasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.evaluation.form import EvaluationForm
from bot.evaluation.open_work import EvaluationWork
from bot.evaluation.rounds import EvaluationRound
from bot.evaluation.sheet import EvaluationSheet, SheetFigure, Year
from bot.storage.entry import Entry, EntryRow, Reported
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Indicator, Plan, State, TargetRow

ASKED = (State.SET, State.UNDER_ADJUSTMENT, State.PLACEHOLDER)
"""A blank cell of the plan asks for nothing."""


def sheet_of(
    form: EvaluationForm,
    plan: Plan,
    edition: str,
    work: EvaluationWork,
    one_round: EvaluationRound,
    last: Entry | None = None,
    corrects: Entry | None = None,
) -> EvaluationSheet:
    """The form for that work: `last` is the entry of the round before, `corrects` the one of this round."""
    forecasts = {(one.row.subject, one.row.measure): one for one in last.forecast} if last else {}
    found: list[SheetFigure] = []
    years: dict[Year, FiscalYear | None] = {
        "forecast": one_round.forecast_year,
        "actual": one_round.actual_year,
    }
    for name, year in years.items():
        if year is not None:
            found += _figures(plan, work, name, year, forecasts)
    return EvaluationSheet(form, one_round, work, edition, tuple(found), last, corrects)


def _figures(
    plan: Plan,
    work: EvaluationWork,
    name: Year,
    year: FiscalYear,
    forecasts: Mapping[tuple[str, str], Reported],
) -> list[SheetFigure]:
    duty, found = work.duty, list[SheetFigure]()
    if duty.indicator is not None and not duty.indicator.is_in_words:
        found.append(_of_indicator(plan, work, duty.indicator, name, year))
    for initiative in duty.initiatives:
        if (figure := _of_row(initiative.id, initiative.code, initiative.targets, name, year)) is not None:
            found.append(figure)
    if name == "forecast":
        return found
    return [_with_last(one, forecasts.get((one.row.subject, one.row.measure))) for one in found]


def _with_last(figure: SheetFigure, last: Reported | None) -> SheetFigure:
    if last is None or last.row.unit != figure.row.unit:
        return figure
    return replace(figure, last=last)


def _of_row(
    subject: str, code: str, targets: TargetRow | None, name: Year, year: FiscalYear
) -> SheetFigure | None:
    target = dict(targets.cells).get(year) if targets else None
    if targets is None or target is None or target.state not in ASKED:
        return None
    measure = targets.measure
    row = EntryRow(subject, code, measure.key, measure.name, measure.unit)
    shown = Reported(row, year, target, None).printed_target
    return SheetFigure(name, row, year, target, shown)


def _of_indicator(
    plan: Plan, work: EvaluationWork, indicator: Indicator, name: Year, year: FiscalYear
) -> SheetFigure:
    """An indicator's one target is the plan's last year's."""
    code = work.duty.code
    row = EntryRow(work.subject, code, f"indicator:{indicator.name}", indicator.name, indicator.unit)
    when = f"（{indicator.when}）" if indicator.when else ""
    shown = f"{indicator.target.printed}{when}"
    is_last = year == plan.last_year
    return SheetFigure(name, row, year, indicator.target, shown, bool(indicator.bound), is_last)
