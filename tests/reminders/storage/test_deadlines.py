"""What is kept of moved deadlines and of what people said to notices."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.notices.calendars import Calendars, calendar_of
from bot.settings import Settings
from bot.storage.database import DatabaseFile
from reminders.calendar import Moved
from reminders.calendar_file import read_calendar
from reminders.storage import deadlines, responses
from reminders.storage.deadlines import MovedMeanwhile
from reminders.work import AskedAgain, Postponed
from tests.bot.conversation.floor import fresh_database
from tests.reminders.city import at

DAY = at(date(2023, 7, 11))
PLACE = ("R5", "self_evaluation", "parks")
FIRST = Moved(date(2023, 7, 24), date(2023, 7, 31), DAY)


@pytest.fixture
def database(tmp_path: Path) -> DatabaseFile:
    return fresh_database(tmp_path)


def test_another_process_sees_a_moved_deadline(database: DatabaseFile, tmp_path: Path) -> None:
    elsewhere = Calendars(read_calendar(), DatabaseFile(database.path))
    assert elsewhere().moved == {}
    with database.writing() as inside:
        deadlines.move(inside, "R5", "self_evaluation", FIRST, "secretariat")
    assert elsewhere().moved == {("R5", "self_evaluation"): FIRST}
    assert calendar_of(Settings(tmp_path)).moved == elsewhere().moved


def test_the_latest_move_counts_and_one_on_stale_grounds_changes_nothing(database: DatabaseFile) -> None:
    back = Moved(date(2023, 7, 31), date(2023, 7, 24), DAY, 2)
    with database.writing() as inside:
        deadlines.move(inside, "R5", "self_evaluation", FIRST, "secretariat")
    with pytest.raises(MovedMeanwhile), database.writing() as inside:
        deadlines.move(inside, "R5", "self_evaluation", FIRST, "another")
    with database.writing() as inside:
        deadlines.move(inside, "R5", "self_evaluation", back, "another")
        deadlines.move(inside, "R5", "review", replace(FIRST, day=date(2024, 2, 15)), "another")
    with database.reading() as inside:
        assert deadlines.moved(inside)["R5", "self_evaluation"] == back


def test_a_department_is_reminded_again_at_most_once_a_day(database: DatabaseFile) -> None:
    with database.writing() as inside:
        assert responses.ask_again(inside, PLACE, "secretariat", DAY) == 1
        assert responses.ask_again(inside, PLACE, "secretariat", at(date(2023, 7, 11), 15)) is None
        assert responses.ask_again(inside, PLACE, "secretariat", at(date(2023, 7, 12))) == 2
        assert responses.ask_again(inside, ("R5", "self_evaluation", "roads"), "secretariat", DAY) == 1
        found = responses.asked_again(inside, ("R5",))
    assert found[PLACE] == (AskedAgain(1, DAY), AskedAgain(2, at(date(2023, 7, 12))))
    with database.reading() as inside:
        assert responses.asked_again(inside, ("R4",)) == {}


def test_what_was_put_off_and_objected_to_is_given_back(database: DatabaseFile) -> None:
    later = Postponed("parks-owner", DAY, date(2023, 7, 18))
    with database.writing() as inside:
        responses.postpone(inside, PLACE, later)
        assert responses.object_to(inside, PLACE, "parks-owner", DAY)
        assert not responses.object_to(inside, PLACE, "parks-owner", DAY)
        assert responses.postponed(inside, ("R4", "R5")) == {PLACE: (later,)}
        (objection,) = responses.objections(inside, ("R5",))[PLACE]
    assert (objection.person, objection.at) == ("parks-owner", DAY)
