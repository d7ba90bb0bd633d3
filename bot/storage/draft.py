"""A self-evaluation under way: what has been answered, where it stands, what is being asked back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

SUMMARY = "summary"
"""Where a draft stands when there is nothing left to ask."""


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """What was answered at a step: a state or a comment as `text`, a figure as `value` (None: not set, as `text` says).

    `is_skipped`: passed over; what is required is then still missing.
    """

    text: str = ""
    value: int | None = None
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One way to take what is in doubt."""

    label: str
    answer: FieldAnswer


@dataclass(frozen=True, slots=True)
class Pending:
    """What was said at the step `at` and is not taken before the person has chosen: why, and between what."""

    at: str
    reason: str
    said: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft; there is one for each subject of a round. `revision` counts its changes.

    `at` is the step that is asked now; `asked_back` are the steps at which a vague comment was asked back once.
    `follows` is the version of the entry that it corrects (0: none).
    """

    number: int
    round: str
    subject: str
    revision: int = 0
    at: str = ""
    answers: Mapping[str, FieldAnswer] = field(default_factory=dict)
    asked_back: tuple[str, ...] = ()
    pending: Pending | None = None
    follows: int = 0

    def answer(self, step: str) -> FieldAnswer | None:
        """What was answered there, if anything was; a step passed over has no answer."""
        found = self.answers.get(step)
        return None if found is None or found.is_skipped else found

    def answered(self, step: str, answer: FieldAnswer) -> Draft:
        """With that answer, and nothing in doubt."""
        return replace(self, answers={**self.answers, step: answer}, pending=None)

    def moved(self, step: str) -> Draft:
        """Standing there, with nothing in doubt."""
        return replace(self, at=step, pending=None)
