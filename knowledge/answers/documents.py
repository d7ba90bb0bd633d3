"""What the document says in words: initiatives, terms, the yearly cycle, pages, passages."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answers import sources
from knowledge.answers.answer import Answer, AnswerKind, Citation
from knowledge.known import Known
from knowledge.plan.plan import Initiative, Mark, Note, Phase, ReformItem, State
from knowledge.question import Ask, Question
from knowledge.search.passages import DocumentPassage, phase_of
from knowledge.terms import Term

_AS_WELL = 0.8


@dataclass(frozen=True, slots=True)
class Described:
    """An initiative in words, or an item with its purpose and the initiatives in it."""

    code: str
    title: str
    marks: tuple[Mark, ...]
    text: str
    is_under_adjustment: bool
    main_measures: tuple[str, ...]
    notes: tuple[Note, ...]
    page: int
    measure: str = ""
    measure_unit: str = ""
    definition: str = ""
    initiatives: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Several subjects; `what` is the aspect asked for, empty for all."""

    rows: tuple[Described, ...]
    what: str


def description(question: Question, known: Known) -> Answer:
    """What the subjects are about: summary, main measures, notes that the question touches."""
    rows, cited = [], []
    for ref in question.subjects:
        initiative, item, pillar = known.initiative(ref), known.item(ref), known.pillar(ref)
        for part in (initiative,) if initiative else ((item,) if item else (pillar.items if pillar else ())):
            if isinstance(part, Initiative):
                rows.append(_initiative(part, question))
                cited += _cited(part, question, known)
            elif part is not None:
                rows.append(_item(part))
                cited.append(sources.passage(known, part.code))
    what = {Ask.MAIN_MEASURES: "main_measures", Ask.PURPOSE: "purpose", Ask.ACCOUNT: "account"}.get(
        question.asks, question.what
    )
    content = Descriptions(tuple(rows), what)
    return Answer(AnswerKind.PASSAGE, "description", content, (), tuple(cited), language=question.language)


def _initiative(initiative: Initiative, question: Question) -> Described:
    row = initiative.targets
    return Described(
        initiative.code,
        initiative.title,
        initiative.marks,
        initiative.summary,
        initiative.summary_state is State.UNDER_ADJUSTMENT,
        initiative.main_measures,
        tuple(note for note in initiative.notes if note.term in question.topic),
        initiative.page,
        row.measure.name if row else "",
        row.measure.unit if row else "",
        row.measure.definition if row and not row.measure.is_effect_amount else "",
    )


def _item(item: ReformItem) -> Described:
    initiatives = tuple((one.code, one.title) for one in item.initiatives)
    return Described(
        item.code, item.title, (), item.purpose, False, (), (), item.page, initiatives=initiatives
    )


def _cited(initiative: Initiative, question: Question, known: Known) -> list[Citation]:
    if question.asks is Ask.MAIN_MEASURES and initiative.main_measures:
        return [sources.passage(known, f"{initiative.code}:measures")]
    cited = [sources.passage(known, initiative.code)]
    if question.what == "measure" and f"{initiative.code}:measure" in known.passage:
        cited.append(sources.passage(known, f"{initiative.code}:measure"))
    return cited


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms in the order asked for."""

    rows: tuple[Term, ...]


def term(question: Question, known: Known) -> Answer:
    """What terms mean, in the plan's words."""
    by_ref = {f"term:{one.name}": one for one in known.terms}
    found = tuple(by_ref[ref] for ref in question.subjects)
    cited = tuple(sources.passage(known, one.reference) for one in found)
    return Answer(AnswerKind.PASSAGE, "term", Terms(found), (), cited, language=question.language)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage; for a step of the cycle the phase around it, for a code its title."""

    passage: DocumentPassage
    phase: Phase | None
    title: str
    others: tuple[DocumentPassage, ...] = ()


def passage(question: Question, known: Known) -> Answer:
    """The passage that answers."""
    found = known.passage[question.subjects[0]]
    title = known.title_of(found.code) if found.code else ""
    others = tuple(one for one in known.passages if found.kind == one.kind == "renewal" and one != found)
    others += tuple(known.passage[ref] for ref in question.subjects[1:] if known.passage[ref] not in others)
    content = Passage(found, phase_of(known.plan, found.reference), title, others)
    return Answer(
        AnswerKind.PASSAGE,
        "passage",
        content,
        (),
        tuple(sources.of_passage(known, known.passage[ref]) for ref in question.subjects),
        language=question.language,
    )


@dataclass(frozen=True, slots=True)
class Pages:
    """Names with their printed pages."""

    rows: tuple[tuple[str, int], ...]


def _codes_with_pages(ref: str, known: Known) -> list[str]:
    """A pillar has no page of its own; its items have."""
    pillar = known.pillar(ref)
    codes = [item.code for item in pillar.items] if pillar else [ref]
    return [code for code in codes if code in known.passage]


def page(question: Question, known: Known) -> Answer | None:
    """The printed pages of what the question names, or None when it names nothing."""
    rows, cited = [], []
    for code in [code for ref in question.subjects for code in _codes_with_pages(ref, known)]:
        found = known.passage[code]
        rows.append((f"{code.partition('#')[0]} {known.title_of(code)}", found.page))
        cited.append(sources.of_passage(known, found))
    if not rows:
        best = _where_it_stands(question.topic, known)
        if best is None or not best.page:
            return None
        name = best.text.rsplit(" ", 1)[0] if best.kind == "contents" else best.section
        rows, cited = [(name, best.page)], [sources.of_passage(known, best)]
    return Answer(
        AnswerKind.PASSAGE, "pages", Pages(tuple(rows)), (), tuple(cited), language=question.language
    )


def _where_it_stands(topic: str, known: Known) -> DocumentPassage | None:
    """The line of the table of contents that names it, where one does about as well as the nearest passage."""
    hits = known.search(topic, 8)
    close = [hit for hit in hits if hit.coverage >= hits[0].coverage * _AS_WELL]
    found = [known.passage[hit.passage.key] for hit in close]
    return next((one for one in found if one.kind == "contents"), found[0] if found else None)
