"""The one place that opens a connection: one for each unit of work, handed out as sqlite_utils' Database.

A unit reads or writes, and nothing slow stands inside it: no network, template, chart or workbook.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple
from weakref import WeakSet

from sqlite_utils import Database

from bot.refusal import Refusal
from bot.turns import Turns

PATIENCE = 30.0
"""Seconds that a unit of work waits for the others before it gives up."""

IDLE = 8
"""How many connections are kept open between units of work."""

_BETWEEN_ASKING = 0.0005

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
    """One database file. Units of work do not nest; whoever is inside one is given the Database it needs.

    No two units share a connection at a time. One that ended well serves a later unit, since opening a connection and
    closing the last one, which empties the log, take longer than most units do.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        self._patience = patience
        self._idle: list[_Opened] = []
        self._writers = Turns()
        self._inside = threading.local()
        weakref.finalize(self, _close, self._idle)

    def close(self) -> None:
        """Close the connections that no unit is using; the next unit opens its own."""
        _close(self._idle)

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """One consistent view for everything that is read inside. Raises DatabaseFault."""
        with self._unit(), translated(), self._connection() as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            with _transaction(connection) as database:
                yield database

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """All of what is written inside is kept, on the disk, or none of it. Raises DatabaseFault."""
        with self._unit(), self._turn(), translated(), self._connection() as connection:
            connection.execute("PRAGMA query_only = OFF")
            _begin_writing(connection, self._patience)
            with _transaction(connection) as database:
                yield database

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """A connection for one unit; it is closed when the unit failed, or when enough are idle."""
        opened = self._idle_one() or _Opened(_identity(self.path), connect(self.path, self._patience))
        try:
            yield opened.connection
        except BaseException:
            opened.connection.close()
            raise
        self._idle.append(opened)
        if len(self._idle) > IDLE:
            _close(self._idle, IDLE)

    def _idle_one(self) -> _Opened | None:
        """One that is open on the file that stands at the path now: a restore may have replaced it."""
        identity = _identity(self.path)
        while self._idle:
            with suppress(IndexError):
                opened = self._idle.pop()
                if opened.identity == identity:
                    return opened
                opened.connection.close()
        return None

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
        with ExitStack() as turn:
            try:
                turn.enter_context(self._writers.turn(self._patience))
            except TimeoutError as fault:
                raise DatabaseFault("locked") from fault
            yield


class Connection(sqlite3.Connection):
    """A connection that can end whatever is still being read on it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        """Run a statement; its cursor is remembered for as long as somebody holds it."""
        cursor = super().execute(*arguments)
        self._cursors.add(cursor)
        return cursor

    def end_reading(self) -> None:
        """Close the cursors still held; one that is half read would keep an old view, or a lock."""
        for cursor in list(self._cursors):
            cursor.close()


class _Opened(NamedTuple):
    identity: tuple[int, int]
    connection: Connection


def _identity(path: Path) -> tuple[int, int]:
    """Which file stands at the path."""
    try:
        status = path.stat()
    except OSError as fault:
        raise DatabaseFault("missing") from fault
    return status.st_dev, status.st_ino


def _close(idle: list[_Opened], but: int = 0) -> None:
    while len(idle) > but:
        with suppress(IndexError):
            idle.pop().connection.close()


def connect(path: Path, patience: float = PATIENCE) -> Connection:
    """A connection whose transactions are begun and ended by hand; it makes no file."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=patience,
        factory=Connection,
        check_same_thread=False,  # units may run in any thread, though never two at a time on one connection
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # Without it INSERT OR REPLACE would slip past a trigger that forbids DELETE.
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin_writing(connection: Connection, patience: float) -> None:
    """Ask for the write lock often: SQLite's own waiting sleeps longer each time, and the unlucky starve."""
    give_up = time.monotonic() + patience
    connection.execute("PRAGMA busy_timeout = 0")
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            break
        except sqlite3.OperationalError as fault:
            if trouble_of(fault) != "locked" or time.monotonic() > give_up:
                raise
        time.sleep(_BETWEEN_ASKING)
    connection.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")


@contextmanager
def _transaction(connection: Connection) -> Iterator[Database]:
    try:
        yield Database(connection, recursive_triggers=False, execute_plugins=False)
        connection.execute("COMMIT")
    finally:
        connection.end_reading()
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
