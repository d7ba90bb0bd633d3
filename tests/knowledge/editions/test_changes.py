"""What differs between two plans, an initiative being found again under its new code."""

import pytest

from knowledge.editions.changes import PlanChange, PlanChangeKind, changes
from knowledge.editions.edition import Edition, shipped
from knowledge.editions.revision import annotations_that_hold, continuing_by_title, draft_from
from knowledge.sources.city_text import read_city_text
from knowledge.sources.draft import PlanDraft
from tests.small_plan import small_edition, small_text


def changes_to(text: str) -> list[PlanChange]:
    before = small_edition()
    plan = read_city_text(text)
    continues = continuing_by_title(plan, before.plan)
    added = annotations_that_hold(before.annotations, plan)
    after = PlanDraft(plan, added, before.title, before.effective, before.is_assumed, continues)
    same = {code: codes[0] for code, codes in continues.items() if codes}
    return list(changes(draft_from(before), after, same))


@pytest.mark.parametrize("edition", [shipped(), small_edition()])
def test_a_plan_does_not_differ_from_itself(edition: Edition) -> None:
    draft = draft_from(edition)
    assert changes(draft, draft, {code: code for code in draft.continues}) == ()


def test_a_changed_figure_is_one_change() -> None:
    text = small_text().replace("1,000\t1,000\t1,000\t3,000", "1,000\t1,000\t2,000\t4,000")
    assert changes_to(text) == [
        PlanChange(PlanChangeKind.CHANGED, "目標", "3-1-2", "令和8年度", "1000", "2000"),
        PlanChange(PlanChangeKind.CHANGED, "目標", "3-1-2", "計", "3000", "4000"),
    ]


def test_a_figure_that_is_no_more_is_told_in_words() -> None:
    text = small_text().replace("110\t220\t330\t660", "調整中\t\t\t").replace("1,430千円", "770千円")
    found = [change for change in changes_to(text) if change.place == "3-1-4" and change.part == "目標"]
    assert {(change.column, change.after) for change in found} == {
        ("令和6年度", "調整中"), ("令和7年度", "調整中"), ("令和8年度", "調整中"), ("計", "調整中"),
    }  # fmt: skip


def test_a_new_code_is_a_change_of_the_code_alone() -> None:
    text = small_text().replace("3-1-4. 市有財産の活用", "3-1-X").replace("3-1-5. オン", "3-1-4. オン")
    text = text.replace("3-1-X", "3-1-5. 市有財産の活用")
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("3-1-5."))
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    found = [change for change in changes_to("\n".join(lines)) if change.part in ("取組", "目標", "印")]
    assert sorted((c.kind, c.column, c.before, c.after) for c in found) == [
        (PlanChangeKind.CHANGED, "コード", "3-1-4", "3-1-5"),
        (PlanChangeKind.CHANGED, "コード", "3-1-5", "3-1-4"),
    ]


def test_a_renamed_initiative_is_one_that_went_and_one_that_came() -> None:
    found = changes_to(small_text().replace("書かない窓口", "書類の要らない窓口"))
    assert [(c.kind, c.part) for c in found if c.part == "取組"] == [
        (PlanChangeKind.REMOVED, "取組"),
        (PlanChangeKind.ADDED, "取組"),
    ]


def test_a_paragraph_put_in_moves_none_of_the_others() -> None:
    found = changes_to(small_text().replace("※縮充", "新しい段落です。\n\n※縮充"))
    assert [(c.kind, c.part, c.place) for c in found] == [(PlanChangeKind.ADDED, "本文", "はじめに 段落")]
    assert "新しい段落です。" in found[0].after


def test_a_measure_put_in_is_one_change() -> None:
    found = changes_to(small_text().replace("窓口の統合、", "窓口の統合、案内板、"))
    assert [(c.kind, c.part, c.place, c.after) for c in found] == [
        (PlanChangeKind.ADDED, "主な取組み", "1-1-1", "案内板"),
    ]


def test_plans_of_other_years_are_compared_by_the_years_that_either_has() -> None:
    before, after = draft_from(small_edition()), draft_from(shipped())
    found = changes(before, after, {})
    assert {c.kind for c in found if c.part == "取組"} == {PlanChangeKind.ADDED, PlanChangeKind.REMOVED}
    assert PlanChange(PlanChangeKind.CHANGED, "計画", "開始年度", "内容", "令和6年度", "令和3年度") in found
