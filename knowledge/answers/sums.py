"""Sums and averages: each keeps what it counts, what it leaves out, and what the plan prints beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from knowledge.answers import sources
from knowledge.answers.answer import Answer, AnswerKind, Citation, Fact
from knowledge.answers.evidence import cited_for, effect_row_of_plan, facts_of, has_amounts
from knowledge.answers.reckoning import (
    Column,
    Reckoned,
    columns_of,
    decimal,
    joined,
    overlaps,
    printed_targets,
    reckon,
)
from knowledge.answers.select import counted
from knowledge.answers.subject import Subject, items_of, subject, subject_of, subjects
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import BLANK, ReformItem, State, Target, TargetRow
from knowledge.question import Accounts, Question

_LEAVING_OUT = (Accounts.DEFAULT, Accounts.EXCLUDED)


@dataclass(frozen=True, slots=True)
class Line:
    """A column with its value; `column` None is the five-year total."""

    column: Column
    value: int | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum: per column, what it counted, and what the plan prints beside it.

    `grand` is the sum over several columns when these were asked for as one; `printed` the plan's own targets;
    `printed_sum` theirs together; `twice` amounts that are in it twice.
    """

    subjects: tuple[Subject, ...]
    lines: tuple[Line, ...]
    grand: int | None
    unit: str
    asked_unit: str
    count: int
    accounts: Accounts
    left_out: tuple[Subject, ...]
    not_set: tuple[Subject, ...]
    counts_not_amounts: tuple[Subject, ...]
    printed: tuple[tuple[str, int], ...]
    printed_sum: int | None
    twice: tuple[tuple[str, tuple[str, ...]], ...]
    same_as: tuple[str, ...]
    named: bool
    measure: str
    placed: tuple[str, ...]
    outside: tuple[FiscalYear, ...] = ()


def total(question: Question, known: Known) -> Answer:
    """The sum of the question's subjects over its years."""
    columns = columns_of(question, known)
    accounts = question.accounts
    single = known.initiative(question.subjects[0]) if len(question.subjects) == 1 else None
    own_measure = single is not None and single.targets is not None
    each = [reckon(ref, columns, accounts, known, own_measure) for ref in question.subjects]
    whole = joined(each)
    named = all(known.initiative(ref) for ref in question.subjects)
    printed = _printed(question, columns, known)
    content = Sum(
        tuple(subject_of(ref, known) for ref in question.subjects),
        tuple(Line(column, value) for column, value in zip(columns, whole.values, strict=True)),
        _grand(question, whole),
        whole.unit,
        question.unit,
        len(whole.counted),
        accounts,
        subjects(whole.left_out) if accounts in _LEAVING_OUT else (),
        tuple(subject(part.initiative) for part in whole.not_set if has_amounts(part.initiative)),
        tuple(subject(part.initiative) for part in whole.not_set if not has_amounts(part.initiative))
        if named
        else (),
        tuple((item.code, value) for item, value in printed),
        sum(value for _, value in printed) if printed else None,
        overlaps(whole.counted, known),
        _same_as(whole, known),
        named,
        single.targets.measure.name if single and single.targets else "効果額",
        tuple(
            item.to_be_placed
            for ref in question.subjects
            for item in items_of(ref, known)
            if item.to_be_placed
        ),
        question.years.outside,
    )
    return Answer(
        AnswerKind.FACT,
        "sum",
        content,
        facts_of(whole),
        cited_for(question.subjects, whole, known),
        language=question.language,
    )


def _printed(
    question: Question, columns: tuple[Column, ...], known: Known
) -> tuple[tuple[ReformItem, int], ...]:
    if None not in columns or question.accounts not in (Accounts.DEFAULT, Accounts.EXCLUDED):
        return ()
    return tuple(pair for ref in question.subjects for pair in printed_targets(ref, known))


def _grand(question: Question, whole: Reckoned) -> int | None:
    several = len(whole.columns) > 1 and None not in whole.columns
    if not several or question.years.every:
        return None
    return whole.total


def _same_as(whole: Reckoned, known: Known) -> tuple[str, ...]:
    """An initiative whose amounts the counted ones make up together."""
    codes = {part.initiative.code for part in whole.counted}
    return tuple(one.whole for one in known.edition.annotations.overlaps if set(one.parts) == codes)


@dataclass(frozen=True, slots=True)
class Average:
    """A year's average: over all years of the plan, and over those that have a figure where these are fewer."""

    subject: Subject
    total: int
    years: int
    over_all: str
    years_set: int
    over_set: str
    unit: str
    asked_unit: str


def average(question: Question, known: Known) -> Answer:
    """The average of a subject's yearly figures, whatever it counts."""
    ref = question.subjects[0]
    initiative = known.initiative(ref)
    years = question.years.single or known.plan.years
    columns: tuple[Column, ...] = years
    if initiative is not None and initiative.targets is not None:
        return _average(
            question, subject_of(ref, known), initiative.targets, columns, (sources.row(known, initiative),)
        )
    whole = reckon(ref, columns, question.accounts, known)
    cells = tuple((year, _as_target(value)) for year, value in zip(years, whole.values, strict=True))
    row = replace(effect_row_of_plan(known), cells=cells)
    cited = cited_for(question.subjects, whole, known)
    if initiative is not None:
        return total(question, known)
    return replace(_average(question, subject_of(ref, known), row, columns, cited), facts=facts_of(whole))


def _as_target(value: int | None) -> Target:
    return BLANK if value is None else Target(State.SET, value)


def _average(
    question: Question,
    subject: Subject,
    row: TargetRow,
    columns: tuple[Column, ...],
    cited: tuple[Citation, ...],
) -> Answer:
    cells = [row.of(year) for year in columns if year is not None]
    values = [cell.value for cell in cells if cell.value is not None]
    measure = row.measure
    facts = tuple(
        Fact.of(subject.code, measure.key, year.short, row.of(year), measure.unit)
        for year in columns
        if year is not None
    )
    if not values:
        return Answer(AnswerKind.FACT, "no_figures", (subject,), facts, cited, language=question.language)
    content = Average(
        subject,
        sum(values),
        len(cells),
        decimal(Fraction(sum(values), len(cells))),
        len(values),
        decimal(Fraction(sum(values), len(values))),
        measure.unit,
        question.unit,
    )
    return Answer(AnswerKind.FACT, "average", content, facts, cited, language=question.language)


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Whether initiatives count in an item's printed target: shown by the sums with and without them."""

    item: Subject
    printed: int | None
    inside: tuple[Subject, ...]
    outside: tuple[Subject, ...]
    summed: int | None
    summed_with_all: int | None
    unit: str


def included(question: Question, known: Known) -> Answer:
    """Whether the named initiatives (or those of the accounts left out) count in the item's target."""
    item, *named = question.subjects
    chosen = [one for ref in named if (one := known.initiative(ref))]
    chosen = chosen or [one for one in known.initiatives_in(item) if one.is_special_account]
    printed = printed_targets(item, known)
    default = reckon(item, (None,), Accounts.DEFAULT, known)
    everything = reckon(item, (None,), Accounts.INCLUDED, known)
    content = Inclusion(
        subject_of(item, known),
        printed[0][1] if printed else None,
        tuple(subject(one) for one in chosen if counted(one, Accounts.DEFAULT, known)),
        tuple(subject(one) for one in chosen if not counted(one, Accounts.DEFAULT, known)),
        default.total,
        everything.total,
        default.unit,
    )
    cited = (sources.table(known, item), *(sources.row(known, one) for one in chosen))
    return Answer(
        AnswerKind.FACT, "included", content, facts_of(everything), cited, language=question.language
    )
