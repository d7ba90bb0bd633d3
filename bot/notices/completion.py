"""「完了」: the responsible one says that a phase's work is done, which ends its notices; and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled
from bot.identity.asker import Asker
from bot.identity.rights import Act, ProtectedWork, Refused, may
from bot.message import Choice, Reply
from bot.notices.context import ACTION, NoticeContext, told
from bot.notices.notice_text import department_label
from bot.storage import work_records
from bot.storage.work_records import WHOLE, WorkRecord, WorkState
from bot.wording.wording import say
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.roster.roster import Person, PostKind
from reminders.calendar import Audience, CalendarPhase, EndsWith
from reminders.storage.responses import Place
from reminders.work import OpenWork

if TYPE_CHECKING:
    from sqlite_utils import Database


def said(context: NoticeContext, asker: Asker, id: str) -> Handled:
    """Which round's phase is meant, to be confirmed: of the asker's own department, or the secretariat's, or several."""
    phase = context.calendar().phase(id)
    if phase is None or phase.ends_with is not EndsWith.DONE:
        return told(say("notices/not_done_by_word", phase=phase.name if phase else ""))
    refused = _refused(asker, phase, "") if phase.responsible is Audience.SECRETARIAT else _stranger(asker)
    if refused is not None:
        return refused
    places = [(one.round, id, one.department) for one in _begun(context, asker, phase) if one.is_open]
    own = [place for place in places if _refused(asker, phase, place[2]) is None]
    mine = [place for place in own if place[2] in _departments(asker.person)] or own
    if not mine:
        return told(say("notices/nothing_to_finish", phase=phase.name))
    if len(mine) == 1:
        text = say("notices/finish", **_facts(asker, phase, mine[0]))
        return told(text, (_button(mine[0], say("notices/buttons/finish")),))
    choices = [
        _button(place, f"{place[0]} {department_label(place[2], asker.roster)}") for place in mine[:20]
    ]
    return told(say("notices/which_to_finish", phase=phase.name), choices)


def finish(context: NoticeContext, asker: Asker, place: Place, state: WorkState) -> Handled:
    """Record it, or that it is open again, for those whose work it is."""
    phase = context.calendar().phase(place[1])
    if phase is None or phase.ends_with is not EndsWith.DONE:
        return told(say("notices/unknown"))
    if (refused := _refused(asker, phase, place[2])) is not None:
        return refused
    owed = {(one.round, one.phase, one.department): one for one in context.work(asker)}.get(place)
    if owed is None:
        return told(say("notices/unknown"))
    if owed.is_open is (state is WorkState.OPEN):
        return told(
            say("notices/finished_before", is_done=state is WorkState.DONE, **_facts(asker, phase, place))
        )
    assert asker.person is not None, "strangers were turned away"
    mark = WorkRecord(*place, WHOLE, state, asker.at, asker.person.id)
    undo = (
        (Choice(say("notices/buttons/undo"), f"undone:{':'.join(place)}", ACTION),)
        if state is WorkState.DONE
        else ()
    )
    text = say("notices/finished", is_done=state is WorkState.DONE, **_facts(asker, phase, place))
    reply = told(text, undo)

    def keep(database: Database) -> Reply:
        work_records.add(database, mark)
        return reply

    return keep


def _facts(asker: Asker, phase: CalendarPhase, place: Place) -> dict[str, str]:
    return {
        "phase": f"{FiscalYear.from_short(place[0]).label} {phase.name}",
        "department": department_label(place[2], asker.roster),
    }


def _begun(context: NoticeContext, asker: Asker, phase: CalendarPhase) -> list[OpenWork]:
    """The work of that phase in the latest round in which it has begun."""
    calendar, today = context.calendar(), asker.at.date()
    found = [
        one
        for one in context.work(asker)
        if one.phase == phase.id and calendar.term(phase, FiscalYear.from_short(one.round)).opens <= today
    ]
    latest = max((FiscalYear.from_short(one.round) for one in found), default=None)
    return [one for one in found if latest is not None and one.round == latest.short]


def _refused(asker: Asker, phase: CalendarPhase, department: str) -> Reply | None:
    if phase.responsible is Audience.SECRETARIAT:
        right = may(asker.person, Act.COMPLETE)
    else:
        known = {one.id: one for one in asker.roster.departments}
        on = ProtectedWork((known[department],)) if department in known else ProtectedWork()
        right = may(asker.person, Act.REPORT, on)
    return Reply(str(right), kind="refused", is_confidential=True) if isinstance(right, Refused) else None


def _stranger(asker: Asker) -> Reply | None:
    """Why somebody reports nothing at all: they have no post in any department, nor the secretariat's."""
    kinds = (PostKind.OWNER, PostKind.DEPUTY_HEAD, PostKind.HEAD, PostKind.SECRETARIAT)
    if asker.person is not None and asker.person.holds(*kinds):
        return None
    return Reply(str(may(asker.person, Act.REPORT)), kind="refused", is_confidential=True)


def _departments(person: Person | None) -> frozenset[str]:
    return frozenset(post.department for post in person.posts if post.department) if person else frozenset()


def _button(place: Place, label: str) -> Choice:
    return Choice(label, f"done:{':'.join(place)}", ACTION)
