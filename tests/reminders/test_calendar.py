from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from knowledge.editions.edition import shipped
from knowledge.plan.fiscal_year import FiscalYear
from reminders.calendar import Calendar, MonthDay, Moved, PhaseTerm
from reminders.calendar_file import SHIPPED, CalendarFaults, read_calendar, warnings
from reminders.moment import TOKYO

CALENDAR = read_calendar()
PLAIN = Path(__file__).with_name("plain_calendar.toml")


def term(phase: str, round: str) -> PhaseTerm:
    found = next(one for one in CALENDAR.phases if one.id == phase)
    return CALENDAR.term(found, FiscalYear.from_short(round))


def test_the_shipped_calendar_keeps_to_the_plans_months() -> None:
    assert warnings(CALENDAR) == ()
    of_the_plan = {phase.months for phase in shipped().plan.phases}
    assert {(phase.months.first, phase.months.last) for phase in CALENDAR.phases} == of_the_plan


@pytest.mark.parametrize(
    ("phase", "round", "opens", "deadline"),
    [
        ("self_evaluation", "R3", date(2021, 7, 1), date(2021, 7, 30)),
        ("self_evaluation", "R5", date(2023, 7, 3), date(2023, 7, 31)),
        ("self_evaluation", "R8", date(2026, 7, 1), date(2026, 7, 31)),
        ("handover", "R5", date(2024, 3, 1), date(2024, 3, 29)),
        ("review", "R5", date(2023, 10, 2), date(2024, 2, 28)),
        ("review", "R4", date(2022, 10, 3), date(2023, 2, 28)),
    ],
)
def test_a_date_on_a_closed_day_moves_as_its_rule_says(
    phase: str, round: str, opens: date, deadline: date
) -> None:
    found = term(phase, round)
    assert (found.opens, found.deadline) == (opens, deadline)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2023, 7, 17), False),
        (date(2023, 7, 18), True),
        (date(2023, 7, 22), False),
        (date(2023, 12, 28), True),
        (date(2023, 12, 29), False),
        (date(2024, 1, 3), False),
        (date(2024, 1, 4), True),
        (date(2024, 2, 12), False),
        (date(2024, 2, 29), True),
    ],
)
def test_the_office_is_closed_on_weekends_holidays_and_at_the_years_end(day: date, is_open: bool) -> None:
    assert CALENDAR.office.is_working_day(day) is is_open


def test_office_hours_are_japans_wherever_the_moment_was_taken() -> None:
    office = CALENDAR.office
    assert not office.is_open(datetime(2023, 7, 3, 8, 59, tzinfo=TOKYO))
    assert office.is_open(datetime(2023, 7, 3, 0, 0, tzinfo=UTC))
    assert not office.is_open(datetime(2023, 7, 3, 17, 0, tzinfo=TOKYO))


def test_working_days_are_counted_across_the_new_year() -> None:
    assert CALENDAR.office.working_days_after(date(2023, 12, 28), 2) == date(2024, 1, 5)


def test_the_last_of_february_is_meant_in_every_year() -> None:
    day = MonthDay(2, 29)
    assert (day.of(FiscalYear(2022)), day.of(FiscalYear(2023))) == (date(2023, 2, 28), date(2024, 2, 29))


def test_the_round_after_the_plan_only_evaluates() -> None:
    terms = CALENDAR.terms(FiscalYear.from_short("R3"), FiscalYear.from_short("R7"))
    after = [one.phase.id for one in terms if one.round == "R8"]
    assert after == ["taking_over", "self_evaluation", "internal_evaluation", "external_evaluation"]
    assert {one.round for one in terms} == {"R3", "R4", "R5", "R6", "R7", "R8"}


def test_a_deadline_moved_out_of_the_plans_month_warns() -> None:
    change = Moved(date(2023, 8, 5), date(2023, 7, 31), datetime(2023, 6, 1, tzinfo=TOKYO))
    moved = Calendar(CALENDAR.office, CALENDAR.phases, {("R5", "self_evaluation"): change})
    assert warnings(moved) == ("「自己評価」のR5の締切 8月5日 は、計画の月（7月）から外れています",)
    phase = next(one for one in moved.phases if one.id == "self_evaluation")
    assert moved.term(phase, FiscalYear.from_short("R5")).deadline == date(2023, 8, 4)


def test_every_fault_of_a_file_is_named_with_its_place(tmp_path: Path) -> None:
    text = PLAIN.read_text(encoding="utf-8")
    text = text.replace('deadline = "07-31"', 'deadline = "07-32"')
    text = text.replace("before = []", "before = [0]", 1)
    text = text.replace('months = "9月"', 'months = "秋"').replace('id = "review"', 'id = "handover"')
    text = text.replace("closes = 17:00:00", "closes = 08:00:00")
    file = tmp_path / "calendar.toml"
    file.write_text(text + 'colour = "green"\n', encoding="utf-8")
    with pytest.raises(CalendarFaults) as refusal:
        read_calendar(file)
    assert refusal.value.faults == (
        "officeの closes: opens より後にしてください",
        "1番目の段階（implementation）の before: 1から90までの数を並べてください（[0]）",
        "2番目の段階（self_evaluation）の deadline: 07-31 のように、ある日を書いてください（07-32）",
        "4番目の段階（external_evaluation）の months: 7月、10月～翌2月 のように書いてください（秋）",
        "7番目の段階（revision）の colour: 知らない項目です",
        "phase: id「handover」が2回あります",
    )


def test_a_phase_whose_end_nothing_records_says_nothing_after_its_deadline(tmp_path: Path) -> None:
    head, mark, tail = PLAIN.read_text(encoding="utf-8").rpartition("after = []")
    file = tmp_path / "calendar.toml"
    file.write_text(f"{head}after = [1]{tail}", encoding="utf-8")
    assert mark
    with pytest.raises(CalendarFaults, match="終わったことが記録されない段階"):
        read_calendar(file)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[office", b""])
def test_a_file_that_is_no_calendar_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "calendar.toml"
    file.write_bytes(content)
    with pytest.raises(CalendarFaults, match=r"calendar\.toml"):
        read_calendar(file)


QUIET = """
[[quiet]]
name = "入替え"
first = 2026-08-13
last = 2026-08-14
still_said = ["the_day"]
"""


def test_quiet_periods_are_read_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "calendar.toml"
    file.write_text(SHIPPED.read_text(encoding="utf-8") + QUIET, encoding="utf-8")
    office = read_calendar(file).office
    assert office.saying_day("opening", date(2026, 8, 13)) == date(2026, 8, 17)
    assert office.saying_day("the_day", date(2026, 8, 13)) == date(2026, 8, 13)


def test_the_faults_of_a_quiet_period_are_all_named(tmp_path: Path) -> None:
    file = tmp_path / "calendar.toml"
    faulty = QUIET.replace("2026-08-14", "2026-08-01") + QUIET.replace("2026-08-13", '"8月"').replace(
        '"the_day"', '"opening"'
    ).replace("name", "reason")
    file.write_text(SHIPPED.read_text(encoding="utf-8") + faulty, encoding="utf-8")
    with pytest.raises(CalendarFaults) as refusal:
        read_calendar(file)
    assert [fault.partition(":")[0] for fault in refusal.value.faults] == [
        "1番目の送らない期間の last",
        "2番目の送らない期間の reason",
        "2番目の送らない期間の name",
        "2番目の送らない期間の first",
        "2番目の送らない期間の still_said",
    ]
