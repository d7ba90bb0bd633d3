from dataclasses import replace
from datetime import date, datetime

import pytest

from knowledge.roster.roster import Channel
from reminders.calendar import Calendar, MonthDay, Moved
from reminders.due import notices_due
from reminders.moment import TOKYO
from reminders.work import OpenWork, Task
from tests.reminders.city import BENCHES, CALENDAR, FORMS, LAMPS, ROSTER, at, evaluation, told

STARTED = datetime(2023, 4, 3, 9, tzinfo=TOKYO)


def due(
    day: date, *work: OpenWork, started: datetime | None = STARTED, hour: int = 10
) -> dict[str, list[str]]:
    return told(notices_due(CALENDAR, ROSTER.on(day), work, started, at(day, hour)))


@pytest.mark.parametrize(
    ("day", "steps"),
    [
        (date(2023, 6, 30), {}),
        (date(2023, 7, 3), {"parks-owner": ["parks opening"]}),
        (date(2023, 7, 13), {}),
        (date(2023, 7, 14), {"parks-owner": ["parks before_14"]}),
        (date(2023, 7, 28), {"parks-owner": ["parks before_3"]}),
        (date(2023, 7, 31), {"parks-owner": ["parks the_day"]}),
        (date(2023, 8, 1), {"parks-owner": ["parks after_1"]}),
        (date(2023, 8, 3), {"parks-owner": ["parks after_3"]}),
        (date(2023, 8, 7), {"parks-owner": ["parks after_5"]}),
        (date(2023, 8, 9), {"parks-owner": ["parks after_5"], "parks-head": ["parks to_head"]}),
        (
            date(2023, 8, 15),
            {
                "parks-owner": ["parks after_5"],
                "parks-head": ["parks to_head"],
                "town-director": ["parks to_director"],
                "secretariat": ["parks to_secretariat"],
            },
        ),
        (date(2023, 9, 1), {}),
    ],
)
def test_each_step_has_its_day(day: date, steps: dict[str, list[str]]) -> None:
    assert due(day, evaluation("parks", BENCHES)) == steps


def test_one_who_has_submitted_is_left_in_peace() -> None:
    assert due(date(2023, 7, 31), evaluation("parks")) == {}


def test_a_closed_day_and_the_evening_are_quiet() -> None:
    work = evaluation("parks", BENCHES)
    assert due(date(2023, 7, 17), work) == {}
    assert due(date(2023, 7, 3), work, hour=8) == {}
    assert due(date(2023, 7, 3), work, hour=17) == {}


def test_nothing_is_said_before_reminders_are_started_nor_of_what_was_due_before() -> None:
    work = evaluation("parks", BENCHES)
    assert due(date(2023, 7, 3), work, started=None) == {}
    assert due(date(2023, 7, 3), work, started=at(date(2023, 7, 3))) == {}
    assert due(date(2023, 11, 20), work, started=at(date(2023, 11, 20), 9)) == {}


def test_a_step_missed_is_said_later_unless_the_next_one_has_come() -> None:
    work = evaluation("parks", BENCHES)
    assert due(date(2023, 7, 5), work) == {"parks-owner": ["parks opening"]}
    assert due(date(2023, 7, 11), work) == {}
    assert due(date(2023, 8, 2), work) == {"parks-owner": ["parks after_1"]}


def test_nothing_that_cannot_be_recorded_as_done_is_asked_for_after_its_deadline() -> None:
    work = OpenWork("R5", "review", "parks", (BENCHES,))
    assert due(date(2024, 2, 28), work) == {"parks-owner": ["parks the_day"]}
    assert due(date(2024, 2, 29), work) == {}


def test_one_letter_holds_everything_the_most_urgent_first() -> None:
    work = [evaluation("parks", BENCHES, FORMS, round="R6"), OpenWork("R6", "handover", "parks", (LAMPS,))]
    early = tuple(replace(one, opens=MonthDay(4, 1)) for one in CALENDAR.phases)
    calendar = Calendar(CALENDAR.office, early)
    (notice,) = notices_due(calendar, ROSTER, work, STARTED, at(date(2024, 4, 1)))
    assert [item.term.phase.id for item in notice.items] == ["self_evaluation", "handover"]
    assert notice.items[0].tasks == (BENCHES, FORMS)


def test_who_is_away_is_spared_and_the_next_one_told() -> None:
    assert due(date(2023, 7, 14), evaluation("roads", LAMPS)) == {"roads-deputy": ["roads before_14"]}
    assert due(date(2023, 7, 28), evaluation("roads", LAMPS)) == {"roads-owner": ["roads before_3"]}


def test_a_department_without_addresses_is_told_by_its_mailbox() -> None:
    assert due(date(2023, 7, 3), evaluation("halls", FORMS)) == {"mailbox:halls": ["halls opening"]}


def test_the_secretariat_hears_beforehand_of_whom_nobody_can_reach() -> None:
    day, work = date(2023, 6, 26), evaluation("halls", FORMS)
    assert due(day, work) == {}
    by_slack = notices_due(CALENDAR, ROSTER, [work], STARTED, at(day), by=[Channel.SLACK])
    assert told(by_slack) == {"secretariat": ["halls unreachable"]}


def test_a_returned_entry_is_told_of_even_after_the_deadline_and_nothing_else_is() -> None:
    returned = replace(BENCHES, returned_version=2, returned_at=at(date(2023, 9, 8), 16))
    notices = notices_due(CALENDAR, ROSTER, [evaluation("parks", returned)], STARTED, at(date(2023, 9, 11)))
    assert told(notices) == {"parks-owner": ["parks returned 1-1-2"]}
    assert notices[0].items[0].occasion == "returned v2"
    assert due(date(2023, 9, 25), evaluation("parks", returned)) == {}


def test_thanks_come_once_all_is_there() -> None:
    complete = replace(evaluation("parks"), completed_at=at(date(2023, 7, 14), 16))
    assert due(date(2023, 7, 14), complete) == {"parks-owner": ["parks thanks"]}
    assert due(date(2023, 7, 18), complete) == {"parks-owner": ["parks thanks"]}
    assert due(date(2023, 8, 1), complete) == {}
    assert due(date(2023, 7, 18), complete, started=at(date(2023, 7, 18), 9)) == {}


def test_a_moved_deadline_is_an_occasion_of_its_own() -> None:
    change = Moved(date(2023, 8, 10), date(2023, 7, 31), at(date(2023, 6, 1)))
    moved = Calendar(CALENDAR.office, CALENDAR.phases, {("R5", "self_evaluation"): change})
    for calendar, occasion in ((CALENDAR, "2023-07-31"), (moved, "2023-08-10")):
        (notice,) = notices_due(
            calendar, ROSTER, [evaluation("parks", BENCHES)], STARTED, at(date(2023, 7, 28))
        )
        assert notice.items[0].occasion == occasion


def test_the_secretariat_is_told_of_its_own_phases() -> None:
    assert due(date(2023, 8, 1), OpenWork("R5", "internal_evaluation", "")) == {"secretariat": [" opening"]}


def test_a_department_that_is_gone_is_not_written_to() -> None:
    closed = replace(ROSTER, persons=())
    assert (
        notices_due(
            CALENDAR, closed, [evaluation("parks", Task("a", "1-1-1", "a"))], STARTED, at(date(2023, 7, 3))
        )
        == ()
    )
