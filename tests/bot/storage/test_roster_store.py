import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.identity.rosters import Rosters, standing, to_come
from bot.storage import roster_store
from bot.storage.database import DatabaseFile
from knowledge.roster.roster import (
    Address,
    Channel,
    Days,
    Department,
    Person,
    Post,
    PostKind,
    Responsibility,
    Roster,
)
from tests.bot.conversation.floor import NOON, fresh_database
from tests.invented_roster import HEAD, PARKS, ROSTER
from tests.knowledge.sources.test_roster_files import rosters

NEXT = Roster(bureaus=ROSTER.bureaus, departments=(PARKS,))
APRIL, JULY = date(2024, 4, 1), date(2024, 7, 1)


def _keep(database: DatabaseFile, roster: Roster, effective: date = APRIL, source: str = "名簿.xlsx") -> int:
    with database.writing() as unit:
        return roster_store.keep(unit, roster, effective=effective, source=source, by="secretariat", now=NOON)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)
@given(rosters())
def test_any_roster_is_kept_and_read_back_the_same(tmp_path: Path, roster: Roster) -> None:
    database = fresh_database(tmp_path)
    number = _keep(database, roster)
    with database.reading() as unit:
        assert roster_store.roster(unit, number) == roster


def test_the_invented_city_is_read_back_the_same(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    number = _keep(database, ROSTER)
    with database.reading() as unit:
        assert roster_store.roster(unit, number) == ROSTER


class TestWhichIsInForce:
    def test_none_before_the_first_day(self, tmp_path: Path) -> None:
        database = fresh_database(tmp_path)
        _keep(database, ROSTER, APRIL)
        with database.reading() as unit:
            assert roster_store.in_force(unit, date(2024, 3, 31)) is None

    def test_one_brought_in_beforehand_waits_for_its_day(self, tmp_path: Path) -> None:
        database = fresh_database(tmp_path)
        _keep(database, ROSTER, APRIL, "R6")
        _keep(database, NEXT, date(2025, 4, 1), "R7")
        path = tmp_path / "kaikaku.db"
        assert [one.source for one in to_come(path, date(2025, 3, 31))] == ["R7"]
        assert standing(path, date(2025, 3, 31)).roster == ROSTER
        assert standing(path, date(2025, 4, 1)).roster == NEXT
        assert to_come(path, date(2025, 4, 1)) == ()

    def test_of_two_for_one_day_the_later_import_counts_and_the_earlier_stays(self, tmp_path: Path) -> None:
        database = fresh_database(tmp_path)
        first, second = _keep(database, ROSTER, JULY, "a"), _keep(database, Roster(), JULY, "b")
        with database.reading() as unit:
            found = roster_store.in_force(unit, JULY)
            assert found is not None
            assert (found.number, found.source, found.imported_by) == (second, "b", "secretariat")
            assert roster_store.roster(unit, first) == ROSTER
            assert [one.source for one in roster_store.imports(unit)] == ["a", "b"]

    def test_the_sample_while_there_is_none(self, tmp_path: Path) -> None:
        assert standing(tmp_path / "kaikaku.db", JULY).roster.is_sample
        fresh_database(tmp_path)
        assert standing(tmp_path / "kaikaku.db", JULY).roster.is_sample
        assert not (tmp_path / "elsewhere.db").exists()


class TestTheRosterOfADay:
    def test_is_the_same_object_until_another_is_in_force(self, tmp_path: Path) -> None:
        database = fresh_database(tmp_path)
        rosters = Rosters(database)
        assert rosters.on(JULY).is_sample
        _keep(database, ROSTER, APRIL)
        found = rosters.on(JULY)
        assert found == ROSTER.on(JULY)
        assert rosters.on(JULY) is found
        assert rosters.on(date(2024, 7, 6)).absences == ()

    def test_is_read_by_every_process_after_an_import_of_one(self, tmp_path: Path) -> None:
        database = fresh_database(tmp_path)
        other = Rosters(DatabaseFile(tmp_path / "kaikaku.db"))
        assert other.on(JULY).is_sample
        _keep(database, ROSTER)
        assert not other.on(JULY).is_sample


SPOILT = {
    "a person in two places at one address": Roster(
        persons=tuple(Person(id, addresses=(Address(Channel.MAIL, mail),)) for id, mail in (("a", "x@y.jp"), ("b", "X@Y.jp")))
    ),
    "a post in a department that is not there": Roster(
        persons=(Person("a", posts=(Post(PostKind.HEAD, "nowhere"),)),)
    ),
    "a head of no department": Roster(persons=(Person("a", posts=(Post(PostKind.HEAD),)),)),
    "a department that goes on as one that is not there": Roster(
        departments=(Department("a", "あ", merged_into="nowhere"),)
    ),
    "a department that goes on as itself": Roster(departments=(Department("a", "あ", merged_into="a"),)),
    "one both merged and closed": Roster(
        departments=(PARKS, Department("a", "あ", merged_into="parks", is_closed=True))
    ),
    "a department without a name": Roster(departments=(Department("a", ""),)),
    "two departments of one id": Roster(departments=(PARKS, PARKS)),
    "a responsibility of nobody": Roster(responsibilities=(Responsibility("nowhere", "lamps"),)),
    "days that end before they begin": Roster(
        departments=(PARKS,),
        responsibilities=(Responsibility("parks", "lamps", days=Days(JULY, APRIL)),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_the_database_itself_refuses(tmp_path: Path, spoilt: Roster) -> None:
    database = fresh_database(tmp_path)
    with pytest.raises(sqlite3.IntegrityError):
        _keep(database, replace(spoilt, bureaus=ROSTER.bureaus))
    with database.reading() as unit:
        assert roster_store.imports(unit) == ()
        assert unit["roster_departments"].count == 0


def test_a_person_of_the_kept_roster_is_found_by_address(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    _keep(database, ROSTER)
    assert Rosters(database).on(JULY).person_at(Channel.PAGE, "Head") == HEAD
