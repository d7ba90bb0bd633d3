"""Figures as the plan prints them: an initiative's targets by year, a reform item's indicators."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.plan.plan import IndicatorKind, Target
from knowledge.question import PLAN, Accounts, Ask, OutOfPlan, Question, Unclear, Understood, Years
from knowledge.understanding.scene import Scene
from knowledge.understanding.subjects import Subject

_NUMBER = re.compile(r"([0-9][0-9,]{2,}|[0-9]{2,}(?=%))(千円|時間|件|団体|人|%|)")
_COUNTER = re.compile(r"何(人|名|館|台|校|団体|時間|か所|箇所|本|%|パーセント|日|回)")
_MOST_BY_VALUE = 4
_INDICATOR_KINDS = ("activity_indicators", "outcome_indicators")
_SHAPES = ("negative", "constant", "falling", "rising", "starts")
_OF_FIGURES = ("sum", "every_year", "difference", "rate", "negative", "constant", "falling", "rising")
_MOST_CANDIDATES = 5
_TELLING_PHRASE = 3


def indicators(scene: Scene) -> Understood | None:
    """Indicators: one by its name, those of an item, or all of a kind."""
    named = tuple(ref for one in scene.subjects.all for ref in one.refs if "#" in ref)
    if named and len(named) == len(scene.subjects.refs):
        if scene.subjects.ambiguous and not scene.says("both"):
            return Unclear(
                "ambiguous", named, _plain(scene), language=scene.language, readings=scene.readings
            )
        return _of_kind(scene, named)
    items = tuple(ref for ref in scene.refs if scene.known.item(ref) or scene.known.pillar(ref))
    if not items:
        return None
    kind = _kind(scene)
    if kind or scene.says("indicators", "activity_indicators"):
        return scene.asks(Ask.INDICATORS, subjects=items, what=kind)
    if (
        scene.says("target")
        and not scene.says("effect")
        and not any(_has_effect_target(scene, ref) for ref in items)
    ):
        return scene.asks(Ask.INDICATORS, subjects=items)
    if scene.accounts is not Accounts.DEFAULT:
        return None
    whole = scene.says("sum", "five_year_total") or scene.years.single or scene.years.every
    if scene.wants_amount and not whole:
        has_target = all((item := scene.known.item(ref)) and item.effect_target for ref in items)
        return scene.asks(Ask.INDICATORS, subjects=items, what="effect") if has_target else None
    return None


def without_target(scene: Scene) -> Understood | None:
    """The indicators whose target is masked (〇〇〇), or that have none at all, where these are asked for."""
    masked = scene.says("masked")
    blank = scene.says("without_figure") and scene.says("indicators", "item", *_INDICATOR_KINDS)
    if not (masked or blank) or scene.subjects.all or scene.says("initiative"):
        return None
    unset = tuple(
        f"{item.code}#{number}"
        for item in scene.known.plan.items
        for number, one in enumerate(item.indicators, 1)
        if not one.target.is_set and (bool(one.target.printed) or not masked)
    )
    return scene.asks(Ask.INDICATORS, subjects=unset) if unset else None


def _of_kind(scene: Scene, named: tuple[str, ...]) -> Question:
    """The indicators named; where none is of the kind asked for, those of their items that are."""
    kind = _kind(scene)
    if not kind:
        return scene.asks(Ask.INDICATORS, effect=scene.says("effect") and not _asks_how_many(scene))
    fitting = tuple(ref for ref in named if (found := scene.known.indicator(ref)) and found[1].kind == kind)
    items = tuple(dict.fromkeys(ref.partition("#")[0] for ref in named))
    return scene.asks(Ask.INDICATORS, subjects=fitting or items, what=kind)


def _asks_how_many(scene: Scene) -> bool:
    """Whether things are counted, so that RPAで何時間浮く asks for no money."""
    return scene.says("count") or bool(_COUNTER.search(scene.mentions.text))


def _has_effect_target(scene: Scene, ref: str) -> bool:
    item = scene.known.item(ref)
    return item is not None and item.effect_target is not None


def _kind(scene: Scene) -> str:
    if scene.says("activity_indicators") and scene.says("outcome_indicators"):
        return ""
    if scene.says("activity_indicators"):
        return IndicatorKind.ACTIVITY
    return IndicatorKind.OUTCOME if scene.says("outcome_indicators") else ""


def _plain(scene: Scene) -> Question:
    return scene.asks(Ask.FIGURES)


def figures(scene: Scene) -> Understood | None:
    """The figures of one or more initiatives."""
    asked = scene.wants_amount or scene.years.is_named or _counts(scene) or scene.says(*_OF_FIGURES)
    initiatives = [one for one in scene.subjects.all if any(scene.known.initiative(ref) for ref in one.refs)]
    of_words = scene.says("who", "what_is_counted", "how") or (
        scene.says("when") and not scene.says("effect", *_SHAPES)
    )
    if not asked or of_words or counts_something_else(scene):
        return None
    if not initiatives:
        return _no_subject(scene)
    refs = [one.refs for one in scene.subjects.all]
    ambiguous = next((one for one in refs if len(one) > 1), None)
    question = scene.asks(Ask.FIGURES, subjects=tuple(ref for one in refs for ref in one))
    if ambiguous:
        held = checked(scene, question)
        if not isinstance(held, Question):
            return held
        return Unclear("ambiguous", ambiguous, question, language=scene.language, readings=scene.readings)
    return paired(scene, question)


def _counts(scene: Scene) -> bool:
    return scene.says("count") or any(f"何{word}" in scene.mentions.text for word in ("団体", "件"))


def by_value(scene: Scene) -> Understood | None:
    """A number is given and nothing named: what in the plan has that value (7,350時間って何の数字)."""
    if scene.subjects.all or scene.history or scene.says("sum", "largest", "smallest"):
        return None
    given = {(int(number.replace(",", "")), unit) for number, unit in _NUMBER.findall(scene.mentions.text)}
    indicators = tuple(
        f"{item.code}#{at}"
        for item in scene.known.plan.items
        for at, one in enumerate(item.indicators, 1)
        if _is_given(one.target, one.unit, given)
    )
    initiatives = tuple(
        one.code
        for one, row in scene.known.plan.rows()
        if any(_is_given(cell, row.measure.unit, given) for cell in row.all_cells)
    )
    if 0 < len(indicators) <= _MOST_BY_VALUE:
        return scene.asks(Ask.INDICATORS, subjects=indicators)
    if 0 < len(initiatives) <= _MOST_BY_VALUE and not indicators:
        return scene.asks(Ask.FIGURES, subjects=initiatives)
    return None


def _is_given(target: Target, unit: str, given: set[tuple[int, str]]) -> bool:
    amount = None if target.value is None else abs(target.value)
    return any(amount == value and said in ("", unit) for value, said in given)


def counts_something_else(scene: Scene) -> bool:
    """Whether a quantity is asked for that no target of the subjects counts (何館, 何台)."""
    counters = set(_COUNTER.findall(scene.mentions.text))
    units = {
        row.measure.unit
        for ref in scene.subjects.refs
        if (one := scene.known.initiative(ref)) and (row := one.targets)
    }
    return bool(counters) and not counters & units and bool(scene.subjects.refs)


def _no_subject(scene: Scene) -> Understood | None:
    asked = scene.says("effect", "target") or scene.years.is_named
    if scene.subjects.refs or not asked or scene.says("meaning", "when", "who"):
        return None
    question = scene.asks(Ask.FIGURES)
    if scene.left_over():
        return named_by_text(scene, question) if scene.wants_amount else None
    return Unclear("no_subject", (), question, language=scene.language, readings=scene.readings)


def named_by_text(scene: Scene, question: Question) -> Understood | None:
    """A thing that no title names: the one initiative whose text speaks of it, or which of several is meant."""
    phrases = scene.mentions.left_over_phrases(scene.subjects.found)
    telling = any(len(phrase) >= _TELLING_PHRASE for phrase in phrases)
    speaking = tuple(
        code
        for code, text in scene.known.text_of.items()
        if telling and all(phrase in text for phrase in phrases)
    )
    if len(speaking) == 1:
        return replace(question, asks=Ask.FIGURES, subjects=speaking, what="by_text", left_over=phrases)
    if 1 < len(speaking) <= _MOST_CANDIDATES:
        return Unclear("ambiguous", speaking, question, language=scene.language, readings=scene.readings)
    unheard = tuple(word for word in scene.left_over() if word not in scene.known.all_text)
    if not unheard:
        return None
    return OutOfPlan(
        "words", unheard, question.subjects[:3], language=scene.language, readings=scene.readings
    )


def paired(scene: Scene, question: Question) -> Question:
    """5-1-1のR3と5-1-2のR7: each subject with the years that follow it."""
    years = [one for one in scene.mentions.years if one.years and not one.calendar]
    subjects = scene.subjects.all
    if len(subjects) < 2 or len(years) < 2:
        return question
    own = [
        [year for year in years if _belongs(subject, index, subjects, year.start)]
        for index, subject in enumerate(subjects)
    ]
    if not all(own):
        return question
    parts = tuple(
        replace(question, subjects=refs, years=Years(single=tuple(y for one in mine for y in one.years)))
        for refs, mine in zip([one.refs for one in subjects], own, strict=True)
    )
    return replace(question, parts=parts)


def _belongs(subject: Subject, index: int, subjects: tuple[Subject, ...], at: int) -> bool:
    until = subjects[index + 1].start if index + 1 < len(subjects) else 10**6
    return subject.start <= at < until


def checked(scene: Scene, question: Question) -> Understood:
    """Refuse, or ask back, where words that carry meaning are not the subject's own: half understood is not answered."""
    words = scene.left_over()
    own = "".join(words_of(scene, ref) for ref in question.subjects)
    foreign = tuple(word for word in words if word not in own)
    if not foreign:
        return question
    unheard = tuple(word for word in foreign if word not in scene.known.all_text)
    if unheard:
        return OutOfPlan(
            "words", unheard, question.subjects[:3], language=scene.language, readings=scene.readings
        )
    by_text = None if scene.subjects.coded else named_by_text(scene, question)
    return by_text or Unclear(
        "half", question.subjects[:4], question, foreign, scene.language, scene.readings
    )


def words_of(scene: Scene, ref: str) -> str:
    """Every word of a subject, folded; of a scope that was named and not coded, only its own."""
    if found := scene.known.indicator(ref):
        return scene.known.vocabulary.plain(found[1].printed + found[0].title + found[0].purpose)
    if scene.known.initiative(ref):
        return scene.known.text_of[ref]
    inside = scene.known.initiatives_in(ref) if scene.subjects.coded or ref == PLAN else ()
    return "".join(scene.known.text_of[one.code] for one in inside) + _item_words(scene, ref)


def _item_words(scene: Scene, ref: str) -> str:
    item, pillar = scene.known.item(ref), scene.known.pillar(ref)
    items = [one for one in (item, *(pillar.items if pillar else ())) if one]
    texts = [
        one.title + one.purpose + "".join(indicator.name for indicator in one.indicators) for one in items
    ]
    return scene.known.vocabulary.plain("".join([pillar.title if pillar else "", *texts]))
