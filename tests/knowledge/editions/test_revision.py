"""From one edition to the next: codes change, an initiative's id stays."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.editions.edition import Edition, EditionHead, in_force
from knowledge.editions.revision import annotations_that_hold, continuing_by_title, draft_from, edition_from
from knowledge.faults import PlanFaults
from knowledge.sources.city_text import read_city_text
from knowledge.sources.draft import PlanDraft
from tests.small_plan import small_edition, small_text

RENUMBERED = (
    small_text()
    .replace("3-1-1. 広告料収入の確保\t封筒などに広告を載せます。\t100\t200\t300\t600\n", "")
    .replace("3-1-2.", "3-1-1.")
    .replace("3-1-3.", "3-1-2.")
)
RENUMBERED = RENUMBERED.replace("3-1-4.", "3-1-3.").replace("3-1-5.", "3-1-4.")


def next_draft(continues: dict[str, tuple[str, ...]]) -> PlanDraft:
    return PlanDraft(
        read_city_text(RENUMBERED), cited_as="改定版", effective=date(2025, 4, 1), continues=continues
    )


def ids(edition: Edition) -> dict[str, str]:
    return {one.code: one.id for one in edition.plan.initiatives}


def test_an_initiative_keeps_its_id_under_another_code() -> None:
    edition = edition_from(next_draft({"3-1-1": ("3-1-2",), "1-1-1": ("1-1-1",)}), "r7", small_edition())
    assert ids(edition)["3-1-1"] == "3-1-2"
    assert edition.continues["3-1-2"] == ("3-1-2",)
    assert (edition.title, edition.effective) == ("改定版", date(2025, 4, 1))


def test_merged_ones_go_on_under_the_first_and_name_all() -> None:
    edition = edition_from(next_draft({"3-1-1": ("3-1-2", "3-1-1")}), "r7", small_edition())
    assert ids(edition)["3-1-1"] == "3-1-2"
    assert edition.continues["3-1-2"] == ("3-1-2", "3-1-1")


def test_of_two_that_continue_one_the_first_keeps_the_id() -> None:
    edition = edition_from(next_draft({"3-1-1": ("3-1-2",), "3-1-2": ("3-1-2",)}), "r7", small_edition())
    assert (ids(edition)["3-1-1"], ids(edition)["3-1-2"]) == ("3-1-2", "r7/3-1-2")
    assert edition.continues["r7/3-1-2"] == ("3-1-2",)


def test_a_new_one_never_takes_the_id_of_what_stood_under_its_code() -> None:
    edition = edition_from(next_draft({}), "r7", small_edition())
    assert ids(edition)["3-1-1"] == "r7/3-1-1"
    assert edition.continues["r7/3-1-1"] == ()
    assert not set(ids(edition).values()) & set(ids(small_edition()).values())


def test_ids_stay_through_two_revisions() -> None:
    second = edition_from(next_draft({"3-1-1": ("3-1-2",)}), "r7", small_edition())
    third = edition_from(draft_from(second), "r8", second)
    assert ids(third) == ids(second)


def test_continuing_what_never_was_is_a_fault_and_so_is_no_day() -> None:
    draft = replace(next_draft({"3-1-1": ("8-8-8",)}), effective=None)
    with pytest.raises(PlanFaults) as refused:
        edition_from(draft, "r7", small_edition())
    assert [str(fault) for fault in refused.value.faults] == [
        "取組 3-1-1: 継続元の8-8-8が前の版にありません",
        "計画: 施行日がありません",
    ]


def test_a_text_that_does_not_say_is_joined_by_titles() -> None:
    continues = continuing_by_title(read_city_text(RENUMBERED), small_edition().plan)
    assert continues["3-1-1"] == ("3-1-2",)
    assert continues["3-1-4"] == ("3-1-5",)
    assert continues["1-2-1"] == ("1-2-1",)
    changed = continuing_by_title(
        read_city_text(RENUMBERED.replace("書かない窓口", "書類の要らない窓口")), small_edition().plan
    )
    assert changed["1-2-3"] == ()


def test_only_annotations_true_of_the_new_plan_go_on() -> None:
    small = small_edition()
    assert annotations_that_hold(small.annotations, small.plan) == small.annotations
    kept = annotations_that_hold(small.annotations, read_city_text(RENUMBERED))
    assert kept.overlaps == () and len(kept.misreadings) == 1


@pytest.mark.parametrize(
    ("today", "id"),
    [
        (date(2020, 1, 1), "r3"),
        (date(2021, 4, 1), "r3"),
        (date(2024, 3, 31), "r3"),
        (date(2024, 4, 1), "r6-2"),
        (date(2040, 1, 1), "r6-2"),
    ],
)
def test_the_edition_in_force_is_the_latest_that_has_begun(today: date, id: str) -> None:
    heads = [
        EditionHead("r3", "一", date(2021, 4, 1), True),
        EditionHead("r6", "二", date(2024, 4, 1), False),
        EditionHead("r6-2", "二の訂正", date(2024, 4, 1), False),
    ]
    assert in_force(heads, today).id == id
