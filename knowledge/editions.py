"""The editions of a plan: what each is called, since when it is in force, its plan and what we add to it.

The first edition ships with the project as the city's own text and is read at every start.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.annotations import Annotations, read_annotations
from knowledge.plan import Plan
from knowledge.sources.city_text import read_city_text
from knowledge.sources.faults import Faults

NONE = Annotations()
SHIPPED = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition.

    `title` is how citations call it; `is_assumed` says that the effective date is ours and not the plan's.
    """

    id: str
    title: str
    effective: date
    is_assumed: bool
    plan: Plan
    annotations: Annotations = NONE


def shipped(folder: Path = SHIPPED) -> Edition:
    """The edition that the project carries; PlanFaults when its text or annotations do not hold."""
    about = tomllib.loads((folder / "edition.toml").read_text("utf-8"))
    plan = read_city_text((folder / about["source"]).read_text("utf-8"))
    faults = Faults()
    _hold_control(about.get("control", {}), plan, faults)
    added = tomllib.loads((folder / "annotations.toml").read_text("utf-8"))
    annotations = read_annotations(added, plan, faults)
    faults.refuse_if_any()
    return Edition(
        about["id"], about["title"], about["effective"], about["effective_is_assumed"], plan, annotations
    )


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
