"""The words of a plan by the place where they stand: a code, a chapter's number or title, 附属資料."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.plan.plan import Initiative, Phase, Pillar, Plan, ReformItem, Section

APPENDIX = "附属資料"


def page_of(plan: Plan, place: str) -> int:
    """The printed page of a place; 0 when the plan has no such place."""
    part = plan.by_code.get(place)
    if isinstance(part, Pillar):
        return part.pages[0] if part.pages else 0
    if part is not None:
        return part.page
    if place == APPENDIX:
        return plan.appendix.page if plan.appendix else 0
    section = _section_at(plan, place)
    return section.page if section else 0


def texts_at(plan: Plan, place: str) -> Iterator[str]:
    """Every text printed at a place; nothing when the plan has no such place."""
    part = plan.by_code.get(place)
    if isinstance(part, Initiative):
        yield from texts_of_initiative(part)
    elif isinstance(part, ReformItem):
        yield from texts_of_item(part)
    elif part is not None:
        yield part.title
    elif place == APPENDIX:
        yield from _texts_of_appendix(plan)
    else:
        yield from _texts_of_chapter(plan, place)


def texts_of_initiative(initiative: Initiative) -> Iterator[str]:
    """Title, summary, main measures and notes."""
    yield initiative.title
    yield initiative.summary
    yield from initiative.main_measures
    for note in initiative.notes:
        yield note.text


def texts_of_item(item: ReformItem) -> Iterator[str]:
    """Title, purpose, the lines of its indicators, and what stands around its table."""
    yield item.title
    yield item.purpose
    for indicator in item.indicators:
        yield indicator.printed
    yield item.lead
    yield item.to_be_placed


def _section_at(plan: Plan, place: str) -> Section | None:
    return next((section for section in plan.sections if place in (section.number, section.title)), None)


def _texts_of_chapter(plan: Plan, place: str) -> Iterator[str]:
    section = _section_at(plan, place)
    if section is None:
        return
    yield section.title
    yield from section.paragraphs
    if section.page in {phase.page for phase in plan.phases} and not section.paragraphs:
        yield from (text for phase in plan.phases for text in _texts_of_phase(phase))
        yield from plan.renewal


def _texts_of_phase(phase: Phase) -> Iterator[str]:
    yield phase.name
    yield phase.heading
    for step in phase.steps:
        yield step.text


def _texts_of_appendix(plan: Plan) -> Iterator[str]:
    if plan.appendix is None:
        return
    yield plan.appendix.body
    yield from (event.text for event in plan.appendix.events)
    yield from (topic for meeting in plan.appendix.meetings for topic in meeting.topics)
    yield from (f"{member.role} {member.name} {member.affiliation}" for member in plan.appendix.members)
