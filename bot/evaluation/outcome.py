"""What a turn of a self-evaluation is made of: what came in, what is to be said, the draft that comes out of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.evaluation.sheet import EvaluationSheet, FormStep
from bot.storage.draft import SUMMARY, Draft, FieldAnswer
from bot.storage.entry import EntryState


@dataclass(frozen=True, slots=True)
class Given:
    """What came in: a typed text, or the word of a pressed button."""

    text: str = ""
    press: str = ""


@dataclass(frozen=True, slots=True)
class TurnNote:
    """Something to say before what is asked next: the name of its words and what they need."""

    says: str
    facts: Mapping[str, str] = field(default_factory=dict)


class DraftEnd(Enum):
    """How a dialogue is left."""

    PAUSED = auto()
    DISCARDED = auto()
    SUBMITTED = auto()


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """The draft as it is now, what to say about it, a question that was put in the middle, and whether it ends.

    `question` may be no more than a remark: `is_asked` says that it has the form of a question.
    """

    draft: Draft
    notes: tuple[TurnNote, ...] = ()
    question: str = ""
    is_asked: bool = False
    end: DraftEnd | None = None


def settled(draft: Draft, sheet: EvaluationSheet) -> Draft:
    """The draft standing at a step that there is: a form or a plan that changed may have none of that name."""
    if draft.at == SUMMARY or sheet.step(draft, draft.at) is not None:
        return draft
    return advanced(draft, sheet)


def advanced(draft: Draft, sheet: EvaluationSheet) -> Draft:
    """Moved to the first step that was neither answered nor passed over, or to the summary."""
    waiting = (one.key for one in sheet.steps(draft) if one.key not in draft.answers)
    return draft.moved(next(waiting, SUMMARY))


def shown(step: FormStep, answer: FieldAnswer) -> str:
    """An answer in words: 計画どおり, 14,561千円, 未定, the comment itself."""
    if answer.is_skipped:
        return "（スキップ）"
    if step.kind == "state":
        return EntryState(answer.text).label
    return step.figure.reported(answer).printed if step.figure else answer.text
