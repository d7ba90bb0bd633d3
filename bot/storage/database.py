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
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakSet

from bot.storage.database_fault import DatabaseFault, translated, trouble_of
from bot.storage.fair_lock import FairLock

if TYPE_CHECKING:
    from sqlite_utils import Database

PATIENCE = 30.0
"""Seconds that a unit of work waits for the others before it gives up."""

IDLE = 8
"""How many connections of a kind are kept open between units of work."""

_BETWEEN_ASKING = 0.0005


class DatabaseFile:
    """One database file. Units of work do not nest; whoever is inside one is given the Database it needs.

    No two units share a connection at a time. One that ended well serves a later unit, since opening a connection and
    closing the last one, which empties the log, take longer than most units do.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        self._patience = patience
        # Apart: to make a connection read only and back would compile all its statements anew each time.
        self._readers: list[_Opened] = []
        self._writers: list[_Opened] = []
        self._turns = FairLock()
        self._inside = threading.local()
        weakref.finalize(self, _close_all, self._readers, self._writers)

    def close(self) -> None:
        """Close the connections that no unit is using; the next unit opens its own."""
        _close_all(self._readers, self._writers)

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """One consistent view for everything that is read inside. Raises DatabaseFault."""
        with self._view() as connection:
            yield _database(connection)

    @contextmanager
    def glancing(self) -> Iterator[Glance]:
        """The same for a few rows, without loading sqlite_utils: that takes half as long as a whole answer."""
        with self._view() as connection:
            yield Glance(connection)

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """All of what is written inside is kept, on the disk, or none of it. Raises DatabaseFault."""
        with self._unit(), self._turn(), translated(), self._connection(self._writers) as connection:
            _begin_writing(connection, self._patience)
            with _transaction(connection):
                yield _database(connection)

    @contextmanager
    def _view(self) -> Iterator[Connection]:
        with self._unit(), translated(), self._connection(self._readers) as connection:
            connection.execute("BEGIN")
            with _transaction(connection):
                yield connection

    @contextmanager
    def _connection(self, idle: list[_Opened]) -> Iterator[Connection]:
        """A connection for one unit; it is closed when the unit failed, or when enough are idle."""
        identity = _identity(self.path)
        opened = _idle_one(idle, identity) or self._opened(identity, is_reader=idle is self._readers)
        try:
            yield opened.connection
        except BaseException:
            opened.connection.close()
            raise
        idle.append(opened)
        if len(idle) > IDLE:
            _close(idle, IDLE)

    def _opened(self, identity: tuple[int, int], *, is_reader: bool) -> _Opened:
        connection = connect(self.path, self._patience)
        # A writer asks for its lock by itself, and once it has the lock there is nothing to wait for.
        connection.execute(f"PRAGMA {'query_only = ON' if is_reader else 'busy_timeout = 0'}")
        return _Opened(identity, connection)

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
                turn.enter_context(self._turns.turn(self._patience))
            except TimeoutError as fault:
                raise DatabaseFault("locked") from fault
            yield


class Connection(sqlite3.Connection):
    """A connection that can end whatever is still being read on it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        """Run a statement; a cursor that has rows to give is remembered for as long as somebody holds it."""
        cursor = super().execute(*arguments)
        if cursor.description is not None:
            self._cursors.add(cursor)
        return cursor

    def end_reading(self) -> None:
        """Close the cursors still held; one that is half read would keep an old view, or a lock."""
        for cursor in list(self._cursors):
            cursor.close()


class Glance:
    """Reads rows as sqlite_utils' Database does, and can do nothing else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def query(self, sql: str) -> Iterator[dict[str, Any]]:
        """The rows of a SELECT, each by its columns' names."""
        cursor = self._connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)


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


def _idle_one(idle: list[_Opened], identity: tuple[int, int]) -> _Opened | None:
    """One that is open on the file that stands at the path now: a restore may have replaced it."""
    while idle:
        with suppress(IndexError):
            opened = idle.pop()
            if opened.identity == identity:
                return opened
            opened.connection.close()
    return None


def _close_all(*idle: list[_Opened]) -> None:
    for each in idle:
        _close(each)


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


def _database(connection: Connection) -> Database:
    from sqlite_utils import Database

    return Database(connection, recursive_triggers=False, execute_plugins=False)


def _begin_writing(connection: Connection, patience: float) -> None:
    """Ask for the write lock often: SQLite's own waiting sleeps longer each time, and the unlucky starve."""
    give_up = time.monotonic() + patience
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as fault:
            if trouble_of(fault) != "locked" or time.monotonic() > give_up:
                raise
        time.sleep(_BETWEEN_ASKING)


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    try:
        yield
        connection.execute("COMMIT")
    finally:
        connection.end_reading()
        if connection.in_transaction:
            connection.execute("ROLLBACK")
