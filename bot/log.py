"""One structured line (JSON) for each thing that happened, on standard error; never what a person wrote."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import datetime
from pathlib import PurePath
from typing import Any, TextIO

from reminders.moment import TOKYO, written

_LOGGER = logging.getLogger("kaikaku")


def start_logging(stream: TextIO) -> None:
    """Write the lines of this process to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Lines())
    _LOGGER.handlers[:] = [handler]
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False


def only_warnings() -> None:
    """From now on only what somebody should look at: where a person reads along, every line is in the way."""
    _LOGGER.setLevel(logging.WARNING)


def note(event: str, **facts: str | int | float | bool | None) -> None:
    """One line about `event`. The facts are numbers and names of ours, nothing that a person typed."""
    _LOGGER.info(event, extra={"facts": facts})


def warn(event: str, **facts: str | int | float | bool | None) -> None:
    """One line about something that somebody should look at."""
    _LOGGER.warning(event, extra={"facts": facts})


def place_of(fault: BaseException) -> str:
    """What kind of fault and where: class and last frames, without its words, which may quote a person."""
    frames = traceback.extract_tb(fault.__traceback__)[-6:]
    path = " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    cause = fault.__cause__ or fault.__context__
    origin = f" (from {type(cause).__name__})" if cause is not None else ""
    return f"{type(fault).__name__}{origin} at {path}"


def _short(filename: str) -> str:
    return "/".join(PurePath(filename).parts[-2:])


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = written(datetime.fromtimestamp(record.created, TOKYO))
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps(line | getattr(record, "facts", {}), ensure_ascii=False)
