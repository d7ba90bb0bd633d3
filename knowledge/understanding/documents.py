"""What the document says in words: an initiative's contents, terms, pages, and any other passage."""

from __future__ import annotations

import re

from knowledge.japanese import content_words
from knowledge.names import Kind
from knowledge.question import Ask, OutOfPlan, Question, Unclear, Understood
from knowledge.understanding.passages import (
    ORDINAL,
    asks_quantity,
    best_passage,
    holds_what_is_asked,
    looked_for,
)
from knowledge.understanding.scene import Scene
from knowledge.understanding.subjects import find_subjects, one_of_relisted

_MOST_OF_IT = 0.6
_TERMS = frozenset({Kind.TERM})
_SECTIONS = frozenset({Kind.SECTION})
_NEAR = 0.2
_CHAPTER = re.compile("第?([0-9]{1,2})章")
_PERIOD = re.compile("計画期間を.*まで")


def greeting(scene: Scene) -> Understood | None:
    """Nothing but a greeting, or nothing at all."""
    if scene.mentions.codes or scene.mentions.years or scene.mentions.months:
        return None
    if scene.history and not scene.says("polite"):
        return None
    if scene.mentions.way_names - {"polite", "connecting"} or scene.mentions.names or scene.left_over():
        return None
    bare = re.sub(r"[\W_]", "", scene.mentions.text)
    if bare and not scene.says("polite"):
        return None
    return scene.asks(Ask.GREETING)


def period(scene: Scene) -> Understood | None:
    """From when to when the plan runs."""
    if not scene.says("plan_period") or scene.subjects.all or scene.wants_amount:
        return None
    spoken = next((one for one in scene.known.passages if _PERIOD.search(one.text)), None)
    return scene.asks(Ask.PASSAGE, subjects=(spoken.reference if spoken else "front:title",))


def cover(scene: Scene) -> Understood | None:
    """What the plan is called."""
    if not scene.says("plan_title") or scene.subjects.coded or scene.left_over():
        return None
    return scene.asks(Ask.PASSAGE, subjects=("front:title",))


def meeting(scene: Scene) -> Understood | None:
    """A meeting by its number (第3回は何を話した)."""
    ordinal = ORDINAL.search(scene.mentions.text)
    if ordinal is None or scene.subjects.all or not ordinal[0].endswith("回"):
        return None
    appendix = scene.known.plan.appendix
    meetings = appendix.meetings if appendix else ()
    at = next((at for at, one in enumerate(meetings, start=1) if one.name == ordinal[0]), None)
    if at is None:
        return OutOfPlan("words", (ordinal[0],), (), language=scene.language, readings=scene.readings)
    return scene.asks(Ask.PASSAGE, subjects=(f"meeting:{at}",), topic=scene.mentions.text)


def page(scene: Scene) -> Understood | None:
    """On which page something stands."""
    if not scene.says("page"):
        return None
    return scene.asks(Ask.PAGE, topic=looked_for(scene))


def term(scene: Scene) -> Understood | None:
    """What a term means, where the plan explains it."""
    if (
        scene.subjects.coded
        or scene.wants_amount
        or scene.years.is_named
        or scene.says("list", "initiative", "when")
        or _goes_on_with_figures(scene)
    ):
        return None
    named = find_subjects(scene.mentions, scene.known, _TERMS).named
    if not named or not (
        scene.says("meaning", "equal", "difference") or _is_all(scene) or _asked_for_a_term(scene)
    ):
        return None
    heaviest = max(found.weight for one in named for found in one.found)
    other = max((found.weight for one in scene.subjects.named for found in one.found), default=0.0)
    if other > heaviest:
        return None
    refs = tuple(dict.fromkeys(one.refs[0] for one in named))
    return scene.asks(Ask.TERM, subjects=refs, topic=scene.mentions.text)


def _goes_on_with_figures(scene: Scene) -> bool:
    """「ジェネリックは？」 after a figure: the initiative of that name, not what the word means."""
    after_figures = scene.last is not None and scene.last.asks in (Ask.FIGURES, Ask.SUM, Ask.INDICATORS)
    return after_figures and bool(scene.subjects.named) and not scene.says("meaning")


def _asked_for_a_term(scene: Scene) -> bool:
    """Whether the question before asked what a term means."""
    return scene.last is not None and scene.last.asks is Ask.TERM


def _is_all(scene: Scene) -> bool:
    """Whether the text is the bare term."""
    return not scene.mentions.way_names - {"polite", "meaning"} and len(scene.mentions.text) < 16


def description(scene: Scene) -> Understood | None:
    """What an initiative or item is about."""
    subjects = scene.subjects.all
    if not subjects or any("#" in ref for ref in scene.subjects.refs):
        return None
    if scene.says("account") and scene.subjects.refs:
        return scene.asks(Ask.ACCOUNT)
    refs = [one_of_relisted(one.refs, scene.known) for one in subjects]
    flat = tuple(ref for one in refs for ref in one)
    asks = Ask.DESCRIBE
    if scene.says("main_measures"):
        asks = Ask.MAIN_MEASURES
    elif scene.says("purpose"):
        asks = Ask.PURPOSE
    question = scene.asks(asks, subjects=flat, topic=scene.mentions.text, what=_what(scene))
    return _described(scene, question, refs)


def _what(scene: Scene) -> str:
    if scene.says("what_is_counted"):
        return "measure"
    return "code" if scene.says("code") else ""


def _described(scene: Scene, question: Question, refs: list[tuple[str, ...]]) -> Understood | None:
    words = scene.left_over()
    if scene.subjects.coded and not words and not _lacks_what_is_asked(scene, question):
        return question
    own = "".join(scene.known.text_of.get(ref, "") for ref in question.subjects)
    foreign = tuple(word for word in words if word not in own)
    if foreign and (elsewhere := best_passage(scene)) is not None and _is_of(elsewhere, scene):
        return _of_passage(scene, elsewhere)
    if any(word not in scene.known.all_text for word in foreign):
        return OutOfPlan(
            "words", foreign, question.subjects[:3], language=scene.language, readings=scene.readings
        )
    if (foreign and scene.subjects.coded) or _lacks_what_is_asked(scene, question):
        return OutOfPlan(
            "topic", foreign or words, question.subjects[:3], language=scene.language, readings=scene.readings
        )
    ambiguous = next((one for one in refs if len(one) > 1), None)
    if ambiguous:
        return Unclear("ambiguous", ambiguous, question, language=scene.language, readings=scene.readings)
    return question


def _is_of(reference: str, scene: Scene) -> bool:
    """Whether a passage is of the codes in the text, where it has any; the cycle's steps are of none."""
    code = scene.known.passage[reference].code
    return not scene.subjects.coded or any(code.startswith(ref) for ref in scene.subjects.refs)


def _lacks_what_is_asked(scene: Scene, question: Question) -> bool:
    """A quantity is asked for and none of the subject's passages holds one of that kind."""
    if not asks_quantity(scene):
        return False
    texts = [one.text for one in scene.known.passages if one.code in question.subjects]
    return not any(holds_what_is_asked(scene, scene.known.vocabulary.plain(text)) for text in texts)


def section(scene: Scene) -> Understood | None:
    """A whole chapter that the text names, or the one that says what the plan is for."""
    if scene.says("purpose") and not scene.subjects.all and not scene.left_over():
        aims = [one for one in scene.known.plan.sections if "趣旨" in one.title or "目的" in one.title]
        return scene.asks(Ask.SECTION, subjects=(f"section:{aims[0].number}",)) if aims else None
    if chapter := _CHAPTER.search(scene.mentions.text):
        known = any(one.number == chapter[1] for one in scene.known.plan.sections)
        return scene.asks(Ask.SECTION, subjects=(f"section:{chapter[1]}",)) if known else None
    named = find_subjects(scene.mentions, scene.known, _SECTIONS).named
    named = tuple(one for one in named if one.found[0].coverage >= _MOST_OF_IT)
    if not named or scene.subjects.coded or scene.left_over_beside(named):
        return None
    if scene.says("when", "who", "count", "where"):
        return None
    return scene.asks(Ask.SECTION, subjects=named[0].refs[:1])


def passage(scene: Scene) -> Understood:
    """Any other question: the passage that answers it, or the plan does not say."""
    if not content_words(scene.mentions.text):
        return Unclear("nothing", language=scene.language, readings=scene.readings)
    reference = None if scene.says("effect") and not asks_quantity(scene) else best_passage(scene)
    if reference is not None:
        return _of_passage(scene, reference)
    return OutOfPlan(
        "topic", scene.left_over(), _nearest(scene), language=scene.language, readings=scene.readings
    )


def _nearest(scene: Scene) -> tuple[str, ...]:
    """What is named after all, what the nearest passages belong to, names that look alike; only what is near at all."""
    hits = [hit for hit in scene.known.search(scene.mentions.text, 3) if hit.coverage >= _NEAR]
    codes = [scene.known.passage[hit.passage.key].code for hit in hits]
    alike = [named.ref for named in scene.known.names.alike(scene.mentions.text) if named.kind in _OFFERED]
    return tuple(dict.fromkeys(filter(None, (*scene.subjects.refs, *codes, *alike))))[:3]


def _of_passage(scene: Scene, reference: str) -> Question:
    """A step of the yearly cycle is shown within its phase, anything else alone."""
    if reference.startswith("phase:"):
        return scene.asks(Ask.PROCESS, subjects=(reference.rpartition(":")[0],))
    if reference.startswith("picture:"):
        return scene.asks(Ask.SECTION, subjects=(_section_of(reference, scene),))
    return scene.asks(Ask.PASSAGE, subjects=(reference,), topic=scene.mentions.text)


def _section_of(reference: str, scene: Scene) -> str:
    where = scene.known.passage[reference].section
    chapter = next(one for one in scene.known.plan.sections if f"{one.number} {one.title}".strip() == where)
    return f"section:{chapter.number}"


_OFFERED = frozenset({Kind.INITIATIVE, Kind.ITEM})
