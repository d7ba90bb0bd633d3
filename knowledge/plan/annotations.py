"""What we add to an edition, apart from what it prints: overlaps, the scope of targets, readings of slips.

Annotations are data beside an edition. They are held against the plan's own figures and words when they are
read; one that is not true of the plan is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from knowledge.faults import Faults
from knowledge.plan.places import texts_at
from knowledge.plan.plan import Initiative, MarkKind, Plan, ReformItem, Target, TargetRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Overlap:
    """An initiative whose amounts equal the sum of its parts' every year: adding all counts money twice."""

    whole: str
    parts: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class TargetScope:
    """Marks whose initiatives the items' printed effect amounts leave out."""

    excludes: tuple[MarkKind, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rounding:
    """A reform item whose printed effect amount is not the sum of its rows, both in the printed unit."""

    item: str
    printed: int
    summed: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Misreading:
    """A slip: the words as printed at a place (a code, a chapter's number, 附属資料) and our reading."""

    place: str
    printed: str
    reading: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the plan leaves open and we decided."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that is added to one edition."""

    overlaps: tuple[Overlap, ...] = ()
    target_scopes: tuple[TargetScope, ...] = ()
    roundings: tuple[Rounding, ...] = ()
    misreadings: tuple[Misreading, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    def excluded_from_targets(self, initiative: Initiative) -> bool:
        """Whether the printed effect amount of its reform item leaves an initiative out."""
        return any(initiative.has(*scope.excludes) for scope in self.target_scopes)

    def rounding_of(self, item_code: str) -> Rounding | None:
        """The difference noted for a reform item."""
        return next((rounding for rounding in self.roundings if rounding.item == item_code), None)

    def reading_of(self, text: str) -> str:
        """The text with its slips read as meant."""
        for slip in self.misreadings:
            text = text.replace(slip.printed, slip.reading)
        return text


NO_ANNOTATIONS = Annotations()


def read_annotations(table: Mapping[str, Any], plan: Plan, faults: Faults) -> Annotations:
    """Annotations from their TOML tables; unknown tables, wrong fields and untrue statements are faults."""
    makers: dict[str, Callable[..., Any]] = {
        "overlap": lambda whole, parts, note="": Overlap(whole, tuple(parts), note),
        "target_scope": lambda excludes, note="": TargetScope(tuple(map(MarkKind, excludes)), note),
        "rounding": Rounding,
        "misreading": Misreading,
        "assumption": Assumption,
    }
    for name in table.keys() - makers.keys():
        faults.add("注記", f"知らない項目です: {name}")
    made = {name: tuple(_made(name, table.get(name, ()), make, faults)) for name, make in makers.items()}
    annotations = Annotations(
        made["overlap"], made["target_scope"], made["rounding"], made["misreading"], made["assumption"]
    )
    hold_against(annotations, plan, faults)
    return annotations


def _made(name: str, entries: Iterable[Any], make: Callable[..., T], faults: Faults) -> Iterator[T]:
    for number, entry in enumerate(entries, 1):
        try:
            yield make(**entry)
        except (TypeError, ValueError) as error:
            faults.add(f"注記 {name} {number}番目", f"項目の書き方が違います: {error}")


def hold_against(annotations: Annotations, plan: Plan, faults: Faults) -> None:
    """Note every annotation that the plan's figures or words do not bear out."""
    for overlap in annotations.overlaps:
        _hold_overlap(overlap, plan, faults)
    for item in plan.items:
        _hold_target(item, annotations, faults)
    for rounding in annotations.roundings:
        if rounding.item not in {item.code for item in plan.items}:
            faults.add(f"注記 {rounding.item}", "端数の注記の改革項目が計画にありません")
    for slip in annotations.misreadings:
        if not any(slip.printed in text for text in texts_at(plan, slip.place)):
            faults.add(f"注記 {slip.place}", f"計画のその箇所に「{slip.printed}」がありません")


def _hold_overlap(overlap: Overlap, plan: Plan, faults: Faults) -> None:
    place = f"注記 {overlap.whole}"
    rows = {initiative.code: row for initiative, row in plan.rows()}
    missing = [code for code in (overlap.whole, *overlap.parts) if code not in rows]
    if missing or not overlap.parts:
        faults.add(place, f"重なりの注記の取組が計画の表にありません: {'、'.join(missing)}")
        return
    whole = _cells(rows[overlap.whole])
    parts = [_cells(rows[code]) for code in overlap.parts]
    for name, cell in whole.items():
        values = [part[name].value for part in parts]
        known = [value for value in values if value is not None]
        if cell.value is None or len(known) < len(values) or cell.value != sum(known):
            faults.add(place, f"{name}の値が{'と'.join(overlap.parts)}の合計と一致しません")


def _cells(row: TargetRow) -> dict[str, Target]:
    return {year.label: cell for year, cell in row.cells} | {"計": row.total}


def sum_toward_target(item: ReformItem, annotations: Annotations) -> int:
    """The sum of those totals of an item that its printed effect amount counts, in the printed unit."""
    return sum(
        initiative.targets.total.value or 0
        for initiative in item.initiatives
        if initiative.targets
        and initiative.targets.measure.is_effect_amount
        and not annotations.excluded_from_targets(initiative)
    )


def _hold_target(item: ReformItem, annotations: Annotations, faults: Faults) -> None:
    """An item's printed effect amount is the sum in scope, or a rounding says by how much it is not."""
    target = item.effect_target
    rounding = annotations.rounding_of(item.code)
    if not annotations.target_scopes and not rounding:
        return
    summed = sum_toward_target(item, annotations)
    printed = target.target.value if target else None
    if rounding and (rounding.printed != printed or rounding.summed != summed or printed == summed):
        faults.add(
            f"注記 {item.code}",
            f"端数の注記（記載{rounding.printed:,}、合計{rounding.summed:,}）が計画（記載{printed}、合計{summed:,}）と違います",
        )
    elif not rounding and printed is not None and printed != summed:
        faults.add(
            f"注記 {item.code}",
            f"効果額の記載{printed:,}が、注記の範囲の合計{summed:,}と違います（差の理由は端数の注記に書きます）",
        )
