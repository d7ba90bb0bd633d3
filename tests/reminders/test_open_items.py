"""What stands open for a person, on whatever day they look."""

from dataclasses import replace
from datetime import date

import pytest

from reminders.open_items import standing
from reminders.work import OpenWork, Postponed
from tests.reminders.city import BENCHES, CALENDAR, FORMS, LAMPS, ROSTER, at, evaluation

STARTED = at(date(2023, 4, 3))


def seen(
    person: str, day: date, *work: OpenWork, started: date = date(2023, 4, 3)
) -> list[tuple[str, str, int]]:
    roster = ROSTER.on(day)
    found = roster.person(person)
    assert found is not None
    notice = standing(CALENDAR, roster, work, found, at(started), day)
    if notice is None:
        return []
    assert notice.to.id == person
    return [(item.term.phase.id, item.step, len(item.tasks)) for item in notice.items]


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2023, 7, 3), "before_28"),
        (date(2023, 7, 16), "before_15"),
        (date(2023, 7, 31), "the_day"),
        (date(2023, 11, 23), "after_115"),
    ],
)
def test_what_is_open_is_seen_on_any_day_from_its_opening_on(day: date, step: str) -> None:
    work = evaluation("parks", BENCHES, FORMS)
    assert seen("parks-owner", day, work) == [("self_evaluation", step, 2)]
    assert seen("parks-head", day, work) == [("self_evaluation", step, 2)]
    assert seen("parks-owner", date(2023, 7, 2), work) == []


def test_nobody_sees_what_is_not_theirs() -> None:
    work = evaluation("parks", BENCHES)
    for person in ("roads-owner", "town-director", "secretariat"):
        assert seen(person, date(2023, 7, 10), work) == []


def test_what_is_done_over_or_of_another_round_is_not_seen() -> None:
    assert seen("parks-owner", date(2023, 7, 10), evaluation("parks")) == []
    assert seen("parks-owner", date(2024, 4, 10), evaluation("parks", BENCHES)) == []
    review = OpenWork("R5", "review", "parks", (LAMPS,))
    assert seen("parks-owner", date(2024, 2, 28), review) == [("review", "the_day", 1)]
    assert seen("parks-owner", date(2024, 2, 29), review) == []


def test_a_phase_in_which_nothing_is_entered_is_seen_when_its_deadline_is_near() -> None:
    all_year = OpenWork("R5", "implementation", "parks", (LAMPS,))
    assert seen("parks-owner", date(2023, 7, 10), all_year) == []
    assert seen("parks-owner", date(2024, 3, 1), all_year) == [("implementation", "before_28", 1)]


def test_what_was_due_before_reminders_were_started_is_left_out() -> None:
    work = evaluation("parks", BENCHES)
    assert seen("parks-owner", date(2023, 11, 23), work, started=date(2023, 11, 1)) == []


def test_what_was_put_off_is_left_out_until_its_day() -> None:
    later = Postponed("parks-owner", at(date(2023, 7, 10)), date(2023, 7, 18))
    work = replace(evaluation("parks", BENCHES), postponed=(later,))
    assert seen("parks-owner", date(2023, 7, 14), work) == []
    assert seen("parks-head", date(2023, 7, 14), work) != []
    assert seen("parks-owner", date(2023, 7, 18), work) != []


def test_a_returned_entry_stands_by_itself() -> None:
    returned = replace(BENCHES, returned_version=1, returned_at=at(date(2023, 8, 8)))
    assert seen("parks-owner", date(2023, 8, 20), evaluation("parks", returned, FORMS)) == [
        ("self_evaluation", "after_20", 1),
        ("self_evaluation", "returned 1-1-2", 1),
    ]


def test_the_secretariat_sees_its_own_phases_while_they_last() -> None:
    work = OpenWork("R5", "internal_evaluation", "")
    assert seen("secretariat", date(2023, 8, 10), work) == [("internal_evaluation", "before_21", 0)]
    assert seen("secretariat", date(2023, 9, 10), work) == []
    assert seen("parks-owner", date(2023, 8, 10), work) == []
