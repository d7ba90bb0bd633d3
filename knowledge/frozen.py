"""Frozen values with slots: what `dataclass(frozen=True, slots=True)` makes, in a quarter of its time.

`dataclass` compiles six functions for every class, and one question loads a hundred classes: a fifth of a cold start.
Here they share all but the initialiser. `field`, `fields`, `replace` and `asdict` work as on any dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """The class as a frozen value: its annotations are its fields; the methods that it defines itself are left to it.

    Without slots (for cached properties), or with an order, `dataclass` is the thing to use.
    """
    own = set(cls.__dict__)
    cls.__doc__ = cls.__doc__ or cls.__name__  # else dataclass would work out a signature for it
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__init__ = _initialiser(made)
    made._values = property(_values_of([one.name for one in fields(made)]))
    for name, shared in _SHARED.items():
        if name not in own:
            setattr(made, name, shared)
    return made  # type: ignore[no-any-return]  # the class that dataclass made anew, with slots


def _initialiser(made: Any) -> Callable[..., None]:
    """An __init__ that takes the fields in their order, or by name; with __post_init__ where there is one."""
    heads = [_head(one) for one in fields(made)]
    lines = [_line(one) for one in fields(made)]
    lines += ["self.__post_init__()"] if hasattr(made, "__post_init__") else []
    given = {"given": {one.name: one for one in fields(made)}, "MISSING": MISSING, "keep": object.__setattr__}
    text = f"def __init__(self, {', '.join(heads)}):\n    " + "\n    ".join(lines or ["pass"])
    local: dict[str, Callable[..., None]] = {}
    exec(text, given, local)
    return local["__init__"]


def _head(one: Field[Any]) -> str:
    if one.default_factory is not MISSING:
        return f"{one.name}=MISSING"
    return one.name if one.default is MISSING else f"{one.name}=given[{one.name!r}].default"


def _line(one: Field[Any]) -> str:
    value = one.name
    if one.default_factory is not MISSING:
        value = f"given[{value!r}].default_factory() if {value} is MISSING else {value}"
    return f"keep(self, {one.name!r}, {value})"


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _repr(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: Any) -> Any:
    return self._values == other._values if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(self._values)


def _reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
    """For pickle and copy."""
    return type(self), self._values


def _setattr(self: Any, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED = {
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__reduce__": _reduce,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
}
