"""What `kaikaku plan` prints, line by line: an edition, its findings, the plan's parts, changes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from knowledge.editions.changes import PlanChange, PlanChangeKind
from knowledge.editions.edition import Edition
from knowledge.plan.checks import PlanFinding, PlanFindingKind
from knowledge.plan.plan import Indicator, Initiative, Pillar, Plan, ReformItem, State, Target, TargetRow

_LONGEST = 60
_KINDS = {
    PlanFindingKind.ROW_SUM: "年度の合計と計が合わない行",
    PlanFindingKind.ITEM_SUM: "改革項目の効果額と取組の合計",
    PlanFindingKind.TARGET_SCOPE: "改革項目の効果額に含まれない取組",
    PlanFindingKind.OVERLAP: "足すと二重になる効果額",
    PlanFindingKind.UNDER_ADJUSTMENT: "調整中",
    PlanFindingKind.TO_BE_PLACED: "位置付ける予定",
    PlanFindingKind.PLACEHOLDER: "仮の記載",
    PlanFindingKind.BLANK: "空欄",
    PlanFindingKind.REFERENCE: "再掲",
    PlanFindingKind.MISREADING: "誤記と思われる箇所",
    PlanFindingKind.ASSUMPTION: "仮定",
}
_STATES = {
    State.BLANK: "空欄",
    State.UNDER_ADJUSTMENT: "調整中",
    State.PLACEHOLDER: "仮の記載",
    State.TO_BE_PLACED: "位置付ける予定",
}
_SIGNS = {PlanChangeKind.ADDED: "＋", PlanChangeKind.REMOVED: "－", PlanChangeKind.CHANGED: "・"}


def edition_line(edition: Edition) -> str:
    """The edition by name, id (when it has one) and day."""
    day = f"{edition.effective}施行{'（仮定）' if edition.is_assumed else ''}"
    return f"{edition.plan.issuer}「{edition.title}」（{f'版 {edition.id}、' if edition.id else ''}{day}）"


def finding_lines(findings: Iterable[PlanFinding]) -> Iterator[str]:
    """The findings under a heading for each kind, what the plan states before what we infer."""
    found = list(findings)
    for kind, group in groupby(found, key=lambda finding: finding.kind):
        yield ""
        yield f"■ {_KINDS[kind]}"
        for finding in group:
            place = f"{finding.place}（p.{finding.page}）" if finding.page else finding.place
            inferred = f"【推定】{finding.inferred}" if finding.inferred else ""
            yield f"{place}: {finding.stated}{inferred}"
    yield ""
    yield f"{len(found)}件。【推定】は計画に書かれていない、計算や読みによるものです。"


def tree_lines(plan: Plan) -> Iterator[str]:
    """Pillars, items and initiatives with their pages and totals."""
    for pillar in plan.pillars:
        yield ""
        yield f"{pillar.code} {pillar.title}"
        for item in pillar.items:
            yield f"  {item.code} {item.title}（p.{item.page}）"
            if item.to_be_placed:
                yield f"      {item.to_be_placed}"
            for one in item.initiatives:
                yield f"    {_titled(one)}{_total(one.targets)}"


def code_lines(plan: Plan, code: str) -> list[str] | None:
    """What the plan says of a pillar, an item or an initiative; None for a code that it does not have."""
    wanted = unicodedata.normalize("NFKC", code).strip().replace("−", "-").replace("ー", "-")
    part = plan.by_code.get(wanted)
    if isinstance(part, Pillar):
        return [
            f"{part.code} {part.title}",
            *(f"  {item.code} {item.title}（p.{item.page}）" for item in part.items),
        ]
    if isinstance(part, ReformItem):
        return list(_item_lines(part))
    return list(_initiative_lines(part)) if part else None


def _item_lines(item: ReformItem) -> Iterator[str]:
    yield f"{item.code} {item.title}（p.{item.page}）"
    yield f"目的: {item.purpose}"
    for indicator in item.indicators:
        kind = "活動指標" if indicator.kind == "activity" else "成果指標"
        yield f"{kind}: {indicator.printed}{_unset(indicator)}"
    if item.to_be_placed:
        yield item.to_be_placed
    for one in item.initiatives:
        yield f"  {_titled(one)}{_total(one.targets)}"


def _unset(indicator: Indicator) -> str:
    state = indicator.target.state
    return "" if state is State.SET or indicator.is_in_words else f" 〔{_STATES[state]}〕"


def _initiative_lines(one: Initiative) -> Iterator[str]:
    yield f"{_titled(one)}（p.{one.page}）"
    yield f"取組概要: {one.summary}"
    if one.main_measures:
        yield f"主な取組み: {'、'.join(one.main_measures)}"
    for note in one.notes:
        yield f"※{note.term}…{note.text}"
    for mark in one.marks:
        if mark.refers_to:
            yield f"【{mark.printed}】: {mark.refers_to}"
    if one.targets:
        yield f"{one.targets.measure.name}{'目標' if one.targets.measure.is_effect_amount else ''}:"
        for name, cell in (
            *((year.label, cell) for year, cell in one.targets.cells),
            ("計", one.targets.total),
        ):
            yield f"  {name} {_figure(cell, one.targets.measure.unit)}"


def _titled(one: Initiative) -> str:
    return f"{one.code} {one.title}{''.join(f'【{mark.printed}】' for mark in one.marks)}"


def _total(row: TargetRow | None) -> str:
    return f" … 計 {_figure(row.total, row.measure.unit)}" if row else ""


def _figure(target: Target, unit: str) -> str:
    return f"{target.printed}{unit}" if target.is_set else _STATES[target.state]


def change_lines(changes: Iterable[PlanChange]) -> Iterator[str]:
    """One line for each change; long texts are cut where they begin to differ."""
    for change in changes:
        where = " ".join(filter(None, (change.part, change.place, change.column)))
        if change.kind is PlanChangeKind.CHANGED:
            before, after = _around_difference(change.before, change.after)
            yield f"{_SIGNS[change.kind]} {where}: {before or '（なし）'} → {after or '（なし）'}"
        else:
            yield f"{_SIGNS[change.kind]} {where}: {_cut(change.before or change.after)}"


def _around_difference(before: str, after: str) -> tuple[str, str]:
    """Both texts from shortly before the first difference on."""
    same = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    start = max(0, same - 10) if max(len(before), len(after)) > _LONGEST else 0
    lead = "…" if start else ""
    return lead + _cut(before[start:]), lead + _cut(after[start:])


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
