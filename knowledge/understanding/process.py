"""The yearly cycle: who does what in which month, what is due now, what comes next."""

from __future__ import annotations

from knowledge.names import Kind
from knowledge.question import Ask, Understood
from knowledge.understanding.scene import Scene
from knowledge.understanding.subjects import Subject, find_subjects

_RECKONED = ("largest", "smallest", "largest_n", "smallest_n", "average", "share", "times")
_MOST_OF_IT = 0.5
_CYCLE = frozenset({Kind.PHASE, Kind.BODY})


def of_the_year(scene: Scene) -> Understood | None:
    """A phase, a body, a month, the present time, or the step that follows."""
    if (
        scene.subjects.coded
        or scene.says(*_RECKONED)
        or (scene.mentions.years and not scene.says("next_step"))
    ):
        return None
    named = tuple(
        one for one in find_subjects(scene.mentions, scene.known, _CYCLE).named if _is_its_name(one)
    )
    if scene.says("next_step"):
        return scene.asks(Ask.PROCESS, subjects=_last_phase(scene), what="next")
    if named and _outweighs(named, scene) and not _asks_more(scene, named):
        refs = tuple(dict.fromkeys(ref for one in named for ref in one.refs))
        return scene.asks(Ask.PROCESS, subjects=refs)
    if scene.subjects.named and not scene.says("this_month", "next_month"):
        return None
    return _by_month(scene)


def _is_its_name(subject: Subject) -> bool:
    """Whether most of the name was said: 部会 alone is no 推進部会."""
    return max(found.coverage for found in subject.found) >= _MOST_OF_IT


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


def _asks_more(scene: Scene, named: tuple[Subject, ...]) -> bool:
    """Words that go beyond who, when and what: the passages say it better than the whole phase."""
    return bool(scene.mentions.left_over(tuple(found for one in named for found in one.found)))


def _by_month(scene: Scene) -> Understood | None:
    month = scene.today.month
    if scene.says("next_month"):
        month = month % 12 + 1
    elif scene.says("last_month"):
        month = (month - 2) % 12 + 1
    elif scene.mentions.months:
        if scene.wants_amount or scene.left_over() or any(one.calendar for one in scene.mentions.years):
            return None
        return scene.asks(Ask.PROCESS, subjects=(), months=scene.mentions.months, what="month")
    elif not scene.says("this_month"):
        return None
    return scene.asks(Ask.PROCESS, subjects=(), months=(month, month), what="month")
