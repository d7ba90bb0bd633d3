"""What people recorded of a phase's work: done, on track, behind, in need of advice, handed over, taken over.

The only module that speaks of their table. Marks are added and never changed: of each work the latest counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.storage.migration import Migration
from reminders.calendar import EndsWith
from reminders.moment import read, written

if TYPE_CHECKING:
    from sqlite_utils import Database

WHOLE = ""
"""In place of a subject: the phase's work as a whole."""


class WorkState(StrEnum):
    """What is recorded. `OPEN` takes back what was recorded before."""

    DONE = "done"
    OPEN = "open"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    CONSULT = "consult"
    MADE = "made"
    OPENED = "opened"

    @property
    def label(self) -> str:
        """完了, 順調, 遅れ, 相談 ..."""
        return _LABELS[self]


_LABELS = {
    WorkState.DONE: "完了",
    WorkState.OPEN: "未完了",
    WorkState.ON_TRACK: "順調",
    WorkState.BEHIND: "遅れ",
    WorkState.CONSULT: "相談",
    WorkState.MADE: "作成",
    WorkState.OPENED: "受取り",
}

PULSES = (WorkState.ON_TRACK, WorkState.BEHIND, WorkState.CONSULT)

ENDS = {
    EndsWith.DONE: (WorkState.DONE,),
    EndsWith.PULSE: PULSES,
    EndsWith.PACKS_MADE: (WorkState.MADE,),
    EndsWith.PACKS_OPENED: (WorkState.OPENED,),
}
"""Which marks end the work of a phase."""

MIGRATIONS = (
    Migration(
        "marks-1",
        """
        CREATE TABLE marks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            phase TEXT NOT NULL CHECK (phase <> ''),
            department TEXT NOT NULL,
            subject TEXT NOT NULL,
            state TEXT NOT NULL
                CHECK (state IN ('done', 'open', 'on_track', 'behind', 'consult', 'made', 'opened')),
            note TEXT NOT NULL DEFAULT '',
            made_at TEXT NOT NULL,
            made_by TEXT NOT NULL CHECK (made_by <> '')
        ) STRICT;
        CREATE INDEX marks_round ON marks (round, phase);
        CREATE TRIGGER marks_are_not_changed BEFORE UPDATE ON marks BEGIN
            SELECT RAISE(ABORT, 'a mark is never changed');
        END;
        """,
    ),
)


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """One thing recorded by a person (by id) on a subject of a department in a phase of a round."""

    round: str
    phase: str
    department: str
    subject: str
    state: WorkState
    at: datetime
    by: str
    note: str = ""
    number: int = 0


def add(database: Database, mark: WorkRecord) -> None:
    """Record it."""
    database.execute(
        """
        INSERT INTO marks (round, phase, department, subject, state, note, made_at, made_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            *(mark.round, mark.phase, mark.department, mark.subject, mark.state.value, mark.note),
            *(written(mark.at), mark.by),
        ],
    )


def latest(database: Database, rounds: tuple[str, ...]) -> tuple[WorkRecord, ...]:
    """The mark that counts of everything marked in those rounds, in the order in which they were made."""
    places = ", ".join("?" for _ in rounds)
    rows = database.query(
        f"""
        SELECT * FROM marks WHERE id IN (
            SELECT max(id) FROM marks WHERE round IN ({places}) GROUP BY round, phase, department, subject
        ) ORDER BY id
        """,
        list(rounds),
    )
    return tuple(
        WorkRecord(
            row["round"],
            row["phase"],
            row["department"],
            row["subject"],
            WorkState(row["state"]),
            read(row["made_at"]),
            row["made_by"],
            row["note"],
            row["id"],
        )
        for row in rows
    )
