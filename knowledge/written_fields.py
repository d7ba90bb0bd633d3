"""The shipped edition as it was read from the city's text, kept as JSON: reading the text takes longer than an answer.

An object is `{its class: [its fields]}`. Written by `python -m knowledge.reading.derived`; held against its sources there.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from knowledge.editions import edition
from knowledge.plan import annotations, fiscal_year, plan

_CLASSES = {
    name: held
    for module in (plan, fiscal_year, annotations, edition)
    for name, held in vars(module).items()
    if isinstance(held, type) and (is_dataclass(held) or issubclass(held, Enum))
}
_DATE, _MAP = "date", "map"


def as_json(made: edition.Edition) -> str:
    """An edition as one line of JSON."""
    return json.dumps(_plain(made), ensure_ascii=False, separators=(",", ":"))


def from_json(line: bytes) -> edition.Edition | None:
    """The edition of such a line; None when it was written by a program whose editions have other fields."""
    try:
        made = json.loads(line, object_hook=_made)
    except (TypeError, KeyError):
        return None
    return made if isinstance(made, edition.Edition) else None


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return {type(value).__name__: [value.value]}
    if isinstance(value, date):
        return {_DATE: [value.isoformat()]}
    if isinstance(value, dict):
        return {_MAP: [[key, _plain(held)] for key, held in value.items()]}
    if is_dataclass(value):
        return {type(value).__name__: [_plain(getattr(value, one.name)) for one in fields(value)]}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _made(held: dict[str, Any]) -> Any:
    (name, values), *_ = held.items()
    if name == _DATE:
        return date.fromisoformat(values[0])
    if name == _MAP:
        return {key: _tuple(value) for key, value in values}
    return _CLASSES[name](*map(_tuple, values))


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
