"""Figures as printed: rows of initiatives, indicators of reform items."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.answers import sources
from knowledge.answers.answer import TOTAL, Answer, AnswerKind, Fact
from knowledge.answers.select import effect_row, scope
from knowledge.known import Known
from knowledge.plan.amount import UNITS, in_unit
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Initiative, Target
from knowledge.question import Question

_SENTENCE_WITH_MONEY = re.compile(r"[^、。]*[0-9０-９][0-9０-９,，]*[千百万億]+円[^、。]*")


@dataclass(frozen=True, slots=True)
class Span:
    """Years in a row with the same cell; `first` and `last` may be the same."""

    first: FiscalYear
    last: FiscalYear
    target: Target


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What is said of one initiative's row. `total` is None where it is not asked for."""

    code: str
    title: str
    measure: str
    unit: str
    is_effect_amount: bool
    has_table: bool
    wants_other: bool
    spans: tuple[Span, ...]
    total: Target | None
    definition: str
    remark: str
    twin: str = ""

    @property
    def none_set(self) -> bool:
        return not any(span.target.is_set for span in self.spans) and not (self.total and self.total.is_set)

    @property
    def state(self) -> str:
        """The one reason why no figure stands here, when all cells give the same."""
        cells = [span.target for span in self.spans] + ([self.total] if self.total else [])
        states = {cell.state.value for cell in cells}
        return states.pop() if len(states) == 1 else "blank"


@dataclass(frozen=True, slots=True)
class Figures:
    """`denied` are amounts that the person put forward and that are not the plan's, `outside` years that it lacks."""

    rows: tuple[FigureRow, ...]
    unit: str
    outside: tuple[FiscalYear, ...]
    confirmed: tuple[tuple[str, tuple[str, ...]], ...]
    denied: tuple[str, ...]
    spoken_of: tuple[str, ...] = ()


def figures(question: Question, known: Known) -> Answer:
    """The figures of the question's initiatives, in the years asked for, or all of them."""
    asked = question.parts or (question,)
    rows, facts, cited = [], [], []
    for part in asked:
        for initiative in scope(part, known):
            rows.append(replace(_row(initiative, part), twin=_twin(initiative, part, known)))
            facts += _facts(initiative, part)
            cited.append(sources.row(known, initiative))
    confirmed, denied = _judged(question, facts)
    spoken_of = question.left_over if question.what == "by_text" else ()
    content = Figures(tuple(rows), question.unit, question.years.outside, confirmed, denied, spoken_of)
    return Answer(
        AnswerKind.FACT,
        "figures",
        content,
        tuple(facts),
        tuple(dict.fromkeys(cited)),
        language=question.language,
    )


def _years(question: Question, plan_years: tuple[FiscalYear, ...]) -> tuple[FiscalYear, ...]:
    years = question.years
    if years.single:
        return tuple(year for year in years.single if year in plan_years)
    return () if years.total and not years.every else plan_years


def _wants_total(question: Question) -> bool:
    return question.years.total or not question.years.single


def _row(initiative: Initiative, question: Question) -> FigureRow:
    row = initiative.targets
    if row is None:
        return FigureRow(initiative.code, initiative.title, "", "", False, False, False, (), None, "", "")
    measure = row.measure
    spans = _spans([(year, row.of(year)) for year in _years(question, row.years)])
    return FigureRow(
        initiative.code,
        initiative.title,
        measure.name,
        measure.unit,
        measure.is_effect_amount,
        True,
        question.effect and not measure.is_effect_amount,
        spans,
        row.total if _wants_total(question) else None,
        measure.definition,
        _remark(initiative, question),
    )


def _twin(initiative: Initiative, question: Question, known: Known) -> str:
    """Where the same text is listed again and has the amounts that are missing here."""
    row = initiative.targets
    if row is not None and row.is_set and (row.measure.is_effect_amount or not question.effect):
        return ""
    twins = known.referring_to.get(initiative.code, ())
    return next((one.code for one in twins if (other := effect_row(one)) and other.is_set), "")


def _spans(cells: list[tuple[FiscalYear, Target]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for year, target in cells:
        if spans and spans[-1].target == target and spans[-1].last.next == year:
            spans[-1] = Span(spans[-1].first, year, target)
        else:
            spans.append(Span(year, year, target))
    return tuple(spans)


def _remark(initiative: Initiative, question: Question) -> str:
    """An amount that the summary itself states, where no single year is asked for."""
    if question.years.is_named:
        return ""
    match = _SENTENCE_WITH_MONEY.search(initiative.summary)
    return match[0].strip() if match else ""


def _facts(initiative: Initiative, question: Question) -> list[Fact]:
    row = initiative.targets
    if row is None:
        return []
    key, unit = row.measure.key, row.measure.unit
    facts = [
        Fact.of(initiative.code, key, year.short, row.of(year), unit) for year in _years(question, row.years)
    ]
    if _wants_total(question):
        facts.append(Fact.of(initiative.code, key, TOTAL, row.total, unit))
    return facts


def _judged(
    question: Question, facts: list[Fact]
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    """The person's own amounts, told apart into those that stand among the facts (and in which years) and the others."""
    money = [fact for fact in facts if fact.value is not None and fact.unit in UNITS]
    if not question.claimed or not money:
        return (), ()
    unit = money[0].unit
    years: dict[int, list[str]] = {yen: [] for yen in question.claimed}
    for fact in money:
        yen = (fact.value or 0) * UNITS[fact.unit]
        if yen in years:
            years[yen].append(fact.fiscal_year)
    confirmed = tuple((_as_said(yen, unit), tuple(where)) for yen, where in years.items() if where)
    return confirmed, tuple(_as_said(yen, unit) for yen, where in years.items() if not where)


def _as_said(yen: int, unit: str) -> str:
    return in_unit(yen, "円", unit if yen % UNITS[unit] == 0 else "円")
