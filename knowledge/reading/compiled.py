"""What is derived from the project's own files, kept as plain text beside them: lines of `key<TAB>values`, in order.

`python -m knowledge.reading.training` writes these files. Each begins with the digest of the files that it was made
from; when one of those was edited since, the thing is made anew in memory, which is slower to start and no less right.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar
from zlib import crc32

MODELS = Path(__file__).parent.parent / "lexicon" / "models"
_HEAD = "#"
MOST = 50_000
"""Keys kept in mind: as many as a table has, and what was asked for in vain besides."""

V = TypeVar("V")


class Table(Generic[V]):
    """Lines looked up by their keys; a line is read when it is first asked for. Threads may share it."""

    def __init__(self, lines: list[str], read: Callable[[str], V]) -> None:
        """`lines` are sorted; `read` makes a value of what stands behind the key."""
        self._lines = lines
        self._read = read
        self._seen: dict[str, V | None] = {}

    def get(self, key: str) -> V | None:
        """What stands behind a key, or None."""
        try:
            return self._seen[key]
        except KeyError:
            return self._found(key)

    def _found(self, key: str) -> V | None:
        head = f"{key}\t"
        at = bisect_left(self._lines, head)
        line = self._lines[at] if at < len(self._lines) else ""
        made = self._read(line[len(head) :]) if line.startswith(head) else None
        if len(self._seen) > MOST:
            self._seen.clear()
        self._seen[key] = made
        return made

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None


@lru_cache(maxsize=16)
def digest_of(files: tuple[Path, ...]) -> str:
    """A short digest of what the files hold, the same on every machine; a missing file counts as empty."""
    size, sum_ = 0, 0
    for file in files:
        held = file.read_bytes().replace(b"\r\n", b"\n") if file.exists() else b""
        size, sum_ = size + len(held), crc32(held, crc32(file.name.encode(), sum_))
    return f"{size}-{sum_:08x}"


def kept(name: str, sources: Iterable[Path], folder: Path = MODELS) -> list[str] | None:
    """The lines of a compiled file, where it was made from the sources as they are now."""
    lines = read_lines(name, folder)
    return lines[1:] if lines and lines[0] == f"{_HEAD}{digest_of(tuple(sources))}" else None


def read_lines(name: str, folder: Path = MODELS) -> list[str]:
    """All lines of a compiled file, its digest first; none where there is no such file."""
    file = folder / f"{name}.tsv"
    return file.read_bytes().decode("utf-8").replace("\r\n", "\n").rstrip("\n").split("\n") if file.exists() else []


def write(name: str, lines: Iterable[str], sources: Iterable[Path], folder: Path = MODELS) -> None:
    """Keep lines as a compiled file, their sources' digest first."""
    digest_of.cache_clear()
    text = "\n".join((f"{_HEAD}{digest_of(tuple(sources))}", *lines, ""))
    (folder / f"{name}.tsv").write_bytes(text.encode("utf-8"))
