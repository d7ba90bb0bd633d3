"""A plan as a file gives it, with what the file says of the edition: not yet an edition among others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge.plan.annotations import NO_ANNOTATIONS, Annotations
from knowledge.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan whose initiatives' ids are their codes.

    `cited_as` is how citations call the edition; `effective` is None where the file does not say since when it is
    in force, `is_assumed` where that day is not the plan's own. `continues` gives for a code the codes of the edition
    before that it goes on with: several were merged, none is new.
    """

    plan: Plan
    annotations: Annotations = NO_ANNOTATIONS
    cited_as: str = ""
    effective: date | None = None
    is_assumed: bool = False
    continues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
