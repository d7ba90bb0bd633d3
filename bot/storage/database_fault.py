"""What can be wrong with the database, in words for the person whose work was not kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from bot.refusal import Refusal

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
