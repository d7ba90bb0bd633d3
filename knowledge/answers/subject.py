"""What an answer names: codes with their printed titles, and the reform items that a reference holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.answers.reckoning import Part
from knowledge.known import Known
from knowledge.plan.plan import Initiative, ReformItem
from knowledge.question import PLAN


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as it is named in an answer."""

    code: str
    title: str


def subject_of(ref: str, known: Known) -> Subject:
    """The subject of a reference; the whole plan has no title of its own."""
    return Subject(ref, "" if ref == PLAN else known.title_of(ref))


def subject(initiative: Initiative) -> Subject:
    """An initiative as it is named."""
    return Subject(initiative.code, initiative.title)


def subjects(parts: Iterable[Part]) -> tuple[Subject, ...]:
    """The initiatives of a sum as they are named."""
    return tuple(subject(part.initiative) for part in parts)


def items_of(ref: str, known: Known) -> tuple[ReformItem, ...]:
    """The reform items of the whole plan, a pillar, or the one of that code."""
    if ref == PLAN:
        return known.plan.items
    pillar, item = known.pillar(ref), known.item(ref)
    return pillar.items if pillar else ((item,) if item else ())
