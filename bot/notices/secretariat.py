"""What the secretariat asks and does about notices: what will be sent, what was, who is missing, on and off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled
from bot.evaluation.rounds import PHASE
from bot.identity.asker import Asker
from bot.identity.rosters import is_real
from bot.message import Choice, Reply, Table
from bot.notices.context import ACTION, NoticeContext, told
from bot.notices.forecast import UpcomingItem, coming
from bot.notices.labels import state_label, step_label
from bot.notices.notice_requests import PreviewRequest
from bot.notices.notice_text import department_label
from bot.notices.owed_work import label_of
from bot.progress.handler import show
from bot.progress.request import OWN, Request
from bot.progress.summary import year_on
from bot.storage import audit
from bot.wording.wording import say, weekday
from knowledge.question import Language
from knowledge.roster.roster import Roster
from reminders.storage import notices, responses
from reminders.storage.notices import NoticeRecord
from reminders.work import OpenWork

if TYPE_CHECKING:
    from sqlite_utils import Database

_MOST_LINES = 12
_MOST_NAMES = 3
_MOST_ROWS = 60
_MOST_CHOICES = 10
_LOOK_BACK = timedelta(days=60)


def ahead(context: NoticeContext, asker: Asker, said: PreviewRequest, language: Language = "ja") -> Reply:
    """What will be sent on those days, as things stand."""
    calendar, work = context.calendar(), context.work(asker)
    with context.database.reading() as inside:
        started_at = notices.started_at(inside)
        before = notices.said(inside, {one.round for one in work})
    found = coming(calendar, context.roster_on, work, (said.first, said.last), started_at, before)
    rows, lines = tuple(one.row(asker.roster, language) for one in found), list(_together(found, language))
    text = say(
        "notices/ahead",
        language,
        label=said.label,
        first=said.first,
        last=said.last,
        lines=lines[:_MOST_LINES],
        more=len(lines) - _MOST_LINES,
        letters=len({(one.day, notice.to.id) for one in found for notice in one.notices}),
        is_on=started_at is not None,
        is_sample=asker.roster.is_sample,
    )
    columns = _columns(language, "send_on", "recipient", "phase", "what", "about")
    reply = told(text, table=Table(columns, rows[:_MOST_ROWS]) if rows else None)
    return replace(reply, language=language)


def _columns(language: Language, *names: str) -> tuple[str, ...]:
    return tuple(say(f"notices/columns/{name}", language) for name in names)


def _together(found: Sequence[UpcomingItem], language: Language) -> Iterator[tuple[str, str, list[str], int]]:
    """Day, what is said, some of the recipients, and how many more there are."""
    alike: dict[tuple[date, str], dict[str, None]] = {}
    for one in found:
        term = one.item.term
        what = say(
            "notices/phase_and_step",
            language,
            round=term.round,
            phase=term.phase.name,
            step=step_label(one.item.step, language),
        )
        alike.setdefault((one.day, what), {}).update(dict.fromkeys(notice.to.label for notice in one.notices))
    for (day, what), people in alike.items():
        named = list(people) if len(people) <= _MOST_NAMES + 1 else list(people)[:_MOST_NAMES]
        yield weekday(day, language), what, named, len(people) - len(named)


def log(context: NoticeContext, asker: Asker) -> Reply:
    """What was sent of late, the latest first."""
    with context.database.reading() as inside:
        found = notices.log(inside, asker.at.date() - _LOOK_BACK)[::-1]
    rows = tuple(_log_row(one, context, asker.roster) for one in found)
    text = say("notices/log", rows=rows[:_MOST_LINES], more=len(rows) - _MOST_LINES, days=_LOOK_BACK.days)
    columns = _columns("ja", "day", "recipient", "phase", "what", "department_short", "outcome")
    return told(text, table=Table(columns, rows[:_MOST_ROWS]) if rows else None)


def _log_row(said: NoticeRecord, context: NoticeContext, roster: Roster) -> tuple[str, ...]:
    round, id, step, department, _ = said.key
    phase = context.calendar().phase(id)
    return (
        said.outgoing.day or "",
        _recipient(said.outgoing.recipient or "", roster),
        f"{round} {phase.name if phase else id}",
        step_label(step),
        department_label(department, roster),
        state_label(said.outgoing.state),
    )


def _recipient(id: str, roster: Roster) -> str:
    kind, _, department = id.partition(":")
    if kind == "mailbox":
        return say("notices/mailbox", department=roster.name_of(department))
    return label_of(roster, id)


def switch(context: NoticeContext, asker: Asker, on: bool, is_confirmed: bool = False) -> Handled:
    """Reminders on or off, once it was confirmed."""
    is_on = context.started_at() is not None
    if is_on is on:
        return told(say(f"notices/switched/already_{'started' if on else 'stopped'}"))
    if on and not is_real(context.database, asker.at.date()):
        return Reply(say("notices/sample_roster"), kind="refused", is_confidential=True)
    if not is_confirmed:
        what = "start" if on else "stop"
        button = Choice(say(f"notices/buttons/{what}"), what, ACTION, style="primary")
        return told(say(f"notices/switch/{what}"), (button,))
    assert asker.person is not None, "only the secretariat comes here"
    who, reply = asker.person.id, told(say(f"notices/switched/{'started' if on else 'stopped'}"))

    def turn(database: Database) -> Reply:
        is_news = notices.start(database, who, asker.at) if on else notices.stop(database, asker.at)
        if is_news:
            audit.record(database, audit.AuditLine(asker.at, who, "通知の開始" if on else "通知の停止"))
        return reply

    return turn


def missing(context: NoticeContext, asker: Asker, request: Request) -> Reply:
    """Who has not entered what, with a button for each department to be reminded alone."""
    known, calendar = context.known(), context.calendar()
    shown = show(context.database, known, asker, request, calendar)
    if shown.kind != "command":
        return shown
    year = request.year or year_on(known.plan, calendar, asker.at.date())
    owing = [
        one
        for one in context.work(asker, year)
        if one.phase == PHASE and one.tasks and (request.departments in ((), (OWN,), (one.department,)))
    ]
    if not owing:
        return shown
    if context.started_at() is None:
        return replace(shown, text=f"{shown.text}\n{say('notices/no_repeats')}")
    return replace(
        shown,
        text=f"{shown.text}\n{say('notices/repeats', more=len(owing) - _MOST_CHOICES)}",
        choices=(*(_repeat_button(one, asker.roster) for one in owing[:_MOST_CHOICES]), *shown.choices),
    )


def _repeat_button(work: OpenWork, roster: Roster) -> Choice:
    label = say("notices/buttons/repeat", department=department_label(work.department, roster))
    return Choice(label, f"again:{work.round}:{work.phase}:{work.department}", ACTION)


def repeat(context: NoticeContext, asker: Asker, place: responses.Place) -> Handled:
    """That department reminded once more, of what is open by then."""
    round, id, department = place
    owing = {(one.round, one.phase, one.department): one for one in context.work(asker)}.get(place)
    name = department_label(department, asker.roster)
    if context.started_at() is None:
        return told(say("notices/no_repeats"))
    if owing is None or not owing.tasks:
        return told(say("notices/nothing_open", department=name))
    assert asker.person is not None, "only the secretariat comes here"
    who, subject = asker.person.id, f"{round} {id} {name}"
    codes = list(dict.fromkeys(task.code for task in owing.tasks))
    is_open_now = context.calendar().office.is_open(asker.at)
    done = told(say("notices/repeated", department=name, codes=codes, is_open_now=is_open_now))
    already = told(say("notices/repeated_today", department=name))

    def ask(database: Database) -> Reply:
        number = responses.ask_again(database, place, who, asker.at)
        if number is None:
            return already
        audit.record(database, audit.AuditLine(asker.at, who, "再通知", subject, after=f"{number}回目"))
        return done

    return ask
