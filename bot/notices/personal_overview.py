"""What somebody of the roster has to do: their open entries, what waits for their sign-off, the deadlines ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.evaluation import overview
from bot.evaluation.context import context_of
from bot.evaluation.form import EvaluationForm
from bot.evaluation.prompts import KIND
from bot.evaluation.rounds import TermIn
from bot.evaluation.sign_off import SignOffHandler
from bot.identity.asker import Asker
from bot.message import Reply
from bot.notices.notice_text import day_label
from bot.storage.database import DatabaseFile
from knowledge.known import Known
from knowledge.roster.roster import Person, PostKind
from reminders.calendar import Audience, Calendar, PhaseTerm

AHEAD = timedelta(days=30)
"""How long before it begins a phase is worth naming."""


@dataclass(frozen=True, slots=True)
class PhaseDeadline:
    """A phase of the cycle and the day on which it ends."""

    phase: str
    last_day: date
    days_left: int

    @property
    def label(self) -> str:
        """7月31日（月）."""
        return day_label(self.last_day)


@dataclass(frozen=True, slots=True)
class PersonalOverview:
    """`said` are what the bot would answer on it, with the buttons that begin it; the nearest deadline comes first."""

    said: tuple[Reply, ...]
    due: tuple[PhaseDeadline, ...]


def personal_overview(
    database: DatabaseFile,
    known: Callable[[], Known],
    calendar: Calendar,
    form: EvaluationForm,
    term_in: TermIn,
    asker: Asker,
) -> PersonalOverview | None:
    """What that person has to do now; None for somebody whom the roster does not know."""
    if asker.person is None or not asker.person.posts:
        return None
    in_force = known()
    with database.reading() as inside:
        context = context_of(inside, in_force, asker, form, term_in)
    entered = [overview.own(context)] if context else []
    signing = [SignOffHandler(database, known, form, term_in).waiting(asker)]
    said = (
        *(reply for reply in entered if reply.kind == KIND),
        *(reply for reply in signing if reply.choices),
    )
    terms = calendar.terms(in_force.plan.first_year, in_force.plan.last_year)
    return PersonalOverview(said, due(terms, asker.person, asker.at.date()))


def due(terms: tuple[PhaseTerm, ...], person: Person, today: date) -> tuple[PhaseDeadline, ...]:
    """The phases that are under way or about to begin, as far as they are the person's; the nearest end first."""
    kinds = {post.kind for post in person.posts}
    found = [
        PhaseDeadline(one.phase.name, one.deadline, (one.deadline - today).days)
        for one in terms
        if one.opens - AHEAD <= today <= one.deadline
        and (one.phase.responsible is Audience.DEPARTMENT or PostKind.SECRETARIAT in kinds)
    ]
    return tuple(sorted(found, key=lambda one: one.last_day))
