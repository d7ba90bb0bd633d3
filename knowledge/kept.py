"""What is made from this package's own files and takes long, kept as Python keeps its bytecode: in `__pycache__`.

It is made anew as soon as any file of the package is another one; nothing needs to be cleared by hand. Whoever may
write there could as well exchange the bytecode, so reading a pickle from there trusts nobody new.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar, cast

T = TypeVar("T")

PACKAGE = Path(__file__).parent
_PYCACHE = "__pycache__"
_DIGEST = 16


def kept(name: str, make: Callable[[], T], package: Path = PACKAGE, *other: Path) -> T:
    """What `make` gives from the files of these packages alone: as it was kept under `name`, or made now and kept."""
    keeping = Keeping(package, *other)
    body = keeping.read(name)
    if body is not None:
        return cast(T, pickle.loads(body))
    made = make()
    keeping.write(name, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


class Keeping:
    """What is kept in a package, each of no worth as soon as any file there or in the `other` packages has changed.

    As with bytecode, PYTHONDONTWRITEBYTECODE keeps nothing, and a folder that may not be written is no fault.
    """

    def __init__(self, package: Path, *other: Path) -> None:
        self._packages = (package, *other)

    def read(self, name: str) -> bytes | None:
        """What was kept under that name, whole and of the files as they are."""
        try:
            content = self._file(name).read_bytes()
        except OSError:
            return None
        head, body = content[: 2 * _DIGEST], content[2 * _DIGEST :]
        return body if head == self._stamp + _digest(body) else None

    def write(self, name: str, body: bytes) -> None:
        """Keep it, where that is possible."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                _write(self._file(name), self._stamp + _digest(body) + body)

    def _file(self, name: str) -> Path:
        return self._packages[0] / _PYCACHE / f"{name}.{sys.implementation.cache_tag}.kept"

    @cached_property
    def _stamp(self) -> bytes:
        """Of names, sizes and times of all files: what Python goes by, too, to tell whether bytecode is old."""
        lines = [line for package in self._packages for line in sorted(_lines(str(package)))]
        return _digest("\n".join(lines).encode())


def _write(file: Path, content: bytes) -> None:
    """In one step, since other processes may read or write it at the same time."""
    file.parent.mkdir(exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _lines(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != _PYCACHE:
                    yield from _lines(entry.path)
            else:
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {int(status.st_mtime)}"


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest()
