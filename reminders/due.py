"""What should by now have been said, and to whom: a pure function of calendar, roster, open work and the moment.

Whether it has been said is not asked here; `notices` knows that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from knowledge.fiscal_year import FiscalYear
from knowledge.roster import DELIVERING, OF_A_DEPARTMENT, Address, Channel, Person, PostKind, Roster
from reminders.calendar import Audience, Calendar, Office, Term
from reminders.moment import TOKYO

WORTH_SAYING = 5
"""Working days for which a step may still be said when it could not be said on its own day."""

OPENING, THE_DAY, THANKS, UNREACHABLE, RETURNED = "opening", "the_day", "thanks", "unreachable", "returned"

_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: `subject` is what its entry is filed under, `code` what people call it.

    `returned_version` and `returned_at` say which version of the entry was sent back, and when.
    """

    subject: str
    code: str
    title: str
    returned_version: int | None = None
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What a department (by id) still owes in a phase of a round; "" is the secretariat, which owes the phase.

    Without tasks it is complete; `completed_at` says since when, where that is known.
    """

    round: str
    phase: str
    department: str
    tasks: tuple[Task, ...] = ()
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who is written to: a person's id, or mailbox:DEPARTMENT. Without addresses nobody can be."""

    id: str
    label: str
    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said. `occasion` is the deadline's date, 'returned vN' or 'complete': another one is said anew."""

    term: Term
    step: str
    occasion: str
    department: str
    tasks: tuple[Task, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Round, phase, step, department and occasion: with the recipient, what is said once."""
        return (self.term.round, self.term.phase.id, self.step, self.department, self.occasion)


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything that one recipient is told on one day, the most urgent first."""

    send_on: date
    to: Addressee
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a term: said from `day` on, until the next of the same audience takes its place."""

    name: str
    to: Audience
    day: date


def notices_due(
    calendar: Calendar,
    roster: Roster,
    open_work: Iterable[OpenWork],
    started_at: datetime | None,
    now: datetime,
    by: Collection[Channel] = DELIVERING,
) -> tuple[Notice, ...]:
    """What should by `now` have been said and is still worth saying; nothing outside the office's hours.

    `roster` is that of the day. Nothing that was due before `started_at` is said, nothing at all without it.
    `by` are the channels that letters can leave by; who has no address there is passed over for the next.
    """
    if started_at is None or not calendar.office.is_open(now):
        return ()
    today = now.astimezone(TOKYO).date()
    told: dict[Addressee, list[Item]] = {}
    phases = {phase.id: phase for phase in calendar.phases}
    people = _People(roster, frozenset(by))
    for work in open_work:
        term = calendar.term(phases[work.phase], FiscalYear.from_short(work.round))
        for audience, item in _items(calendar.office, people, term, work, started_at, today):
            for addressee in people.of(audience, work.department):
                told.setdefault(addressee, []).append(item)
    return tuple(Notice(today, to, tuple(sorted(items, key=_urgency))) for to, items in told.items())


@lru_cache(maxsize=1024)
def steps_of(office: Office, term: Term) -> tuple[Step, ...]:
    """Every step of a term by its deadline, in order; those before the opening are left out."""
    audience = term.phase.responsible
    found = [Step(OPENING, audience, term.opens)]
    for days in sorted(term.phase.before, reverse=True):
        day = office.working_day(term.deadline - timedelta(days=days), "before")
        if term.opens < day < term.deadline:
            found.append(Step(f"before_{days}", audience, day))
    if term.deadline > term.opens:
        found.append(Step(THE_DAY, audience, term.deadline))
    for count in sorted(term.phase.after):
        found.append(Step(f"after_{count}", audience, office.working_days_after(term.deadline, count)))
    for one in term.phase.escalation:
        found.append(Step(f"to_{one.to}", one.to, office.working_days_after(term.deadline, one.after)))
    return tuple(found)


def _items(
    office: Office, people: _People, term: Term, work: OpenWork, started_at: datetime, today: date
) -> Iterator[tuple[Audience, Item]]:
    responsible = term.phase.responsible
    for step in _latest(steps_of(office, term), today):
        tasks = _tasks_at(term, work, today)
        is_open = bool(tasks) or responsible is Audience.SECRETARIAT
        is_late = step.day <= term.deadline < today
        if is_open and not is_late and _is_sayable(office, step.day, started_at, today):
            yield step.to, Item(term, step.name, term.deadline.isoformat(), work.department, tasks)
    for task in work.tasks:
        if task.returned_at and _has_come(office, task.returned_at, started_at, today):
            occasion = f"returned v{task.returned_version}"
            yield responsible, Item(term, f"{RETURNED} {task.code}", occasion, work.department, (task,))
    if not work.tasks and work.completed_at and _has_come(office, work.completed_at, started_at, today):
        yield responsible, Item(term, THANKS, "complete", work.department)
    if responsible is Audience.DEPARTMENT and work.tasks:
        warned = office.working_day(term.opens - _A_WEEK, "before")
        is_before = warned <= today < term.opens and _is_sayable(office, warned, started_at, today)
        if is_before and not people.reaches(work.department):
            yield Audience.SECRETARIAT, Item(term, UNREACHABLE, term.opens.isoformat(), work.department)


def _latest(steps: Sequence[Step], today: date) -> Iterator[Step]:
    """Of each audience the last step that has come."""
    by_audience = {step.to: step for step in sorted(steps, key=lambda step: step.day) if step.day <= today}
    return iter(by_audience.values())


def _tasks_at(term: Term, work: OpenWork, today: date) -> tuple[Task, ...]:
    """What the deadline asks for: what was in time and sent back later is asked for by its own notice alone."""
    return tuple(task for task in work.tasks if task.returned_at is None or today <= term.deadline)


def _is_sayable(office: Office, day: date, started_at: datetime, today: date) -> bool:
    return office.opening_of(day) >= started_at and today <= office.working_days_after(day, WORTH_SAYING)


def _has_come(office: Office, moment: datetime, started_at: datetime, today: date) -> bool:
    """Whether something that happened at `moment` is to be told of today, or was so a few days ago."""
    day = office.working_day(moment.astimezone(TOKYO).date(), "after")
    return moment >= started_at and day <= today <= office.working_days_after(day, WORTH_SAYING)


def _urgency(item: Item) -> tuple[bool, date, str, str, str]:
    return (item.step == THANKS, item.term.deadline, item.term.phase.id, item.department, item.step)


class _People:
    """Whom the roster of one day has for each audience, those first who can be reached."""

    def __init__(self, roster: Roster, by: frozenset[Channel]) -> None:
        self._roster = roster
        self._by = by
        self._found: dict[tuple[Audience, str], tuple[Addressee, ...]] = {}

    def of(self, audience: Audience, department: str) -> tuple[Addressee, ...]:
        key = (audience, "" if audience is Audience.SECRETARIAT else department)
        if key not in self._found:
            self._found[key] = self._looked_up(audience, department)
        return self._found[key]

    def reaches(self, department: str) -> bool:
        return self._roster.reachable(department, self._by)

    def _looked_up(self, audience: Audience, department: str) -> tuple[Addressee, ...]:
        if audience is Audience.SECRETARIAT:
            return self._chosen([self._roster.holders(PostKind.SECRETARIAT)])
        place = self._roster.department(department)
        if audience is Audience.DIRECTOR:
            return self._chosen(
                [self._roster.holders(PostKind.DIRECTOR, place.bureau)] if place.bureau else []
            )
        kinds = OF_A_DEPARTMENT if audience is Audience.DEPARTMENT else (PostKind.HEAD, PostKind.DEPUTY_HEAD)
        return self._chosen([self._roster.holders(kind, department) for kind in kinds], department)

    def _chosen(self, posts: Sequence[Sequence[Person]], department: str = "") -> tuple[Addressee, ...]:
        """The holders of the first post in which anybody is there and can be reached, else the mailbox."""
        present = [[one for one in holders if not self._roster.is_absent(one.id)] for holders in posts]
        for holders in present:
            reached = [one for one in holders if one.is_reached_by(self._by)]
            if reached:
                return tuple(map(self._addressee, reached))
        place = self._roster.department(department) if department else None
        if place and place.mailbox and Channel.MAIL in self._by:
            mailbox = Address(Channel.MAIL, place.mailbox)
            return (Addressee(f"mailbox:{department}", place.name, (mailbox,)),)
        nobody_reached = next((holders for holders in (*present, *posts) if holders), ())
        return tuple(map(self._addressee, nobody_reached))

    def _addressee(self, person: Person) -> Addressee:
        usable = tuple(address for address in person.addresses if address.channel in self._by)
        return Addressee(person.id, self._roster.label(person), usable)
