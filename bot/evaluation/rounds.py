"""The rounds of self-evaluation: one in each fiscal year in which it is held, and which years' figures it asks for.

A round of year n asks for the forecast of n and the actual of n - 1, as far as the plan has these years.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from bot.refusal import Refusal
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Plan
from reminders.calendar import Calendar

if TYPE_CHECKING:
    from sqlite_utils import Database

Term = Callable[[FiscalYear], tuple[date, date]]
"""The days on which the round of a year is opened and is due."""

TermIn = Callable[["Database"], Term]
"""The same as a database has it: the secretariat may have moved a deadline."""

PHASE = "self_evaluation"
"""The calendar's phase in which entries are made."""


@dataclass(frozen=True, order=True)
class EvaluationRound:
    """The round held in fiscal year `year`, of a plan that runs from `first` to `last`."""

    year: FiscalYear
    first: FiscalYear
    last: FiscalYear

    @property
    def name(self) -> str:
        """R5: how commands, files and tables call it."""
        return self.year.short

    @property
    def label(self) -> str:
        """令和5年度の自己評価."""
        return f"{self.year.label}の自己評価"

    @cached_property
    def forecast_year(self) -> FiscalYear | None:
        """Whose outlook is asked for; None in the round after the plan's last year."""
        return self.year if self.first <= self.year <= self.last else None

    @cached_property
    def actual_year(self) -> FiscalYear | None:
        """Whose forecast is corrected into the actual; None in the first round."""
        before = self.year.previous
        return before if self.first <= before <= self.last else None


def rounds(plan: Plan) -> tuple[EvaluationRound, ...]:
    """Every round of the plan, from its first year to the year after its last."""
    years = (*plan.years, plan.last_year.next)
    return tuple(EvaluationRound(year, plan.first_year, plan.last_year) for year in years)


def round_named(plan: Plan, name: str) -> EvaluationRound:
    """The round called R5; ValueError (in Japanese) for a name that is no round of this plan."""
    found = {one.name: one for one in rounds(plan)}
    if name.upper() not in found:
        raise ValueError(f"回は {'、'.join(found)} のいずれかで指定してください: {name}")
    return found[name.upper()]


def term_by(calendar: Calendar) -> Term:
    """The days that the calendar gives to self-evaluation. Raises Refusal where it has no such phase."""
    phase = next((one for one in calendar.phases if one.id == PHASE), None)
    if phase is None:
        raise Refusal(f"日程のファイルに、自己評価の段階（id = {PHASE}）がありません。")

    def term(year: FiscalYear) -> tuple[date, date]:
        found = calendar.term(phase, year)
        return found.opens, found.deadline

    return term


def latest_round(plan: Plan, term: Term, day: date) -> EvaluationRound | None:
    """The latest round opened by that day, which may be over: late entries are taken. None before the first."""
    opened = [one for one in rounds(plan) if term(one.year)[0] <= day]
    return opened[-1] if opened else None
