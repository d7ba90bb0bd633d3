"""The rosters that were imported, each whole and never changed, and which of them is in force on a day.

The only module that speaks of the tables of rosters (`roster_tables` makes them).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from knowledge.roster.roster import (
    Absence,
    Address,
    Bureau,
    Channel,
    Days,
    Department,
    ItemIndicator,
    Person,
    Post,
    PostKind,
    Responsibility,
    Roster,
)
from reminders.moment import read, written

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Import:
    """One import: when, by whom (a person's id, or the command line), from which file, from which day on."""

    number: int
    imported_at: datetime
    imported_by: str
    source: str
    effective: date
    is_sample: bool


def is_prepared(database: Database) -> bool:
    """Whether the table of rosters is there: not in a database of an earlier time."""
    return database["rosters"].exists()


def keep(database: Database, roster: Roster, *, effective: date, source: str, by: str, now: datetime) -> int:
    """Add a roster that is in force from `effective` on; gives its number. The ones before it stay."""
    cursor = database.execute(
        """
        INSERT INTO rosters (imported_at, imported_by, source, effective, is_sample) VALUES (?, ?, ?, ?, ?)
        """,
        [written(now), by, source, effective.isoformat(), int(roster.is_sample)],
    )
    number = int(cursor.lastrowid or 0)
    for table, rows in _rows(roster):
        _insert(database, table, number, rows)
    return number


def in_force(database: Database, day: date) -> Import | None:
    """The import whose roster is in force on that day, None while there is none.

    Of those effective by then it is the latest; of several effective from one day the last that came in.
    """
    rows = database.query(
        "SELECT * FROM rosters WHERE effective <= ? ORDER BY effective DESC, number DESC LIMIT 1",
        [day.isoformat()],
    )
    return next(map(_import, rows), None)


def imports(database: Database) -> tuple[Import, ...]:
    """Every import, in the order in which they came in."""
    return tuple(map(_import, database.query("SELECT * FROM rosters ORDER BY number")))


def roster(database: Database, number: int) -> Roster:
    """The roster of that import, with all its days; KeyError when there is none."""
    about = next(iter(database.query("SELECT is_sample FROM rosters WHERE number = ?", [number])), None)
    if about is None:
        raise KeyError(number)
    posts = [(row["person"], _post(row)) for row in _read(database, "roster_posts", number)]
    return Roster(
        tuple(Bureau(row["id"], row["name"]) for row in _read(database, "roster_bureaus", number)),
        tuple(map(_department, _read(database, "roster_departments", number))),
        tuple(_persons(database, number, posts)),
        tuple(map(_responsibility, _read(database, "roster_responsibilities", number))),
        tuple(post for person, post in posts if person is None),
        tuple(Absence(row["person"], _days(row)) for row in _read(database, "roster_absences", number)),
        bool(about["is_sample"]),
    )


def _insert(database: Database, table: str, number: int, rows: Iterable[dict[str, Any]]) -> None:
    for position, row in enumerate(rows):
        columns = {"roster": number, "position": position, **row}
        names, places = ", ".join(columns), ", ".join("?" * len(columns))
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(columns.values()))


def _rows(roster: Roster) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    """Each table's rows, tables that others refer to first."""
    yield "roster_bureaus", ({"id": one.id, "name": one.name} for one in roster.bureaus)
    yield "roster_departments", map(_department_row, roster.departments)
    yield "roster_persons", ({"id": one.id, "name": one.name} for one in roster.persons)
    yield "roster_posts", _post_rows(roster)
    yield "roster_addresses", _address_rows(roster)
    yield "roster_responsibilities", map(_responsibility_row, roster.responsibilities)
    yield "roster_absences", ({"person": one.person, **_day_columns(one.days)} for one in roster.absences)


def _department_row(department: Department) -> dict[str, Any]:
    return {
        "id": department.id,
        "name": department.name,
        "bureau": department.bureau,
        "mailbox": department.mailbox,
        "former_names": json.dumps(department.former_names, ensure_ascii=False),
        "merged_into": department.merged_into,
        "is_closed": int(department.is_closed),
    }


def _post_rows(roster: Roster) -> Iterator[dict[str, Any]]:
    held = [(person.id, post) for person in roster.persons for post in person.posts]
    for person, post in (*held, *((None, post) for post in roster.vacancies)):
        yield {
            "kind": post.kind.value,
            "department": post.department,
            "bureau": post.bureau,
            "person": person,
            **_day_columns(post.days),
        }


def _address_rows(roster: Roster) -> Iterator[dict[str, Any]]:
    for person in roster.persons:
        for address in person.addresses:
            channel, key = address.key
            yield {"person": person.id, "channel": channel.value, "value": address.value, "key": key}


def _responsibility_row(responsibility: Responsibility) -> dict[str, Any]:
    subject = responsibility.subject
    indicator = subject if isinstance(subject, ItemIndicator) else None
    return {
        "department": responsibility.department,
        "initiative": None if isinstance(subject, ItemIndicator) else subject,
        "item": indicator.item if indicator else None,
        "indicator": indicator.name if indicator else None,
        "leads": int(responsibility.leads),
        **_day_columns(responsibility.days),
    }


def _day_columns(days: Days) -> dict[str, str | None]:
    return {
        "first_day": days.first.isoformat() if days.first else None,
        "last_day": days.last.isoformat() if days.last else None,
    }


def _read(database: Database, table: str, number: int) -> Iterable[dict[str, Any]]:
    return database.query(f"SELECT * FROM {table} WHERE roster = ? ORDER BY position", [number])


def _import(row: dict[str, Any]) -> Import:
    return Import(
        row["number"],
        read(row["imported_at"]),
        row["imported_by"],
        row["source"],
        date.fromisoformat(row["effective"]),
        bool(row["is_sample"]),
    )


def _department(row: dict[str, Any]) -> Department:
    return Department(
        row["id"],
        row["name"],
        row["bureau"],
        row["mailbox"],
        tuple(json.loads(row["former_names"])),
        row["merged_into"],
        bool(row["is_closed"]),
    )


def _persons(database: Database, number: int, posts: list[tuple[str | None, Post]]) -> Iterator[Person]:
    held: dict[str | None, list[Post]] = defaultdict(list)
    for person, post in posts:
        held[person].append(post)
    reached: dict[str, list[Address]] = defaultdict(list)
    for row in _read(database, "roster_addresses", number):
        reached[row["person"]].append(Address(Channel(row["channel"]), row["value"]))
    for row in _read(database, "roster_persons", number):
        yield Person(row["id"], row["name"], tuple(held[row["id"]]), tuple(reached[row["id"]]))


def _post(row: dict[str, Any]) -> Post:
    return Post(PostKind(row["kind"]), row["department"], row["bureau"], _days(row))


def _responsibility(row: dict[str, Any]) -> Responsibility:
    subject = row["initiative"] or ItemIndicator(row["item"], row["indicator"])
    return Responsibility(row["department"], subject, bool(row["leads"]), _days(row))


def _days(row: dict[str, Any]) -> Days:
    first, last = row["first_day"], row["last_day"]
    return Days(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
