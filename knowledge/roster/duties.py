"""What the roster's departments answer for in a plan: roster and plan joined.

A text that the plan lists twice (再掲) is one duty, so that a department is asked for it once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.plan.plan import Indicator, Initiative, MarkKind, Plan, ReformItem, code_order
from knowledge.roster.roster import Department, ItemIndicator, Roster


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a department is asked for: an initiative with its relisted rows, or an item's indicator.

    `code` is what it is called by: the first listing's code, or the item's code. `leads` is False where the
    department only takes part in what another leads.
    """

    code: str
    title: str
    leads: bool
    initiatives: tuple[Initiative, ...] = ()
    indicator: Indicator | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code under which the plan lists it."""
        return tuple(initiative.code for initiative in self.initiatives) or (self.code,)


def listings(plan: Plan) -> tuple[tuple[Initiative, ...], ...]:
    """The plan's initiatives in its order, each with the relisted rows (再掲) of the same text behind it.

    A row relisted only in part (一部再掲), or from another plan, stands by itself.
    """
    groups = {one.code: [one] for one in plan.initiatives}
    for initiative in plan.initiatives:
        repeated = _repeated_by(plan, initiative)
        if repeated is not None and groups[repeated.code] is not groups[initiative.code]:
            joined = [*groups[repeated.code], *groups[initiative.code]]
            groups.update((one.code, joined) for one in joined)
    distinct = {id(group): group for group in groups.values()}
    in_order = (sorted(group, key=_listing_order) for group in distinct.values())
    return tuple(sorted(map(tuple, in_order), key=lambda group: code_order(group[0].code)))


def all_duties(roster: Roster, plan: Plan) -> dict[str, tuple[Duty, ...]]:
    """What each department that answers for anything answers for, by its id, in the plan's order.

    Indicators stand before their initiatives.
    """
    found: dict[str, list[Duty]] = {}
    for department, duty in (*_indicator_duties(roster, plan), *_initiative_duties(roster, plan)):
        found.setdefault(department, []).append(duty)
    return {
        department: tuple(sorted(several, key=lambda duty: code_order(duty.code)))
        for department, several in found.items()
    }


def departments_on(roster: Roster, plan: Plan, code: str) -> tuple[Department, ...]:
    """Who answers for a code of the plan, leading departments first; () where nobody does.

    For an item or a pillar these are the departments of its indicators. A relisted row that no department is
    named for has those of the row that it repeats, and the other way round. KeyError for an unknown code.
    """
    part = plan.by_code[code]
    if isinstance(part, Initiative):
        group = next(group for group in listings(plan) if part in group)
        return _departments_by_listing(roster, group)[part.code]
    items = (part,) if isinstance(part, ReformItem) else part.items
    keys = [ItemIndicator(item.code, indicator.name) for item in items for indicator in item.indicators]
    return tuple(dict.fromkeys(one for key in keys for one in roster.departments_for(key)))


def unassigned(roster: Roster, plan: Plan) -> tuple[str, ...]:
    """What nobody answers for, each as the plan calls it: 3-1-2 「...」, 1-1 指標「...」."""
    initiatives = [
        f"{one.code} 「{one.title}」"
        for group in listings(plan)
        for one in group
        if not _departments_by_listing(roster, group)[one.code]
    ]
    indicators = [
        f"{item.code} 指標「{indicator.name}」"
        for item in plan.items
        for indicator in item.indicators
        if not roster.departments_for(ItemIndicator(item.code, indicator.name))
    ]
    return (*initiatives, *indicators)


def divided_listings(roster: Roster, plan: Plan) -> tuple[tuple[str, ...], ...]:
    """The codes of texts whose listings have different departments: each is then asked for its own."""
    return tuple(
        tuple(one.code for one in group)
        for group in listings(plan)
        if len({frozenset(found) for found in _departments_by_listing(roster, group).values()}) > 1
    )


def _repeated_by(plan: Plan, initiative: Initiative) -> Initiative | None:
    referred = (mark.refers_to for mark in initiative.marks if mark.kind is MarkKind.RELISTED)
    parts = (plan.by_code.get(code) for code in referred if code is not None)
    return next((part for part in parts if isinstance(part, Initiative)), None)


def _listing_order(initiative: Initiative) -> tuple[bool, tuple[int, ...]]:
    return initiative.has(MarkKind.RELISTED), code_order(initiative.code)


def _departments_by_listing(
    roster: Roster, group: tuple[Initiative, ...]
) -> dict[str, tuple[Department, ...]]:
    own = {one.code: roster.departments_for(one.id) for one in group}
    named = next((departments for departments in own.values() if departments), ())
    return {code: departments or named for code, departments in own.items()}


def _indicator_duties(roster: Roster, plan: Plan) -> Iterator[tuple[str, Duty]]:
    for item in plan.items:
        for indicator in item.indicators:
            answering = roster.departments_for(ItemIndicator(item.code, indicator.name))
            for department in answering:
                leads = department == answering[0]
                yield department.id, Duty(item.code, indicator.name, leads, indicator=indicator)


def _initiative_duties(roster: Roster, plan: Plan) -> Iterator[tuple[str, Duty]]:
    for group in listings(plan):
        by_listing = _departments_by_listing(roster, group)
        for department in dict.fromkeys(one for answering in by_listing.values() for one in answering):
            own = tuple(one for one in group if department in by_listing[one.code])
            leads = department == by_listing[own[0].code][0]
            yield department.id, Duty(own[0].code, own[0].title, leads, initiatives=own)
