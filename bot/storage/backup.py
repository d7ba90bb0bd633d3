"""A copy of the database as it stands, whoever is using it, read back and counted before it counts as one."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bot.refusal import Refusal
from bot.storage.database import PATIENCE, connect
from bot.storage.database_fault import DatabaseFault, translated

Contents = dict[str, int]
"""How many rows each table holds."""


def back_up(path: Path, copy: Path) -> Contents:
    """Copy the database at `path` to the new file `copy`, which appears whole and checked or not at all.

    Raises Refusal when there is such a file already, or when the copy does not hold what was copied.
    """
    unfinished = copy.with_name(f"{copy.name}.part")
    _make_room(copy, unfinished)
    try:
        with translated(), closing(connect(path)) as source:
            # One view for copying and counting, whatever is written meanwhile.
            source.execute("BEGIN")
            held = contents(source)
            copy_into(source, unfinished)
        if checked(unfinished) != held:
            raise Refusal("バックアップの中身が元と一致しません。もう一度お試しください。")
        unfinished.replace(copy)
    finally:
        unfinished.unlink(missing_ok=True)
    return held


def copy_into(source: sqlite3.Connection, path: Path) -> None:
    """Make the database at `path` what `source` sees, in one transaction, even while others have it open."""
    give_up = time.monotonic() + PATIENCE

    def wait(status: int, remaining: int, total: int) -> None:
        if time.monotonic() > give_up:
            raise DatabaseFault("locked")

    with translated(), closing(connect(path)) as target:
        source.backup(target, progress=wait, sleep=0.05)


def checked(path: Path) -> Contents:
    """What a copy holds, once it has been read through. Raises DatabaseFault when it is damaged."""
    with translated(), closing(connect(path)) as connection:
        # A copy is one file: a log beside it would be left behind when somebody moves it.
        connection.execute("PRAGMA journal_mode = DELETE")
        if faults(connection):
            raise DatabaseFault("corrupt")
        return contents(connection)


def faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong: damaged pages, broken constraints, references to nothing."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return found + [f"{row[0]} {row[1]}" for row in connection.execute("PRAGMA foreign_key_check")]


def contents(connection: sqlite3.Connection) -> Contents:
    """How many rows each table holds now."""
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for (table,) in tables}


def make_private(path: Path) -> None:
    """An empty file, and its folder where there is none, that only its owner can read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)


def _make_room(copy: Path, unfinished: Path) -> None:
    try:
        if copy.exists():
            raise Refusal(f"{copy} はすでにあります。別の名前を指定してください。")
        make_private(unfinished)
    except OSError as fault:
        raise Refusal(f"{copy} に書き込めません。フォルダーと権限を確認してください。") from fault
