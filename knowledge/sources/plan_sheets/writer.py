"""A draft as sheets that an officer can edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.plan.plan import Appendix, Initiative, Plan
from knowledge.sources.draft import PlanDraft
from knowledge.sources.plan_sheets import layout as on
from knowledge.sources.plan_sheets.cells import cell_of
from knowledge.sources.sheets import Sheet, Value

_Row = tuple[Value, ...]


def sheets_of(draft: PlanDraft) -> tuple[Sheet, ...]:
    """Every sheet of the layout in its order, its first row the header."""
    plan = draft.plan
    rows: dict[str, Iterable[_Row]] = {
        on.FRONT: _front(draft),
        on.CONTENTS: ((line.title, line.page) for line in plan.contents),
        on.SECTIONS: _sections(plan),
        on.PARAGRAPHS: _paragraphs(plan),
        on.TERMS: ((term.term, term.text, term.page) for term in plan.terms),
        on.INDIVIDUAL_PLANS: (
            (one.name, one.text, one.evaluated_by, one.page) for one in plan.individual_plans
        ),
        on.PHASES: _phases(plan),
        on.STEPS: _steps(plan),
        on.RENEWAL: _renewal(plan),
        on.PILLARS: ((pillar.number, pillar.title) for pillar in plan.pillars),
        on.ITEMS: _items(plan),
        on.INDICATORS: _indicators(plan),
        on.INITIATIVES: (_initiative(one, draft) for one in plan.initiatives),
        on.MAIN_MEASURES: ((one.code, measure) for one in plan.initiatives for measure in one.main_measures),
        on.MARKS: _marks(plan),
        on.NOTES: ((one.code, note.term, note.text) for one in plan.initiatives for note in one.notes),
        on.TARGETS: _targets(plan),
        **_appendix(plan.appendix),
        **_annotations(draft),
    }
    return tuple(Sheet(name, (headers_of(name, plan), *rows[name])) for name in on.HEADERS)


def headers_of(name: str, plan: Plan) -> tuple[str, ...]:
    """A sheet's columns; the sheet of targets has one for each year of the plan and the total."""
    if name != on.TARGETS:
        return on.HEADERS[name]
    return (*on.HEADERS[name], *(year.label for year in plan.years), on.TOTAL)


def _front(draft: PlanDraft) -> Iterator[_Row]:
    plan, appendix = draft.plan, draft.plan.appendix
    yield on.FRONT_TITLE, plan.title
    yield on.FRONT_STATUS, plan.status
    yield on.FRONT_ESTABLISHED, plan.established
    yield on.FRONT_ISSUER, plan.issuer
    yield on.FRONT_FIRST_YEAR, plan.first_year.label
    yield on.FRONT_LAST_YEAR, plan.last_year.label
    yield on.FRONT_CITED_AS, draft.cited_as
    yield on.FRONT_EFFECTIVE, draft.effective.isoformat() if draft.effective else ""
    yield on.FRONT_IS_ASSUMED, on.YES if draft.is_assumed else on.NO
    yield on.FRONT_APPENDIX_PAGE, appendix.page if appendix else None
    yield on.FRONT_BODY, appendix.body if appendix else ""
    yield on.FRONT_MEMBERS_AS_OF, appendix.members_as_of if appendix else ""


def _sections(plan: Plan) -> Iterator[_Row]:
    for order, section in enumerate(plan.sections, 1):
        yield order, section.number, section.title, section.page


def _paragraphs(plan: Plan) -> Iterator[_Row]:
    for order, section in enumerate(plan.sections, 1):
        for paragraph in section.paragraphs:
            yield order, on.PARAGRAPH, paragraph
        for picture in section.pictures:
            yield order, on.PICTURE, picture


def _phases(plan: Plan) -> Iterator[_Row]:
    for order, one in enumerate(plan.phases, 1):
        yield order, one.stage, one.name, *one.months, one.months_printed, one.drawn, one.heading, one.page


def _steps(plan: Plan) -> Iterator[_Row]:
    for order, phase in enumerate(plan.phases, 1):
        for step in phase.steps:
            yield order, step.number, step.actor, step.text


def _renewal(plan: Plan) -> Iterator[_Row]:
    for text in plan.renewal:
        heading, *said = text.split("\n")
        for order, one in enumerate(said or [""]):
            yield "" if order else heading, one


def _items(plan: Plan) -> Iterator[_Row]:
    for one in plan.items:
        yield one.code, one.title, one.purpose, one.page, one.lead, one.to_be_placed, one.measure_heading


def _indicators(plan: Plan) -> Iterator[_Row]:
    for item in plan.items:
        for one in item.indicators:
            kind, state = on.INDICATOR_KINDS[one.kind], on.STATES[one.target.state]
            target = (state, one.target.value, one.target.printed, one.unit, one.bound, one.when)
            yield item.code, kind, one.name, one.printed, *target, on.YES if one.is_cumulative else on.NO


def _initiative(one: Initiative, draft: PlanDraft) -> _Row:
    continues = "、".join(draft.continues.get(one.code, ()))
    return one.code, continues, one.title, one.summary, on.STATES[one.summary_state], one.page


def _marks(plan: Plan) -> Iterator[_Row]:
    for one in plan.initiatives:
        for mark in one.marks:
            yield one.code, on.MARK_KINDS[mark.kind], mark.printed, mark.refers_to


def _targets(plan: Plan) -> Iterator[_Row]:
    for initiative, row in plan.rows():
        measure = row.measure
        kind = on.EFFECT if measure.is_effect_amount else on.INDICATOR
        cells = (cell_of(cell) for cell in row.all_cells)
        yield initiative.code, kind, measure.name, measure.unit, measure.definition, *cells


def _appendix(appendix: Appendix | None) -> dict[str, Iterable[_Row]]:
    events = appendix.events if appendix else ()
    meetings = appendix.meetings if appendix else ()
    members = appendix.members if appendix else ()
    return {
        on.EVENTS: ((one.printed_when, one.when, one.text) for one in events),
        on.MEETINGS: ((one.name, one.printed_when, one.when) for one in meetings),
        on.TOPICS: ((one.name, topic) for one in meetings for topic in one.topics),
        on.MEMBERS: ((one.role, one.name, one.affiliation) for one in members),
    }


def _annotations(draft: PlanDraft) -> dict[str, Iterable[_Row]]:
    added = draft.annotations
    return {
        on.OVERLAPS: ((one.whole, part, one.note) for one in added.overlaps for part in one.parts),
        on.TARGET_SCOPES: (
            (on.MARK_KINDS[kind], one.note) for one in added.target_scopes for kind in one.excludes
        ),
        on.ROUNDINGS: ((one.item, one.printed, one.summed, one.note) for one in added.roundings),
        on.MISREADINGS: ((one.place, one.printed, one.reading) for one in added.misreadings),
        on.ASSUMPTIONS: ((one.subject, one.text) for one in added.assumptions),
    }
