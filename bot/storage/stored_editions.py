"""The plan's editions as the data folder has them: read for questions, and one more kept with a line in the audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from bot.storage import audit
from bot.storage.database import DatabaseFile
from knowledge.editions.edition import Edition, EditionHead, in_force, shipped, shipped_head
from knowledge.known import Known, shipped_known
from knowledge.search.index import Encoder
from knowledge.storage import edition_store


def edition_heads(path: Path) -> tuple[EditionHead, ...]:
    """The editions of the present plan in the order in which they came in; there need not be a database yet."""
    if not path.exists():
        return (shipped_head(),)
    with DatabaseFile(path).glancing() as rows:
        return edition_store.heads(rows) if edition_store.is_prepared(rows) else (shipped_head(),)


def edition_of(path: Path, id: str) -> Edition:
    """The edition of that id; KeyError when there is none."""
    if id == shipped_head().id:
        return shipped()
    if not path.exists():
        raise KeyError(id)
    with DatabaseFile(path).reading() as database:
        return edition_store.edition(database, id)


def edition_in_force(path: Path, today: date) -> Edition:
    """The edition of that day."""
    return edition_of(path, in_force(edition_heads(path), today).id)


def known_in_force(path: Path, today: date, meaning: Encoder | None = None) -> Known:
    """The edition of that day, made ready to be asked about."""
    id = in_force(edition_heads(path), today).id
    return shipped_known(meaning) if id == shipped_head().id else Known(edition_of(path, id), meaning)


def keep_edition(
    kept_in: DatabaseFile,
    before: str,
    effective: date,
    made: Callable[[str], Edition],
    *,
    who: str,
    now: datetime,
) -> Edition | None:
    """Keep the edition that `made` gives for a free id, and say so in the audit.

    None, and nothing kept, when meanwhile another edition than `before` is the one of its effective day.
    """
    with kept_in.writing() as database:
        if in_force(edition_store.heads(database), effective).id != before:
            return None
        edition = made(edition_store.free_id(database, effective))
        edition_store.keep(database, edition)
        what = f"{edition.title} {edition.effective}"
        audit.record(database, audit.AuditLine(now, who, "計画の取込", edition.id, before=before, after=what))
        return edition
