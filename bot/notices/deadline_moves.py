"""Deadlines in conversation: when they are, and moving one once the secretariat has confirmed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.conversation.conversation import Handled, Outdated
from bot.identity.asker import Asker
from bot.message import Choice, Reply, Source
from bot.notices.context import ACTION, NoticeContext, told
from bot.notices.days import On
from bot.notices.deadline_proposal import DeadlineProposal, Unfit, propose, times_moved
from bot.notices.deadline_requests import DeadlineMoveRequest, DeadlinesRequest
from bot.notices.notice_text import day_label
from bot.storage import audit
from bot.wording.wording import say
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.search.passages import phase_reference
from reminders.calendar import Calendar, CalendarPhase, PhaseTerm, months_label
from reminders.storage import deadlines
from reminders.storage.deadlines import MovedMeanwhile

if TYPE_CHECKING:
    from sqlite_utils import Database

_AUDITED = "締切の変更"


def when(context: NoticeContext, asker: Asker, said: DeadlinesRequest) -> Reply:
    """The city's own days beside the months that the plan has."""
    calendar, known, today = context.calendar(), context.known(), asker.at.date()
    held = calendar.terms(known.plan.first_year, known.plan.last_year)
    asked = [one for one in held if said.phase in (None, one.phase.id)]
    if said.year:
        terms = [one for one in asked if one.year == said.year]
    else:
        coming = [one for one in asked if one.deadline >= today]
        terms = list({one.phase.id: one for one in sorted(coming, key=_deadline, reverse=True)}.values())
    terms.sort(key=_deadline)
    return Reply(
        say("notices/deadlines", terms=[_facts(one, today) for one in terms], plan=known.edition.title),
        sources=tuple(dict.fromkeys(source for one in terms for source in _sources(known, one.phase))),
        kind="command",
    )


def _deadline(term: PhaseTerm) -> date:
    return term.deadline


def _facts(term: PhaseTerm, today: date) -> dict[str, Any]:
    return {
        "name": f"{term.year.label} {term.phase.name}",
        "deadline": day_label(term.deadline),
        "western": term.deadline.year if abs((term.deadline - today).days) > 180 else None,
        "days": (term.deadline - today).days,
        "months": months_label(term.phase.months),
        "before": day_label(term.moved.before) if term.moved else "",
        "is_outside": term.deadline.month not in term.phase.months,
    }


def _sources(known: Known, phase: CalendarPhase) -> Iterator[Source]:
    """Where the plan has a phase in those months."""
    months = (phase.months.first, phase.months.last)
    for at, one in enumerate(known.plan.phases):
        passage = known.passage.get(f"{phase_reference(at)}:1")
        if one.months == months and passage is not None:
            yield Source(
                passage.reference, f"{passage.section}、p.{passage.page}", passage.page, passage.text
            )
            return


def move(context: NoticeContext, asker: Asker, said: DeadlineMoveRequest, note: str = "") -> Reply:
    """What the change would come to, to be confirmed; or what is wrong with it."""
    calendar = context.calendar()
    phase = calendar.phase(said.phase or "")
    if phase is None:
        return told(say("notices/which_deadline", phases=[one.name for one in calendar.phases]))
    found = propose(calendar, context.known().plan, phase, said.day, asker.at.date(), said.year)
    if isinstance(found, Unfit):
        return told(unfit_text(found, phase))
    is_told = context.started_at() is not None and found.term.opens < asker.at.date()
    text = say("notices/move", note=note, is_told=is_told, **proposal_facts(found))
    value = f"move:{found.term.round}:{phase.id}:{found.asked}"
    change = Choice(say("notices/buttons/move"), value, ACTION, times_moved(found.term), "primary")
    return told(text, (change, Choice(say("notices/buttons/keep"), "keep", ACTION)))


def proposal_facts(found: DeadlineProposal) -> dict[str, Any]:
    """What is said of a change before and after it is made."""
    return {
        "of": f"{found.term.year.label} {found.term.phase.name}",
        "before": day_label(found.term.deadline),
        "after": day_label(found.result.deadline),
        "asked": day_label(found.asked) if found.is_moved_by_rule else "",
        "warning": found.warning,
    }


def unfit_text(found: Unfit, phase: CalendarPhase) -> str:
    """What is wrong with a change."""
    term = found.term
    return say(
        f"notices/cannot_move/{found.why}",
        of=f"{term.year.label} {phase.name}" if term else phase.name,
        deadline=day_label(term.deadline) if term else "",
        opens=day_label(term.opens) if term else "",
    )


def pressed(context: NoticeContext, asker: Asker, about: list[str], revision: int | None) -> Handled:
    """The change confirmed, or left; on grounds that have changed meanwhile it is shown anew."""
    if not about:
        return told(say("notices/kept"))
    wish = _wish(about, context.calendar())
    if wish is None:
        return told(say("notices/unknown"))
    calendar, (phase, move_it) = context.calendar(), wish
    found = propose(calendar, context.known().plan, phase, move_it.day, asker.at.date(), move_it.year)
    if isinstance(found, Unfit):
        return told(unfit_text(found, phase))
    if times_moved(found.term) != revision:
        return move(context, asker, move_it, say("notices/moved_meanwhile"))
    assert asker.person is not None, "only the secretariat comes here"
    who, reply = asker.person.id, told(say("notices/moved", **proposal_facts(found)))

    def keep(database: Database) -> Reply:
        try:
            record(database, found, asker.at, who)
        except MovedMeanwhile as fault:
            raise Outdated(str(fault)) from fault
        return reply

    return keep


def record(database: Database, found: DeadlineProposal, at: datetime, who: str) -> None:
    """Keep the change and its line in the audit. Raises MovedMeanwhile."""
    deadlines.move(database, found.term.round, found.term.phase.id, found.change(at), who)
    subject = f"{found.term.round} {found.term.phase.name}"
    before, after = found.term.deadline.isoformat(), found.result.deadline.isoformat()
    audit.record(database, audit.AuditLine(at, who, _AUDITED, subject, before, after))


def _wish(about: list[str], calendar: Calendar) -> tuple[CalendarPhase, DeadlineMoveRequest] | None:
    """What a button carries: R5, self_evaluation, 2023-07-24."""
    try:
        round, id, text = about
        day, year = date.fromisoformat(text), FiscalYear.from_short(round)
    except ValueError:
        return None
    phase = calendar.phase(id)
    return (phase, DeadlineMoveRequest(On(day.day, day.month, day.year), id, year)) if phase else None
