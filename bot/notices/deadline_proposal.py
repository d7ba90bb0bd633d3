"""What moving a deadline would come to: decided before anything is changed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.notices.days import Wanted
from knowledge.plan.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.plan.plan import Plan
from reminders.calendar import Calendar, CalendarPhase, Moved, PhaseTerm, months_label


@dataclass(frozen=True, slots=True)
class DeadlineProposal:
    """A deadline as it stands (`term`), the day asked for, and the term that would come of it."""

    term: PhaseTerm
    asked: date
    result: PhaseTerm

    @property
    def is_moved_by_rule(self) -> bool:
        return self.asked != self.result.deadline

    @property
    def warning(self) -> str:
        """The plan's months, where the new day lies outside them; else nothing."""
        months = self.term.phase.months
        return "" if self.result.deadline.month in months else months_label(months)

    def change(self, at: datetime) -> Moved:
        """What is kept of it."""
        return Moved(self.asked, self.term.deadline, at, times_moved(self.term) + 1)


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a deadline cannot be moved so: no_such_day, past, before_opening, too_late, same or not_held."""

    why: str
    term: PhaseTerm | None = None


def propose(
    calendar: Calendar,
    plan: Plan,
    phase: CalendarPhase,
    wanted: Wanted,
    today: date,
    year: FiscalYear | None = None,
) -> DeadlineProposal | Unfit:
    """What comes of the wish in the round of `year`, else in this year's or the next's: the first that has it to come.

    A day that has passed is still the one that is meant where the next year's is further away.
    """
    this = fiscal_year_of(today)
    held = {one.year: one for one in calendar.terms(plan.first_year, plan.last_year) if one.phase == phase}
    terms = [held[one] for one in ((year,) if year else (this, this.next)) if one in held]
    found = [_in_term(calendar, term, wanted, today) for term in terms]
    if len(found) > 1 and _is_nearer(wanted, terms[0], terms[1], today):
        found = found[:1]
    coming = (one for one in found if isinstance(one, DeadlineProposal) or one.why != "past")
    return next(coming, next(iter(found), Unfit("not_held")))


def times_moved(term: PhaseTerm) -> int:
    """How often its deadline has been moved."""
    return term.moved.number if term.moved else 0


def _is_nearer(wanted: Wanted, first: PhaseTerm, second: PhaseTerm, today: date) -> bool:
    """Whether today is nearer to the day of the first term than to that of the second."""
    try:
        days = [abs((wanted.seen_from(one.deadline, one.year) - today).days) for one in (first, second)]
    except ValueError:
        return False
    return days[0] < days[1]


def _in_term(calendar: Calendar, term: PhaseTerm, wanted: Wanted, today: date) -> DeadlineProposal | Unfit:
    try:
        asked = wanted.seen_from(term.deadline, term.year)
    except ValueError:
        return Unfit("no_such_day", term)
    key = (term.round, term.phase.id)
    there = replace(calendar, moved={**calendar.moved, key: Moved(asked, term.deadline, _NEVER)})
    result = there.term(term.phase, term.year)
    if result.deadline < today:
        return Unfit("past", term)
    if result.deadline < term.opens:
        return Unfit("before_opening", term)
    if result.deadline >= calendar.term(term.phase, term.year.next).opens:
        return Unfit("too_late", term)
    if result.deadline == term.deadline:
        return Unfit("same", term)
    return DeadlineProposal(term, asked, result)


_NEVER = datetime.min
"""In place of the moment at which it will be moved, which is not known yet and nothing asks for."""
