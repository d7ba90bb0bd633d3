"""From one edition to the next: a draft takes its place among the editions, and initiatives keep their ids.

Decides and computes; keeping editions is for `edition_store`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from knowledge.editions.edition import Edition
from knowledge.faults import Faults
from knowledge.plan.annotations import Annotations, hold_against
from knowledge.plan.plan import Plan
from knowledge.sources.draft import PlanDraft


def draft_from(edition: Edition) -> PlanDraft:
    """The edition as a draft for the next revision: every initiative continues itself."""
    return PlanDraft(
        edition.plan,
        edition.annotations,
        edition.title,
        edition.effective,
        edition.is_assumed,
        {initiative.code: (initiative.code,) for initiative in edition.plan.initiatives},
    )


def edition_from(draft: PlanDraft, id: str, before: Edition | None) -> Edition:
    """The draft as the edition that follows `before`, or as a first one.

    An initiative takes the id of the first that it continues, unless another took it before (one was split in two); a
    new one gets an id of its own. PlanFaults when it continues a code that the edition before does not have, or when
    nobody says since when the edition is in force.
    """
    faults = Faults()
    ids_before = {one.code: one.id for one in before.plan.initiatives} if before else {}
    for code, continued in draft.continues.items():
        for wrong in (one for one in continued if one not in ids_before):
            faults.add(f"取組 {code}", f"継続元の{wrong}が前の版にありません")
    if draft.effective is None:
        faults.add("計画", "施行日がありません")
    faults.refuse_if_any()
    assert draft.effective
    continues = {
        code: tuple(ids_before[one] for one in draft.continues.get(code, ()))
        for code in (initiative.code for initiative in draft.plan.initiatives)
    }
    ids = _ids(continues, id)
    return Edition(
        id,
        draft.cited_as or draft.plan.title,
        draft.effective,
        draft.is_assumed,
        with_ids(draft.plan, ids),
        draft.annotations,
        {ids[code]: continued for code, continued in continues.items()} if before else {},
    )


def _ids(continues: Mapping[str, tuple[str, ...]], edition: str) -> dict[str, str]:
    """For each code the id of the first that it continues, when that is still free, else one of its own."""
    ids: dict[str, str] = {}
    for code, continued in continues.items():
        free = [one for one in continued[:1] if one not in ids.values()]
        ids[code] = free[0] if free else f"{edition}/{code}"
    return ids


def with_ids(plan: Plan, ids: Mapping[str, str]) -> Plan:
    """The plan with other ids for its initiatives, given by code."""
    return replace(
        plan,
        pillars=tuple(
            replace(
                pillar,
                items=tuple(
                    replace(
                        item,
                        initiatives=tuple(replace(one, id=ids[one.code]) for one in item.initiatives),
                    )
                    for item in pillar.items
                ),
            )
            for pillar in plan.pillars
        ),
    )


def continuing_by_title(plan: Plan, before: Plan) -> dict[str, tuple[str, ...]]:
    """For each initiative the one of the same title before, for a source that does not say what continues what.

    Of initiatives with one title those of the same code belong together, then the others in order.
    """
    waiting = list(before.initiatives)
    found: dict[str, tuple[str, ...]] = {}
    for one in sorted(plan.initiatives, key=lambda one: one.code not in before.by_code):
        same = sorted(
            (other for other in waiting if other.title == one.title), key=lambda other: other.code != one.code
        )
        if same:
            waiting.remove(same[0])
        found[one.code] = tuple(other.code for other in same[:1])
    return found


def annotations_that_hold(annotations: Annotations, plan: Plan) -> Annotations:
    """Those of an edition's annotations that are true of another plan, too."""
    kept = Annotations()
    for name in ("target_scopes", "roundings", "overlaps", "misreadings"):
        for one in getattr(annotations, name):
            more = replace(kept, **{name: (*getattr(kept, name), one)})
            if _holds(more, plan):
                kept = more
    return kept


def _holds(annotations: Annotations, plan: Plan) -> bool:
    faults = Faults()
    hold_against(annotations, plan, faults)
    return not faults.found


def completed(draft: PlanDraft, before: Plan, annotations: Annotations) -> PlanDraft:
    """A draft from a source that says neither what continues what nor our annotations: both taken from before."""
    return replace(
        draft,
        continues=continuing_by_title(draft.plan, before),
        annotations=annotations_that_hold(annotations, draft.plan),
    )


def same_initiatives(draft: PlanDraft) -> dict[str, str]:
    """For each code of a draft the code under which the initiative stood before, where it did."""
    return {code: continued[0] for code, continued in draft.continues.items() if continued}


def same_by_id(before: Plan, after: Plan) -> dict[str, str]:
    """For each code of an edition that of the same initiative in another edition of the plan, where it has it."""
    codes = {one.id: one.code for one in before.initiatives}
    return {one.code: codes[one.id] for one in after.initiatives if one.id in codes}
