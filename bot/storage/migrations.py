"""Makes the database ready at start: what is missing is applied in order after a backup, or nothing is.

A database that a newer version has changed is refused by that version's name.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.storage.backup import back_up
from bot.storage.database import connect
from bot.storage.database_fault import DatabaseFault, translated
from knowledge.storage.migration import Migration
from reminders.moment import written

_OWN_TABLE = """
CREATE TABLE IF NOT EXISTS migrations (
    name TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT
"""


def prepare(path: Path, migrations: Sequence[Migration], *, version: str, now: datetime) -> tuple[str, ...]:
    """Bring the database at `path` to `migrations`, made by the program's `version`; gives the names applied.

    Several processes may start at once: one applies, the others find it done. Raises DatabaseFault.
    """
    _make_private(path)
    with translated(), closing(connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        waiting = missing(connection, migrations)
        if waiting and _holds_something(connection):
            back_up(path, path.parent / "backups" / _backup_name(version, now))
        connection.execute(_OWN_TABLE)
        for migration in waiting:
            _apply(connection, migration, version, now)
        connection.execute("COMMIT")
    return tuple(migration.name for migration in waiting)


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether this is a database of this bot at all."""
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").fetchone()
    return found is not None


def missing(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> list[Migration]:
    """Those of `migrations` that this database does not have yet. Raises DatabaseFault when it has others."""
    applied = _applied(connection)
    unknown = [version for name, version in applied.items() if name not in {one.name for one in migrations}]
    if unknown:
        raise DatabaseFault(
            "newer",
            f"このデータベースは新しい版 ({unknown[-1]}) のものです。その版以降の kaikaku で開いてください。",
        )
    return [migration for migration in migrations if migration.name not in applied]


def statements(sql: str) -> Iterator[str]:
    """The statements of a script, triggers whole: executescript() would commit what is open."""
    statement = ""
    for piece in re.split(r"(?<=;)", sql):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def _apply(connection: sqlite3.Connection, migration: Migration, version: str, now: datetime) -> None:
    for statement in statements(migration.sql):
        connection.execute(statement)
    connection.execute("INSERT INTO migrations VALUES (?, ?, ?)", (migration.name, version, written(now)))


def _applied(connection: sqlite3.Connection) -> dict[str, str]:
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").fetchone():
        return {}
    return dict(connection.execute("SELECT name, version FROM migrations ORDER BY rowid"))


def _holds_something(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is not None


def _backup_name(version: str, now: datetime) -> str:
    return f"kaikaku-{now:%Y%m%d-%H%M%S}-before-{version}.db"


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as fault:
        raise DatabaseFault("missing") from fault
