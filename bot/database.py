"""The one place that opens a connection: one for each unit of work, handed out as sqlite_utils' Database.

A unit reads or writes, and nothing slow stands inside it: no network, template, chart or workbook.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from bot.refusal import Refusal

PATIENCE = 30.0
"""Seconds that a unit of work waits for the others before it gives up."""

Trouble = Literal["locked", "full", "corrupt", "readonly", "missing", "newer", "failed"]

_WORDS: dict[Trouble, str] = {
    "locked": "データベースが混み合っています。少し待ってから、もう一度お試しください。",
    "full": "ディスクがいっぱいで保存できませんでした。管理者に空き容量の確認を依頼してください。",
    "corrupt": "データベースが壊れています。管理者に「kaikaku restore」での復元を依頼してください。",
    "readonly": "データベースに書き込めません。管理者にデータフォルダーの権限の確認を依頼してください。",
    "missing": "データベースを開けません。管理者にデータフォルダーの場所と権限の確認を依頼してください。",
    "newer": "データベースは新しい版のものです。管理者に版の確認を依頼してください。",
    "failed": "データベースの読み書きに失敗しました。管理者にディスクの状態の確認を依頼してください。",
}

_TROUBLES: dict[int, Trouble] = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_NOTADB: "corrupt",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_PERM: "readonly",
    sqlite3.SQLITE_CANTOPEN: "missing",
    sqlite3.SQLITE_IOERR: "failed",
}


class DatabaseFault(Refusal):
    """The database could not do its part, and nothing of the unit was kept. str() is Japanese for people."""

    def __init__(self, trouble: Trouble, words: str | None = None) -> None:
        super().__init__(words or _WORDS[trouble])
        self.trouble = trouble


class DatabaseFile:
    """One database file. Units of work do not nest; whoever is inside one is given the Database it needs."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        self._patience = patience
        # Writers of one process queue here: SQLite's own waiting polls, and the unlucky would starve.
        self._writers = threading.Lock()
        self._inside = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """One consistent view for everything that is read inside. Raises DatabaseFault."""
        with self._unit(), translated(), closing(connect(self.path, self._patience)) as connection:
            connection.execute("PRAGMA query_only = ON")
            with _transaction(connection, "DEFERRED") as database:
                yield database

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """All of what is written inside is kept, on the disk, or none of it. Raises DatabaseFault."""
        with (
            self._unit(),
            self._turn(),
            translated(),
            closing(connect(self.path, self._patience)) as connection,
            _transaction(connection, "IMMEDIATE") as database,
        ):
            yield database

    @contextmanager
    def _unit(self) -> Iterator[None]:
        if getattr(self._inside, "unit", False):
            raise RuntimeError("a unit of work stands inside another")
        self._inside.unit = True
        try:
            yield
        finally:
            self._inside.unit = False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._writers.acquire(timeout=self._patience):
            raise DatabaseFault("locked")
        try:
            yield
        finally:
            self._writers.release()


def connect(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """A connection whose transactions are begun and ended by hand; it makes no file."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=patience
    )
    connection.execute("PRAGMA foreign_keys = ON")
    # Without it INSERT OR REPLACE would slip past a trigger that forbids DELETE.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[Database]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield Database(connection, recursive_triggers=False, execute_plugins=False)
        connection.execute("COMMIT")
    finally:
        # Closing alone would not end it while a fault's traceback holds a half-read query.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def translated() -> Iterator[None]:
    """SQLite's own trouble as a DatabaseFault; a broken constraint or a wrong statement stays what it is."""
    try:
        yield
    except sqlite3.DatabaseError as fault:
        trouble = trouble_of(fault)
        if trouble is None:
            raise
        raise DatabaseFault(trouble) from fault


def trouble_of(fault: sqlite3.Error) -> Trouble | None:
    """Which trouble an error of SQLite is; the low byte of its code is the kind, the rest the detail."""
    code = getattr(fault, "sqlite_errorcode", None)
    return None if code is None else _TROUBLES.get(code & 0xFF)
