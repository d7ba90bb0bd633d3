"""The five years held against what must always be so, and two of them against what somebody wrote down by hand."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

import pytest

from reminders.calendar import Audience
from reminders.calendar_file import SHIPPED, read_calendar
from tests.simulation import invariants
from tests.simulation.invariants import CHECKS
from tests.simulation.life import TERMS, Life
from tests.simulation.people import FIRST, LAST, REORGANISED
from tests.simulation.report import report
from tests.simulation.table import expected, told


@pytest.fixture(scope="module")
def summer(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """The self-evaluation of one year."""
    return Life(tmp_path_factory.mktemp("summer"), date(2022, 6, 20), date(2022, 8, 31)).live()


@pytest.fixture(scope="module")
def five_years(tmp_path_factory: pytest.TempPathFactory) -> Life:
    return Life(tmp_path_factory.mktemp("years"), FIRST, LAST).live()


def test_a_summer_is_as_written_down_by_hand(summer: Life) -> None:
    assert told(summer.arrived, "R4", ["self_evaluation"]) == expected("R4")


@pytest.mark.parametrize("name", CHECKS)
def test_nothing_is_breached_in_a_summer(summer: Life, name: str) -> None:
    assert summer.letters
    assert list(CHECKS[name](summer)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKS)
def test_nothing_is_breached_in_five_years(five_years: Life, name: str) -> None:
    assert list(CHECKS[name](five_years)) == []


@pytest.mark.slow
def test_two_of_the_years_are_as_written_down_by_hand(five_years: Life) -> None:
    assert told(five_years.arrived, "R4", ["self_evaluation"]) == expected("R4")
    assert told(five_years.arrived, "R6") == expected("R6")


@pytest.mark.slow
def test_every_round_escalates_to_each_level_once(five_years: Life) -> None:
    for round in ("R3", "R4", "R5", "R6", "R7", "R8"):
        steps = [
            one.item.step
            for one in five_years.arrived
            if (one.item.term.round, one.item.term.phase.id) == (round, "self_evaluation")
        ]
        assert [steps.count(f"to_{to}") for to in ("head", "director", "secretariat")] == [1, 1, 1], round


@pytest.mark.slow
def test_after_the_reorganisation_nobody_of_the_former_department_is_written_to(five_years: Life) -> None:
    later = {one.to for one in five_years.arrived if one.day >= REORGANISED}
    assert not later & {"owner-b", "owner-c", "head-silent"}
    assert "owner-d" in later


@pytest.mark.slow
def test_what_comes_back_goes_to_the_head_and_the_secretariat_hears_of_it(five_years: Life) -> None:
    refused = {moment.date() for moment in five_years.refused}
    assert refused and all(REORGANISED.year + 2 <= day.year for day in refused)
    opening = [
        one.to
        for one in five_years.arrived
        if (one.item.term.round, one.item.term.phase.id, one.item.step, one.item.department)
        == ("R7", "self_evaluation", "opening", "late")
    ]
    assert opening == ["head-late"]
    named = [trouble.recipient for _, troubles in five_years.told for trouble in troubles]
    assert set(named) == {"owner-d"} and len(named) == len(five_years.refused)
    assert len({trouble.number for _, troubles in five_years.told for trouble in troubles}) == len(named)
    # An address that refused is left alone for two weeks.
    days = sorted(refused)
    assert all(later - earlier >= timedelta(days=14) for earlier, later in pairwise(days))


@pytest.mark.slow
def test_the_report_can_be_read(five_years: Life) -> None:
    lines = list(report(five_years))
    assert "  2024年7月1日（月）  自己評価  開始  → " in "\n".join(lines)
    assert "  二度言ったもの・一日に二通: 0件" in lines
    assert not [line for line in lines if len(line) > 160]


def _closed(life: Life) -> list[Any]:
    (moment, notice), *rest = life.letters
    return [(moment.replace(hour=20), notice), *rest]


def _doubled(life: Life) -> list[Any]:
    (moment, notice), *rest = life.letters
    return [(moment, notice), (moment + timedelta(days=1), notice), *rest]


def _left_out(life: Life) -> list[Any]:
    return [(moment, one) for moment, one in life.letters if not one.items[0].step.startswith("before_3")]


def _postponed(life: Life) -> list[Any]:
    return [
        (moment + timedelta(days=20 if one.items[0].step.startswith("before") else 0), one)
        for moment, one in life.letters
    ]


def _misdirected(life: Life) -> list[Any]:
    return [(moment, replace(one, to=replace(one.to, id="owner-d"))) for moment, one in life.letters]


def _many(life: Life) -> list[Any]:
    return life.letters * 3


def _reversed(life: Life) -> list[Any]:
    return life.letters[::-1]


@pytest.mark.parametrize(
    ("check", "spoilt"),
    [
        (invariants.outside_hours, _closed),
        (invariants.twice, _doubled),
        (invariants.missing, _left_out),
        (invariants.after_it_was_done, _postponed),
        (invariants.to_somebody_else, _misdirected),
        (invariants.above_the_cap, _many),
        (invariants.out_of_order, _reversed),
    ],
)
def test_each_check_sees_what_it_is_there_for(
    summer: Life, check: Callable[[Life], Iterator[str]], spoilt: Callable[[Life], list[Any]]
) -> None:
    letters = spoilt(summer)
    arrived = Life.arrived.fget(SimpleNamespace(letters=letters))  # type: ignore[attr-defined]
    made = SimpleNamespace(letters=letters, arrived=arrived, first=summer.first, last=summer.last)
    assert list(check(cast(Life, made)))


def test_the_calendar_of_the_simulation_is_the_one_that_ships() -> None:
    assert {term.phase for term in TERMS} == set(read_calendar(SHIPPED).phases)
    assert any(term.phase.responsible is Audience.SECRETARIAT for term in TERMS)
