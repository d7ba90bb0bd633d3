"""What people said to notices: say it again, say it later, it is not ours. The only module that speaks of these tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from knowledge.storage.migration import Migration
from reminders.moment import TOKYO, read, written
from reminders.work import AskedAgain, Postponed

if TYPE_CHECKING:
    from sqlite_utils import Database

Place = tuple[str, str, str]
"""Round, phase and department: what a response is about."""

MIGRATIONS = (
    Migration(
        "responses-1",
        """
        CREATE TABLE repeats (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            department TEXT NOT NULL CHECK (department <> ''),
            number INTEGER NOT NULL CHECK (number >= 1),
            day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            asked_at TEXT NOT NULL,
            asked_by TEXT NOT NULL CHECK (asked_by <> ''),
            UNIQUE (round, phase, department, number),
            UNIQUE (round, phase, department, day)
        ) STRICT;
        CREATE TABLE postponements (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            department TEXT NOT NULL,
            recipient TEXT NOT NULL CHECK (recipient <> ''),
            asked_at TEXT NOT NULL,
            until TEXT NOT NULL CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
        ) STRICT;
        CREATE INDEX postponements_round ON postponements (round);
        CREATE TABLE objections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            department TEXT NOT NULL,
            person TEXT NOT NULL CHECK (person <> ''),
            said_at TEXT NOT NULL,
            UNIQUE (round, phase, department, person)
        ) STRICT;
        """,
    ),
)


@dataclass(frozen=True, slots=True)
class Objection:
    """A person (by id) says that a department's notices are not for them."""

    number: int
    person: str
    at: datetime


def ask_again(database: Database, place: Place, by: str, now: datetime) -> int | None:
    """Have the department reminded once more; gives the how manieth time, None when it was asked today already."""
    cursor = database.execute(
        """
        INSERT INTO repeats (round, phase, department, number, day, asked_at, asked_by)
        SELECT ?, ?, ?, count(*) + 1, ?, ?, ? FROM repeats WHERE round = ? AND phase = ? AND department = ?
        ON CONFLICT (round, phase, department, day) DO NOTHING
        """,
        [*place, now.astimezone(TOKYO).date().isoformat(), written(now), by, *place],
    )
    if cursor.rowcount != 1:
        return None
    found = database.query(
        "SELECT max(number) AS number FROM repeats WHERE round = ? AND phase = ? AND department = ?", [*place]
    )
    return int(next(iter(found))["number"])


def postpone(database: Database, place: Place, change: Postponed) -> None:
    """Tell the recipient nothing of the place until that day."""
    database.execute(
        """
        INSERT INTO postponements (round, phase, department, recipient, asked_at, until) VALUES (?, ?, ?, ?, ?, ?)
        """,
        [*place, change.recipient, written(change.at), change.until.isoformat()],
    )


def object_to(database: Database, place: Place, person: str, now: datetime) -> bool:
    """Keep that the person says it is not theirs; False when they have said so before."""
    cursor = database.execute(
        """
        INSERT INTO objections (round, phase, department, person, said_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
        [*place, person, written(now)],
    )
    return cursor.rowcount == 1


def asked_again(database: Database, rounds: tuple[str, ...]) -> dict[Place, tuple[AskedAgain, ...]]:
    """Every repeat of those rounds."""
    found: dict[Place, list[AskedAgain]] = defaultdict(list)
    for row in _rows(database, "repeats", rounds):
        found[_place(row)].append(AskedAgain(row["number"], read(row["asked_at"])))
    return {place: tuple(several) for place, several in found.items()}


def postponed(database: Database, rounds: tuple[str, ...]) -> dict[Place, tuple[Postponed, ...]]:
    """Every postponement of those rounds, the latest last."""
    found: dict[Place, list[Postponed]] = defaultdict(list)
    for row in _rows(database, "postponements", rounds):
        until = date.fromisoformat(row["until"])
        found[_place(row)].append(Postponed(row["recipient"], read(row["asked_at"]), until))
    return {place: tuple(several) for place, several in found.items()}


def objections(database: Database, rounds: tuple[str, ...]) -> dict[Place, tuple[Objection, ...]]:
    """Everybody who says that something is not theirs."""
    found: dict[Place, list[Objection]] = defaultdict(list)
    for row in _rows(database, "objections", rounds):
        found[_place(row)].append(Objection(row["id"], row["person"], read(row["said_at"])))
    return {place: tuple(several) for place, several in found.items()}


def _rows(database: Database, table: str, rounds: tuple[str, ...]) -> list[dict[str, Any]]:
    places = ", ".join("?" for _ in rounds)
    return list(database.query(f"SELECT * FROM {table} WHERE round IN ({places}) ORDER BY id", list(rounds)))


def _place(row: dict[str, Any]) -> Place:
    return row["round"], row["phase"], row["department"]
