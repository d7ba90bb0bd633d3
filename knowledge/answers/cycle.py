"""The yearly cycle: who does what, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.answers import sources
from knowledge.answers.answer import Answer, AnswerKind, Citation
from knowledge.known import Known
from knowledge.plan.plan import Phase
from knowledge.question import Question
from knowledge.search.passages import phase_reference


@dataclass(frozen=True, slots=True)
class Cycle:
    """Phases of the yearly cycle; `month` is the month asked about, `is_next` that what comes after it was asked."""

    phases: tuple[Phase, ...]
    months: tuple[int, int] | None
    is_next: bool
    body: str = ""
    unheard: tuple[str, ...] = ()


def process(question: Question, known: Known, month: int) -> Answer:
    """Who does what and when. `month` is today's, for 「次の評価」."""
    phases = known.plan.phases
    body = next((ref.removeprefix("body:") for ref in question.subjects if ref.startswith("body:")), "")
    if question.what == "next":
        found = _next(question, phases, month)
    elif question.what == "previous":
        found = _previous(question, phases)
    elif question.months:
        found = tuple(one for one in phases if _touches(one, question.months))
    else:
        found = tuple(one for at, one in enumerate(phases) if phase_reference(at) in question.subjects)
        found = found or tuple(_of_body(phases, body))
    return Answer(
        AnswerKind.PASSAGE,
        "cycle",
        Cycle(found, question.months, question.what == "next", body, question.left_over),
        (),
        _phases_cited(found, known),
        language=question.language,
    )


def _next(question: Question, phases: tuple[Phase, ...], month: int) -> tuple[Phase, ...]:
    """The evaluation after the one that was spoken of, else the next one from this month on."""
    checks = [one for one in phases if one.stage == "Check"]
    if question.subjects:
        place = next(at for at in range(len(phases)) if phase_reference(at) == question.subjects[-1])
        return phases[place + 1 : place + 2] or phases[-1:]
    order = sorted(checks, key=lambda one: (one.months[0] - month - 1) % 12)
    return tuple(order[:1])


def _previous(question: Question, phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """The phase before the one named; before the first there is none."""
    place = next(at for at in range(len(phases)) if phase_reference(at) == question.subjects[0])
    return phases[place - 1 : place] if place else ()


def _touches(phase: Phase, months: tuple[int, int]) -> bool:
    """Whether a phase belongs to the months asked about; several months leave out what goes on all year."""
    first, last = months
    if first == last:
        return phase.covers(first)
    asked = [(first + step - 1) % 12 + 1 for step in range((last - first) % 12 + 1)]
    goes_on_all_year = all(phase.covers(month) for month in range(1, 13))
    return not goes_on_all_year and all(phase.covers(month) for month in asked)


def _of_body(phases: tuple[Phase, ...], body: str) -> list[Phase]:
    found = []
    for one in phases:
        steps = tuple(step for step in one.steps if step.actor == body)
        if steps:
            found.append(replace(one, steps=steps))
    return found


def _phases_cited(phases: tuple[Phase, ...], known: Known) -> tuple[Citation, ...]:
    found = []
    for phase in phases:
        at = next(
            at
            for at, one in enumerate(known.plan.phases)
            if one.name == phase.name and phase.steps[-1] in one.steps
        )
        found.append(sources.passage(known, f"{phase_reference(at)}:1"))
    return tuple(found)
