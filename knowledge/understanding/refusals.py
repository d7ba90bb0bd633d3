"""What the plan cannot answer, told apart by why: a code or a year it lacks, a thing it does not record."""

from __future__ import annotations

import re

from knowledge.plan.plan import code_order
from knowledge.question import PLAN, Ask, OutOfPlan, Understood, Why
from knowledge.understanding.scene import Scene

_ABSENT = ("cost", "company", "responsible", "not_recorded")
_OF_A_SUBJECT = ("responsible",)
_CITY = re.compile("([一-龠]{1,4}[市町村])(?=の|は|で|では|って)")
_THIS_CITY = ("本市", "当市", "両市", "全市", "各市", "同市", "市", "町", "村", "都市")
_NEAREST = 3


def unknown_code(scene: Scene) -> Understood | None:
    """A code that the plan does not hold; the nearest are those beside it."""
    if not scene.subjects.unknown:
        return None
    nearest = tuple(dict.fromkeys(near for code in scene.subjects.unknown for near in _beside(code, scene)))
    return OutOfPlan(
        "code", scene.subjects.unknown, nearest[:_NEAREST], language=scene.language, readings=scene.readings
    )


def another_city(scene: Scene) -> Understood | None:
    """Another city's figures or doings, unless an initiative is named that holds that city's name and more."""
    own = scene.known.plan.issuer
    for match in _CITY.finditer(scene.mentions.text):
        shared = [one for one in scene.subjects.found if match[1] in one.named.name and len(one.runs) > 1]
        if match[1] not in (own, *_THIS_CITY) and not own.endswith(match[1]) and not shared:
            return _out(scene, "words", (match[1],))
    return None


def _beside(code: str, scene: Scene) -> tuple[str, ...]:
    """The nearest codes of the same depth: the same item first, then by number."""
    wanted = code_order(code)
    same_depth = [one for one in scene.known.plan.by_code if len(code_order(one)) == len(wanted)]
    same_depth = [one for one in same_depth if one.startswith("柱") == code.startswith("柱")]

    def distance(one: str) -> tuple[int, ...]:
        return tuple(abs(a - b) for a, b in zip(code_order(one), wanted, strict=True))

    return tuple(sorted(same_depth, key=distance)[:_NEAREST])


def absent(scene: Scene) -> Understood | None:
    """Actuals, costs, contractors, departments: of what the plan has, it does not say these."""
    parts = tuple(ref for ref in scene.subjects.refs if "#" not in ref)
    if (
        scene.says("actual")
        and (scene.refs or scene.wants_amount)
        and not scene.says("initiative_in_process")
    ):
        return _out(scene, "actual", _said(scene, "actual"))
    words = tuple(
        word for name in _ABSENT for word in _said(scene, name) if parts or name not in _OF_A_SUBJECT
    )
    if (
        words
        and (parts or not scene.says("who") or scene.says("not_recorded"))
        and not _says_so_itself(scene, words)
    ):
        return _out(scene, "absent", words)
    return None


def _said(scene: Scene, name: str) -> tuple[str, ...]:
    folded = scene.mentions.folded
    return tuple(
        folded.as_written(way.start, way.end).strip("のはを")
        for way in scene.mentions.ways
        if way.name == name
    )


def _says_so_itself(scene: Scene, words: tuple[str, ...]) -> bool:
    """Whether the subject's own text speaks of it after all (整備費用 in the fire dispatch initiative)."""
    texts = [scene.known.text_of.get(ref, "") for ref in scene.subjects.refs]
    return not scene.wants_amount and any(word in text for word in words for text in texts)


def reason(scene: Scene) -> Understood | None:
    """Why a figure is what it is: the plan gives no reasons."""
    if not scene.says("reason"):
        return None
    of_a_figure = (
        scene.wants_amount or scene.years.is_named or scene.says("negative", "falling", "without_figure")
    )
    about_a_figure = of_a_figure if scene.refs else of_a_figure and scene.years.is_named
    asked_before = scene.last is not None and scene.last.asks in (
        Ask.FIGURES,
        Ask.SUM,
        Ask.RANK,
        Ask.CHANGE,
        Ask.COMPARE,
    )
    if about_a_figure or (asked_before and not scene.left_over()):
        return _out(scene, "reason", _said(scene, "reason"))
    return None


def outside_years(scene: Scene) -> Understood | None:
    """Only years that the plan does not cover."""
    years = scene.years
    if not years.outside or years.single or years.total:
        return None
    if not scene.refs and not scene.wants_amount and scene.left_over():
        return None
    out = _out(scene, "year", ())
    return OutOfPlan("year", (), out.nearest, years.outside, scene.language, scene.readings)


def _out(scene: Scene, why: Why, words: tuple[str, ...]) -> OutOfPlan:
    nearest = tuple(ref for ref in scene.subjects.refs if ref != PLAN)[:_NEAREST]
    return OutOfPlan(why, words, nearest, (), scene.language, scene.readings)
