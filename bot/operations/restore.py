"""Puts a backup in the database's place, checked and brought up to date first; what was there is kept beside.

Works while the bot runs: those who have the database open see the one or the other, nothing between.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.refusal import Refusal
from bot.storage import audit
from bot.storage.backup import Contents, back_up, checked, copy_into, faults
from bot.storage.database import DatabaseFile, connect
from bot.storage.database_fault import DatabaseFault, translated
from bot.storage.migrations import is_ours, missing, prepare
from knowledge.storage.migration import Migration
from reminders.storage import notices, outbox

_UNFINISHED = "restoring-"


@dataclass(frozen=True, slots=True)
class Restored:
    """What the database holds now, and where the one before it is kept (None: there was none)."""

    contents: Contents
    kept: Path | None


def restore(
    path: Path, file: Path, migrations: Sequence[Migration], *, version: str, now: datetime
) -> Restored:
    """Make the database at `path` what the backup `file` holds.

    Raises Refusal, and has changed nothing, when `file` is damaged, no backup of ours, or of a newer version.
    """
    _check(file, migrations)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_unfinished(path.parent)
    with TemporaryDirectory(dir=path.parent, prefix=_UNFINISHED) as folder:
        candidate = Path(folder) / "kaikaku.db"
        back_up(file, candidate)
        prepare(candidate, migrations, version=version, now=now)
        _amend(candidate, file, now)
        held = checked(candidate)
        kept = _put_in_place(candidate, path, now)
    prepare(path, migrations, version=version, now=now)
    return Restored(held, kept)


def _check(file: Path, migrations: Sequence[Migration]) -> None:
    if not file.is_file():
        raise Refusal(f"{file} がありません。")
    try:
        with translated(), closing(connect(file)) as connection:
            is_known = is_ours(connection)
            damage = faults(connection)
            missing(connection, migrations)
    except DatabaseFault as fault:
        if fault.trouble == "newer":
            raise
        raise Refusal(f"{file} を読めません。壊れているか、バックアップではありません。") from fault
    if damage:
        raise Refusal(f"{file} は壊れています。別のバックアップを指定してください。")
    if not is_known:
        raise Refusal(f"{file} は kaikaku のバックアップではありません。")


def _amend(candidate: Path, file: Path, now: datetime) -> None:
    """What a backup still had to send may have been sent since: it is looked for, not sent again.

    What was said after it was taken is no longer known, so reminders are off until somebody starts them.
    """
    with DatabaseFile(candidate).writing() as database:
        outbox.doubt_all(database, now, "復元したため、送信したかどうか分からない")
        notices.stop(database, now)
        audit.record(database, audit.AuditLine(now, audit.COMMAND_LINE, "復元", after=file.name))


def _put_in_place(candidate: Path, path: Path, now: datetime) -> Path | None:
    """Keep a checked copy of the present database, or its bytes where it cannot be read, and replace it."""
    if not path.exists():
        _replace(candidate, path)
        return None
    kept = path.parent / "backups" / f"kaikaku-{now:%Y%m%d-%H%M%S}-before-restore.db"
    try:
        back_up(path, kept)
    except DatabaseFault as fault:
        if fault.trouble != "corrupt":
            raise
        for part in _parts(path):
            shutil.copy2(part, kept.with_name(kept.name + part.name.removeprefix(path.name)))
        _replace(candidate, path)
    else:
        with translated(), closing(connect(candidate)) as source:
            copy_into(source, path)
    return kept


def _replace(candidate: Path, path: Path) -> None:
    """The old log goes first: SQLite would take it for the new database's own."""
    for part in _parts(path):
        if part != path:
            part.unlink()
    candidate.replace(path)


def _parts(path: Path) -> list[Path]:
    parts = [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")]
    return [part for part in parts if part.exists()]


def _clear_unfinished(folder: Path) -> None:
    """What a restore that was killed has left behind."""
    for left in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
