"""Findings in a plan: what it states and what we infer are told apart, each at its place."""

from dataclasses import replace

from knowledge.editions.edition import Edition, shipped
from knowledge.plan.annotations import Annotations
from knowledge.plan.checks import PlanFinding, PlanFindingKind, findings
from knowledge.plan.plan import Plan, State, Target, TargetRow
from tests.small_plan import small_edition


def of_kind(kind: PlanFindingKind, edition: Edition) -> list[PlanFinding]:
    return [f for f in findings(edition.plan, edition.annotations) if f.kind is kind]


def at(place: str, found: list[PlanFinding]) -> PlanFinding:
    (finding,) = [f for f in found if f.place == place]
    return finding


def test_a_target_one_thousand_yen_off_is_told_with_both_figures() -> None:
    finding = at("5-2", of_kind(PlanFindingKind.ITEM_SUM, shipped()))
    assert (finding.page, finding.stated) == (14, "効果額は461,390千円と記載されています。")
    assert "5-2-7、5-2-8を除いた取組の計の合計は461,389千円で、1千円の差があります" in finding.inferred


def test_targets_that_add_up_say_so() -> None:
    found = of_kind(PlanFindingKind.ITEM_SUM, shipped())
    assert [f.place for f in found if f.inferred.endswith("一致します。")] == ["3-1", "5-1"]


def test_money_that_stands_twice_is_told() -> None:
    (finding,) = of_kind(PlanFindingKind.OVERLAP, shipped())
    assert (finding.place, finding.page) == ("5-2-1", 14)
    assert "5-2-7＋5-2-8と等しく" in finding.inferred and "等しく" not in finding.stated


def test_every_initiative_outside_the_targets_is_named() -> None:
    found = of_kind(PlanFindingKind.TARGET_SCOPE, shipped())
    assert [f.place for f in found] == ["3-1-6", "5-1-6", "5-2-7", "5-2-8"]
    assert at("3-1-6", found).stated == "【企業会計】の印があります。"


def test_what_is_not_set_is_told_with_its_reason() -> None:
    edition = shipped()
    assert [f.place for f in of_kind(PlanFindingKind.UNDER_ADJUSTMENT, edition)] == ["3-2-2", "3-1-6"]
    assert [f.place for f in of_kind(PlanFindingKind.TO_BE_PLACED, edition)] == ["4-1"]
    assert [f.place for f in of_kind(PlanFindingKind.PLACEHOLDER, edition)] == ["1-2", "1-2"]
    blank = of_kind(PlanFindingKind.BLANK, edition)
    assert [f.place for f in blank] == [
        "3-1-1",
        "3-1-2",
        "3-1-3",
        "3-1-4",
        "3-1-5",
        "3-2-1",
        "3-2-2",
        "3-2-5",
        "5-2-5",
        "4-1",
        "表紙",
        "附属資料",
    ]
    assert at("3-1-3", blank).stated == "効果額の令和3年度、令和4年度が空欄です。"
    assert at("3-2-1", blank).stated == "指標の全年度と計が空欄です。"
    assert not any(f.inferred for f in blank)


def test_relistings_say_that_the_money_stands_once() -> None:
    found = of_kind(PlanFindingKind.REFERENCE, shipped())
    assert at("5-1-3", found).inferred.startswith("3-2-4の再掲です。効果額は5-1-3の行だけにあり")
    assert at("5-2-3", found).inferred == "はだのICT活用推進計画の取組の再掲です。"


def test_every_slip_is_told_as_printed_and_as_read() -> None:
    found = of_kind(PlanFindingKind.MISREADING, shipped())
    readings = {(f.place, f.page, f.stated, f.inferred) for f in found}
    assert len(found) == 11
    assert ("6", 3, "「一步踏み出して」と記載されています。", "「一歩踏み出して」と読みます。") in readings


def test_the_effective_date_is_marked_as_ours() -> None:
    assert shipped().is_assumed
    (finding,) = of_kind(PlanFindingKind.ASSUMPTION, shipped())
    assert finding.stated == "" and "仮定" in finding.inferred


def test_another_plan_has_findings_of_its_own() -> None:
    small = small_edition()
    assert [f.place for f in of_kind(PlanFindingKind.OVERLAP, small)] == ["3-1-4"]
    assert [f.place for f in of_kind(PlanFindingKind.TARGET_SCOPE, small)] == ["3-1-2"]
    assert all(f.inferred.endswith("一致します。") for f in of_kind(PlanFindingKind.ITEM_SUM, small))


def with_total(plan: Plan, code: str, total: int) -> Plan:
    """The plan with another total printed in one row."""

    def changed(row: TargetRow | None) -> TargetRow | None:
        return row and replace(row, total=Target(State.SET, total, f"{total:,}"))

    pillars = tuple(
        replace(
            pillar,
            items=tuple(
                replace(
                    item,
                    initiatives=tuple(
                        replace(i, targets=changed(i.targets)) if i.code == code else i
                        for i in item.initiatives
                    ),
                )
                for item in pillar.items
            ),
        )
        for pillar in plan.pillars
    )
    return replace(plan, pillars=pillars)


def test_a_row_that_does_not_add_up_is_a_finding() -> None:
    plan = with_total(small_edition().plan, "3-1-1", 601)
    (finding,) = [f for f in findings(plan, Annotations()) if f.kind is PlanFindingKind.ROW_SUM]
    assert (finding.stated, finding.inferred) == (
        "計は601と記載されています。",
        "各年度の合計は600千円です。",
    )
