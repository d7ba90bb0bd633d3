"""Answers that are reckoned: each keeps what it counts and says where that stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from knowledge.answers import sources
from knowledge.answers.answer import TOTAL, Answer, AnswerKind, Citation, Fact
from knowledge.answers.reckoning import (
    Column,
    Part,
    Reckoned,
    columns_of,
    joined,
    overlaps,
    percent,
    printed_targets,
    reckon,
)
from knowledge.answers.select import counted, effect_row
from knowledge.known import Known
from knowledge.plan import Initiative, Target, TargetRow
from knowledge.question import PLAN, Accounts, Question

_MOST_FACTS = 60
_LEAVING_OUT = (Accounts.DEFAULT, Accounts.EXCLUDED)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as it is named in an answer."""

    code: str
    title: str


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
    placed: tuple[str, ...]


def total(question: Question, known: Known) -> Answer:
    """The sum of the question's subjects over its years."""
    columns = columns_of(question, known)
    accounts = question.accounts
    each = [reckon(ref, columns, accounts, known) for ref in question.subjects]
    whole = joined(each)
    named = all(known.initiative(ref) for ref in question.subjects)
    printed = _printed(question, columns, known)
    content = Sum(
        tuple(_subject(ref, known) for ref in question.subjects),
        tuple(Line(column, value) for column, value in zip(columns, whole.values, strict=True)),
        _grand(question, whole),
        whole.unit,
        question.unit,
        len(whole.counted),
        accounts,
        _subjects(whole.left_out) if accounts in _LEAVING_OUT else (),
        tuple(_initiative(part.initiative) for part in whole.not_set if _has_amount_table(part.initiative)),
        tuple(
            _initiative(part.initiative) for part in whole.not_set if not _has_amount_table(part.initiative)
        )
        if named
        else (),
        tuple((item.code, value) for item, value in printed),
        sum(value for _, value in printed) if printed else None,
        overlaps(whole.counted, known),
        _same_as(whole, known),
        named,
        tuple(
            item.to_be_placed for ref in question.subjects for item in _items(ref, known) if item.to_be_placed
        ),
    )
    return Answer(
        AnswerKind.FACT,
        "sum",
        content,
        _facts(whole),
        _cited(question.subjects, whole, known),
        language=question.language,
    )


def _printed(question: Question, columns: tuple[Column, ...], known: Known) -> tuple[tuple, ...]:  # type: ignore[type-arg]
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


def _items(ref: str, known: Known):  # type: ignore[no-untyped-def]
    pillar, item = known.pillar(ref), known.item(ref)
    return pillar.items if pillar else ((item,) if item else ())


def _has_amount_table(initiative: Initiative) -> bool:
    return effect_row(initiative) is not None


def _subject(ref: str, known: Known) -> Subject:
    return Subject(ref, "" if ref == PLAN else known.title_of(ref))


def _initiative(initiative: Initiative) -> Subject:
    return Subject(initiative.code, initiative.title)


def _subjects(parts: tuple[Part, ...]) -> tuple[Subject, ...]:
    return tuple(_initiative(part.initiative) for part in parts)


def _facts(whole: Reckoned) -> tuple[Fact, ...]:
    """The cells that were counted: what the sum can be checked against."""
    facts = []
    for part in whole.counted:
        row = effect_row(part.initiative)
        for column, cell in zip(whole.columns, part.cells, strict=True):
            if row is not None:
                year = TOTAL if column is None else column.short
                facts.append(Fact.of(part.initiative.code, row.measure.key, year, cell, row.measure.unit))
    return tuple(facts[:_MOST_FACTS])


def _cited(refs: tuple[str, ...], whole: Reckoned, known: Known) -> tuple[Citation, ...]:
    """Rows for named initiatives, tables for items that went in."""
    rows = [sources.row(known, one) for ref in refs if (one := known.initiative(ref))]
    in_tables = [part for part in whole.not_set if _has_amount_table(part.initiative)]
    codes = {known.plan.item_of(part.initiative).code for part in (*whole.counted, *in_tables)}
    codes |= {ref for ref in refs if known.item(ref)}
    codes |= {item.code for ref in refs for item in _items(ref, known)} if not codes else set()
    tables = [sources.table(known, item.code) for item in known.plan.items if item.code in codes]
    return tuple(rows) if rows and len(rows) == len(refs) else (*rows, *tables)


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
    columns: tuple[Column, ...] = question.years.single or known.plan.years
    if initiative is not None and initiative.targets is not None:
        return _average(
            question, _subject(ref, known), initiative.targets, columns, (sources.row(known, initiative),)
        )
    whole = reckon(ref, columns, question.accounts, known)
    cells = tuple(
        (year, _as_target(value)) for year, value in zip(known.plan.years, whole.values, strict=False)
    )
    row = replace(_any_row(known), cells=cells) if columns == known.plan.years else None
    cited = _cited(question.subjects, whole, known)
    if row is None or initiative is not None:
        return total(question, known)
    return replace(_average(question, _subject(ref, known), row, columns, cited), facts=_facts(whole))


def _any_row(known: Known) -> TargetRow:
    return next(row for one in known.plan.initiatives if (row := effect_row(one)))


def _as_target(value: int | None) -> Target:
    from knowledge.plan import BLANK, State

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
        _decimal(Fraction(sum(values), len(cells))),
        len(values),
        _decimal(Fraction(sum(values), len(values))),
        measure.unit,
        question.unit,
    )
    return Answer(AnswerKind.FACT, "average", content, facts, cited, language=question.language)


def _decimal(value: Fraction) -> str:
    """A number with at most one decimal, rounded half up, grouped as printed."""
    tenths = (abs(value) * 10 + Fraction(1, 2)).__floor__()
    whole, rest = divmod(tenths, 10)
    return f"{'△' if value < 0 else ''}{whole:,}" + (f".{rest}" if rest else "")


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
    """The largest or smallest effect amounts among a scope's initiatives."""
    column = columns_of(question, known)[0]
    rows = _ranked(question, column, question.accounts, known)
    everything = (
        _ranked(question, column, Accounts.INCLUDED, known) if question.accounts is Accounts.DEFAULT else ()
    )
    otherwise = tuple(row for row in everything if row.place == (question.first if question.what else 1))
    shown = tuple(
        row
        for row in rows
        if row.place == question.first or (not question.what and row.place <= question.first)
    )
    differs = otherwise[0] if otherwise and shown and otherwise[0].subject != shown[0].subject else None
    found = [known.initiative(row.subject.code) for row in shown]
    year = TOTAL if column is None else column.short
    facts = tuple(
        Fact.of(
            one.code, row.measure.key, year, row.total if column is None else row.of(column), row.measure.unit
        )
        for one in found
        if one is not None and (row := effect_row(one))
    )
    cited = tuple(sources.row(known, one) for one in found if one is not None)
    scope = tuple(_subject(ref, known) for ref in question.subjects)
    if not shown:
        cited = tuple(
            sources.passage(known, item.code) for ref in question.subjects for item in _items(ref, known)
        )
        cited = cited or (sources.table(known, known.plan.items[0].code),)
        return Answer(AnswerKind.FACT, "no_figures", scope, (), cited, language=question.language)
    content = Ranking(
        scope,
        column,
        question.order,
        shown,
        _any_row(known).measure.unit,
        question.unit,
        question.accounts,
        differs,
    )
    return Answer(AnswerKind.LIST, "ranking", content, facts, cited, language=question.language)


def _ranked(question: Question, column: Column, accounts: Accounts, known: Known) -> tuple[Ranked, ...]:
    found = []
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
            _initiative(one),
            value,
            one.is_special_account,
        )
        for value, one in found
    )


@dataclass(frozen=True, slots=True)
class YearRanking:
    """A subject's years from the largest (or smallest) on."""

    subject: Subject
    order: str
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
        facts, unit, cited = _facts(whole), whole.unit, _cited(question.subjects, whole, known)
    sign = -1 if question.order == "largest" else 1
    lines.sort(key=lambda line: sign * (line.value or 0))
    if not lines:
        return Answer(
            AnswerKind.FACT, "no_figures", (_subject(ref, known),), facts, cited, language=question.language
        )
    content = YearRanking(
        _subject(ref, known), question.order, tuple(lines), unit, question.unit, question.accounts
    )
    return Answer(AnswerKind.FACT, "year_ranking", content, facts, cited, language=question.language)


@dataclass(frozen=True, slots=True)
class Compared:
    """One subject (or year) in a comparison."""

    subject: Subject
    column: Column
    value: int | None
    is_printed: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values side by side: which is larger, by how much, how many times (empty where it says nothing)."""

    one: Compared
    two: Compared
    difference: int | None
    times: str
    percent: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs side by side, all in `unit`; `bound` is the 以上 of indicators."""

    pairs: tuple[Pair, ...]
    unit: str
    asked_unit: str
    is_change: bool
    bound: str = ""


def change(question: Question, known: Known) -> Answer:
    """One subject between two years: from the earlier to the later."""
    ref = question.subjects[0]
    first, last = question.years.single[0], question.years.single[-1]
    values, unit, facts, cited = _values(ref, (first, last), question, known)
    subject = _subject(ref, known)
    pair = _pair(Compared(subject, first, values[0]), Compared(subject, last, values[1]))
    return Answer(
        AnswerKind.FACT,
        "comparison",
        Comparison((pair,), unit, question.unit, True),
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
    pairs = []
    for at, column in enumerate(columns):
        compared = [
            Compared(_subject(ref, known), column, values[at], _is_printed(ref, column, question, known))
            for ref, (values, _, _, _) in zip(question.subjects, found, strict=True)
        ]
        pairs += [_pair(compared[0], other) for other in compared[1:]]
    facts = tuple(fact for _, _, some, _ in found for fact in some)
    cited = tuple(dict.fromkeys(one for _, _, _, some in found for one in some))
    content = Comparison(tuple(pairs), found[0][1], question.unit, False)
    return Answer(AnswerKind.FACT, "comparison", content, facts, cited, language=question.language)


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
    return tuple(values), whole.unit, _facts(whole), _cited((ref,), whole, known)


def _pair(one: Compared, two: Compared) -> Pair:
    if one.value is None or two.value is None:
        return Pair(one, two, None, "", "")
    times = _decimal(Fraction(two.value, one.value)) if one.value > 0 and two.value > 0 else ""
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


def share(question: Question, known: Known) -> Answer:
    """What part of the whole the subject makes up."""
    part, whole = question.subjects[0], question.subjects[-1]
    columns = columns_of(question, known)[:1]
    part_values, unit, facts, cited = _values(part, columns, question, known)
    whole_values, _, _, whole_cited = _values(whole, columns, question, known)
    cited = tuple(dict.fromkeys((*cited, *whole_cited)))
    if not part_values[0] or not whole_values[0] or unit != _any_row(known).measure.unit:
        subject = (_subject(part, known),)
        return Answer(AnswerKind.FACT, "no_figures", subject, facts, cited, language=question.language)
    initiative = known.initiative(part)
    content = Share(
        _subject(part, known),
        part_values[0],
        _subject(whole, known),
        whole_values[0],
        columns[0],
        percent(part_values[0], whole_values[0]),
        unit,
        question.unit,
        initiative is None or counted(initiative, question.accounts, known),
    )
    return Answer(AnswerKind.FACT, "share", content, facts, cited, language=question.language)


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
        _subject(item, known),
        printed[0][1] if printed else None,
        tuple(_initiative(one) for one in chosen if counted(one, Accounts.DEFAULT, known)),
        tuple(_initiative(one) for one in chosen if not counted(one, Accounts.DEFAULT, known)),
        default.total,
        everything.total,
        default.unit,
    )
    cited = (sources.table(known, item), *(sources.row(known, one) for one in chosen))
    return Answer(AnswerKind.FACT, "included", content, _facts(everything), cited, language=question.language)
