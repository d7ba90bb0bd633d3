"""The editions of a plan: what each is called, which is in force, and what in it continues what.

Codes change between editions; an initiative's id stays, so that what was reported on it is found again. The first
edition ships with the project as the city's own text; those imported later are kept by `edition_store`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from knowledge.compiled import kept
from knowledge.faults import Faults
from knowledge.plan import annotations as annotation_values
from knowledge.plan import fiscal_year
from knowledge.plan import plan as plan_values
from knowledge.plan.annotations import NO_ANNOTATIONS, Annotations, read_annotations
from knowledge.plan.plan import Plan
from knowledge.written_fields import Makers, makers_in, read_back

SHIPPED = Path(__file__).parents[1] / "data"
KEPT_AS = "edition.jsonl"


@dataclass(frozen=True, slots=True)
class EditionHead:
    """What is known of an edition before it is read."""

    id: str
    title: str
    effective: date
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition.

    `title` is how citations call it; `is_assumed` says that the effective date is ours and not the plan's.
    `continues` gives for an initiative's id those of the edition before that it goes on with: its own where it merely
    goes on, several where they were merged, none where it is new. It is empty for a first edition.
    """

    id: str
    title: str
    effective: date
    is_assumed: bool
    plan: Plan
    annotations: Annotations = NO_ANNOTATIONS
    continues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


E = TypeVar("E", EditionHead, Edition)


def shipped_head(folder: Path = SHIPPED) -> EditionHead:
    """What the carried edition is, without its text."""
    return _head(_about(folder))


def _head(about: Mapping[str, Any]) -> EditionHead:
    return EditionHead(about["id"], about["title"], about["effective"], about["effective_is_assumed"])


def _about(folder: Path) -> dict[str, Any]:
    return _toml(folder / "edition.toml")


def _toml(file: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(file.read_text("utf-8"))


def shipped(folder: Path = SHIPPED) -> Edition:
    """The edition that the project carries; PlanFaults when its text or annotations do not hold."""
    line = kept(KEPT_AS, shipped_sources()) if folder == SHIPPED else None
    made = read_back(line, _makers()) if line else None
    return made if isinstance(made, Edition) else shipped_from_text(folder)


def _makers() -> Makers:
    return makers_in((plan_values, fiscal_year, annotation_values)) | {Edition.__name__: Edition}


def shipped_sources(folder: Path = SHIPPED) -> tuple[Path, ...]:
    """The files that the carried edition is read from."""
    return folder / "edition.toml", folder / "annotations.toml", *sorted(folder.glob("*.txt"))


def shipped_from_text(folder: Path = SHIPPED) -> Edition:
    """The same, from the city's own text."""
    from knowledge.sources.city_text import read_city_text  # few come here: see `shipped`

    about = _about(folder)
    head = _head(about)
    plan = read_city_text((folder / about["source"]).read_text("utf-8"))
    faults = Faults()
    _hold_control(about.get("control", {}), plan, faults)
    annotations = read_annotations(_toml(folder / "annotations.toml"), plan, faults)
    faults.refuse_if_any()
    return Edition(head.id, head.title, head.effective, head.is_assumed, plan, annotations)


def _hold_control(control: Mapping[str, Any], plan: Plan, faults: Faults) -> None:
    """Compare what was read with what was counted by hand in the print."""
    cells = [cell for _, row in plan.rows() for cell in row.all_cells]
    appendix = plan.appendix
    counted = {
        "status": plan.status,
        "sections": len(plan.sections),
        "phases": len(plan.phases),
        "individual_plans": len(plan.individual_plans),
        "meetings": len(appendix.meetings) if appendix else 0,
        "members": len(appendix.members) if appendix else 0,
        "pillars": len(plan.pillars),
        "items": len(plan.items),
        "initiatives": len(plan.initiatives),
        "rows": sum(1 for _ in plan.rows()),
        "cells": len(cells),
        "figures": sum(cell.is_set for cell in cells),
    }
    for name, expected in control.items():
        if counted.get(name) != expected:
            faults.add("検算", f"{name}は{expected}のはずですが、{_said(counted.get(name))}です")


def _said(value: object) -> object:
    return "空欄" if value in ("", None) else value


def in_force(editions: Sequence[E], today: date) -> E:
    """The edition of that day; of several with one effective date the last of the sequence.

    Before the first has come into force it is taken all the same: people then ask about what is to come.
    """
    begun = [edition for edition in editions if edition.effective <= today]
    if not begun:
        return min(editions, key=lambda edition: edition.effective)
    latest = max(edition.effective for edition in begun)
    return [edition for edition in begun if edition.effective == latest][-1]
