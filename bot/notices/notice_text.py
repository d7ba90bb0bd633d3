"""Words the outbox messages: what is due to one recipient on one day, with buttons that begin it, put it off or decline it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby

from bot.message import Choice, Deadline, Reply
from bot.notices.context import ACTION
from bot.storage.work_records import PULSES
from bot.wording.wording import remind, say, weekday
from knowledge.roster.roster import Roster
from reminders.calendar import Audience, EndsWith
from reminders.due import Item, Notice
from reminders.steps import DIGEST
from reminders.storage.responses import Place

BEGIN = "evaluate"
RESPOND = "respond"
"""The action of the buttons by which a recipient puts a notice off or declines it."""

LATER, NOT_OURS = "later", "not_ours"
TOMORROW, NEXT_WEEK = "tomorrow", "next_week"

Digest = Callable[[Item, str], str]
"""The words of a digest for the person of that id."""

_MOST_CHOICES = 15
_FEW = 3
_MOST_PLACES = 15
_OWN_WORDS = frozenset({"opening", "the_day", "to_head", "to_director", "to_secretariat", "not_ours"})
_OF_SEVERAL = frozenset({"to_director", "to_secretariat", "unreachable"})
_ABOUT_OTHERS = frozenset(
    {"to_head", "to_director", "to_secretariat", "unreachable", "not_ours", "consult", "thanks", "digest"}
)
_BEGINS_WITH = "自己評価"


def reply_of(notice: Notice, roster: Roster, digest: Digest | None = None) -> Reply:
    """The outbox message as the channels show it. `digest` tells the recipient (by id) how things stand."""
    texts = [
        digest(items[0], notice.to.id)
        if digest is not None and items[0].step == DIGEST
        else text_of(items, roster, notice.send_on)
        for items in paragraphs(notice)
    ]
    return Reply(
        remind("letter", items=texts),
        heading=remind("heading", date=day_label(notice.send_on)),
        choices=(*tuple(_begin(notice))[:_MOST_CHOICES], *_respond(notice)),
        deadlines=tuple(_deadlines(notice)),
        kind="reminder",
        is_confidential=True,
    )


def text_of(items: Sequence[Item], roster: Roster, send_on: date) -> str:
    """What is said of things due that are alike in all but their departments."""
    first = items[0]
    text = remind(
        _template(first),
        round=first.term.year.label,
        phase=first.term.phase.name,
        deadline=day_label(first.term.deadline),
        before=day_label(first.term.moved.before) if first.term.moved else "",
        days_left=(first.term.deadline - send_on).days,
        department=department_label(first.department, roster),
        tasks=remind("tasks", tasks=first.tasks),
        places=[(department_label(one.department, roster), _codes(one)) for one in items[:_MOST_PLACES]],
        more=max(0, len(items) - _MOST_PLACES),
        said_by=first.said_by,
        is_entered=first.term.phase.ends_with_entries,
        is_secretariats=not first.department,
    )
    hint = first.term.phase.hint
    return f"{text}\n{hint}" if hint and not _is_about_others(first) else text


def department_label(department: str, roster: Roster) -> str:
    """The department's name; the secretariat's where there is none."""
    return roster.name_of(department) if department else say("notices/secretariat")


def day_label(day: date) -> str:
    """7月31日（月）."""
    return weekday(day)


def _template(item: Item) -> str:
    """The step's own words; before_14 and before_3 share theirs."""
    name = item.step.partition(" ")[0]
    return name if name in _OWN_WORDS else name.partition("_")[0]


def paragraphs(notice: Notice) -> list[list[Item]]:
    """What is alike for several departments stands together; everything else by itself."""

    def alike(item: Item) -> tuple[str, ...]:
        return item.key[:3] if item.step in _OF_SEVERAL else item.key

    return [list(items) for _, items in groupby(sorted(notice.items, key=_several_last), alike)]


def _several_last(item: Item) -> tuple[bool, tuple[str, ...]]:
    return item.step in _OF_SEVERAL, item.key[:3] if item.step in _OF_SEVERAL else ()


def _codes(item: Item) -> list[str]:
    return list(dict.fromkeys(task.code for task in item.tasks))


def own(notice: Notice) -> Iterator[Item]:
    """What the recipient's own department has to do; who is told of others' work has nothing to begin."""
    for item in notice.items:
        is_own = item.tasks and not _is_about_others(item)
        if is_own and item.term.phase.responsible is Audience.DEPARTMENT:
            yield item


def _begin(notice: Notice) -> Iterator[Choice]:
    """What begins, or ends, each thing that is due there and then."""
    for item in notice.items:
        if item.term.phase.responsible is Audience.SECRETARIAT and not _is_about_others(item):
            yield from _finish(item)
    for item in own(notice):
        yield from _beginown(item)


def _beginown(item: Item) -> Iterator[Choice]:
    place = (item.term.round, item.term.phase.id, item.department)
    match item.term.phase.ends_with:
        case EndsWith.ENTRIES:
            for task in item.tasks:
                value = f"begin:{item.term.round}:{task.subject}"
                yield Choice(say("notices/buttons/enter", code=task.code), value, BEGIN, style="primary")
        case EndsWith.PULSE if len(item.tasks) <= _FEW:
            for task in item.tasks:
                yield from pulse_buttons(place, task.subject, task.code)
        case EndsWith.PULSE:
            label = say("notices/buttons/answer_pulse", count=len(item.tasks))
            yield Choice(label, f"pulse:{':'.join(place)}", ACTION, style="primary")
        case EndsWith.PACKS_MADE | EndsWith.PACKS_OPENED:
            yield from _packs(item)
    yield from _finish(item)


def _packs(item: Item) -> Iterator[Choice]:
    """The pack to be looked at, or the list of several."""
    place = f"{item.term.round}:{item.term.phase.id}"
    verb = "make" if item.term.phase.ends_with is EndsWith.PACKS_MADE else "open"
    if len(item.tasks) == 1:
        task = item.tasks[0]
        label = say(f"notices/buttons/{verb}_pack", code=task.code)
        yield Choice(label, f"pack:{place}:{task.subject}", ACTION, style="primary")
    else:
        label = say(f"notices/buttons/{verb}_packs", count=len(item.tasks))
        yield Choice(label, f"packs:{place}:{item.department}", ACTION, style="primary")


def _finish(item: Item) -> Iterator[Choice]:
    """The word that ends what ends with it."""
    term = item.term
    if term.phase.ends_with is EndsWith.DONE:
        value = f"done:{term.round}:{term.phase.id}:{item.department}"
        yield Choice(
            say("notices/buttons/finish_phase", phase=term.phase.name.partition("（")[0]), value, ACTION
        )


def pulse_buttons(place: Place, subject: str, code: str = "") -> Iterator[Choice]:
    """The three answers on an initiative in a quarter; with its code where several stand together."""
    round, phase, _ = place
    for state in PULSES:
        yield Choice(f"{code} {state.label}".strip(), f"say:{round}:{phase}:{state}:{subject}", ACTION)


def _is_about_others(item: Item) -> bool:
    return item.step.partition(" ")[0] in _ABOUT_OTHERS


def _respond(notice: Notice) -> Iterator[Choice]:
    """The answers to the outbox message as a whole, with what it is about."""
    about = ",".join(
        dict.fromkeys(f"{one.term.round}:{one.term.phase.id}:{one.department}" for one in own(notice))
    )
    if about:
        yield Choice(say("notices/buttons/later_tomorrow"), f"{LATER};{TOMORROW};{about}", RESPOND)
        yield Choice(say("notices/buttons/later_next_week"), f"{LATER};{NEXT_WEEK};{about}", RESPOND)
        yield Choice(say("notices/buttons/not_ours"), f"{NOT_OURS};;{about}", RESPOND)


def _deadlines(notice: Notice) -> Iterator[Deadline]:
    """What the recipient has still to do, and by when; of a phase without entries there is nothing to begin."""
    for item in notice.items:
        if item.step.partition(" ")[0] not in _WITHOUT_DEADLINE and notice.send_on <= item.term.deadline:
            yield Deadline(
                f"{item.term.round}-{item.term.phase.id}-{item.department}",
                remind("deadline", round=item.term.year.label, phase=item.term.phase.name),
                item.term.deadline.isoformat(),
                remind("tasks", tasks=item.tasks),
                _BEGINS_WITH if item.term.phase.ends_with_entries else "",
                f"/evaluations?round={item.term.round}" if item.term.phase.ends_with_entries else "",
            )


_WITHOUT_DEADLINE = frozenset({"thanks", "unreachable", "not_ours", "consult", "digest"})
