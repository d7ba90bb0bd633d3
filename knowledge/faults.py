"""What is wrong with a source, and where: every fault is collected before a source is refused."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where an officer finds it (12行目, 取組 5行目) and what it is, both in Japanese."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class SourceFaults(ValueError):
    """A source was refused; `faults` holds all that is wrong with it, in its own order."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


class PlanFaults(SourceFaults):
    """A plan was refused."""


class RosterFaults(SourceFaults):
    """A roster was refused."""


@dataclass(slots=True)
class Faults:
    """The faults found so far."""

    _found: dict[Fault, None] = field(default_factory=dict)

    @property
    def found(self) -> list[Fault]:
        """In the order in which they were noted."""
        return list(self._found)

    def add(self, place: str, message: str) -> None:
        """Note one fault; a second one just like it is not noted."""
        self._found[Fault(place, message)] = None

    def refuse_if_any(self, refusal: type[SourceFaults] = PlanFaults) -> None:
        """Raise the refusal when anything was found."""
        if self._found:
            raise refusal(tuple(self._found))
