"""What is derived from the project's own files, kept as plain text beside them: lines of `key<TAB>values`, in order.

`make train` writes these files. Each begins with the digest of the files that it was made
from; when one of those was edited since, the thing is made anew in memory, which is slower to start and no less right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar
from zlib import crc32

MODELS = Path(__file__).parent / "lexicon" / "models"
_HEAD = "#"
MOST = 50_000
"""Keys kept in mind: as many as a table has, and what was asked for in vain besides."""

V = TypeVar("V")


class SortedLines(Generic[V]):
    """Lines looked up by their keys; a line is read when it is first asked for. Threads may share it."""

    def __init__(self, lines: bytes, read: Callable[[str], V]) -> None:
        """`lines` are sorted; `read` makes a value of what stands behind the key."""
        self._lines = lines
        self._read = read
        self._seen: dict[str, V | None] = {}

    def get(self, key: str) -> V | None:
        """What stands behind a key, or None."""
        try:
            return self._seen[key]
        except KeyError:
            line = self._line(encoded(f"{key}\t"))
            made = None if line is None else self._read(decoded(line))
            if len(self._seen) > MOST:
                self._seen.clear()
            self._seen[key] = made
            return made

    def _line(self, head: bytes) -> bytes | None:
        """What follows the head in its line; half of the lines are left behind with each look."""
        low, high = 0, len(self._lines)
        while low < high:
            start = max(low, self._lines.rfind(b"\n", low, (low + high) // 2) + 1)
            end = self._lines.find(b"\n", start)
            end = high if end < 0 else end
            if self._lines.startswith(head, start):
                return self._lines[start + len(head) : end]
            if self._lines[start:end] < head:
                low = end + 1
            else:
                high = start
        return None

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


def kept(name: str, sources: Iterable[Path], folder: Path = MODELS) -> bytes | None:
    """The lines of a compiled file, where it was made from the sources as they are now."""
    digest, _, lines = read(name, folder).partition(b"\n")
    return lines if digest == f"{_HEAD}{digest_of(tuple(sources))}".encode() else None


def read(name: str, folder: Path = MODELS) -> bytes:
    """A compiled file, its digest in the first line; nothing where there is no such file."""
    file = folder / name
    held = file.read_bytes() if file.exists() else b""
    return held.replace(b"\r\n", b"\n") if b"\r\n" in held[:999] else held


def joined(lines: Iterable[str]) -> bytes:
    """Lines as a compiled file holds them."""
    return encoded("".join(f"{line}\n" for line in lines))


def encoded(text: str) -> bytes:
    """Text as a compiled file holds it; half a character, which a person may send, stays what it is."""
    return text.encode("utf-8", "surrogatepass")


def decoded(held: bytes) -> str:
    """What `encoded` made, as text."""
    return held.decode("utf-8", "surrogatepass")


def write(name: str, lines: Iterable[str], sources: Iterable[Path], folder: Path = MODELS) -> None:
    """Keep lines as a compiled file, their sources' digest first."""
    digest_of.cache_clear()
    (folder / name).write_bytes(joined((f"{_HEAD}{digest_of(tuple(sources))}", *lines)))
