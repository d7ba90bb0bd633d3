"""What must hold of every outbox message of a run, told from outside the code that sends them: each check gives its breaches."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from reminders.calendar import Audience, EndsWith, PhaseTerm
from reminders.moment import TOKYO
from tests.simulation.life import TERMS, Arrived, Life
from tests.simulation.people import NAMES, OFFICE, REFUSING, SILENT, TASKS, department_of, done_on, roster_on

CAP = 7
"""So often one recipient may be told of one phase of a round: opening, two before, the day, three after."""

Check = Callable[[Life], Iterator[str]]
ASKING = ("opening", "before", "the_day", "after")


def outside_hours(life: Life) -> Iterator[str]:
    """None leaves on a closed day or outside the office's hours."""
    for moment, notice in life.letters:
        if not OFFICE.is_open(moment.astimezone(TOKYO)):
            yield f"{moment} {notice.to.id}"


def after_it_was_done(life: Life) -> Iterator[str]:
    """None asks for what had been done by that morning."""
    for one in life.arrived:
        for task in one.item.tasks:
            on = done_on(task.subject, one.item.term)
            if on is not None and on <= one.day and one.item.term.phase.ends_with is not EndsWith.DATE:
                yield f"{_named(one)} {task.code}"


def twice(life: Life) -> Iterator[str]:
    """One outbox message a recipient and day, and nothing is ever said to one twice."""
    letters = Counter((moment.date(), notice.to.id) for moment, notice in life.letters)
    yield from (f"{day} {who}: {times} letters" for (day, who), times in letters.items() if times > 1)
    said = Counter((one.to, one.item.key) for one in life.arrived)
    yield from (f"{who} {key}" for (who, key), times in said.items() if times > 1)


def missing(life: Life) -> Iterator[str]:
    """Whoever still has something to do is told on each day that the calendar names for it."""
    heard = {
        (one.day, one.item.term.round, one.item.term.phase.id, one.item.department) for one in life.arrived
    }
    for term in TERMS:
        if term.phase.responsible is not Audience.DEPARTMENT or term.phase.ends_with is EndsWith.DATE:
            continue
        for day in _days_named(term):
            for place in sorted(_owing(term, day)):
                is_lived = life.first < day <= life.last
                if is_lived and (day, term.round, term.phase.id, place) not in heard:
                    yield f"{day} {term.round} {term.phase.id} {NAMES[place]}"


def out_of_order(life: Life) -> Iterator[str]:
    """First those who have the work, then the head, and only then the director and the secretariat; each once."""
    levels = {"to_head": 1, "to_director": 2, "to_secretariat": 2}
    by_work: dict[tuple[str, str, str], list[Arrived]] = {}
    for one in life.arrived:
        by_work.setdefault((one.item.term.round, one.item.term.phase.id, one.item.department), []).append(one)
    for key, several in by_work.items():
        found = [
            levels.get(one.item.step, 0) for one in several if _is_asking(one) or one.item.step in levels
        ]
        if found != sorted(found):
            yield f"{key}: {found}"
        steps = Counter(one.item.step for one in several if one.item.step in levels)
        yield from (f"{key}: {step} {times} times" for step, times in steps.items() if times > 1)


def above_the_cap(life: Life) -> Iterator[str]:
    """Nobody is told of one phase of a round more often than that."""
    counted = Counter(
        (one.to, one.item.term.round, one.item.term.phase.id) for one in life.arrived if _is_own(one)
    )
    yield from (f"{key}: {times}" for key, times in counted.items() if times > CAP)


def to_somebody_else(life: Life) -> Iterator[str]:
    """Nobody is written to who holds no post that day; of the silent department nobody once it is gone."""
    for moment, notice in life.letters:
        person = roster_on(moment.date()).person(notice.to.id)
        if person is None or not person.posts:
            yield f"{moment:%Y-%m-%d} {notice.to.id}"


CHECKS: dict[str, Check] = {
    "閉庁日・時間外に送ったもの": outside_hours,
    "済んだ後に求めたもの": after_it_was_done,
    "二度言ったもの・一日に二通": twice,
    "言うべき日に言わなかったもの": missing,
    "段階の順の乱れ": out_of_order,
    "一人あたりの上限を超えたもの": above_the_cap,
    "その日に職のない人へのもの": to_somebody_else,
}


def _days_named(term: PhaseTerm) -> Sequence[date]:
    """The days of the phase's own steps, reckoned from the calendar's words."""
    before = [
        OFFICE.working_day(term.deadline - timedelta(days=days), "before") for days in term.phase.before
    ]
    after = [OFFICE.working_days_after(term.deadline, count) for count in term.phase.after]
    return [term.opens, *(day for day in before if term.opens < day), term.deadline, *after]


def _owing(term: PhaseTerm, day: date) -> set[str]:
    given = {name: done_on(name, term) for name in TASKS}
    return {department_of(name, day) for name, on in given.items() if on is None or day < on}


def _is_asking(one: Arrived) -> bool:
    return one.item.step.startswith(ASKING)


def _is_own(one: Arrived) -> bool:
    """Not where somebody stands in for one whose address refuses."""
    return not any(one.day in days for days in REFUSING.values()) or one.item.department != department_of(
        SILENT, one.day
    )


def _named(one: Arrived) -> str:
    return f"{one.day} {one.to} {one.item.term.round} {one.item.term.phase.id} {one.item.step}"
