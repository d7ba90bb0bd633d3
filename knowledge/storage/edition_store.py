"""The editions that were imported, as sheets in the database; one that stands there is never changed.

The only module that speaks of the table of editions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from knowledge.editions.edition import Edition, EditionHead, shipped, shipped_head
from knowledge.plan.fiscal_year import fiscal_year_of
from knowledge.storage.migration import Migration

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS = (
    Migration(
        "editions-1",
        """
        CREATE TABLE editions (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE CHECK (id <> ''),
            title TEXT NOT NULL CHECK (title <> ''),
            effective TEXT NOT NULL CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
            effective_is_assumed INTEGER NOT NULL CHECK (effective_is_assumed IN (0, 1)),
            is_first INTEGER NOT NULL CHECK (is_first IN (0, 1)),
            sheets TEXT NOT NULL CHECK (json_valid(sheets)),
            initiatives TEXT NOT NULL CHECK (json_valid(initiatives))
        ) STRICT;
        CREATE TRIGGER editions_are_not_changed BEFORE UPDATE ON editions BEGIN
            SELECT RAISE(ABORT, 'an edition is never changed');
        END;
        CREATE TRIGGER editions_are_not_dropped BEFORE DELETE ON editions BEGIN
            SELECT RAISE(ABORT, 'an edition is never dropped');
        END;
        """,
    ),
)
"""`initiatives` gives for each code the initiative's id and those it continues; a first edition begins a new line,
and the editions before it are another plan's."""


class Rows(Protocol):
    """What rows can be read from: sqlite_utils' Database, or less."""

    def query(self, sql: str, /) -> Iterable[dict[str, Any]]:
        """The rows of a SELECT."""


def keep(database: Database, edition: Edition) -> None:
    """Add an edition; one without anything that it continues begins a new line."""
    from knowledge.editions.revision import draft_from
    from knowledge.sources.plan_sheets.writer import sheets_of

    initiatives = {
        one.code: {"id": one.id, "continues": edition.continues.get(one.id, ())}
        for one in edition.plan.initiatives
    }
    sheets = [[sheet.name, sheet.rows] for sheet in sheets_of(draft_from(edition))]
    database.execute(
        """
        INSERT INTO editions (id, title, effective, effective_is_assumed, is_first, sheets, initiatives)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
            edition.id,
            edition.title,
            edition.effective.isoformat(),
            int(edition.is_assumed),
            int(not any(edition.continues.values())),
            json.dumps(sheets, ensure_ascii=False),
            json.dumps(initiatives, ensure_ascii=False),
        ],
    )


def is_prepared(stored: Rows) -> bool:
    """Whether the table of editions is there: not in a database of an earlier time."""
    return any(stored.query("SELECT 1 AS one FROM sqlite_master WHERE type = 'table' AND name = 'editions'"))


def heads(stored: Rows) -> tuple[EditionHead, ...]:
    """What is known of the editions of the present plan without reading them, in the order in which they came in."""
    rows = list(
        stored.query(
            """
            SELECT id, title, effective, effective_is_assumed, is_first FROM editions
            WHERE number >= COALESCE((SELECT MAX(number) FROM editions WHERE is_first), 0) ORDER BY number
            """
        )
    )
    imported = tuple(
        EditionHead(
            row["id"],
            row["title"],
            date.fromisoformat(row["effective"]),
            bool(row["effective_is_assumed"]),
        )
        for row in rows
    )
    return imported if rows and rows[0]["is_first"] else (shipped_head(), *imported)


def edition(database: Database, id: str) -> Edition:
    """The edition of that id; KeyError when there is none."""
    if id == shipped_head().id:
        return shipped()
    row = next(iter(database.query("SELECT * FROM editions WHERE id = ?", [id])), None)
    if row is None:
        raise KeyError(id)
    from knowledge.editions.revision import with_ids
    from knowledge.sources.plan_sheets.reader import draft_of
    from knowledge.sources.sheets import Sheet

    initiatives = json.loads(row["initiatives"])
    draft = draft_of([Sheet(name, tuple(map(tuple, rows))) for name, rows in json.loads(row["sheets"])])
    return Edition(
        row["id"],
        row["title"],
        date.fromisoformat(row["effective"]),
        bool(row["effective_is_assumed"]),
        with_ids(draft.plan, {code: one["id"] for code, one in initiatives.items()}),
        draft.annotations,
        {} if row["is_first"] else {one["id"]: tuple(one["continues"]) for one in initiatives.values()},
    )


def free_id(database: Database, effective: date) -> str:
    """An id that no edition has: the fiscal year in which it comes into force, numbered where that is taken."""
    taken = {row["id"] for row in database.query("SELECT id FROM editions")} | {shipped_head().id}
    year = fiscal_year_of(effective).short.lower()
    return next(
        id for id in (year, *(f"{year}-{number}" for number in range(2, len(taken) + 3))) if id not in taken
    )
