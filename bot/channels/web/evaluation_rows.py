"""The self-evaluations of a round as lines: whose each is, how far along, what became of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.evaluation.context import EvaluationContext
from bot.evaluation.open_work import EvaluationWork
from bot.identity.rights import Act, Granted
from bot.storage.entry import Entry, SignOffStep
from bot.wording.wording import say
from knowledge.roster.roster import Department

WEEKDAYS = "月火水木金土日"


class EvaluationStanding(StrEnum):
    """How far along one is."""

    OPEN = "open"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """As people see it: 未入力, 下書き, 提出済み ..."""
        return _LABELS[self]


_LABELS = {
    EvaluationStanding.OPEN: "未入力",
    EvaluationStanding.DRAFT: "下書き",
    **{EvaluationStanding(step.value): step.label for step in SignOffStep},
}

_WAITS_FOR = {
    EvaluationStanding.SUBMITTED: "head",
    EvaluationStanding.CONFIRMED: "secretariat",
}


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One subject. `details` say what else there is to know."""

    subject: str
    name: str
    standing: EvaluationStanding
    details: tuple[str, ...]
    entry: Entry | None
    has_draft: bool
    may_enter: bool

    @property
    def is_open(self) -> bool:
        return self.entry is None or self.entry.is_returned


@dataclass(frozen=True, slots=True)
class Group:
    """What one department leads."""

    department: Department
    rows: tuple[EvaluationRow, ...]

    @property
    def done(self) -> int:
        return sum(not row.is_open for row in self.rows)


def groups(context: EvaluationContext) -> tuple[Group, ...]:
    """What the person may see, by department; those first whose work they enter themselves."""
    found: dict[str, list[EvaluationRow]] = {}
    for work in context.work.values():
        if isinstance(context.may(Act.SEE, work), Granted):
            found.setdefault(work.department, []).append(row(context, work))
    named = [Group(context.asker.roster.department(one), tuple(rows)) for one, rows in found.items()]
    return tuple(sorted(named, key=lambda one: not any(row.may_enter for row in one.rows)))


def only(several: tuple[Group, ...], standing: EvaluationStanding) -> tuple[Group, ...]:
    """What stands so, in the departments that have any of it."""
    found = (replace(one, rows=tuple(row for row in one.rows if row.standing is standing)) for one in several)
    return tuple(one for one in found if one.rows)


def row(context: EvaluationContext, work: EvaluationWork) -> EvaluationRow:
    """How that work stands for this person."""
    entry, kept = context.entries.get(work.subject), context.drafts.get(work.subject)
    return EvaluationRow(
        work.subject,
        context.sheet(work).name,
        _standing(entry, kept is not None),
        tuple(_details(context, work, entry)),
        entry,
        kept is not None,
        isinstance(context.may(Act.ENTER, work), Granted),
    )


def day(one: date) -> str:
    """7月31日（月）."""
    return f"{one.month}月{one.day}日（{WEEKDAYS[one.weekday()]}）"


def moment(one: datetime) -> str:
    """7月31日 9:05."""
    return f"{one.month}月{one.day}日 {one.hour}:{one.minute:02}"


def _standing(entry: Entry | None, has_draft: bool) -> EvaluationStanding:
    if entry is not None:
        return EvaluationStanding(entry.sign_off.step.value)
    return EvaluationStanding.DRAFT if has_draft else EvaluationStanding.OPEN


def _details(context: EvaluationContext, work: EvaluationWork, entry: Entry | None) -> Iterator[str]:
    kept = context.drafts.get(work.subject)
    if entry is not None:
        standing = EvaluationStanding(entry.sign_off.step.value)
        yield say(
            "web/row/version",
            version=entry.version,
            at=moment(entry.sign_off.at),
            who=context.label(entry.sign_off.by),
        )
        if standing in _WAITS_FOR:
            yield say(f"web/waits_for/{_WAITS_FOR[standing]}")
        if entry.sign_off.reason:
            yield say("web/row/reason", reason=entry.sign_off.reason)
        if entry.is_late:
            yield say("web/row/late")
    if kept is not None:
        steps = context.sheet(work, kept.draft.follows).steps(kept.draft)
        answered = sum(step.key in kept.draft.answers for step in steps)
        yield say(
            "web/row/draft",
            answered=answered,
            of=len(steps),
            at=moment(kept.changed_at),
            who=context.label(kept.changed_by),
        )
        if kept.at_it not in (None, context.person.id):
            yield say("evaluation/waits/occupied", who=context.label(kept.at_it or ""))
