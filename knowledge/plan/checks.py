"""What does not add up in a plan or is not set in it, as findings.

A finding keeps apart what the plan states and what we infer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.plan.amount import grouped
from knowledge.plan.annotations import Annotations, Rounding, sum_toward_target
from knowledge.plan.places import page_of
from knowledge.plan.plan import Initiative, Mark, MarkKind, Plan, State, TargetRow


class PlanFindingKind(StrEnum):
    """What a finding is about, in the order in which they are reported."""

    ROW_SUM = "row_sum"
    ITEM_SUM = "item_sum"
    TARGET_SCOPE = "target_scope"
    OVERLAP = "overlap"
    UNDER_ADJUSTMENT = "under_adjustment"
    TO_BE_PLACED = "to_be_placed"
    PLACEHOLDER = "placeholder"
    BLANK = "blank"
    REFERENCE = "reference"
    MISREADING = "misreading"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """One thing found at a place (a code, a chapter or 附属資料) on a printed page (0: the plan as a whole).

    `stated` is what the plan says there, `inferred` what we conclude from it (or empty); both in Japanese.
    """

    kind: PlanFindingKind
    place: str
    page: int
    stated: str
    inferred: str = ""


def findings(plan: Plan, annotations: Annotations) -> tuple[PlanFinding, ...]:
    """Everything found in a plan, by kind and then in the plan's order."""
    found = [
        *_row_sums(plan),
        *_item_sums(plan, annotations),
        *_target_scopes(plan, annotations),
        *_overlaps(plan, annotations),
        *_unset_summaries(plan),
        *_unset_rows(plan),
        *_unset_indicators(plan),
        *_to_be_placed(plan),
        *_unset_dates(plan),
        *_references(plan),
        *_misreadings(plan, annotations),
        *_assumptions(annotations),
    ]
    order = list(PlanFindingKind)
    return tuple(sorted(found, key=lambda finding: order.index(finding.kind)))


def _row_sums(plan: Plan) -> Iterator[PlanFinding]:
    """Rows whose years do not add up to the printed total."""
    for initiative, row in plan.rows():
        states = {cell.state for cell in row.all_cells}
        summed = sum(cell.value or 0 for _, cell in row.cells)
        if row.is_set and states <= {State.SET, State.BLANK} and row.total.value != summed:
            yield PlanFinding(
                PlanFindingKind.ROW_SUM,
                initiative.code,
                initiative.page,
                f"計は{row.total.printed or '空欄'}と記載されています。",
                f"各年度の合計は{_amount(summed, row.measure.unit)}です。",
            )


def _item_sums(plan: Plan, annotations: Annotations) -> Iterator[PlanFinding]:
    """Each printed effect amount of an item beside the sum of the rows that it counts."""
    for item in plan.items:
        target = item.effect_target
        if target is None or target.target.value is None:
            continue
        summed = sum_toward_target(item, annotations)
        left_out = [i.code for i in item.initiatives if annotations.excluded_from_targets(i)]
        scope = f"{'、'.join(left_out)}を除いた" if left_out else ""
        verdict = _difference(target.target.value - summed, target.unit, annotations.rounding_of(item.code))
        yield PlanFinding(
            PlanFindingKind.ITEM_SUM,
            item.code,
            item.page,
            f"効果額は{target.target.printed}と記載されています。",
            f"{scope}取組の計の合計は{_amount(summed, target.unit)}で、{verdict}",
        )


def _difference(difference: int, unit: str, rounding: Rounding | None) -> str:
    if difference == 0:
        return "一致します。"
    return f"{_amount(abs(difference), unit)}の差があります。{rounding.note if rounding else ''}"


def _target_scopes(plan: Plan, annotations: Annotations) -> Iterator[PlanFinding]:
    """The initiatives that the printed effect amounts of their items leave out."""
    for item in plan.items:
        for initiative in filter(annotations.excluded_from_targets, item.initiatives):
            marks = "".join(f"【{mark.printed}】" for mark in initiative.marks)
            yield PlanFinding(
                PlanFindingKind.TARGET_SCOPE,
                initiative.code,
                initiative.page,
                f"{marks}の印があります。",
                f"{item.code}の効果額には含まれていません。",
            )


def _overlaps(plan: Plan, annotations: Annotations) -> Iterator[PlanFinding]:
    for overlap in annotations.overlaps:
        row = _row_of(plan, overlap.whole)
        yield PlanFinding(
            PlanFindingKind.OVERLAP,
            overlap.whole,
            page_of(plan, overlap.whole),
            f"{overlap.whole}と{'、'.join(overlap.parts)}は別々の取組として記載されています。",
            f"{overlap.whole}の{len(row.cells) if row else 0}年度分と計は、いずれも"
            f"{'＋'.join(overlap.parts)}と等しく、すべて足すと二重になります。{overlap.note}",
        )


def _row_of(plan: Plan, code: str) -> TargetRow | None:
    return next((row for initiative, row in plan.rows() if initiative.code == code), None)


def _unset_summaries(plan: Plan) -> Iterator[PlanFinding]:
    for initiative in plan.initiatives:
        if initiative.summary_state is State.UNDER_ADJUSTMENT:
            yield PlanFinding(
                PlanFindingKind.UNDER_ADJUSTMENT,
                initiative.code,
                initiative.page,
                f"取組概要が「{initiative.summary}」と記載されています。",
            )


_KIND_OF_STATE = {
    State.BLANK: PlanFindingKind.BLANK,
    State.UNDER_ADJUSTMENT: PlanFindingKind.UNDER_ADJUSTMENT,
    State.PLACEHOLDER: PlanFindingKind.PLACEHOLDER,
    State.TO_BE_PLACED: PlanFindingKind.TO_BE_PLACED,
}


def _unset_rows(plan: Plan) -> Iterator[PlanFinding]:
    """One finding for each reason why cells of a row have no figure."""
    for initiative, row in plan.rows():
        for state, kind in _KIND_OF_STATE.items():
            named = [(year.label, cell) for year, cell in row.cells if cell.state is state]
            named += [("計", row.total)] if row.total.state is state else []
            if not named:
                continue
            where = "全年度と計" if len(named) == len(row.all_cells) else "、".join(name for name, _ in named)
            words = f"「{named[0][1].printed}」と記載されています。" if named[0][1].printed else "空欄です。"
            yield PlanFinding(kind, initiative.code, initiative.page, f"{row.measure.name}の{where}が{words}")


def _unset_indicators(plan: Plan) -> Iterator[PlanFinding]:
    for item in plan.items:
        for indicator in item.indicators:
            if indicator.target.state is State.PLACEHOLDER:
                yield PlanFinding(
                    PlanFindingKind.PLACEHOLDER,
                    item.code,
                    item.page,
                    f"「{indicator.name}」の目標が「{indicator.target.printed}」と記載されています。",
                    "数値が入る前の仮の記載と読めます。",
                )
        effect = item.effect_target
        if effect and effect.target.state is State.BLANK:
            yield PlanFinding(
                PlanFindingKind.BLANK, item.code, item.page, f"「{effect.name}」に金額が記載されていません。"
            )


def _to_be_placed(plan: Plan) -> Iterator[PlanFinding]:
    for item in plan.items:
        if item.to_be_placed:
            yield PlanFinding(PlanFindingKind.TO_BE_PLACED, item.code, item.page, item.to_be_placed)


def _unset_dates(plan: Plan) -> Iterator[PlanFinding]:
    if re.search(r"(?<!\d)月", plan.established):
        yield PlanFinding(PlanFindingKind.BLANK, "表紙", 0, f"策定の月が空欄です（「{plan.established}」）。")
    if plan.appendix is None:
        return
    for event in plan.appendix.events:
        if not event.when:
            yield PlanFinding(
                PlanFindingKind.BLANK,
                "附属資料",
                plan.appendix.page,
                f"「{event.text}」の年月が「{event.printed_when}」と記載されています。",
            )


def _references(plan: Plan) -> Iterator[PlanFinding]:
    for initiative in plan.initiatives:
        for mark in initiative.marks:
            if mark.kind in (MarkKind.RELISTED, MarkKind.PARTLY_RELISTED):
                yield PlanFinding(
                    PlanFindingKind.REFERENCE,
                    initiative.code,
                    initiative.page,
                    f"【{mark.printed}】の印があります。",
                    _what_is_relisted(plan, initiative, mark),
                )


def _what_is_relisted(plan: Plan, initiative: Initiative, mark: Mark) -> str:
    """Relisting repeats a text; whether money stands twice is told from the two rows."""
    original = plan.by_code.get(mark.refers_to or "")
    if mark.refers_to is None:
        return "再掲の元は見つかりません。"
    if not isinstance(original, Initiative):
        return f"{mark.refers_to}の取組の再掲です。"
    row = original.targets
    if row and row.is_set and row.measure.is_effect_amount:
        return f"{original.code}の再掲で、効果額が両方の行にあります。合計では二重になるおそれがあります。"
    return f"{original.code}の再掲です。効果額は{initiative.code}の行だけにあり、二重にはなりません。"


def _misreadings(plan: Plan, annotations: Annotations) -> Iterator[PlanFinding]:
    for slip in annotations.misreadings:
        yield PlanFinding(
            PlanFindingKind.MISREADING,
            slip.place,
            page_of(plan, slip.place),
            f"「{slip.printed}」と記載されています。",
            f"「{slip.reading}」と読みます。",
        )


def _assumptions(annotations: Annotations) -> Iterator[PlanFinding]:
    for assumption in annotations.assumptions:
        yield PlanFinding(PlanFindingKind.ASSUMPTION, assumption.subject, 0, "", assumption.text)


def _amount(value: int, unit: str) -> str:
    return f"{grouped(value)}{unit}"
