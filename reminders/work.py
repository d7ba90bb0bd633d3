"""What is owed in a phase of a round, and what people said to its notices: told to this package from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: `subject` is what its entry is filed under, `code` what people call it.

    `returned_version` and `returned_at` say which version of the entry was sent back, and when.
    """

    subject: str
    code: str
    title: str
    returned_version: int | None = None
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """The secretariat had a department reminded, for the `number`th time."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Postponed:
    """A recipient asked at that moment to be told on that day, and not before."""

    recipient: str
    at: datetime
    until: date


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody has to say to the secretariat: `kind` not_ours or consult, `by` whom it calls them."""

    number: int
    kind: str
    by: str
    at: datetime
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What a department (by id) still owes in a phase of a round; "" is the secretariat, which owes the phase.

    Without tasks it is complete; `completed_at` says since when, where that is known. What people said to its
    notices stands beside it.
    """

    round: str
    phase: str
    department: str
    tasks: tuple[Task, ...] = ()
    completed_at: datetime | None = None
    asked_again: tuple[AskedAgain, ...] = ()
    postponed: tuple[Postponed, ...] = ()
    words: tuple[Remark, ...] = ()

    @property
    def is_open(self) -> bool:
        return bool(self.tasks) if self.department else self.completed_at is None
