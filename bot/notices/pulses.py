"""The quarterly word on each initiative in one tap: on track, behind, advice wanted; and how they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled
from bot.evaluation.open_work import EvaluationWork, all_work
from bot.identity.asker import Asker
from bot.identity.rights import Act, Granted, Refused, may, seen
from bot.identity.rights import ProtectedWork as Touched
from bot.message import Choice, Reply, Table
from bot.notices.context import ACTION, NoticeContext, told
from bot.notices.notice_text import day_label, pulse_buttons
from bot.storage import work_records
from bot.storage.work_records import PULSES, WorkRecord, WorkState
from bot.wording.wording import say
from knowledge.plan.amount import grouped
from knowledge.plan.fiscal_year import MONTHS, FiscalYear, fiscal_year_of
from knowledge.plan.plan import Initiative
from reminders.calendar import EndsWith, PhaseTerm
from reminders.storage.responses import Place

if TYPE_CHECKING:
    from sqlite_utils import Database

_MOST_LINES = 15


def ask(
    context: NoticeContext, asker: Asker, place: Place, done: frozenset[str] = frozenset(), note: str = ""
) -> Reply:
    """The next initiative of the department that nothing was said of yet; `done` are being answered just now."""
    term = _term(context, place)
    right = _may_report(asker, place[2])
    if term is None or isinstance(right, Refused):
        return told(say("notices/unknown")) if term is None else _refusal(right)
    owed = {(one.round, one.phase, one.department): one for one in context.work(asker, term.year)}.get(place)
    waiting = [task.subject for task in owed.tasks if task.subject not in done] if owed else []
    if not waiting:
        return told("\n".join(filter(None, (note, say("notices/pulse_complete")))))
    work = _works(context, asker)[waiting[0]]
    text = say(
        "notices/pulse",
        note=note,
        phase=f"{term.year.label} {term.phase.name}",
        code=work.duty.code,
        title=work.duty.title,
        targets=list(_targets(work, term)),
        more=len(waiting) - 1,
        deadline=day_label(term.deadline),
    )
    return told(text, tuple(pulse_buttons(place, waiting[0])))


def answered(
    context: NoticeContext, asker: Asker, round: str, phase: str, word: str, subject: str
) -> Handled:
    """The word recorded, and the next initiative asked for."""
    work = _works(context, asker).get(subject)
    term = _term(context, (round, phase, ""))
    if work is None or term is None or word not in PULSES:
        return told(say("notices/unknown"))
    right = _may_report(asker, work.department)
    if isinstance(right, Refused):
        return _refusal(right)
    assert asker.person is not None, "strangers were turned away"
    state, place = WorkState(word), (round, phase, work.department)
    note = say(
        "notices/pulse_taken", code=work.duty.code, state=state.label, is_consult=state is WorkState.CONSULT
    )
    reply = ask(context, asker, place, frozenset({subject}), note)
    mark = WorkRecord(*place, subject, state, asker.at, asker.person.id)

    def keep(database: Database) -> Reply:
        work_records.add(database, mark)
        return reply

    return keep


def standing(context: NoticeContext, asker: Asker) -> Reply:
    """How the initiatives that the asker may see stand in the latest quarter that was asked about."""
    term = _latest(context, asker)
    visible = frozenset(one.id for one in seen(asker.person, asker.roster.departments))
    if not visible and not isinstance(right := may(asker.person, Act.SEE), Granted):
        return _refusal(right)
    if term is None:
        return told(say("notices/no_pulse"))
    said, silent = {one.subject: one for one in _said(context, term)}, say("notices/silent")
    works = [work for work in _works(context, asker).values() if work.department in visible]
    rows = tuple(
        (
            work.duty.code,
            work.duty.title,
            asker.roster.name_of(work.department),
            said[work.subject].state.label if work.subject in said else silent,
        )
        for work in works
    )
    counts = [(state.label, sum(row[3] == state.label for row in rows)) for state in PULSES]
    worth = [row for row in rows if row[3] in (WorkState.BEHIND.label, WorkState.CONSULT.label)]
    text = say(
        "notices/pulses",
        phase=f"{term.year.label} {term.phase.name}",
        counts=counts,
        silent=sum(row[3] == silent for row in rows),
        worth=worth[:_MOST_LINES],
        more=len(worth) - _MOST_LINES,
    )
    columns = tuple(say(f"notices/columns/{one}") for one in ("code", "initiative", "department", "state"))
    return told(text, tuple(_to_answer(context, asker, term)), Table(columns, rows))


def _to_answer(context: NoticeContext, asker: Asker, term: PhaseTerm) -> Iterator[Choice]:
    """What the asker's own departments have still to say."""
    own = {post.department for post in asker.person.posts} if asker.person else set()
    for work in context.work(asker, term.year):
        if work.phase == term.phase.id and work.department in own and work.tasks:
            value = f"pulse:{work.round}:{work.phase}:{work.department}"
            yield Choice(say("notices/buttons/answer", count=len(work.tasks)), value, ACTION, style="primary")


def _targets(work: EvaluationWork, term: PhaseTerm) -> Iterator[str]:
    """The year's target of each row; of an effect amount also how much of it evenly falls on the months gone by."""
    for one in work.duty.initiatives:
        if one.targets is not None and term.year in one.targets.years:
            yield _target(one, term)


def _target(one: Initiative, term: PhaseTerm) -> str:
    assert one.targets is not None
    measure, target = one.targets.measure, one.targets.of(term.year)
    name = f"{one.code} {measure.name}" if measure.name else one.code
    if target.value is None:
        return say("notices/pulse_target/not_set", name=name, printed=target.printed)
    amount = f"{grouped(target.value)}{measure.unit}"
    months = MONTHS.index(term.deadline.month) + 1
    if not measure.is_effect_amount or target.value <= 0 or months == len(MONTHS):
        return say("notices/pulse_target/set", name=name, amount=amount)
    share = round(Fraction(target.value * months, len(MONTHS)))
    evenly = f"{grouped(share)}{measure.unit}"
    return say("notices/pulse_target/with_share", name=name, amount=amount, months=months, share=evenly)


def _works(context: NoticeContext, asker: Asker) -> dict[str, EvaluationWork]:
    works: Sequence[EvaluationWork] = all_work(context.known().plan, asker.roster)
    return {one.subject: one for one in works if one.duty.indicator is None}


def _term(context: NoticeContext, place: Place) -> PhaseTerm | None:
    phase = context.calendar().phase(place[1])
    if phase is None or phase.ends_with is not EndsWith.PULSE:
        return None
    try:
        return context.calendar().term(phase, FiscalYear.from_short(place[0]))
    except ValueError:
        return None


def _latest(context: NoticeContext, asker: Asker) -> PhaseTerm | None:
    plan, today = context.known().plan, asker.at.date()
    this = fiscal_year_of(today)
    begun = [
        one
        for one in context.calendar().terms(plan.first_year, plan.last_year)
        if one.phase.ends_with is EndsWith.PULSE and one.year in (this, this.previous) and one.opens <= today
    ]
    return max(begun, key=lambda one: one.opens, default=None)


def _said(context: NoticeContext, term: PhaseTerm) -> list[WorkRecord]:
    with context.database.reading() as inside:
        return [one for one in work_records.latest(inside, (term.round,)) if one.phase == term.phase.id]


def _may_report(asker: Asker, department: str) -> Granted | Refused:
    known = {one.id: one for one in asker.roster.departments}
    return may(asker.person, Act.REPORT, Touched((known[department],)) if department in known else Touched())


def _refusal(right: Granted | Refused) -> Reply:
    return Reply(str(right), kind="refused", is_confidential=True)
