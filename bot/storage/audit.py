"""Who changed what and when, before and after; the database itself refuses to change or drop a line of it.

The only module that speaks of the table of audit lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from knowledge.storage.migration import Migration
from reminders.moment import read, written

if TYPE_CHECKING:
    from sqlite_utils import Database

COMMAND_LINE = "コマンド"
"""Who it was when somebody at the server's command line did it."""

MIGRATIONS = (
    Migration(
        "audit-1",
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            who TEXT NOT NULL CHECK (who <> ''),
            what TEXT NOT NULL CHECK (what <> ''),
            subject TEXT NOT NULL DEFAULT '',
            before TEXT NOT NULL DEFAULT '',
            after TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit is never changed');
        END;
        CREATE TRIGGER audit_is_not_dropped BEFORE DELETE ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit is never shortened');
        END;
        """,
    ),
)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that `who` did (a person of the roster, or COMMAND_LINE).

    `what` is a short Japanese phrase (名簿の取込); `before` and `after` say the change, empty where none.
    """

    at: datetime
    who: str
    what: str
    subject: str = ""
    before: str = ""
    after: str = ""


def record(database: Database, line: AuditLine) -> None:
    """Add a line, in the transaction of the change it speaks of."""
    database.execute(
        "INSERT INTO audit (at, who, what, subject, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        [written(line.at), line.who, line.what, line.subject, line.before, line.after],
    )


def lines(database: Database, since: datetime | None = None, limit: int = -1) -> list[AuditLine]:
    """The latest lines since that moment, oldest first; all of them without a limit."""
    rows = database.query(
        """
        SELECT * FROM (SELECT * FROM audit WHERE at >= ? ORDER BY id DESC LIMIT ?) ORDER BY id
        """,
        [written(since) if since else "", limit],
    )
    return [
        AuditLine(read(row["at"]), row["who"], row["what"], row["subject"], row["before"], row["after"])
        for row in rows
    ]
