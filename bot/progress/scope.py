"""What a summary is about: a part of the plan, and whose part of the work."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.known import Known
from knowledge.question import PLAN
from knowledge.roster.roster import Roster


@dataclass(frozen=True, slots=True)
class Scope:
    """`ref` is PLAN, 柱5, 5-1 or 5-1-2; `departments` are the ids whose work counts, None for everybody's."""

    ref: str = PLAN
    departments: frozenset[str] | None = None

    def holds(self, departments: frozenset[str]) -> bool:
        """Whether work of these departments lies within it."""
        return self.departments is None or not self.departments.isdisjoint(departments)


def label_of(scope: Scope, known: Known, roster: Roster) -> str:
    """計画全体; 柱5 「...」（〇〇課、△△課の分）."""
    part = "計画全体" if scope.ref == PLAN else f"{scope.ref}「{known.title_of(scope.ref)}」"
    if scope.departments is None:
        return part
    names = [one.name for one in roster.departments if one.id in scope.departments]
    some = "、".join(names[:3]) + (f"ほか{len(names) - 3}課等" if len(names) > 3 else "")
    return f"{part}（{some or '該当する課等なし'}の分）"
