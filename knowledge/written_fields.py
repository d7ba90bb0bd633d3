"""Frozen values of plain fields as one line of JSON, and back: `{its class: [its fields]}`, tuples as lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import ModuleType
from typing import Any

_DATE, _MAP = "date", "map"
Makers = Mapping[str, Callable[..., object]]


def makers_in(modules: Iterable[ModuleType]) -> dict[str, Callable[..., object]]:
    """The modules' classes whose values can be written, by name."""
    held = [(name, one) for module in modules for name, one in vars(module).items() if isinstance(one, type)]
    return {name: one for name, one in held if is_dataclass(one) or issubclass(one, Enum)}


def written(value: object) -> str:
    """A value as one line of JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def read_back(line: bytes, makers: Makers) -> object:
    """The value of such a line; None when it was written of classes with other fields."""
    try:
        return json.loads(line, object_hook=lambda held: _made(held, makers))
    except (TypeError, KeyError):
        return None


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


def _made(held: dict[str, Any], makers: Makers) -> Any:
    (name, values), *_ = held.items()
    if name == _DATE:
        return date.fromisoformat(values[0])
    if name == _MAP:
        return {key: _tuple(value) for key, value in values}
    return makers[name](*map(_tuple, values))


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
