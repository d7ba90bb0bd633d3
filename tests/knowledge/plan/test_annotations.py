"""What we add to a plan is held against its own figures and words before anyone relies on it."""

from typing import Any

import pytest

from knowledge.editions.edition import shipped
from knowledge.faults import Faults
from knowledge.plan.annotations import Annotations, Overlap, read_annotations
from knowledge.plan.plan import Initiative, Plan
from tests.small_plan import small_edition


@pytest.fixture(scope="module")
def plan() -> Plan:
    return small_edition().plan


def read(table: dict[str, Any], plan: Plan) -> tuple[Annotations, list[str]]:
    faults = Faults()
    return read_annotations(table, plan, faults), [str(fault) for fault in faults.found]


def initiative(plan: Plan, code: str) -> Initiative:
    found = plan.by_code[code]
    assert isinstance(found, Initiative)
    return found


def test_an_overlap_true_in_every_year_is_taken(plan: Plan) -> None:
    annotations, faults = read({"overlap": [{"whole": "3-1-4", "parts": ["3-1-1", "2-1-2"]}]}, plan)
    assert faults == []
    assert annotations.overlaps == (Overlap("3-1-4", ("3-1-1", "2-1-2")),)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"overlap": [{"whole": "3-1-4", "parts": ["3-1-1"]}]}, "令和6年度の値が3-1-1の合計と一致しません"),
        ({"overlap": [{"whole": "3-1-9", "parts": ["3-1-1"]}]}, "計画の表にありません: 3-1-9"),
        ({"overlap": [{"whole": "2-1-3", "parts": ["2-1-2"]}]}, "の合計と一致しません"),
        ({"overlap": [{"whole": "3-1-4", "parts": []}]}, "計画の表にありません"),
        ({"overlap": [{"parts": ["3-1-1"]}]}, "項目の書き方が違います"),
        ({"target_scope": [{"excludes": []}]}, "効果額の記載1,430が、注記の範囲の合計4,430と違います"),
        ({"target_scope": [{"excludes": ["general_account"]}]}, "項目の書き方が違います"),
        (
            {
                "target_scope": [{"excludes": ["enterprise_account"]}],
                "rounding": [{"item": "3-1", "printed": 1430, "summed": 1429}],
            },
            "端数の注記（記載1,430、合計1,429）が計画（記載1430、合計1,430）と違います",
        ),
        ({"rounding": [{"item": "9-9", "printed": 1, "summed": 2}]}, "改革項目が計画にありません"),
        ({"misreading": [{"place": "3-1-1", "printed": "封間", "reading": "封筒"}]}, "「封間」がありません"),
        ({"misreading": [{"place": "99", "printed": "封筒", "reading": "封書"}]}, "「封筒」がありません"),
        ({"overlaps": []}, "知らない項目です: overlaps"),
    ],
)
def test_what_the_plan_does_not_bear_out_is_a_fault(table: dict[str, Any], message: str, plan: Plan) -> None:
    _, faults = read(table, plan)
    assert any(message in fault for fault in faults), faults


def test_each_plan_says_itself_which_account_its_targets_leave_out() -> None:
    real, small = shipped(), small_edition()
    assert real.annotations.excluded_from_targets(initiative(real.plan, "5-1-6"))
    assert real.annotations.excluded_from_targets(initiative(real.plan, "3-1-6"))
    assert not real.annotations.excluded_from_targets(initiative(real.plan, "5-1-3"))
    assert not small.annotations.excluded_from_targets(initiative(small.plan, "3-1-3"))
    assert small.annotations.excluded_from_targets(initiative(small.plan, "3-1-2"))


def test_a_slip_is_read_as_meant() -> None:
    annotations = shipped().annotations
    assert annotations.reading_of("デジタルデバイス対策の推進") == "デジタルデバイド対策の推進"
    assert annotations.reading_of("未広ふれあいセンターを除く") == "末広ふれあいセンターを除く"
    assert annotations.reading_of("見直しを行う") == "見直しを行う"
