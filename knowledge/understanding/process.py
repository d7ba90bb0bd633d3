"""The yearly cycle: who does what in which month, what is due now, what comes next."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.names import Kind
from knowledge.question import Ask, Understood
from knowledge.search.passages import phase_reference
from knowledge.understanding.passages import best_passage
from knowledge.understanding.scene import Scene
from knowledge.understanding.subjects import Subject, find_subjects

_RECKONED = ("largest", "smallest", "largest_n", "smallest_n", "average", "share", "times")
_MOST_OF_IT = 0.5
_MONTH = re.compile("(1[0-2]|[1-9])月")
_CYCLE = frozenset({Kind.PHASE, Kind.BODY})


def of_the_year(scene: Scene) -> Understood | None:
    """A phase, a body, a month, the present time, or the step that follows."""
    if scene.subjects.coded or scene.says(*_RECKONED) or _names_a_past_year(scene):
        return None
    named = tuple(
        one for one in find_subjects(scene.mentions, scene.known, _CYCLE).named if _is_its_name(one)
    )
    if not named and not scene.subjects.all and (again := _again(scene)):
        return again
    if scene.says("whole_cycle") and not scene.left_over_beside(named):
        every = tuple(phase_reference(at) for at in range(len(scene.known.plan.phases)))
        return scene.asks(Ask.PROCESS, subjects=every)
    if scene.says("next_step"):
        return scene.asks(Ask.PROCESS, subjects=_phases(named) or _last_phase(scene), what="next")
    if scene.says("previous_step") and (after := _phases(named)):
        return scene.asks(Ask.PROCESS, subjects=after, what="previous")
    if named and _outweighs(named, scene) and not _elsewhere(scene, named):
        return _of_its_names(scene, named)
    if scene.subjects.named and not scene.says("this_month", "next_month"):
        return None
    return _by_month(scene)


def _again(scene: Scene) -> Understood | None:
    """「いつ？」 or 「その次は？」 after a question on the cycle."""
    last = scene.last
    if last is None or last.asks is not Ask.PROCESS or scene.says("next_step") or scene.left_over():
        return None
    if scene.says("next_of_last"):
        return scene.asks(Ask.PROCESS, subjects=_last_phase(scene), what="next")
    return replace(last, readings=scene.readings) if scene.says("when", "who", "summary") else None


def _of_its_names(scene: Scene, named: tuple[Subject, ...]) -> Understood:
    refs = tuple(dict.fromkeys(ref for one in named for ref in one.refs))
    if refs[0].startswith("renewal:"):
        return scene.asks(Ask.PASSAGE, subjects=refs[:1], topic=scene.mentions.text)
    return scene.asks(Ask.PROCESS, subjects=refs, left_over=_unheard(scene, named))


def _names_a_past_year(scene: Scene) -> bool:
    """The cycle is the same every year; a year named beside it means something that happened."""
    return any(not one.relative for one in scene.mentions.years) and not scene.says("next_step")


def _is_its_name(subject: Subject) -> bool:
    """Whether most of the name was said: 部会 alone is no 推進部会."""
    return max(found.coverage for found in subject.found) >= _MOST_OF_IT


def _phases(named: tuple[Subject, ...]) -> tuple[str, ...]:
    return tuple(ref for one in named if not one.is_ambiguous for ref in one.refs if ref.startswith("phase:"))


def _last_phase(scene: Scene) -> tuple[str, ...]:
    last = scene.last
    if last is None or last.asks is not Ask.PROCESS:
        return ()
    return tuple(ref for ref in last.subjects if ref.startswith("phase:"))


def _outweighs(named: tuple[Subject, ...], scene: Scene) -> bool:
    """Whether the cycle explains more of the text than any initiative does."""
    cycle = max(found.weight for one in named for found in one.found)
    other = max((found.weight for one in scene.subjects.named for found in one.found), default=0.0)
    return cycle >= other and not (scene.wants_amount and other)


def _elsewhere(scene: Scene, named: tuple[Subject, ...]) -> bool:
    """Whether the words go beyond who, when and what, and another part of the document takes them up."""
    if not scene.left_over_beside(named):
        return False
    passage = best_passage(scene)
    return passage is not None and not passage.startswith(("phase:", "renewal:", "picture:", "contents:"))


def _unheard(scene: Scene, named: tuple[Subject, ...]) -> tuple[str, ...]:
    """Words of which the plan says nothing (締切), to be said beside what it does say."""
    return tuple(word for word in scene.left_over_beside(named) if word not in scene.known.all_text)


def _month_of_a_year(scene: Scene) -> tuple[int, int] | None:
    """来年の3月: a month of a year seen from today."""
    for one in scene.mentions.years:
        match = _MONTH.search(scene.mentions.text[one.start : one.end])
        if one.calendar and one.relative and match:
            return int(match[1]), int(match[1])
    return None


def _by_month(scene: Scene) -> Understood | None:
    month = scene.today.month
    if scene.says("next_month"):
        month = month % 12 + 1
    elif scene.says("last_month"):
        month = (month - 2) % 12 + 1
    elif months := scene.mentions.months or _month_of_a_year(scene):
        if scene.wants_amount or scene.left_over():
            return None
        return scene.asks(Ask.PROCESS, subjects=(), months=months, what="month")
    elif not scene.says("this_month"):
        return None
    return scene.asks(Ask.PROCESS, subjects=(), months=(month, month), what="month")
