"""Reads the text that extraction left of a city's printed plan into a Plan, or says every fault and its line.

It knows the grammar of such a text (headings, tables, marks), and nothing of any one city's plan.
"""

from __future__ import annotations

from knowledge.faults import Faults
from knowledge.plan.plan import Plan, Section
from knowledge.sources.city_text.appendix import read_appendix
from knowledge.sources.city_text.chapters import read_individual_plans, read_section, read_terms
from knowledge.sources.city_text.cycle import is_cycle, read_cycle
from knowledge.sources.city_text.front import Front, read_front
from knowledge.sources.city_text.initiatives import with_references
from knowledge.sources.city_text.lines import lines_of
from knowledge.sources.city_text.parts import TextPart, cut
from knowledge.sources.city_text.pillars import read_pillars

__all__ = ["read_city_text"]


def read_city_text(text: str) -> Plan:
    """The plan that a text holds, each initiative's id being its code; PlanFaults with every fault's line."""
    faults = Faults()
    front = read_front(lines_of(text, faults), faults)
    parts = cut(front.body, tuple(front.contents), faults)
    plan = _read_parts(front, parts, faults)
    faults.refuse_if_any()
    return plan


def _read_parts(front: Front, parts: tuple[TextPart, ...], faults: Faults) -> Plan:
    """The plan from its parts; phases and renewal hold the cycle's chapter, so it keeps no paragraphs."""
    years = front.years
    chapters = [part for part in parts if not (part.heading.of_pillar or part.is_appendix)]
    cycle = next((part for part in chapters if is_cycle(part)), None)
    phases, renewal = read_cycle(cycle, faults) if cycle else ((), ())
    sections = tuple(
        Section(part.heading.number, part.heading.title, part.page, ())
        if part is cycle
        else read_section(part, years, faults)
        for part in chapters
    )
    plans = tuple(plan for part in chapters for plan in read_individual_plans(part, faults))
    pillars = read_pillars([part for part in parts if part.heading.of_pillar], years, faults)
    appendix = next((part for part in parts if part.is_appendix), None)
    return Plan(
        title=front.title,
        status=front.status,
        established=front.established,
        issuer=front.issuer,
        first_year=front.first_year,
        last_year=front.last_year,
        pillars=with_references(pillars, tuple(plan.name for plan in plans)),
        sections=sections,
        contents=tuple(line.entry for line in front.contents),
        phases=phases,
        renewal=renewal,
        individual_plans=plans,
        terms=tuple(term for section in sections for term in read_terms(section)),
        appendix=read_appendix(appendix, faults) if appendix else None,
    )
