"""What should by now have been said, and to whom: a pure function of calendar, roster, open work and the moment.

Whether it has been said is not asked here; `notices` knows that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.plan.fiscal_year import FiscalYear
from knowledge.roster.roster import DELIVERING, Channel, Roster
from reminders.addressees import Addressee, Addressees
from reminders.calendar import Audience, Calendar, Office, PhaseTerm
from reminders.moment import TOKYO
from reminders.steps import (
    AGAIN,
    DIGEST,
    LATER,
    RETURNED,
    THANKS,
    UNREACHABLE,
    NoticeStep,
    digest_of,
    latest,
    steps_of,
)
from reminders.work import OpenWork, Postponed, Task

WORTH_SAYING = 5
"""Working days for which a step may still be said when it could not be said on its own day."""

_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said. `occasion` is the deadline's date, 'returned vN', 'again #n' ...: another one is said anew.

    `said_by` is whose word it passes on.
    """

    term: PhaseTerm
    step: str
    occasion: str
    department: str
    tasks: tuple[Task, ...] = ()
    said_by: str = ""

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
    `by` are the channels that outbox messages can leave by; who has no address there is passed over for the next.
    """
    if started_at is None or not calendar.office.is_open(now):
        return ()
    day = _Day(calendar, Addressees(roster, frozenset(by)), started_at, now.astimezone(TOKYO).date())
    told: dict[Addressee, list[Item]] = {}
    for addressee, item in day.told(tuple(open_work)):
        told.setdefault(addressee, []).append(item)
    return tuple(Notice(day.today, to, tuple(sorted(items, key=_urgency))) for to, items in told.items())


Told = Iterator[tuple[Addressee, Item]]


@dataclass(frozen=True, slots=True)
class _Day:
    """What is said on one day, by all that it depends on but the work."""

    calendar: Calendar
    people: Addressees
    started_at: datetime
    today: date

    @property
    def office(self) -> Office:
        return self.calendar.office

    def told(self, open_work: tuple[OpenWork, ...]) -> Told:
        terms = {}
        for work in open_work:
            phase = self.calendar.phase(work.phase)
            if phase is not None:
                term = self.calendar.term(phase, FiscalYear.from_short(work.round))
                terms[work.round, work.phase] = term
                yield from self._asked(term, work)
                yield from self._returned(term, work)
                yield from self._thanked(term, work)
                yield from self._reported(term, work)
        departments = tuple(dict.fromkeys(work.department for work in open_work if work.department))
        for term in terms.values():
            yield from self._digests(term, departments)

    def _asked(self, term: PhaseTerm, work: OpenWork) -> Told:
        """The steps of the deadline, of each addressee the last that has come."""
        if not work.is_open:
            return
        steps = (*steps_of(self.office, term), *self._asked_again(term, work))
        for audience in {step.to: None for step in steps if step.day <= self.today}:
            own = [step for step in steps if step.to is audience]
            for to in self.people.of(audience, work.department):
                step = self._step(term, work, own, to)
                tasks = _tasks_at(term, work, step, self.today) if step else ()
                if step and (tasks or not work.department) and self._is_sayable(term, step):
                    yield to, Item(term, step.name, step.occasion, work.department, tasks)

    def _asked_again(self, term: PhaseTerm, work: OpenWork) -> Iterator[NoticeStep]:
        for one in work.asked_again:
            day = self._saying(AGAIN, _day_of(one.at))
            yield NoticeStep(AGAIN, term.phase.responsible, day, f"again #{one.number}", one.at)

    def _step(
        self, term: PhaseTerm, work: OpenWork, steps: list[NoticeStep], to: Addressee
    ) -> NoticeStep | None:
        """The addressee's latest step; none while they wait for a later day."""
        postponed = _postponed(work, to) if steps[0].to is term.phase.responsible else None
        if postponed is None:
            return latest(steps, self.today)
        day = self._saying(LATER, postponed.until)
        later = NoticeStep(LATER, steps[0].to, day, f"later {postponed.until}", postponed.at)
        return latest([*steps, later], self.today) if day <= self.today else None

    def _is_sayable(self, term: PhaseTerm, step: NoticeStep) -> bool:
        """Within its time; what leads up to a deadline is not said once that is over."""
        is_over = step.occasion == term.deadline.isoformat() and step.day <= term.deadline < self.today
        return not is_over and self._is_fresh(step)

    def _returned(self, term: PhaseTerm, work: OpenWork) -> Told:
        for task in work.tasks:
            if task.returned_at is None or not self._happened(RETURNED, task.returned_at):
                continue
            occasion = f"returned v{task.returned_version}"
            item = Item(term, f"{RETURNED} {task.code}", occasion, work.department, (task,))
            for to in self.people.of(term.phase.responsible, work.department):
                postponed = _postponed(work, to)
                if postponed is None or (task.returned_at > postponed.at and postponed.until <= self.today):
                    yield to, item

    def _thanked(self, term: PhaseTerm, work: OpenWork) -> Told:
        is_thanked = term.phase.ends_with_entries and not work.tasks and work.completed_at is not None
        if is_thanked and work.completed_at and self._happened(THANKS, work.completed_at):
            for to in self.people.of(term.phase.responsible, work.department):
                yield to, Item(term, THANKS, "complete", work.department)

    def _reported(self, term: PhaseTerm, work: OpenWork) -> Told:
        """What the secretariat hears of a department: that nobody there is reached, and what was said there."""
        items = [
            Item(term, f"{one.kind} {one.number}", f"said #{one.number}", work.department, one.tasks, one.by)
            for one in work.words
            if self._happened(one.kind, one.at)
        ]
        if self._is_unreachable(term, work):
            items.append(Item(term, UNREACHABLE, term.opens.isoformat(), work.department))
        for item in items:
            for to in self.people.of(Audience.SECRETARIAT, ""):
                yield to, item

    def _is_unreachable(self, term: PhaseTerm, work: OpenWork) -> bool:
        """Whether nobody of those who have to do something is reached: known before the opening, or at a step."""
        if term.phase.responsible is not Audience.DEPARTMENT or not work.tasks:
            return False
        if self.people.reaches(work.department):
            return False
        if self.today < term.opens:
            day = self._saying(UNREACHABLE, self.office.working_day(term.opens - _A_WEEK, "before"))
            return self._is_fresh(
                NoticeStep(UNREACHABLE, Audience.SECRETARIAT, day, "", self.office.opening_of(day))
            )
        own = [step for step in steps_of(self.office, term) if step.to is term.phase.responsible]
        step = latest(own, self.today)
        return step is not None and self._is_sayable(term, step)

    def _digests(self, term: PhaseTerm, departments: tuple[str, ...]) -> Told:
        """To whoever manages the city, and to the directors of departments that owe anything in the year."""
        step = digest_of(self.office, term)
        if step is None or not self._is_fresh(step):
            return
        directors = [one for each in departments for one in self.people.of(Audience.DIRECTOR, each)]
        for to in dict.fromkeys((*self.people.of(Audience.MANAGER, ""), *directors)):
            if to.addresses:
                yield to, Item(term, step.name, step.occasion, "")

    def _happened(self, step: str, at: datetime) -> bool:
        """Whether something that happened at that moment is to be told of today, or was so a few days ago."""
        return self._is_fresh(NoticeStep(step, Audience.DEPARTMENT, self._saying(step, _day_of(at)), "", at))

    def _is_fresh(self, step: NoticeStep) -> bool:
        return (
            step.since >= self.started_at
            and step.day <= self.today <= self.office.working_days_after(step.day, WORTH_SAYING)
            and self.office.may_say(step.name, self.today)
        )

    def _saying(self, step: str, day: date) -> date:
        return self.office.saying_day(step, self.office.working_day(day, "after"))


def _tasks_at(term: PhaseTerm, work: OpenWork, step: NoticeStep, today: date) -> tuple[Task, ...]:
    """What the step asks for: what came in time and was sent back later is asked for by its own notice."""
    if step.name in (AGAIN, LATER):
        return work.tasks
    return tuple(task for task in work.tasks if task.returned_at is None or today <= term.deadline)


def _postponed(work: OpenWork, to: Addressee) -> Postponed | None:
    """What the addressee asked for last."""
    own = [one for one in work.postponed if one.recipient == to.id]
    return max(own, key=lambda one: one.at, default=None)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(TOKYO).date()


def _urgency(item: Item) -> tuple[bool, date, str, str, str]:
    return (item.step in (THANKS, DIGEST), item.term.deadline, item.term.phase.id, item.department, item.step)
