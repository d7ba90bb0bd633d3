"""What differs between two rosters, said so that an officer can check it before it is applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.plan.plan import Plan
from knowledge.roster.roster import (
    Days,
    Department,
    ItemIndicator,
    Person,
    Post,
    Responsibility,
    Roster,
    Subject,
)


class RosterChangeKind(StrEnum):
    """What became of something, as the city says it."""

    ADDED = "追加"
    REMOVED = "削除"
    RENAMED = "改称"
    MERGED = "統合"
    CLOSED = "廃止"
    REOPENED = "復活"
    CHANGED = "変更"


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One difference: `part` is the sheet it is in (課等, 職 ...), `before` and `after` are in Japanese.

    `is_personal` marks what tells of people: such lines are shown, and not kept for good.
    """

    kind: RosterChangeKind
    part: str
    what: str
    before: str = ""
    after: str = ""
    is_personal: bool = False

    def __str__(self) -> str:
        arrow = f"（{self.before or 'なし'} → {self.after or 'なし'}）" if self.before or self.after else ""
        return f"{self.part}の{self.kind}: {self.what}{arrow}"


def changes(before: Roster, after: Roster, plan: Plan) -> tuple[RosterChange, ...]:
    """From one roster to the other, in the order of a file's sheets; () when nothing differs."""
    return (
        *_of_bureaus(before, after),
        *_of_departments(before, after),
        *_of_persons(before, after),
        *_of_vacancies(before, after),
        *_of_responsibilities(before, after, plan),
        *_of_absences(before, after),
    )


def _of_bureaus(before: Roster, after: Roster) -> Iterator[RosterChange]:
    old, new = ({one.id: one.name for one in roster.bureaus} for roster in (before, after))
    for id in dict.fromkeys((*old, *new)):
        if id not in new:
            yield RosterChange(RosterChangeKind.REMOVED, "部", old[id])
        elif id not in old:
            yield RosterChange(RosterChangeKind.ADDED, "部", new[id])
        elif old[id] != new[id]:
            yield RosterChange(RosterChangeKind.RENAMED, "部", id, old[id], new[id])


def _of_departments(before: Roster, after: Roster) -> Iterator[RosterChange]:
    old = {one.id: one for one in before.departments}
    renamed = {one.merged_into for one in after.departments if _took_a_new_id(one, old, after)}
    for department in after.departments:
        known = old.get(department.id)
        if known is not None:
            yield from _of_department(known, department, before, after)
        elif department.is_current and department.id not in renamed:
            yield RosterChange(RosterChangeKind.ADDED, "課等", department.name)


def _of_department(old: Department, new: Department, before: Roster, after: Roster) -> Iterator[RosterChange]:
    if old.is_current and not new.is_current:
        yield _gone(new, before, after)
    elif new.is_current and not old.is_current:
        yield RosterChange(RosterChangeKind.REOPENED, "課等", new.name)
    elif old.merged_into != new.merged_into:
        yield _gone(new, before, after)
    if not new.is_current:
        return
    if old.name != new.name:
        yield RosterChange(RosterChangeKind.RENAMED, "課等", new.id, old.name, new.name)
    if old.bureau != new.bureau:
        yield RosterChange(
            RosterChangeKind.CHANGED, "課等", f"{new.name}の部", _bureau(old, before), _bureau(new, after)
        )
    if old.mailbox != new.mailbox:
        yield RosterChange(
            RosterChangeKind.CHANGED, "課等", f"{new.name}の共用メール", old.mailbox, new.mailbox
        )


def _gone(department: Department, before: Roster, after: Roster) -> RosterChange:
    if department.merged_into is None:
        return RosterChange(RosterChangeKind.CLOSED, "課等", department.name)
    successor = after.department(department.merged_into)
    if _took_a_new_id(department, {one.id: one for one in before.departments}, after):
        return RosterChange(RosterChangeKind.RENAMED, "課等", successor.id, department.name, successor.name)
    return RosterChange(RosterChangeKind.MERGED, "課等", department.id, department.name, successor.name)


def _took_a_new_id(department: Department, old: dict[str, Department], after: Roster) -> bool:
    """Whether a new id goes on with this department and no other: a new name, not a merger."""
    successor = department.merged_into
    if successor is None or successor in old:
        return False
    return sum(one.merged_into == successor for one in after.departments) == 1


def _bureau(department: Department, roster: Roster) -> str:
    return roster.bureau(department.bureau).name if department.bureau else ""


def _of_persons(before: Roster, after: Roster) -> Iterator[RosterChange]:
    for person in before.persons:
        if after.person(person.id) is None:
            yield RosterChange(RosterChangeKind.REMOVED, "人", _called(person), is_personal=True)
    for person in after.persons:
        old = before.person(person.id)
        if old is None:
            yield RosterChange(
                RosterChangeKind.ADDED, "人", _called(person), "", _posts(person, after), is_personal=True
            )
        else:
            yield from _of_person(old, person, before, after)


def _of_person(old: Person, new: Person, before: Roster, after: Roster) -> Iterator[RosterChange]:
    if old.name != new.name:
        yield RosterChange(
            RosterChangeKind.CHANGED, "人", f"{new.id}の氏名", old.name, new.name, is_personal=True
        )
    if _places_of(old, after) != _places_of(new, after):
        held = _posts(old, before), _posts(new, after)
        yield RosterChange(RosterChangeKind.CHANGED, "職", _called(new), *held, is_personal=True)
    reached = _addresses(old), _addresses(new)
    if reached[0] != reached[1]:
        yield RosterChange(RosterChangeKind.CHANGED, "宛先", _called(new), *reached, is_personal=True)


def _called(person: Person) -> str:
    return f"{person.id} {person.name}".strip()


def _posts(person: Person, roster: Roster) -> str:
    return "・".join(_post(post, roster) for post in person.posts)


def _places_of(person: Person, after: Roster) -> set[Post]:
    """The posts, those of a department under the id that goes on with it: its new name moves nobody."""
    return {
        replace(post, department=_continuing(post.department, after)) if post.department else post
        for post in person.posts
    }


def _continuing(department: str, after: Roster) -> str:
    try:
        return after.current(department).id
    except KeyError:
        return department


def _post(post: Post, roster: Roster) -> str:
    return roster.post_label(post) + _days(post.days)


def _addresses(person: Person) -> str:
    return "・".join(address.value for address in person.addresses)


def _of_vacancies(before: Roster, after: Roster) -> Iterator[RosterChange]:
    old = [_post(post, before) for post in before.vacancies]
    new = [_post(post, after) for post in after.vacancies]
    yield from (RosterChange(RosterChangeKind.REMOVED, "欠員", one) for one in old if one not in new)
    yield from (RosterChange(RosterChangeKind.ADDED, "欠員", one) for one in new if one not in old)


def _of_responsibilities(before: Roster, after: Roster, plan: Plan) -> Iterator[RosterChange]:
    old, new = _by_subject(before), _by_subject(after)
    codes = {initiative.id: initiative.code for initiative in plan.initiatives}
    for subject in dict.fromkeys((*old, *new)):
        was, becomes = old.get(subject, ()), new.get(subject, ())
        # Held by id: a department's new name, or its going on as another, hands nothing over.
        if _held(was, after) != _held(becomes, after):
            yield RosterChange(
                RosterChangeKind.CHANGED,
                "所管",
                _subject(subject, codes),
                _words(was, before),
                _words(becomes, after),
            )


def _by_subject(roster: Roster) -> dict[Subject, tuple[Responsibility, ...]]:
    found: dict[Subject, tuple[Responsibility, ...]] = {}
    for one in roster.responsibilities:
        found[one.subject] = (*found.get(one.subject, ()), one)
    return found


def _held(several: Iterable[Responsibility], after: Roster) -> set[tuple[str, bool, Days]]:
    return {(_continuing(one.department, after), one.leads, one.days) for one in several}


def _words(several: Iterable[Responsibility], roster: Roster) -> str:
    return "・".join(
        f"{roster.current(one.department).name}{'' if one.leads else '（副）'}{_days(one.days)}"
        for one in several
    )


def _subject(subject: Subject, codes: dict[str, str]) -> str:
    if isinstance(subject, ItemIndicator):
        return f"{subject.item} 指標「{subject.name}」"
    return codes.get(subject, subject)


def _of_absences(before: Roster, after: Roster) -> Iterator[RosterChange]:
    for kind, here, there in (
        (RosterChangeKind.REMOVED, before, after),
        (RosterChangeKind.ADDED, after, before),
    ):
        for absence in here.absences:
            if absence not in there.absences:
                yield RosterChange(kind, "不在", f"{absence.person}{_days(absence.days)}", is_personal=True)


def _days(days: Days) -> str:
    if days.first is not None and days.last is not None:
        return f"（{days.first}～{days.last}）"
    if days.first is not None:
        return f"（{days.first}から）"
    return f"（{days.last}まで）" if days.last is not None else ""
