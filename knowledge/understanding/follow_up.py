"""Questions that lean on the one before: 「じゃあ令和6年度は？」「5-1-1は？」「合計だと？」「2番目の取組は？」.

A text that names its own subject keeps it; a text with a new topic takes nothing over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.question import Accounts, Ask, Facet, Question, Understood
from knowledge.understanding.scene import Scene
from knowledge.understanding.subjects import Subject, Subjects, with_amounts

_LEANS = (
    "effect", "target", "five_year_total", "every_year", "first_year", "last_year", "nth_year", "next_of_last",
    "previous_of_last", "sum", "average", "difference", "times", "share", "summary", "main_measures", "reason",
    "what_is_counted", "when", "starts", "actual", "carry", "count", "who", "account", "indicators",
    "activity_indicators", "outcome_indicators", "page", "nth_of_list", "cost", "company", "responsible",
    "not_recorded", "which",
)  # fmt: skip
_POINTS = re.compile("(?:それ|その取組)(?:の|は)")
_KINDS = ("negative", "constant", "falling", "rising", "starts", "with_figure", "without_figure")
_VARIED = frozenset({Ask.SUM, Ask.RANK, Ask.AVERAGE, Ask.COMPARE, Ask.SHARE})
_FIGURES = frozenset({Ask.FIGURES, Ask.SUM, Ask.AVERAGE, Ask.INDICATORS, Ask.CHANGE, Ask.COMPARE, Ask.SHARE})


def completions(scene: Scene) -> Iterator[Scene]:
    """The scene as it is to be read: with what the conversation supplies, where the text leaves it out."""
    if of_a_reckoning(scene):
        yield scene
    else:
        yield _held_against(scene) or _completed(scene) or scene


def _held_against(scene: Scene) -> Scene | None:
    """「5-1-2との差は？」「令和5年度との差は」: the figure spoken of, against another thing or another year."""
    last = scene.last
    if last is None or last.asks is not Ask.FIGURES or len(last.subjects) != 1 or scene.left_over():
        return None
    if not scene.says("difference", "which", "times"):
        return None
    named = scene.subjects.refs
    if len(named) == 1 and named != last.subjects:
        years = scene.years if scene.years.is_named else last.years
        return replace(scene, subjects=_spoken_of((*last.subjects, *named)), years=years)
    years = scene.years
    if not named and len(years.single) == len(last.years.single) == 1 and years.single != last.years.single:
        return replace(
            scene,
            subjects=_spoken_of(last.subjects),
            years=replace(years, single=(*years.single, *last.years.single)),
        )
    return None


def _spoken_of(refs: Sequence[str]) -> Subjects:
    return Subjects(tuple(Subject((ref,), -1, -1) for ref in refs), (), ())


def _completed(scene: Scene) -> Scene | None:
    if scene.last is None or scene.subjects.all or scene.mentions.codes or _names_its_own_scope(scene):
        return None
    if not (scene.years.is_named or scene.says(*_LEANS)) or scene.left_over():
        return None
    refs = tuple(_with_amounts(ref, scene) for ref in _refs_before(scene))
    if not refs:
        return None
    years = scene.years
    if not years.is_named and scene.says(
        "effect", "difference", "times", "share", "carry", "what_is_counted", "target"
    ):
        years = scene.last.years
    if not years.is_named and scene.says("sum") and len(refs) > 1:
        years = scene.last.years
    return replace(scene, subjects=_spoken_of(refs), years=years)


def _names_its_own_scope(scene: Scene) -> bool:
    """The whole plan, unless as what a share is taken of; initiatives of a kind (ほかにマイナスの取組は), 所管課は何をする."""
    of_a_kind = scene.says("initiative") and scene.says(*_KINDS)
    of_the_cycle = scene.says("responsible") and scene.says("summary")
    return of_a_kind or of_the_cycle or (scene.says("whole_plan") and not scene.says("share"))


def _with_amounts(ref: str, scene: Scene, *, amounts: bool = False) -> str:
    """Of a text that the plan lists twice the place that has the amounts, where these are asked for."""
    initiative = scene.known.initiative(ref)
    if initiative is None or not (amounts or scene.says("effect")) or with_amounts(initiative):
        return ref
    twins = [
        one.code for one in scene.known.plan.initiatives if any(mark.refers_to == ref for mark in one.marks)
    ]
    return twins[0] if twins else ref


def _refs_before(scene: Scene) -> tuple[str, ...]:
    last = scene.last
    if last is None:
        return ()
    way = scene.mentions.way("nth_of_list")
    if way is not None and way.number and last.asks is Ask.LIST:
        return _listed(scene, last)[way.number - 1 : way.number]
    refs = tuple(ref for ref in last.subjects if not ref.startswith(("phase:", "body:", "term:", "plan:")))
    refs = tuple(ref for ref in refs if scene.known.plan.by_code.get(ref) or "#" in ref or ref == "計画")
    if scene.says("difference", "which", "sum") and len(scene.history) > 1 and len(refs) == 1:
        before = tuple(ref for ref in scene.history[-2].subjects if scene.known.plan.by_code.get(ref))
        return tuple(dict.fromkeys((*before, *refs)))
    return refs


def _listed(scene: Scene, last: Question) -> tuple[str, ...]:
    from knowledge.answers.select import selected  # the one place where a reading needs what was answered

    return tuple(one.code for one in selected(last, scene.known))


def doubted(scene: Scene) -> Understood | None:
    """「ほんと？」: the same again, with its source."""
    if (
        scene.last is None
        or not scene.says("doubt")
        or scene.refs
        or scene.years.is_named
        or scene.left_over()
    ):
        return None
    return replace(scene.last, readings=scene.readings)


def of_a_reckoning(scene: Scene) -> Understood | None:
    """What varies the last ranking or sum: another year, another place, other accounts, or its first one in words."""
    last = scene.last
    if last is None or last.asks not in _VARIED or scene.subjects.coded or scene.left_over():
        return None
    if (
        scene.accounts is not Accounts.DEFAULT
        and scene.says("including", "excluding")
        and not scene.says("list")
    ):
        return replace(last, accounts=scene.accounts, readings=scene.readings)
    if not scene.conditions and not scene.subjects.all and scene.says("including", "excluding"):
        accounts = Accounts.INCLUDED if scene.says("including") else Accounts.EXCLUDED
        return replace(last, accounts=accounts, readings=scene.readings)
    if scene.subjects.all or last.asks is Ask.AVERAGE:
        return None
    if last.asks is Ask.RANK and _POINTS.search(scene.mentions.text) and scene.years.is_named:
        first = _first_ranked(last, scene)
        return scene.asks(Ask.FIGURES, subjects=(first,)) if first else None
    only_years = scene.years.is_named and not scene.wants_amount and not scene.years.outside
    if only_years and not scene.says("difference", "times", "share", "sum", "average"):
        return replace(last, years=scene.years, readings=scene.readings)
    return _of_a_ranking(last, scene) if last.asks is Ask.RANK else None


def _of_a_ranking(last: Question, scene: Scene) -> Understood | None:
    """Another place in it (2番目は), or its first one in words (概要は)."""
    place = scene.mentions.way("nth_of_list")
    if place is not None and place.number:
        return replace(last, first=place.number, what="nth", readings=scene.readings)
    if scene.says("summary", "main_measures") and (first := _first_ranked(last, scene)):
        return scene.asks(Ask.DESCRIBE, subjects=(first,), topic=scene.mentions.text)
    return None


def _first_ranked(last: Question, scene: Scene) -> str | None:
    """The initiative that the last answer named first."""
    from knowledge.answers.rankings import ranked_codes  # as for _listed

    codes = ranked_codes(last, scene.known)
    return codes[0] if codes and scene.known.initiative(codes[0]) else None


def carried_over(understood: Understood, scene: Scene) -> Understood:
    """A bare new subject (「5-1-1は？」) is asked what was asked before."""
    last = scene.last
    if last is None or not isinstance(understood, Question):
        return understood
    if last.asks is Ask.TERM and _asks_where_it_is_done(understood, scene):
        return _who_mentions(scene, last)
    bare = understood.asks in (Ask.DESCRIBE, Ask.LIST) and not scene.says(
        "summary", "list", "initiative", "meaning", "main_measures"
    )
    scopes = all(scene.known.item(ref) or scene.known.pillar(ref) for ref in understood.subjects)
    if (
        bare
        and not understood.facets
        and last.asks in (Ask.LIST, Ask.COUNT, Ask.RANK)
        and scopes
        and not scene.left_over()
    ):
        return replace(last, subjects=understood.subjects, readings=understood.readings)
    if not bare or last.asks not in _FIGURES or scene.left_over() or not scene.subjects.all:
        return understood
    years = understood.years if understood.years.is_named else last.years
    taken = last.asks if last.asks in (Ask.FIGURES, Ask.SUM, Ask.INDICATORS, Ask.AVERAGE) else Ask.FIGURES
    return _fitting(
        replace(
            last,
            asks=taken,
            subjects=tuple(
                _with_amounts(ref, scene, amounts=_was_of_amounts(last, scene)) for ref in understood.subjects
            ),
            years=years,
            readings=understood.readings,
            parts=(),
        ),
        scene,
    )


def _was_of_amounts(last: Question, scene: Scene) -> bool:
    """Whether effect amounts were spoken of."""
    return any(with_amounts(scene.known.initiative(ref)) for ref in last.subjects)


def _asks_where_it_is_done(understood: Question, scene: Scene) -> bool:
    """それをやる取組は after a term: what is wanted are the initiatives that mention it."""
    if not scene.says("initiative", "list", "code"):
        return False
    leans = scene.says("carry", "mentions") and not scene.subjects.all and not scene.left_over()
    return understood.asks is Ask.PASSAGE or (understood.asks in (Ask.PROCESS, Ask.LIST) and leans)


def _fitting(question: Question, scene: Scene) -> Question:
    """A figure of an item is a sum or its indicator; of an initiative it is its row."""
    if all(scene.known.initiative(ref) for ref in question.subjects):
        return replace(question, asks=Ask.FIGURES)
    if question.asks is Ask.FIGURES:
        return replace(question, asks=Ask.SUM)
    return question


def _who_mentions(scene: Scene, last: Question) -> Question:
    names = tuple(ref.removeprefix("term:") for ref in last.subjects if ref.startswith("term:"))
    words = tuple(scene.known.vocabulary.plain(name) for name in names)
    return scene.asks(
        Ask.LIST, subjects=("計画",), facets=(Facet("mentions", words=words),), what="initiatives"
    )
