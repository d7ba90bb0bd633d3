"""Zip archives from outside (a workbook is one, too): looked over before anything in them is unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from knowledge.sources.sheets import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, refused

UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
"""What zipfile raises for a damaged, encrypted or strangely packed archive."""

_SMALL = 64 * 1024
_UTF8_NAME = 0x800


def is_archive(content: bytes) -> bool:
    """Whether the bytes are a zip archive."""
    return is_zipfile(BytesIO(content))


def part_names(content: bytes) -> tuple[str, ...]:
    """The names in the archive. SourceFaults when it would unpack to more than an import may hold."""
    return tuple(info.filename for info in _looked_over(content))


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every file in the archive, by its name as its maker wrote it (Windows writes CP932).

    zipfile unpacks no more of a part than its directory declares, and the declared sizes were looked over.
    SourceFaults when the archive is damaged or would unpack to more than an import may hold.
    """
    infos = [info for info in _looked_over(content) if not info.is_dir()]
    try:
        with ZipFile(BytesIO(content)) as archive:
            for info in infos:
                yield _written_name(info), archive.read(info)
    except UNREADABLE as fault:
        raise _damaged() from fault


def _looked_over(content: bytes) -> list[ZipInfo]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
    except UNREADABLE as fault:
        raise _damaged() from fault
    unpacked = sum(info.file_size for info in infos)
    swells = any(
        info.file_size > _SMALL and info.file_size > MAX_RATIO * info.compress_size for info in infos
    )
    if len(infos) > MAX_PARTS or unpacked > MAX_UNPACKED or swells:
        raise refused("ファイルを展開すると大きくなりすぎるため、取り込めません")
    return infos


def _written_name(info: ZipInfo) -> str:
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _damaged() -> Exception:
    return refused("ファイルが壊れているか、パスワードが付いているため読めません")
