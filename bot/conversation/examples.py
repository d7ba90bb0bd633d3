"""Questions that a newcomer may try, made from the plan itself, so that they fit whichever edition is in force."""

from __future__ import annotations

from bot.wording.wording import say
from knowledge.plan.plan import Initiative, Note, Phase, Plan
from knowledge.question import Language

Example = tuple[str, str]
"""A question, and in a few words what it shows."""


def examples(plan: Plan, language: Language = "ja") -> tuple[Example, ...]:
    """A few questions of different kinds; fewer where the plan has nothing of a kind."""
    with_figures = [one for one, row in plan.rows() if row.is_set]
    lines = say(
        "examples",
        language,
        first=with_figures[0] if with_figures else None,
        measure=_measure(with_figures[0]) if with_figures else "",
        named=min(with_figures, key=lambda one: len(one.title), default=None),
        pillar=plan.pillars[-1] if plan.pillars else None,
        phase=_a_phase(plan),
        note=_a_note(plan),
    )
    return tuple(_split(line) for line in lines.splitlines())


def _split(line: str) -> Example:
    question, _, shows = line.partition(" | ")
    return question, shows


def _measure(initiative: Initiative) -> str:
    assert initiative.targets is not None
    return initiative.targets.measure.name


def _a_phase(plan: Plan) -> Phase | None:
    """One from the middle of the year: the cycle begins and ends with planning."""
    return plan.phases[len(plan.phases) // 2] if plan.phases else None


def _a_note(plan: Plan) -> Note | None:
    return next((note for one in plan.initiatives for note in one.notes), None)
