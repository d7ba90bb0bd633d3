"""The workbooks that were made for people: files of the data folder, forgotten like what was said with them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from bot.message import File

FOLDER = "papers"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def keep(data: Path, key: str, name: str, content: bytes) -> File:
    """The workbook as a file of that name; made again for the same `key` it takes the place of the first."""
    path = Path(FOLDER) / f"{sha256(key.encode()).hexdigest()[:32]}.xlsx"
    (data / FOLDER).mkdir(mode=0o700, exist_ok=True)
    (data / path).write_bytes(content)
    return File(name, path.as_posix(), XLSX)


def forget(data: Path, before: datetime) -> None:
    """Drop those that were made before that moment; `before` knows its zone."""
    for path in (data / FOLDER).glob("*.xlsx"):
        # Another process may be forgetting at the same time.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
