from dataclasses import replace
from datetime import date

import pytest

from knowledge.plan.plan import Initiative, Mark, MarkKind, Pillar, Plan, ReformItem
from knowledge.roster.duties import Duty, all_duties, departments_on, divided_listings, listings, unassigned
from knowledge.roster.roster import Responsibility, Roster
from tests.invented_roster import PLAN, ROSTER

JUNE = ROSTER.on(date(2024, 6, 3))
RELISTED = MarkKind.RELISTED


def _plan_of(*initiatives: Initiative) -> Plan:
    return replace(PLAN, pillars=(Pillar(1, "", (ReformItem("1-1", "", "", 1, (), initiatives),)),))


def _listed(code: str, *refers_to: str, kind: MarkKind = RELISTED) -> Initiative:
    marks = tuple(Mark(kind, "", other) for other in refers_to)
    return Initiative(f"id-{code}", code, "", "", 1, marks=marks)


class TestListings:
    def test_a_relisted_row_stands_behind_the_text_it_repeats(self) -> None:
        assert [[one.code for one in group] for group in listings(PLAN)] == [
            ["1-1-1"],
            ["1-1-2", "1-2-1"],
            ["1-2-2"],
        ]

    @pytest.mark.parametrize(
        ("initiatives", "groups"),
        [
            ((_listed("1-1-1", "1-1-2"), _listed("1-1-2")), [["1-1-2", "1-1-1"]]),
            (
                (_listed("1-1-1"), _listed("1-1-2", "1-1-1"), _listed("1-1-10", "1-1-2")),
                [["1-1-1", "1-1-2", "1-1-10"]],
            ),
            ((_listed("1-1-1", "1-1-2"), _listed("1-1-2", "1-1-1")), [["1-1-1", "1-1-2"]]),
            ((_listed("1-1-1", "別の計画"), _listed("1-1-2")), [["1-1-1"], ["1-1-2"]]),
            (
                (_listed("1-1-1", "1-1-2", kind=MarkKind.PARTLY_RELISTED), _listed("1-1-2")),
                [["1-1-1"], ["1-1-2"]],
            ),
        ],
    )
    def test_no_row_is_lost_or_doubled(
        self, initiatives: tuple[Initiative, ...], groups: list[list[str]]
    ) -> None:
        assert [[one.code for one in group] for group in listings(_plan_of(*initiatives))] == groups


def duties(roster: Roster, department: str) -> tuple[Duty, ...]:
    return all_duties(roster, PLAN).get(department, ())


class TestDuties:
    def test_a_relisted_pair_is_asked_for_once(self) -> None:
        assert [(duty.code, duty.codes, duty.leads) for duty in duties(JUNE, "parks")] == [
            ("1-1-1", ("1-1-1",), False),
            ("1-1-2", ("1-1-2", "1-2-1"), True),
        ]

    def test_each_department_that_answers_for_anything_has_its_own(self) -> None:
        assert set(all_duties(JUNE, PLAN)) == {"roads", "parks", "papers"}

    def test_an_indicator_is_a_duty_of_its_own(self) -> None:
        (duty,) = duties(JUNE, "papers")
        assert (duty.code, duty.title, duty.initiatives, duty.codes) == ("1-1", "点灯率", (), ("1-1",))

    def test_a_merged_department_is_asked_for_nothing(self) -> None:
        assert duties(JUNE, "gardens") == ()

    def test_a_pair_with_two_departments_is_asked_of_each(self) -> None:
        divided = replace(
            JUNE, responsibilities=(*JUNE.responsibilities, Responsibility("roads", "benches-again"))
        )
        assert [duty.codes for duty in duties(divided, "parks")] == [("1-1-1",), ("1-1-2",)]
        assert ("1-2-1",) in [duty.codes for duty in duties(divided, "roads")]
        assert divided_listings(divided, PLAN) == (("1-1-2", "1-2-1"),)
        assert divided_listings(JUNE, PLAN) == ()


class TestDepartmentsOn:
    @pytest.mark.parametrize(
        ("code", "departments"),
        [
            ("1-1-1", ["roads", "parks"]),
            ("1-1-2", ["parks"]),
            ("1-2-1", ["parks"]),
            ("1-1", ["papers"]),
            ("柱1", ["papers"]),
            ("1-2", []),
        ],
    )
    def test_every_kind_of_code_is_answered(self, code: str, departments: list[str]) -> None:
        assert [one.id for one in departments_on(JUNE, PLAN, code)] == departments

    def test_a_code_that_the_plan_lacks_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            departments_on(JUNE, PLAN, "9-9-9")


def test_what_nobody_answers_for_is_named() -> None:
    bare = replace(JUNE, responsibilities=(Responsibility("roads", "benches-again"),))
    assert unassigned(bare, PLAN) == ("1-1-1 「街灯の見直し」", "1-2-2 「様式の削減」", "1-1 指標「点灯率」")
    assert unassigned(JUNE, PLAN) == ()
