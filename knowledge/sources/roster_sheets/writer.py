"""A roster as sheets: what reading gives back, and columns for people beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.plan.plan import Plan
from knowledge.roster.roster import Days, Department, Person, Post, Roster
from knowledge.sources.roster_sheets.headers import (
    ABSENCES,
    ADDRESSES,
    BUREAUS,
    CHANNELS,
    DEPARTMENTS,
    GONE,
    HEADERS,
    LEADING,
    PERSONS,
    POSTS,
    RESPONSIBILITIES,
    TAKING_PART,
)
from knowledge.sources.sheets import Sheet
from knowledge.sources.table_rows import FOR_REFERENCE

Row = tuple[str, ...]

_CHANNEL_LABELS = {channel: label for label, channel in CHANNELS.items()}


def sheets_of(roster: Roster, plan: Plan) -> tuple[Sheet, ...]:
    """The roster's sheets; codes are those of `plan`, and an initiative that it lacks keeps its id."""
    return (
        _sheet(BUREAUS, ((one.id, one.name) for one in roster.bureaus)),
        _sheet(DEPARTMENTS, (_department(one, roster) for one in roster.departments)),
        _sheet(PERSONS, ((one.id, one.name) for one in roster.persons)),
        _sheet(POSTS, _posts(roster), "所属名"),
        _sheet(ADDRESSES, _addresses(roster.persons)),
        _sheet(RESPONSIBILITIES, _responsibilities(roster, plan), "取組名", "課名"),
        _sheet(ABSENCES, ((one.person, *_days(one.days)) for one in roster.absences)),
    )


def _sheet(name: str, rows: Iterable[Row], *for_reference: str) -> Sheet:
    header = (*HEADERS[name], *(f"{FOR_REFERENCE}{one}" for one in for_reference))
    return Sheet(name, (header, *rows))


def _department(department: Department, roster: Roster) -> Row:
    predecessors = (one.id for one in roster.departments if one.merged_into == department.id)
    return (
        department.id,
        department.name,
        department.bureau or "",
        department.mailbox,
        "、".join(department.former_names),
        "、".join(predecessors),
        "" if department.is_current else GONE,
    )


def _posts(roster: Roster) -> Iterator[Row]:
    held = [(person.id, post) for person in roster.persons for post in person.posts]
    for person, post in (*held, *(("", post) for post in roster.vacancies)):
        yield (post.kind.label, _place(post), person, *_days(post.days), _place_name(post, roster))


def _place(post: Post) -> str:
    return post.department or post.bureau or ""


def _place_name(post: Post, roster: Roster) -> str:
    if post.department is not None:
        return roster.department(post.department).name
    return roster.bureau(post.bureau).name if post.bureau is not None else "市全体"


def _addresses(persons: Iterable[Person]) -> Iterator[Row]:
    for person in persons:
        for address in person.addresses:
            yield person.id, _CHANNEL_LABELS[address.channel], address.value


def _responsibilities(roster: Roster, plan: Plan) -> Iterator[Row]:
    initiatives = {initiative.id: initiative for initiative in plan.initiatives}
    for one in roster.responsibilities:
        department = roster.current(one.department)
        rest = (department.id, LEADING if one.leads else TAKING_PART, *_days(one.days))
        if isinstance(one.subject, str):
            initiative = initiatives.get(one.subject)
            code, title = (initiative.code, initiative.title) if initiative else (one.subject, "")
            yield (code, "", *rest, title, department.name)
        else:
            yield (one.subject.item, one.subject.name, *rest, "", department.name)


def _days(days: Days) -> tuple[str, str]:
    return (
        days.first.isoformat() if days.first else "",
        days.last.isoformat() if days.last else "",
    )
