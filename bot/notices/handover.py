"""Handover packs in conversation: made in March with a word for whoever comes next, opened in April, both recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled
from bot.evaluation.form import shipped_form
from bot.evaluation.open_work import EvaluationWork, all_work
from bot.identity.asker import Asker
from bot.identity.rights import Act, Granted, Refused, may
from bot.identity.rights import ProtectedWork as Touched
from bot.message import Choice, Field, Form, Reply
from bot.notices.context import ACTION, NoticeContext, told
from bot.notices.handover_pack import Pack, pack_of
from bot.storage import entry_store, work_records
from bot.storage.database import DatabaseFile
from bot.storage.work_records import WorkRecord, WorkState
from bot.wording.wording import say
from knowledge.plan.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.plan.plan import Plan
from knowledge.roster.roster import OF_A_DEPARTMENT
from reminders.calendar import EndsWith, PhaseTerm

if TYPE_CHECKING:
    from sqlite_utils import Database

    from knowledge.roster.roster import Roster

LONGEST_NOTE = 1000
_NOTE = "note"
_MOST = 20
_HANDOVER = (EndsWith.PACKS_MADE, EndsWith.PACKS_OPENED)


def said(context: NoticeContext, asker: Asker, code: str) -> Handled | None:
    """The pack of that code, or which there are; None for who has none to see: the plan then answers."""
    works = [one for one in works_of(context.known().plan, asker.roster).values() if _sees(asker, one)]
    term = _term_of_the_day(context, asker)
    if not works or term is None:
        return None
    if code:
        found = next((one for one in works if code in one.duty.codes), None)
        return shown(context, asker, term, found) if found else None
    own = [one for one in works if _is_in(asker, one.department)] or works
    choices = [_button(term, one) for one in own[:_MOST]]
    return told(say("notices/packs", year=_year(term).label, count=len(own), more=len(own) - _MOST), choices)


def pressed(
    context: NoticeContext, asker: Asker, what: str, round: str, id: str, subject: str, note: str
) -> Handled:
    """A button or the form of a pack: shown, or made; of the whole department all that are left."""
    term, works = _term(context, round, id), works_of(context.known().plan, asker.roster)
    if term is None:
        return told(say("notices/unknown"))
    if what in ("packs", "make_all"):
        left = [works[one] for one in _left(context, asker, term, subject) if one in works]
        return (
            _listed(asker, term, left, subject) if what == "packs" else _made(asker, term, left, subject, "")
        )
    work = works.get(subject)
    if work is None:
        return told(say("notices/unknown"))
    if what == "make":
        return _made(asker, term, [work], work.department, note)
    return shown(context, asker, term, work)


def _left(context: NoticeContext, asker: Asker, term: PhaseTerm, department: str) -> list[str]:
    """The subjects of the department's packs that are still to be made or opened."""
    place = (term.round, term.phase.id, department)
    owed = {(one.round, one.phase, one.department): one for one in context.work(asker, term.year)}.get(place)
    return [task.subject for task in owed.tasks] if owed else []


def _listed(asker: Asker, term: PhaseTerm, works: list[EvaluationWork], department: str) -> Reply:
    """The packs that are left, each by a button; in March also all of them at once, without a word."""
    if isinstance(right := may(asker.person, Act.SEE, _on(asker, department)), Refused):
        return Reply(str(right), kind="refused", is_confidential=True)
    if not works:
        return told(say("notices/nothing_left"))
    choices = [_button(term, one) for one in works[:_MOST]]
    if term.phase.ends_with is EndsWith.PACKS_MADE and len(works) > 1:
        value = f"make_all:{term.round}:{term.phase.id}:{department}"
        choices.insert(0, Choice(say("notices/buttons/make_all"), value, ACTION))
    text = say("notices/packs", year=_year(term).label, count=len(works), more=len(works) - _MOST)
    return told(text, choices)


def shown(context: NoticeContext, asker: Asker, term: PhaseTerm, work: EvaluationWork) -> Handled:
    """The pack; who takes it over opens it by seeing it, who hands it over may add a word and make it."""
    right = may(asker.person, Act.SEE, _on(asker, work.department))
    if isinstance(right, Refused):
        return Reply(str(right), kind="refused", is_confidential=True)
    found = pack_in(context, asker.roster, work, _year(term))
    is_theirs = _is_in(asker, work.department)
    is_made_now = term.phase.ends_with is EndsWith.PACKS_MADE and is_theirs
    is_opened_now = term.phase.ends_with is EndsWith.PACKS_OPENED and is_theirs
    text = say("notices/pack", pack=found, is_opened_now=is_opened_now)
    reply = Reply(
        text,
        heading=say("notices/pack_heading", code=found.code, title=found.title),
        form=_form(term, work) if is_made_now else None,
        kind="command",
        is_confidential=True,
    )
    if not is_opened_now or asker.person is None:
        return reply
    mark = _mark(asker, term, work, WorkState.OPENED)

    def keep(database: Database) -> Reply:
        work_records.add(database, mark)
        return reply

    return keep


def pack_in(context: NoticeContext, roster: Roster, work: EvaluationWork, year: FiscalYear) -> Pack:
    """The pack of that work as the database has it."""
    plan = context.known().plan
    found = packs_in(context.database, plan, roster, year, {work.subject: work})
    return next(iter(found))


def packs_in(
    database: DatabaseFile,
    plan: Plan,
    roster: Roster,
    year: FiscalYear,
    works: Mapping[str, EvaluationWork] | None = None,
) -> Iterator[Pack]:
    """The packs at the end of that year as the database has them: of these works, else of all, in the plan's order."""
    with database.reading() as inside:
        made = work_records.latest(inside, (year.short,))
        for subject, work in (works_of(plan, roster) if works is None else works).items():
            own = [one for one in made if one.subject == subject]
            found = entry_store.of_subject(inside, subject)
            yield pack_of(plan, shipped_form(), work, roster.name_of(work.department), year, found, own)


def works_of(plan: Plan, roster: Roster) -> dict[str, EvaluationWork]:
    """The initiatives that packs are made of, by subject."""
    return {one.subject: one for one in all_work(plan, roster) if one.duty.indicator is None}


def _made(asker: Asker, term: PhaseTerm, works: list[EvaluationWork], department: str, note: str) -> Handled:
    right = may(asker.person, Act.REPORT, _on(asker, department))
    if isinstance(right, Refused):
        return Reply(str(right), kind="refused", is_confidential=True)
    if term.phase.ends_with is not EndsWith.PACKS_MADE or not works:
        return told(say("notices/nothing_left"))
    if len(note) > LONGEST_NOTE:
        return told(say("notices/long_note", most=LONGEST_NOTE))
    made = [_mark(asker, term, one, WorkState.MADE, note.strip()) for one in works]
    reply = told(say("notices/pack_made", codes=[one.duty.code for one in works]))

    def keep(database: Database) -> Reply:
        for one in made:
            work_records.add(database, one)
        return reply

    return keep


def _mark(
    asker: Asker, term: PhaseTerm, work: EvaluationWork, state: WorkState, note: str = ""
) -> WorkRecord:
    assert asker.person is not None, "strangers were turned away"
    place = (term.round, term.phase.id, work.department)
    return WorkRecord(*place, work.subject, state, asker.at, asker.person.id, note)


def _form(term: PhaseTerm, work: EvaluationWork) -> Form:
    field = Field(_NOTE, say("notices/pack_form/note"), "long", hint=say("notices/pack_form/hint"))
    value = f"make:{term.round}:{term.phase.id}:{work.subject}"
    title = say("notices/buttons/pack", code=work.duty.code)
    return Form(ACTION, value, title, (field,), submit=say("notices/buttons/make"))


def _button(term: PhaseTerm, work: EvaluationWork) -> Choice:
    label = say("notices/buttons/pack", code=work.duty.code)
    return Choice(label, f"pack:{term.round}:{term.phase.id}:{work.subject}", ACTION)


def _year(term: PhaseTerm) -> FiscalYear:
    """Of which year the packs are: in April of the one that is just over."""
    return term.year.previous if term.phase.ends_with is EndsWith.PACKS_OPENED else term.year


def _term(context: NoticeContext, round: str, id: str) -> PhaseTerm | None:
    phase = context.calendar().phase(id)
    try:
        year = FiscalYear.from_short(round)
    except ValueError:
        return None
    return context.calendar().term(phase, year) if phase and phase.ends_with in _HANDOVER else None


def _term_of_the_day(context: NoticeContext, asker: Asker) -> PhaseTerm | None:
    """What was opened last of making and opening packs; in the plan's first year nothing is opened."""
    plan, today = context.known().plan, asker.at.date()
    this = fiscal_year_of(today)
    held = [
        one
        for one in context.calendar().terms(plan.first_year, plan.last_year)
        if one.phase.ends_with in _HANDOVER and one.year == this and _year(one) >= plan.first_year
    ]
    begun = [one for one in held if one.opens <= today]
    return max(begun, key=lambda one: one.opens, default=next(iter(held), None))


def _sees(asker: Asker, work: EvaluationWork) -> bool:
    return isinstance(may(asker.person, Act.SEE, _on(asker, work.department)), Granted)


def _is_in(asker: Asker, department: str) -> bool:
    posts = asker.person.posts if asker.person else ()
    return any(post.department == department and post.kind in OF_A_DEPARTMENT for post in posts)


def _on(asker: Asker, department: str) -> Touched:
    known = {one.id: one for one in asker.roster.departments}
    return Touched((known[department],)) if department in known else Touched()
