"""From a person's words to a Question: what stands in the text, which subjects and years it names, what it asks.

`understand` tells the story; each reader after it knows one kind of question and answers None to all others. The
order of READERS is the order of precedence: what the plan cannot hold is refused before anything is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from knowledge.amount_mentions import find_amounts
from knowledge.known import Known
from knowledge.mentions import find_mentions
from knowledge.plan.amount import Amount
from knowledge.question import PLAN, Ask, Question, Unclear, Understood
from knowledge.understanding import (
    aggregates,
    documents,
    figures,
    follow_up,
    lists,
    process,
    refusals,
    two_at_once,
)
from knowledge.understanding.obedience import disobeyed
from knowledge.understanding.scene import Scene
from knowledge.understanding.subjects import decided, find_subjects
from knowledge.understanding.years import years_asked

LONGEST_QUESTION = 1000
_IN_WORDS = frozenset({Ask.DESCRIBE, Ask.MAIN_MEASURES, Ask.PURPOSE, Ask.ACCOUNT})
_OF_FIGURES = frozenset(
    {Ask.FIGURES, Ask.INDICATORS, Ask.SUM, Ask.AVERAGE, Ask.RANK_YEARS, Ask.CHANGE, Ask.COMPARE, Ask.SHARE}
)

READERS: tuple[Callable[[Scene], Understood | None], ...] = (
    documents.greeting,
    refusals.unknown_code,
    refusals.another_city,
    follow_up.doubted,
    follow_up.of_a_reckoning,
    documents.cover,
    documents.period,
    documents.page,
    documents.meeting,
    lists.count_of_document,
    process.of_the_year,
    documents.term,
    refusals.absent,
    refusals.reason,
    refusals.outside_years,
    aggregates.included,
    aggregates.comparison,
    aggregates.share,
    figures.without_target,
    lists.of_individual_plan,
    lists.facets,
    aggregates.ranking,
    aggregates.average,
    aggregates.change,
    lists.parts,
    lists.individual_plans,
    figures.indicators,
    figures.by_value,
    aggregates.total,
    figures.figures,
    documents.section,
    documents.description,
    documents.passage,
)


def understand(text: str, known: Known, today: date, history: Sequence[Question] = ()) -> Understood:
    """What the text asks. `history` holds the conversation's earlier questions, oldest first."""
    text = text[:LONGEST_QUESTION]
    parts = two_at_once.parts(text, lambda part, before: _one(part, known, today, (*history, *before)))
    return parts or _one(text, known, today, history)


def understand_all(texts: Sequence[str], known: Known, today: date) -> Understood:
    """What the last of several texts asks, the others being the conversation before it."""
    history: list[Question] = []
    for text in texts[:-1]:
        understood = understand(text, known, today, history)
        if isinstance(understood, Question):
            history.append(understood.parts[-1] if understood.asks is Ask.TWO else understood)
    return understand(texts[-1], known, today, history)


def _one(text: str, known: Known, today: date, history: Sequence[Question]) -> Understood:
    scene = _scene(text, known, today, tuple(history))
    for completed in follow_up.completions(scene):
        for read in READERS:
            understood = read(completed)
            if understood is not None:
                return _held(completed, follow_up.carried_over(understood, completed))
    raise AssertionError("documents.passage answers everything")


def _held(scene: Scene, understood: Understood) -> Understood:
    """No figure is given where a part of the question was not understood, or heard and not obeyed."""
    if not isinstance(understood, Question):
        return understood
    question = _answerable(understood)
    if question.asks in _OF_FIGURES and _mixes(question):
        return Unclear("ambiguous", question.subjects[:4], question, (), scene.language, scene.readings)
    if words := disobeyed(question, scene):
        candidates = tuple(ref for ref in question.subjects if ref != PLAN)[:4]
        return Unclear("half", candidates, question, words, scene.language, scene.readings)
    if question.asks in _OF_FIGURES and question.what != "by_text":
        return figures.checked(scene, question)
    return question


def _mixes(question: Question) -> bool:
    """An indicator and an initiative at once: one of them was hardly meant."""
    indicators = sum("#" in ref for ref in question.subjects)
    return 0 < indicators < len(question.subjects)


def _answerable(question: Question) -> Question:
    """An indicator has one value: whatever is to be reckoned from it, that is what can be said."""
    indicators = bool(question.subjects) and all("#" in ref for ref in question.subjects)
    if indicators and question.asks in _OF_FIGURES - {Ask.COMPARE}:
        return replace(question, asks=Ask.INDICATORS, what="")
    if question.asks in _IN_WORDS and question.subjects == (PLAN,):
        return replace(question, asks=Ask.LIST, what="items", facets=())
    return question


def _scene(text: str, known: Known, today: date, history: tuple[Question, ...]) -> Scene:
    mentions = find_mentions(text, known.vocabulary, known.names, today, known.plan.issuer)
    last = history[-1] if history else None
    claimed = tuple(found.reading.yen for found in find_amounts(text) if isinstance(found.reading, Amount))
    subjects = find_subjects(mentions, known)
    if (
        mentions.says("effect", "target", "sum", "difference", "share", "average", "times", "five_year_total")
        or mentions.years
    ):
        subjects = decided(subjects, known, mentions)
    years = years_asked(mentions, known.plan, last)
    return Scene(mentions, known, today, subjects, years, claimed, history)
