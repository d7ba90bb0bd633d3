"""Rankings of initiatives and of years by their effect amounts."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answers import sources
from knowledge.answers.answer import Answer, AnswerKind, Citation, Fact
from knowledge.answers.evidence import cited_for, effect_row_of_plan, facts_of
from knowledge.answers.reckoning import Column, columns_of, reckon
from knowledge.answers.select import BOUNDS, counted, effect_row
from knowledge.answers.subject import Subject, items_of, subject, subject_of
from knowledge.answers.sums import Line
from knowledge.known import Known
from knowledge.plan.amount import UNITS
from knowledge.question import Accounts, Facet, Question


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place of a ranking."""

    place: int
    subject: Subject
    value: int
    is_special_account: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The first of a ranking; `otherwise` is who would come first if the accounts left out counted too."""

    scope: tuple[Subject, ...]
    column: Column
    order: str
    rows: tuple[Ranked, ...]
    unit: str
    asked_unit: str
    accounts: Accounts
    otherwise: Ranked | None


def ranking(question: Question, known: Known) -> Answer:
    """The largest or smallest effect amounts among a scope's initiatives, reform items or pillars."""
    column = columns_of(question, known)[0]
    rows = _ranked(question, column, question.accounts, known)
    place = question.first
    shown = tuple(row for row in rows if row.place == place or (not question.what and row.place <= place))
    scope = tuple(subject_of(ref, known) for ref in question.subjects)
    if not shown:
        items = [item.code for ref in question.subjects for item in items_of(ref, known)]
        cited = tuple(sources.table(known, code) for code in items or [known.plan.items[0].code])
        return Answer(AnswerKind.FACT, "no_figures", scope, (), cited, language=question.language)
    differs = _otherwise(question, column, shown[0], known)
    facts, cited = _evidence((*shown, differs) if differs else shown, question, column, known)
    unit = effect_row_of_plan(known).measure.unit
    content = Ranking(scope, column, question.order, shown, unit, question.unit, question.accounts, differs)
    return Answer(AnswerKind.LIST, "ranking", content, facts, cited, language=question.language)


def ranked_codes(question: Question, known: Known) -> tuple[str, ...]:
    """The codes of a ranking in its order."""
    rows = _ranked(question, columns_of(question, known)[0], question.accounts, known)
    return tuple(row.subject.code for row in rows if row.place >= question.first or not question.what)


def _otherwise(question: Question, column: Column, first: Ranked, known: Known) -> Ranked | None:
    """Who would stand there if every account counted, where that is somebody else."""
    if question.accounts is not Accounts.DEFAULT:
        return None
    everything = _ranked(question, column, Accounts.INCLUDED, known)
    there = next((row for row in everything if row.place == first.place), None)
    return there if there and there.subject != first.subject else None


def _evidence(
    rows: tuple[Ranked, ...], question: Question, column: Column, known: Known
) -> tuple[tuple[Fact, ...], tuple[Citation, ...]]:
    """The cells that a ranking shows, or those that its sums count, and where they stand."""
    wholes = [reckon(row.subject.code, (column,), question.accounts, known) for row in rows]
    facts = tuple(dict.fromkeys(fact for whole in wholes for fact in facts_of(whole)))
    cited = tuple(dict.fromkeys(one for whole in wholes for one in cited_for((whole.ref,), whole, known)))
    return facts, cited


def _ranked_scopes(
    question: Question, column: Column, accounts: Accounts, known: Known
) -> tuple[Ranked, ...]:
    """Pillars or reform items by the sum of what they count."""
    refs = [one.code for one in (known.plan.pillars if question.level == "pillars" else known.plan.items)]
    if len(question.subjects) > 1:
        refs = list(question.subjects)
    sums = [
        (value, ref)
        for ref in refs
        if (value := reckon(ref, (column,), accounts, known).values[0]) is not None
    ]
    sign = -1 if question.order == "largest" else 1
    sums.sort(key=lambda pair: sign * pair[0])
    return tuple(
        Ranked(
            1 + sum(sign * other < sign * value for other, _ in sums), subject_of(ref, known), value, False
        )
        for value, ref in sums
    )


def _ranked(question: Question, column: Column, accounts: Accounts, known: Known) -> tuple[Ranked, ...]:
    found = []
    if question.level != "initiatives":
        return _ranked_scopes(question, column, accounts, known)
    inside = {one.code: one for ref in question.subjects for one in known.initiatives_in(ref)}
    for one in inside.values():
        row = effect_row(one)
        cell = (row.total if column is None else row.of(column)) if row else None
        if cell is not None and cell.value is not None and counted(one, accounts, known):
            found.append((cell.value, one))
    sign = -1 if question.order == "largest" else 1
    found.sort(key=lambda pair: sign * pair[0])
    return tuple(
        Ranked(
            1 + sum(sign * other < sign * value for other, _ in found),
            subject(one),
            value,
            one.is_special_account,
        )
        for value, one in found
    )


@dataclass(frozen=True, slots=True)
class YearRanking:
    """A subject's years from the largest (or smallest) on: `tied` share the first place, `rows` are the others."""

    subject: Subject
    order: str
    tied: tuple[Line, ...]
    rows: tuple[Line, ...]
    unit: str
    asked_unit: str
    accounts: Accounts


def year_ranking(question: Question, known: Known) -> Answer:
    """The year in which a subject's amount is largest or smallest."""
    ref = question.subjects[0]
    columns: tuple[Column, ...] = known.plan.years
    initiative = known.initiative(ref)
    if (
        initiative is not None
        and initiative.targets is not None
        and not initiative.targets.measure.is_effect_amount
    ):
        row = initiative.targets
        lines = [Line(year, cell.value) for year, cell in row.cells if cell.value is not None]
        key, unit = row.measure.key, row.measure.unit
        facts = tuple(Fact.of(ref, key, year.short, cell, unit) for year, cell in row.cells)
        cited: tuple[Citation, ...] = (sources.row(known, initiative),)
    else:
        whole = reckon(ref, columns, question.accounts, known)
        lines = [
            Line(year, value) for year, value in zip(columns, whole.values, strict=True) if value is not None
        ]
        facts, unit, cited = facts_of(whole), whole.unit, cited_for(question.subjects, whole, known)
    sign = -1 if question.order == "largest" else 1
    lines.sort(key=lambda line: sign * (line.value or 0))
    if not lines:
        return Answer(
            AnswerKind.FACT, "no_figures", (subject_of(ref, known),), facts, cited, language=question.language
        )
    tied = tuple(line for line in lines if line.value == lines[0].value)
    rest = tuple(lines[len(tied) :])
    subject = subject_of(ref, known)
    content = YearRanking(subject, question.order, tied, rest, unit, question.unit, question.accounts)
    return Answer(AnswerKind.FACT, "year_ranking", content, facts, cited, language=question.language)


@dataclass(frozen=True, slots=True)
class YearsWhere:
    """The years of a subject that meet a condition, in order; `others` are those that do not."""

    subject: Subject
    condition: Facet
    rows: tuple[Line, ...]
    others: tuple[Line, ...]
    unit: str
    asked_unit: str
    accounts: Accounts


def years_where(question: Question, known: Known) -> Answer:
    """The years in which a subject's amount meets a condition."""
    ref, condition = question.subjects[0], question.facets[0]
    columns: tuple[Column, ...] = known.plan.years
    whole = reckon(ref, columns, question.accounts, known, own_measure=known.initiative(ref) is not None)
    lines = [Line(year, value) for year, value in zip(columns, whole.values, strict=True)]
    met = [line for at, line in enumerate(lines) if _meets(lines, at, condition, whole.unit)]
    content = YearsWhere(
        subject_of(ref, known), condition, tuple(met), tuple(line for line in lines if line not in met),
        whole.unit, question.unit, question.accounts,
    )  # fmt: skip
    cited = cited_for(question.subjects, whole, known)
    if not cited:
        cited = (sources.table(known, (items_of(ref, known) or known.plan.items)[0].code),)
    return Answer(AnswerKind.FACT, "years_where", content, facts_of(whole), cited, language=question.language)


def _meets(lines: list[Line], at: int, condition: Facet, unit: str) -> bool:
    value = lines[at].value
    before = lines[at - 1].value if at else None
    if condition.name == "without_figure":
        return value is None
    if value is None:
        return False
    if condition.name in ("falling", "rising"):
        return before is not None and (value < before if condition.name == "falling" else value > before)
    if condition.name in BOUNDS:
        return BOUNDS[condition.name](value * UNITS[unit], condition.yen)
    return value < 0 if condition.name == "negative" else True
