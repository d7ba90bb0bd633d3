"""What an answer is: facts, where they stand, and what may be asked instead. No wording.

An answer that states something cannot be made without a source, nor a refusal with a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.plan.plan import State, Target
from knowledge.question import Language

TOTAL = "total"


class AnswerKind(StrEnum):
    """What sort of answer it is, as other tools see it."""

    FACT = "fact"
    LIST = "list"
    PASSAGE = "passage"
    UNCLEAR = "unclear"
    OUT_OF_PLAN = "out_of_plan"
    COMMAND = "command"


_STATES_SOMETHING = frozenset({AnswerKind.FACT, AnswerKind.LIST, AnswerKind.PASSAGE})


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell or indicator of the plan. `fiscal_year` is R6 or "total"; `value` counts the printed `unit`."""

    code: str
    measure: str
    fiscal_year: str
    value: int | None
    unit: str
    state: State

    @classmethod
    def of(cls, code: str, measure: str, fiscal_year: str, target: Target, unit: str) -> Fact:
        return cls(code, measure, fiscal_year, target.value, unit, target.state)


@dataclass(frozen=True, slots=True)
class Citation:
    """One row or one passage of one edition; `reference` opens it."""

    edition: str
    code: str
    page: int
    section: str
    quote: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something to ask instead: what a button says, the code it is about, the question it puts."""

    label: str
    code: str
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`says` names the template that words it, `content` is what that template needs.

    `passed_over` are the words of the question that were not read and might have mattered.
    """

    kind: AnswerKind
    says: str
    content: Any
    facts: tuple[Fact, ...] = ()
    citations: tuple[Citation, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    language: Language = "ja"
    years_in_plan: int = 5
    passed_over: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind in _STATES_SOMETHING and not self.citations:
            raise ValueError("出典のない答えは作れません")
        if self.kind is AnswerKind.OUT_OF_PLAN and any(fact.state is State.SET for fact in self.facts):
            raise ValueError("記載がないという答えに数値は付けられません")
