"""From a Question to an Answer: facts and their sources, no wording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from knowledge.answers import (
    comparisons,
    cycle,
    documents,
    figures,
    indicators,
    lists,
    rankings,
    refusals,
    sums,
)
from knowledge.answers.answer import Answer, AnswerKind
from knowledge.known import Known
from knowledge.question import Ask, OutOfPlan, Question, Unclear, Understood

_ANSWERS: dict[Ask, Callable[[Question, Known], Answer]] = {
    Ask.FIGURES: figures.figures,
    Ask.INDICATORS: indicators.indicators,
    Ask.SUM: sums.total,
    Ask.AVERAGE: sums.average,
    Ask.RANK: rankings.ranking,
    Ask.RANK_YEARS: rankings.year_ranking,
    Ask.CHANGE: comparisons.change,
    Ask.COMPARE: comparisons.comparison,
    Ask.SHARE: comparisons.share,
    Ask.INCLUDED: sums.included,
    Ask.LIST: lists.listing,
    Ask.COUNT: lists.count,
    Ask.DESCRIBE: documents.description,
    Ask.MAIN_MEASURES: documents.description,
    Ask.PURPOSE: documents.description,
    Ask.ACCOUNT: documents.description,
    Ask.TERM: documents.term,
    Ask.SECTION: documents.section,
    Ask.PASSAGE: documents.passage,
}


def answer(understood: Understood, known: Known, today: date) -> tuple[Answer, ...]:
    """The answer; two for a double question."""
    years = len(known.plan.years)
    return tuple(replace(one, years_in_plan=years) for one in _answers(understood, known, today))


def _answers(understood: Understood, known: Known, today: date) -> tuple[Answer, ...]:
    if isinstance(understood, Unclear):
        return (refusals.unclear(understood, known),)
    if isinstance(understood, OutOfPlan):
        return (refusals.out_of_plan(understood, known),)
    if understood.asks is Ask.TWO:
        return tuple(_one(part, known, today) for part in understood.parts)
    return (_one(understood, known, today),)


def _one(question: Question, known: Known, today: date) -> Answer:
    if question.asks is Ask.GREETING:
        return Answer(AnswerKind.UNCLEAR, "greeting", None, language=question.language)
    if question.asks is Ask.PROCESS:
        return cycle.process(question, known, today.month)
    if question.asks is Ask.PAGE:
        found = documents.page(question, known)
        return found or refusals.out_of_plan(OutOfPlan("topic", (), (), language=question.language), known)
    return _ANSWERS[question.asks](question, known)
