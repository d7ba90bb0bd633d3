"""What moving a deadline, asking again, putting off and quiet days make of the notices."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest

from reminders.calendar import Calendar, EndsWith, Moved, Quiet
from reminders.due import Notice, notices_due
from reminders.moment import TOKYO
from reminders.preview import notices_ahead
from reminders.work import AskedAgain, OpenWork, Postponed, Remark
from tests.reminders.city import BENCHES, CALENDAR, FORMS, LAMPS, ROSTER, at, evaluation, told

STARTED = datetime(2023, 4, 3, 9, tzinfo=TOKYO)
WORK = evaluation("parks", BENCHES)


def due(day: date, *work: OpenWork, calendar: Calendar = CALENDAR) -> dict[str, list[str]]:
    return told(notices_due(calendar, ROSTER.on(day), work, STARTED, at(day)))


def moved(day: date, on: datetime, number: int = 1) -> Calendar:
    change = Moved(day, date(2023, 7, 31), on, number)
    return replace(CALENDAR, moved={("R5", "self_evaluation"): change})


@pytest.mark.parametrize(
    ("day", "steps"),
    [
        (date(2023, 7, 11), {"parks-owner": ["parks moved"]}),
        (date(2023, 7, 14), {"parks-owner": ["parks moved"]}),
        (date(2023, 7, 18), {"parks-owner": ["parks moved"]}),
        (date(2023, 7, 21), {"parks-owner": ["parks before_3"]}),
        (date(2023, 7, 24), {"parks-owner": ["parks the_day"]}),
        (date(2023, 7, 25), {"parks-owner": ["parks after_1"]}),
    ],
)
def test_who_has_something_to_do_is_told_of_a_moved_deadline_and_then_by_the_new_one(
    day: date, steps: dict[str, list[str]]
) -> None:
    calendar = moved(date(2023, 7, 24), at(date(2023, 7, 11), 9))
    assert due(day, WORK, calendar=calendar) == steps
    assert due(day, evaluation("parks"), calendar=calendar) == {}


def test_a_deadline_moved_before_the_opening_needs_no_word_of_its_own() -> None:
    calendar = moved(date(2023, 7, 24), at(date(2023, 6, 12)))
    assert due(date(2023, 7, 3), WORK, calendar=calendar) == {"parks-owner": ["parks opening"]}


def test_a_deadline_moved_back_is_told_of_again() -> None:
    days = [date(2023, 7, 24), date(2023, 7, 31)]
    occasions = [
        notices_due(
            moved(day, at(date(2023, 7, 11), 9), number), ROSTER, [WORK], STARTED, at(date(2023, 7, 11))
        )
        for number, day in enumerate(days, start=1)
    ]
    assert [found[0].items[0].occasion for found in occasions] == ["moved #1", "moved #2"]


def test_a_repeat_is_said_to_that_department_alone_and_only_what_is_open() -> None:
    again = (AskedAgain(1, at(date(2023, 7, 25), 9)),)
    asked, other = replace(WORK, asked_again=again), evaluation("halls", FORMS)
    assert due(date(2023, 7, 25), asked, other) == {"parks-owner": ["parks again"]}
    assert due(date(2023, 7, 25), replace(evaluation("parks"), asked_again=again)) == {}
    assert due(date(2023, 7, 28), asked) == {"parks-owner": ["parks before_3"]}
    (notice,) = notices_due(CALENDAR, ROSTER, [asked], STARTED, at(date(2023, 7, 25)))
    assert notice.items[0].occasion == "again #1"


def test_a_repeat_asked_for_on_a_closed_day_waits_for_the_office_to_open() -> None:
    asked = replace(WORK, asked_again=(AskedAgain(1, at(date(2023, 7, 22))),))
    assert due(date(2023, 7, 24), asked) == {"parks-owner": ["parks again"]}


def test_a_repeat_also_asks_for_what_was_sent_back_after_the_deadline() -> None:
    returned = replace(BENCHES, returned_version=1, returned_at=at(date(2023, 8, 21)))
    asked = replace(evaluation("parks", returned), asked_again=(AskedAgain(2, at(date(2023, 9, 8))),))
    assert due(date(2023, 9, 8), asked) == {"parks-owner": ["parks again"]}


@pytest.mark.parametrize(
    ("day", "steps"),
    [
        (date(2023, 7, 14), {}),
        (date(2023, 7, 19), {}),
        (date(2023, 7, 20), {"parks-owner": ["parks later"]}),
        (date(2023, 7, 27), {"parks-owner": ["parks later"]}),
        (date(2023, 7, 28), {"parks-owner": ["parks before_3"]}),
    ],
)
def test_what_is_put_off_comes_on_its_day_and_not_before(day: date, steps: dict[str, list[str]]) -> None:
    later = Postponed("parks-owner", at(date(2023, 7, 13)), date(2023, 7, 20))
    assert due(day, replace(WORK, postponed=(later,))) == steps


def test_the_last_word_on_putting_off_counts_and_nothing_comes_once_all_is_done() -> None:
    first = Postponed("parks-owner", at(date(2023, 7, 13)), date(2023, 7, 14))
    second = Postponed("parks-owner", at(date(2023, 7, 13), 11), date(2023, 7, 20))
    assert due(date(2023, 7, 14), replace(WORK, postponed=(second, first))) == {}
    assert due(date(2023, 7, 20), replace(evaluation("parks"), postponed=(first, second))) == {}


def test_putting_off_spares_nobody_but_the_one_who_asked() -> None:
    later = Postponed("parks-owner", at(date(2023, 7, 31)), date(2023, 8, 21))
    found = due(date(2023, 8, 15), replace(WORK, postponed=(later,)))
    assert found == {
        "parks-head": ["parks to_head"],
        "town-director": ["parks to_director"],
        "secretariat": ["parks to_secretariat"],
    }


def test_an_entry_sent_back_is_put_off_with_the_rest() -> None:
    returned = replace(BENCHES, returned_version=1, returned_at=at(date(2023, 9, 6)))
    later = Postponed("parks-owner", at(date(2023, 9, 7)), date(2023, 9, 11))
    work = replace(evaluation("parks", returned), postponed=(later,))
    assert due(date(2023, 9, 8), work) == {}
    assert due(date(2023, 9, 11), work) == {"parks-owner": ["parks later"]}


def test_the_secretariat_hears_what_was_said_to_a_notice_and_by_whom() -> None:
    word = Remark(7, "not_ours", "公園課 担当", at(date(2023, 7, 13), 16), (BENCHES,))
    (notice,) = notices_due(
        CALENDAR, ROSTER, [replace(evaluation("parks"), words=(word,))], STARTED, at(date(2023, 7, 14))
    )
    (item,) = notice.items
    assert (notice.to.id, item.step, item.occasion) == ("secretariat", "not_ours 7", "said #7")
    assert (item.said_by, item.tasks) == ("公園課 担当", (BENCHES,))


def quiet(*still_said: str) -> Calendar:
    period = Quiet("システムの停止", date(2023, 7, 27), date(2023, 7, 31), still_said)
    return replace(CALENDAR, office=replace(CALENDAR.office, quiet=(period,)))


def test_on_quiet_days_nothing_is_said_and_what_is_still_true_is_said_after_them() -> None:
    calendar = quiet()
    assert due(date(2023, 7, 28), WORK, calendar=calendar) == {}
    assert due(date(2023, 7, 31), WORK, calendar=calendar) == {}
    assert due(date(2023, 8, 1), WORK, calendar=calendar) == {"parks-owner": ["parks after_1"]}


def test_what_a_quiet_period_lets_through_is_said_on_its_day() -> None:
    calendar = quiet("the_day", "again")
    assert due(date(2023, 7, 28), WORK, calendar=calendar) == {}
    assert due(date(2023, 7, 31), WORK, calendar=calendar) == {"parks-owner": ["parks the_day"]}
    asked = replace(WORK, asked_again=(AskedAgain(1, at(date(2023, 7, 27), 9)),))
    assert due(date(2023, 7, 27), asked, calendar=calendar) == {"parks-owner": ["parks again"]}


def test_the_managers_are_told_once_in_a_phase_how_things_stand() -> None:
    phases = tuple(replace(one, digest=-2) for one in CALENDAR.phases if one.id == "self_evaluation")
    calendar = replace(CALENDAR, phases=phases)
    found = notices_due(
        calendar, ROSTER, [evaluation("parks"), evaluation("roads")], STARTED, at(date(2023, 7, 27))
    )
    assert told(found) == {one: [" digest"] for one in ("manager", "town-director")}
    assert found[0].items[0].occasion == "2023-07-31"


def test_the_secretariats_own_phase_ends_when_it_says_so() -> None:
    phases = tuple(replace(one, ends_with=EndsWith.DONE, after=(1,)) for one in CALENDAR.phases)
    calendar = replace(CALENDAR, phases=phases)
    work = OpenWork("R5", "internal_evaluation", "")
    assert due(date(2023, 9, 1), work, calendar=calendar) == {"secretariat": [" after_1"]}
    done = replace(work, completed_at=at(date(2023, 8, 30)))
    assert due(date(2023, 9, 1), done, calendar=calendar) == {}


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_said_to_them_notices_keep_their_promises(seed: int) -> None:
    chance = Random(seed)
    calendar, work = any_calendar(chance), tuple(any_work(chance, one) for one in ("parks", "roads", "halls"))
    first, last = date(2023, 6, 1), date(2023, 10, 31)
    found = list(notices_ahead(calendar, ROSTER.on, work, first, last))
    assert not [one for one in found if not calendar.office.is_working_day(one.send_on)]
    for one in found:
        for item in one.items:
            name = item.step.partition(" ")[0]
            assert calendar.office.may_say(name, one.send_on)
            assert item.tasks or name in ("thanks", "digest", "unreachable") or not item.department
            assert not any(
                later.recipient == one.to.id and later.at.date() < one.send_on < later.until
                for owed in work
                for later in last_word(owed, one)
                if owed.department == item.department
            )
    keys = [(one.to.id, item.key) for one in found for item in one.items]
    assert len(keys) == len(set(keys))
    per_day = [(one.send_on, one.to.id) for one in found]
    assert len(per_day) == len(set(per_day))


def last_word(work: OpenWork, notice: Notice) -> list[Postponed]:
    own = [one for one in work.postponed if one.recipient == notice.to.id and one.at.date() < notice.send_on]
    return sorted(own, key=lambda one: one.at)[-1:]


def any_day(chance: Random) -> date:
    return date(2023, 6, 20) + timedelta(days=chance.randrange(80))


def any_calendar(chance: Random) -> Calendar:
    first = any_day(chance)
    calm = Quiet("夏", first, first + timedelta(days=chance.randrange(9)), chance.choice([(), ("the_day",)]))
    calendar = replace(CALENDAR, office=replace(CALENDAR.office, quiet=(calm,) * chance.randrange(2)))
    if chance.random() < 0.5:
        change = Moved(
            date(2023, 7, 10) + timedelta(days=chance.randrange(50)), date(2023, 7, 31), at(any_day(chance))
        )
        calendar = replace(calendar, moved={("R5", "self_evaluation"): change})
    return calendar


def any_work(chance: Random, department: str) -> OpenWork:
    tasks = tuple(chance.sample([BENCHES, LAMPS, FORMS], chance.randrange(4)))
    asked = at(any_day(chance))
    return OpenWork(
        "R5",
        "self_evaluation",
        department,
        tasks,
        None if tasks else at(any_day(chance)),
        tuple(AskedAgain(number, at(any_day(chance))) for number in range(1, chance.randrange(1, 3))),
        tuple(
            Postponed(f"{department}-owner", asked, asked.date() + timedelta(days=chance.randrange(1, 9)))
            for _ in range(chance.randrange(2))
        ),
    )
