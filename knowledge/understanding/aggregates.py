"""Sums, rankings, averages, changes, comparisons and shares: what a question wants reckoned from the plan's figures."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from knowledge.question import PLAN, Accounts, Ask, Level, Unclear, Understood
from knowledge.understanding.figures import counts_something_else
from knowledge.understanding.scene import Scene
from knowledge.understanding.subjects import with_amounts

_OF_WHICH = re.compile("に占める|に対する|のうち")
_IS = ("は", "って", " the sum of", " the total of", " equal")
_WHICH_YEAR = ("何年度", "どの年", "いつ", "年度は", "年は", "which year", "what year")
_FACETS_OF_A_LIST = ("negative", "constant", "without_figure", "under_adjustment", "starts")


def _initiative_refs(scene: Scene) -> tuple[str, ...]:
    return tuple(ref for ref in scene.subjects.refs if scene.known.initiative(ref))


def scopes_of(scene: Scene) -> tuple[str, ...]:
    """Subjects that hold several initiatives."""
    return tuple(ref for ref in scene.refs if ref == PLAN or scene.known.item(ref) or scene.known.pillar(ref))


def included(scene: Scene) -> Understood | None:
    """Whether an initiative counts in an item's target."""
    if (
        not scene.says("included")
        or not scene.wants_amount
        or scene.says("count", "list", "largest", "smallest")
    ):
        return None
    items = tuple(ref for ref in scene.refs if scene.known.item(ref))
    inside = tuple(ref for one in scene.subjects.named for ref in one.refs if scene.known.initiative(ref))
    inside += _initiative_refs(scene)
    if len(items) != 1 or scene.says("sum"):
        return None
    chosen = tuple(dict.fromkeys(ref for ref in inside if ref.startswith(items[0] + "-")))
    if not chosen and not scene.says("special_account", "enterprise_account", "relisted"):
        return None
    return scene.asks(Ask.INCLUDED, subjects=(items[0], *chosen))


def comparison(scene: Scene) -> Understood | None:
    """Two or more subjects against each other, in one or more years."""
    many = len(scene.subjects.all) >= 2 or _pillars_or_items(scene) >= 2
    which_is_larger = scene.says("big", "small") and not scene.says(
        "initiative", "item", "list", "superlative"
    )
    if not many or not (which_is_larger or scene.says("which", "difference", "times")):
        return None
    if scene.subjects.ambiguous and not scene.subjects.coded:
        return None
    return scene.asks(Ask.COMPARE, what="times" if scene.says("times") else "")


def _pillars_or_items(scene: Scene) -> int:
    return len(scopes_of(scene))


def share(scene: Scene) -> Understood | None:
    """A part as a percentage of a whole: an initiative of its item, an item of the plan."""
    if not scene.says("share") or any("#" in ref for ref in scene.refs) or _leaves_words(scene):
        return None
    if inverted := _part_behind_whole(scene):
        return inverted
    if several := _several_parts(scene):
        return several
    wholes = scopes_of(scene)
    if scene.means_whole_plan:
        wholes = tuple(dict.fromkeys((*wholes, PLAN)))
    parts = _parts_of(wholes, scene)
    if parts and wholes:
        return scene.asks(Ask.SHARE, subjects=(parts[0], wholes[-1]))
    if len(wholes) >= 2:
        return scene.asks(Ask.SHARE, subjects=(wholes[0], wholes[-1]))
    if parts and (scene.wants_amount or scene.years.is_named):
        return scene.asks(Ask.SHARE, subjects=(parts[0], parts[0].rpartition("-")[0]))
    return None


def _several_parts(scene: Scene) -> Understood | None:
    """One initiative as a share of another; more parts than that, or two years, cannot be taken together."""
    parts = tuple(dict.fromkeys(_initiatives_meant(scene)))
    if len(parts) < 2 and len(scene.years.single) < 2:
        return None
    alone = len(parts) == 2 and not scopes_of(scene) and not scene.means_whole_plan
    if alone and len(scene.years.single) < 2 and not scene.says("sum"):
        return scene.asks(Ask.SHARE, subjects=parts)
    return _half_understood(scene, Ask.SHARE)


def _initiatives_meant(scene: Scene) -> list[str]:
    """The initiatives that are named without doubt, in order."""
    return [
        one.refs[0]
        for one in scene.subjects.all
        if not one.is_ambiguous and scene.known.initiative(one.refs[0])
    ]


def _half_understood(scene: Scene, asks: Ask) -> Unclear:
    """What is to be reckoned has more parts than can be taken here."""
    words = tuple(
        scene.mentions.folded.as_written(way.start, way.end)
        for way in scene.mentions.ways
        if way.name in ("share", "sum")
    )
    candidates = tuple(ref for ref in scene.refs if ref != PLAN)[:4]
    return Unclear("half", candidates, scene.asks(asks), words, scene.language, scene.readings)


def _part_behind_whole(scene: Scene) -> Understood | None:
    """柱5に占める柱3の割合: the whole stands first."""
    match = _OF_WHICH.search(scene.mentions.text)
    subjects = [one for one in scene.subjects.all if len(one.refs) == 1]
    if match is None or len(subjects) < 2:
        return None
    before = [one for one in subjects if one.end <= match.start()]
    behind = [one for one in subjects if one.start >= match.end()]
    if not before or not behind:
        return None
    return scene.asks(Ask.SHARE, subjects=(behind[0].refs[0], before[-1].refs[0]))


def _parts_of(wholes: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """The initiatives named; of equally close ones that which lies in the whole and has amounts."""
    coded = _initiative_refs(scene) if scene.subjects.coded else ()
    named = [ref for one in scene.subjects.named for ref in one.refs if scene.known.initiative(ref)]
    inside = {one.code for whole in wholes for one in scene.known.initiatives_in(whole)}
    fitting = [ref for ref in named if ref in inside and with_amounts(scene.known.initiative(ref))]
    found = fitting or [
        ref for one in scene.subjects.named if not one.is_ambiguous for ref in one.refs if ref in named
    ]
    return tuple(ref for ref in coded if scene.known.initiative(ref)) or tuple(found)


def _leaves_words(scene: Scene) -> bool:
    return bool(scene.left_over())


def ranking(scene: Scene) -> Understood | None:
    """The largest or smallest initiatives of a scope, or the year in which a scope is largest."""
    order = order_of(scene)
    if order is None or _counts_something_else(scene) or counts_something_else(scene):
        return None
    initiatives, scopes = _initiative_refs(scene), scopes_of(scene)
    if len(initiatives) == 1 and scene.says("equal") and not scopes:
        return scene.asks(Ask.RANK, subjects=(PLAN,), order=order)
    of_years = any(word in scene.mentions.text for word in _WHICH_YEAR) and not scene.years.single
    if of_years or (initiatives and not scopes and len(scene.subjects.refs) == 1):
        return scene.asks(Ask.RANK_YEARS, subjects=(scene.refs or (PLAN,))[:1], order=order)
    subjects = scopes or scene.refs or (PLAN,)
    place = scene.mentions.way("nth_of_list")
    nth = place.number if place else None
    level: Level = "items" if scene.says("item") else ("pillars" if scene.says("pillar") else "initiatives")
    first = nth or _first(scene)
    return scene.asks(
        Ask.RANK, subjects=subjects, order=order, first=first, what="nth" if nth else "", level=level
    )


def _counts_something_else(scene: Scene) -> bool:
    return any("#" in ref for ref in scene.subjects.refs) or (not scene.refs and bool(scene.left_over()))


def order_of(scene: Scene) -> Literal["largest", "smallest"] | None:
    """Whether the largest or the smallest is asked for."""
    ranked = scene.says("superlative", "nth_of_list")
    if scene.says("smallest", "smallest_n", "ascending") or (ranked and scene.says("small")):
        return "smallest"
    if scene.says("largest", "largest_n", "descending") or (ranked and scene.says("big")):
        return "largest"
    return None


def _first(scene: Scene) -> int:
    numbers = [
        way.number for way in scene.mentions.ways if way.name in ("largest_n", "smallest_n") and way.number
    ]
    if numbers:
        return max(1, min(numbers[0], 50))
    return 10 if scene.says("descending", "ascending") else 1


def average(scene: Scene) -> Understood | None:
    """A year's average of a subject."""
    if not scene.says("average") or len(scene.refs) != 1 or scene.subjects.ambiguous:
        return None
    return scene.asks(Ask.AVERAGE)


def change(scene: Scene) -> Understood | None:
    """One subject between two years: by how much, or how many times."""
    if (
        not scene.says("difference", "times", "rate", "year_on_year")
        or not scene.refs
        or scene.subjects.ambiguous
    ):
        return None
    years = scene.years.single
    if scene.says("year_on_year") and len(years) == 1 and years[0] > scene.known.plan.first_year:
        years = (years[0].previous, years[0])
    if scene.says("rate") and not years:
        years = (scene.known.plan.first_year, scene.known.plan.last_year)
    if len(years) < 2:
        return None
    in_order = replace(scene.years, single=tuple(sorted(years)))
    return scene.asks(Ask.CHANGE, years=in_order)


def total(scene: Scene) -> Understood | None:
    """A sum over years, over named initiatives, or over the accounts of a scope."""
    if scene.subjects.ambiguous and not scene.subjects.coded:
        return None
    scopes, single = scopes_of(scene), _initiative_refs(scene)
    if scene.says("sum") and _says_what_it_is_the_sum_of(scene):
        single = single[1:]
    if single and not scopes and scene.says("sum") and (len(single) > 1 or len(scene.years.single) > 1):
        return scene.asks(Ask.SUM, subjects=single, accounts=Accounts.INCLUDED)
    if scene.says("sum") and any(_is_in(one, other) for one in scopes for other in (*scopes, *single)):
        return _half_understood(scene, Ask.SUM)
    if scopes and not single and (scene.says("sum") or scene.wants_amount or scene.years.is_named):
        each = len(scopes) > 1 and not scene.says("sum")
        parts = tuple(scene.asks(Ask.SUM, subjects=(ref,)) for ref in scopes)
        return scene.asks(Ask.TWO, subjects=(), parts=parts) if each else scene.asks(Ask.SUM)
    unnamed = not scene.refs and not scene.left_over()
    if (
        unnamed
        and scene.says("sum", "effect", "five_year_total")
        and (scene.accounts is not Accounts.DEFAULT or _of_all(scene))
    ):
        return scene.asks(Ask.SUM, subjects=(PLAN,))
    return None


def _is_in(one: str, other: str) -> bool:
    """Whether one scope, or an initiative, lies in another, so that a sum of both counts it twice."""
    return one != other and (one == PLAN or f"{other}-".startswith(f"{one.removeprefix('柱')}-"))


def _says_what_it_is_the_sum_of(scene: Scene) -> bool:
    """5-2-1は5-2-7と5-2-8の合計？: the first is held against the sum of the others."""
    subjects = scene.subjects.coded
    return len(subjects) > 2 and scene.mentions.text.startswith(_IS, subjects[0].end)


def _of_all(scene: Scene) -> bool:
    """Whether everything is to be added up, though nothing is named (効果額は全部でいくら)."""
    named = scene.says("effect", "target") or scene.years.is_named
    return scene.says("sum", "five_year_total") and named and scene.last is None
