"""From a Question to an Answer: facts and their sources, no wording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from typing import cast

from knowledge.answers.answer import Answer, AnswerKind
from knowledge.known import Known
from knowledge.question import Ask, OutOfPlan, Question, Unclear, Understood

Maker = Callable[[Question, Known], Answer]

ANSWERS: dict[Ask, str] = {
    Ask.FIGURES: "figures.figures",
    Ask.INDICATORS: "indicators.indicators",
    Ask.SUM: "sums.total",
    Ask.AVERAGE: "sums.average",
    Ask.RANK: "rankings.ranking",
    Ask.RANK_YEARS: "rankings.year_ranking",
    Ask.YEARS: "rankings.years_where",
    Ask.CHANGE: "comparisons.change",
    Ask.COMPARE: "comparisons.comparison",
    Ask.SHARE: "comparisons.share",
    Ask.INCLUDED: "sums.included",
    Ask.LIST: "lists.listing",
    Ask.COUNT: "lists.count",
    Ask.DESCRIBE: "documents.description",
    Ask.MAIN_MEASURES: "documents.description",
    Ask.PURPOSE: "documents.description",
    Ask.ACCOUNT: "documents.description",
    Ask.TERM: "documents.term",
    Ask.PASSAGE: "documents.passage",
}
"""Which function here answers which kind of question; its module is loaded with the first of that kind."""


@cache
def maker_of(asks: Ask) -> Maker:
    """The function that answers this kind of question."""
    module, _, name = ANSWERS[asks].partition(".")
    return cast(Maker, getattr(import_module(f"knowledge.answers.{module}"), name))


def answer(understood: Understood, known: Known, today: date) -> tuple[Answer, ...]:
    """The answer; two for a double question."""
    years = len(known.plan.years)
    passed_over = understood.left_over if isinstance(understood, Question) else ()
    made = [replace(one, years_in_plan=years) for one in _answers(understood, known, today)]
    return (*made[:-1], replace(made[-1], passed_over=passed_over))


def _answers(understood: Understood, known: Known, today: date) -> tuple[Answer, ...]:
    if not isinstance(understood, Question):
        return (_refusal(understood, known),)
    if understood.asks is Ask.TWO:
        return tuple(_one(part, known, today) for part in understood.parts)
    return (_one(understood, known, today),)


def _one(question: Question, known: Known, today: date) -> Answer:
    if question.asks is Ask.GREETING:
        return Answer(AnswerKind.UNCLEAR, question.what or "greeting", None, language=question.language)
    if question.asks is Ask.PROCESS:
        from knowledge.answers.cycle import process

        return process(question, known, today.month)
    if question.asks is Ask.PAGE:
        from knowledge.answers.documents import page

        nowhere = OutOfPlan("topic", (), (), language=question.language)
        return page(question, known) or _refusal(nowhere, known)
    return maker_of(question.asks)(question, known)


def _refusal(understood: Unclear | OutOfPlan, known: Known) -> Answer:
    from knowledge.answers.refusals import out_of_plan, unclear

    return unclear(understood, known) if isinstance(understood, Unclear) else out_of_plan(understood, known)
