"""Changes, comparisons and shares: two values of the plan set against each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from knowledge.answers import sources
from knowledge.answers.answer import TOTAL, Answer, AnswerKind, Citation, Fact
from knowledge.answers.evidence import cited_for, effect_row_of_plan, facts_of
from knowledge.answers.figures import figures
from knowledge.answers.indicators import indicators
from knowledge.answers.reckoning import Column, columns_of, decimal, percent, printed_targets, reckon
from knowledge.answers.select import counted
from knowledge.answers.subject import Subject, subject_of
from knowledge.known import Known
from knowledge.plan.plan import State
from knowledge.question import Accounts, Question


@dataclass(frozen=True, slots=True)
class Compared:
    """One subject (or year) in a comparison."""

    subject: Subject
    column: Column
    value: int | None
    is_printed: bool = False
    is_under_adjustment: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values side by side: which is larger, by how much, how many times (empty where it says nothing)."""

    one: Compared
    two: Compared
    difference: int | None
    times: str
    percent: str

    @property
    def times_of_two(self) -> str:
        """How many times the second the first is; empty where that says nothing."""
        if not self.one.value or not self.two.value or min(self.one.value, self.two.value) < 0:
            return ""
        return decimal(Fraction(self.one.value, self.two.value))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs side by side, all in `unit`; `bound` is the 以上 of indicators, `asks_times` a wish for how many times.

    `accounts` are those that sums in it count.
    """

    pairs: tuple[Pair, ...]
    unit: str
    asked_unit: str
    is_change: bool
    bound: str = ""
    asks_times: bool = False
    accounts: Accounts = Accounts.DEFAULT


def change(question: Question, known: Known) -> Answer:
    """One subject between two years: from the earlier to the later."""
    ref = question.subjects[0]
    first, last = question.years.single[0], question.years.single[-1]
    values, unit, facts, cited = _values(ref, (first, last), question, known)
    subject = subject_of(ref, known)
    pair = _pair(Compared(subject, first, values[0]), Compared(subject, last, values[1]))
    return Answer(
        AnswerKind.FACT,
        "comparison",
        Comparison((pair,), unit, question.unit, True, accounts=question.accounts),
        facts,
        cited,
        language=question.language,
    )


def comparison(question: Question, known: Known) -> Answer:
    """Subjects against each other, column by column; indicators by their targets."""
    if all(known.indicator(ref) for ref in question.subjects):
        return _indicator_comparison(question, known)
    columns = columns_of(question, known)
    found = [_values(ref, columns, question, known) for ref in question.subjects]
    if len({unit for _, unit, _, _ in found}) > 1:
        return figures(question, known)
    pairs = []
    for at, column in enumerate(columns):
        compared = [
            Compared(
                subject_of(ref, known),
                column,
                values[at],
                _is_printed(ref, column, question, known),
                _is_under_adjustment(ref, known),
            )
            for ref, (values, _, _, _) in zip(question.subjects, found, strict=True)
        ]
        pairs += [_pair(compared[0], other) for other in compared[1:]]
    facts = tuple(fact for _, _, some, _ in found for fact in some)
    cited = tuple(dict.fromkeys(one for _, _, _, some in found for one in some))
    content = Comparison(tuple(pairs), found[0][1], question.unit, False, asks_times=question.what == "times")
    return Answer(AnswerKind.FACT, "comparison", content, facts, cited, language=question.language)


def _is_under_adjustment(ref: str, known: Known) -> bool:
    initiative = known.initiative(ref)
    row = initiative.targets if initiative else None
    return row is not None and row.total.state is State.UNDER_ADJUSTMENT


def _is_printed(ref: str, column: Column, question: Question, known: Known) -> bool:
    return (
        column is None
        and question.accounts is Accounts.DEFAULT
        and known.item(ref) is not None
        and bool(printed_targets(ref, known))
    )


def _values(
    ref: str, columns: tuple[Column, ...], question: Question, known: Known
) -> tuple[tuple[int | None, ...], str, tuple[Fact, ...], tuple[Citation, ...]]:
    initiative = known.initiative(ref)
    if initiative is not None and initiative.targets is not None:
        row = initiative.targets
        cells = [row.total if column is None else row.of(column) for column in columns]
        named = [TOTAL if column is None else column.short for column in columns]
        key, unit = row.measure.key, row.measure.unit
        facts = tuple(Fact.of(ref, key, year, cell, unit) for year, cell in zip(named, cells, strict=True))
        return tuple(cell.value for cell in cells), unit, facts, (sources.row(known, initiative),)
    whole = reckon(ref, columns, question.accounts, known)
    values = list(whole.values)
    for at, column in enumerate(columns):
        if _is_printed(ref, column, question, known):
            values[at] = printed_targets(ref, known)[0][1]
            printed = indicators(replace(question, subjects=(ref,), what="effect"), known)
            return tuple(values), whole.unit, printed.facts, printed.citations
    return tuple(values), whole.unit, facts_of(whole), cited_for((ref,), whole, known)


def _pair(one: Compared, two: Compared) -> Pair:
    if one.value is None or two.value is None:
        return Pair(one, two, None, "", "")
    times = decimal(Fraction(two.value, one.value)) if one.value > 0 and two.value > 0 else ""
    share = percent(two.value - one.value, one.value) if one.value > 0 else ""
    return Pair(one, two, two.value - one.value, times, share)


def _indicator_comparison(question: Question, known: Known) -> Answer:
    found = [(ref, known.indicator(ref)) for ref in question.subjects]
    compared = [
        Compared(Subject(item.code, one.name), None, one.target.value)
        for _, pair in found
        if pair
        for item, one in [pair]
    ]
    indicator = next(pair[1] for _, pair in found if pair)
    facts = tuple(
        Fact.of(item.code, f"indicator:{one.name}", "", one.target, one.unit)
        for _, pair in found
        if pair
        for item, one in [pair]
    )
    cited = tuple(sources.passage(known, ref) for ref in question.subjects)
    pairs = tuple(_pair(compared[0], other) for other in compared[1:])
    content = Comparison(pairs, indicator.unit, "", False, indicator.bound)
    return Answer(AnswerKind.FACT, "comparison", content, facts, cited, language=question.language)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole in the same column, in percent to one decimal."""

    part: Subject
    part_value: int
    whole: Subject
    whole_value: int
    column: Column
    percent: str
    unit: str
    asked_unit: str
    part_counts: bool
    accounts: Accounts = Accounts.DEFAULT


def share(question: Question, known: Known) -> Answer:
    """What part of the whole the subject makes up."""
    part, whole = question.subjects[0], question.subjects[-1]
    columns = columns_of(question, known)[:1]
    part_values, unit, facts, cited = _values(part, columns, question, known)
    whole_values, _, whole_facts, whole_cited = _values(whole, columns, question, known)
    facts = tuple(dict.fromkeys((*facts, *whole_facts)))
    cited = tuple(dict.fromkeys((*cited, *whole_cited)))
    if not part_values[0] or not whole_values[0] or unit != effect_row_of_plan(known).measure.unit:
        subject = (subject_of(part, known),)
        return Answer(AnswerKind.FACT, "no_figures", subject, facts, cited, language=question.language)
    initiative = known.initiative(part)
    content = Share(
        subject_of(part, known),
        part_values[0],
        subject_of(whole, known),
        whole_values[0],
        columns[0],
        percent(part_values[0], whole_values[0]),
        unit,
        question.unit,
        initiative is None or counted(initiative, question.accounts, known),
        question.accounts,
    )
    return Answer(AnswerKind.FACT, "share", content, facts, cited, language=question.language)
