"""Joins reminders to the plan, the roster and the entries, and words their letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial

from bot import roster_store, undelivered
from bot.app import App
from bot.database import DatabaseFile
from bot.doors import allowed
from bot.message import Choice, Deadline, Reply
from bot.self_evaluation import entries
from bot.self_evaluation.entry import Entry
from bot.self_evaluation.open_work import Work, all_work
from bot.wording import remind
from knowledge.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.plan import Plan
from knowledge.roster import Roster
from reminders.calendar import Audience, Calendar, Term
from reminders.deliver import Send
from reminders.due import Item, Notice
from reminders.tick import City, Turn, tick
from reminders.work import OpenWork, Task

_BEGIN = "evaluate"
_MOST_CHOICES = 10
_WEEKDAYS = "月火水木金土日"


def one_turn(app: App, send: Mapping[str, Send]) -> Turn:
    """One turn of the clock over the running bot."""

    def look(day: date) -> City:
        calendar, roster, plan = app.calendar(), app.roster(), app.known().plan
        years = (fiscal_year_of(day).previous, fiscal_year_of(day))
        found = work_of(app.database, calendar, plan, roster, years)
        return City(calendar, roster, found)

    roster, doors = app.roster(), allowed(app.settings, send)
    return tick(app.database, look, partial(_word, roster), partial(undelivered.word, roster), doors, app.now)


def is_real(database: DatabaseFile, day: date) -> bool:
    """Whether a roster of the city's own is in force on that day."""
    with database.reading() as inside:
        found = roster_store.in_force(inside, day)
    return found is not None and not found.is_sample


def work_of(
    database: DatabaseFile | None,
    calendar: Calendar,
    plan: Plan,
    roster: Roster,
    years: Sequence[FiscalYear],
) -> tuple[OpenWork, ...]:
    """What is owed in each phase of the rounds of `years`; without a database nothing has been entered."""
    terms = [one for one in calendar.terms(plan.first_year, plan.last_year) if one.year in years]
    rounds = {term.round for term in terms if term.phase.ends_with_entries}
    entered: dict[str, tuple[Entry, ...]] = {}
    if database is not None:
        with database.reading() as inside:
            entered = {round: entries.latest(inside, round) for round in rounds}
    asked = _by_department(all_work(plan, roster))
    return tuple(one for term in terms for one in _work_in(term, asked, entered.get(term.round, ())))


def _by_department(work: Sequence[Work]) -> dict[str, tuple[Work, ...]]:
    found: dict[str, tuple[Work, ...]] = {}
    for one in work:
        found[one.department] = (*found.get(one.department, ()), one)
    return found


def _work_in(
    term: Term, asked: Mapping[str, tuple[Work, ...]], entered: Sequence[Entry]
) -> tuple[OpenWork, ...]:
    if term.phase.responsible is Audience.SECRETARIAT:
        return (OpenWork(term.round, term.phase.id, ""),)
    done = {entry.subject: entry for entry in entered}
    return tuple(
        OpenWork(
            term.round,
            term.phase.id,
            department,
            tuple(_task(one, done.get(one.subject)) for one in work if _is_open(done.get(one.subject))),
            _completed_at([done.get(one.subject) for one in work]),
        )
        for department, work in asked.items()
    )


def _is_open(entry: Entry | None) -> bool:
    return entry is None or entry.is_returned


def _completed_at(found: Sequence[Entry | None]) -> datetime | None:
    submitted = [entry.submitted_at for entry in found if entry is not None and not entry.is_returned]
    return max(submitted) if len(submitted) == len(found) and submitted else None


def _task(work: Work, entry: Entry | None) -> Task:
    title = f"指標「{work.duty.title}」" if work.duty.indicator else f"「{work.duty.title}」"
    if entry is None:
        return Task(work.subject, work.duty.code, title)
    return Task(work.subject, work.duty.code, title, entry.version, entry.sign_off.at)


def text_of(item: Item, roster: Roster, send_on: date) -> str:
    """What is said of one thing due."""
    name, _, _ = item.step.partition(" ")
    template = name if name in _OWN_WORDS else name.partition("_")[0]
    return remind(
        template,
        round=item.term.year.label,
        phase=item.term.phase.name,
        deadline=day_label(item.term.deadline),
        days_left=(item.term.deadline - send_on).days,
        department=roster.name_of(item.department) if item.department else "事務局",
        tasks=remind("tasks", tasks=item.tasks),
    )


_OWN_WORDS = frozenset({"opening", "the_day", "to_head", "to_director", "to_secretariat"})


def reply_of(notice: Notice, roster: Roster) -> Reply:
    """The letter as the channels show it, with a button for each entry that can be begun."""
    texts = [text_of(item, roster, notice.send_on) for item in notice.items]
    return Reply(
        remind("letter", items=texts),
        heading=remind("heading", date=day_label(notice.send_on)),
        choices=tuple(_choices(notice))[:_MOST_CHOICES],
        deadlines=tuple(_deadlines(notice)),
        kind="reminder",
        is_confidential=True,
    )


def day_label(day: date) -> str:
    """7月31日（月）."""
    return f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def _word(roster: Roster, notice: Notice) -> str:
    return reply_of(notice, roster).to_json()


def _choices(notice: Notice) -> list[Choice]:
    """The entries of the recipient's own department; who is told of others' work has nothing to begin."""
    own = [
        item
        for item in notice.items
        if item.term.phase.ends_with_entries and not item.step.startswith("to_") and item.tasks
    ]
    return [
        Choice(f"{task.code}を入力する", f"begin:{item.term.round}:{task.subject}", _BEGIN, style="primary")
        for item in own
        for task in item.tasks
    ]


def _deadlines(notice: Notice) -> list[Deadline]:
    """What the recipient has still to do, and by when; of a phase without entries there is nothing to begin."""
    return [
        Deadline(
            f"{item.term.round}-{item.term.phase.id}-{item.department}",
            remind("deadline", round=item.term.year.label, phase=item.term.phase.name),
            item.term.deadline.isoformat(),
            remind("tasks", tasks=item.tasks),
            _BEGINS_WITH if item.term.phase.ends_with_entries else "",
        )
        for item in notice.items
        if item.step not in _WITHOUT_DEADLINE and notice.send_on <= item.term.deadline
    ]


_BEGINS_WITH = "自己評価"
_WITHOUT_DEADLINE = frozenset({"thanks", "unreachable"})
