"""Words the letters: what is due to one recipient on one day, with buttons that begin it, put it off or decline it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from bot.message import Choice, Deadline, Reply
from bot.wording import remind
from knowledge.roster import Roster
from reminders.calendar import Audience
from reminders.due import Item, Notice

BEGIN = "evaluate"
RESPOND = "respond"
"""The action of the buttons by which a recipient puts a notice off or declines it."""

LATER, NOT_OURS = "later", "not_ours"
TOMORROW, NEXT_WEEK = "tomorrow", "next_week"

_MOST_CHOICES = 10
_MOST_PLACES = 15
_WEEKDAYS = "月火水木金土日"
_OWN_WORDS = frozenset({"opening", "the_day", "to_head", "to_director", "to_secretariat", "not_ours"})
_OF_SEVERAL = frozenset({"to_director", "to_secretariat", "unreachable"})
_ABOUT_OTHERS = frozenset({"to_head", "to_director", "to_secretariat", "unreachable", "not_ours", "thanks"})
_BEGINS_WITH = "自己評価"


def reply_of(notice: Notice, roster: Roster) -> Reply:
    """The letter as the channels show it."""
    return Reply(
        remind("letter", items=[text_of(items, roster, notice.send_on) for items in paragraphs(notice)]),
        heading=remind("heading", date=day_label(notice.send_on)),
        choices=(*tuple(_begin(notice))[:_MOST_CHOICES], *_respond(notice)),
        deadlines=tuple(_deadlines(notice)),
        kind="reminder",
        is_confidential=True,
    )


def text_of(items: Sequence[Item], roster: Roster, send_on: date) -> str:
    """What is said of things due that are alike in all but their departments."""
    first = items[0]
    return remind(
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
    )


def department_label(department: str, roster: Roster) -> str:
    """The department's name; the secretariat's where there is none."""
    return roster.name_of(department) if department else "事務局"


def day_label(day: date) -> str:
    """7月31日（月）."""
    return f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


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
        is_own = item.tasks and item.step.partition(" ")[0] not in _ABOUT_OTHERS
        if is_own and item.term.phase.responsible is Audience.DEPARTMENT:
            yield item


def _begin(notice: Notice) -> Iterator[Choice]:
    for item in own(notice):
        if item.term.phase.ends_with_entries:
            for task in item.tasks:
                value = f"begin:{item.term.round}:{task.subject}"
                yield Choice(f"{task.code}を入力する", value, BEGIN, style="primary")


def _respond(notice: Notice) -> Iterator[Choice]:
    """The answers to the letter as a whole, with what it is about."""
    about = ",".join(
        dict.fromkeys(f"{one.term.round}:{one.term.phase.id}:{one.department}" for one in own(notice))
    )
    if about:
        yield Choice("あとで（明日）", f"{LATER};{TOMORROW};{about}", RESPOND)
        yield Choice("あとで（来週）", f"{LATER};{NEXT_WEEK};{about}", RESPOND)
        yield Choice("担当が違います", f"{NOT_OURS};;{about}", RESPOND)


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


_WITHOUT_DEADLINE = frozenset({"thanks", "unreachable", "not_ours", "digest"})
