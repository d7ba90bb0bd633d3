"""What somebody of the roster has to do: their open entries, what waits for their sign-off, the deadlines ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.app import App
from bot.evaluation import overview
from bot.evaluation.context import scene_of
from bot.evaluation.prompts import KIND
from bot.evaluation.sign_off import Signing
from bot.identity.asker import Asker
from bot.message import Reply
from bot.notices.notice_text import day_label
from knowledge.roster.roster import Person, PostKind
from reminders.calendar import Audience, Term

AHEAD = timedelta(days=30)
"""How long before it begins a phase is worth naming."""


@dataclass(frozen=True, slots=True)
class Due:
    """A phase of the cycle and the day on which it ends."""

    phase: str
    last_day: date
    days_left: int

    @property
    def label(self) -> str:
        """7月31日（月）."""
        return day_label(self.last_day)


@dataclass(frozen=True, slots=True)
class OwnWork:
    """`said` are what the bot would answer on it, with the buttons that begin it; the nearest deadline comes first."""

    said: tuple[Reply, ...]
    due: tuple[Due, ...]


def own_work(app: App, asker: Asker) -> OwnWork | None:
    """What that person has to do now; None for somebody whom the roster does not know."""
    if asker.person is None or not asker.person.posts:
        return None
    known, calendar = app.known(), app.calendar()
    with app.database.reading() as inside:
        scene = scene_of(inside, known, asker, app.form, app.term_in)
    entered = [overview.own(scene)] if scene else []
    signing = [Signing(app.database, app.known, app.form, app.term_in).waiting(asker)]
    said = (
        *(reply for reply in entered if reply.kind == KIND),
        *(reply for reply in signing if reply.choices),
    )
    years = known.plan.first_year, known.plan.last_year
    terms = calendar.terms(*years)
    return OwnWork(said, due(terms, asker.person, asker.at.date()))


def due(terms: tuple[Term, ...], person: Person, today: date) -> tuple[Due, ...]:
    """The phases that are under way or about to begin, as far as they are the person's; the nearest end first."""
    kinds = {post.kind for post in person.posts}
    found = [
        Due(one.phase.name, one.deadline, (one.deadline - today).days)
        for one in terms
        if one.opens - AHEAD <= today <= one.deadline
        and (one.phase.responsible is Audience.DEPARTMENT or PostKind.SECRETARIAT in kinds)
    ]
    return tuple(sorted(found, key=lambda one: one.last_day))
