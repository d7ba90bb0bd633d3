"""Imported editions in a real database: kept as they came, and the right one in force."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from knowledge.editions.edition import Edition, in_force, shipped
from knowledge.editions.revision import draft_from, edition_from
from knowledge.storage.edition_store import edition, free_id, heads, keep
from tests.bot.conversation.floor import fresh_database
from tests.small_plan import small_edition


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with fresh_database(tmp_path).writing() as database:
        yield database


def revised(before: Edition, id: str, effective: date) -> Edition:
    """The next edition of a plan, in which nothing but the day is another."""
    return edition_from(replace(draft_from(before), effective=effective, cited_as=f"改定版 {id}"), id, before)


def edition_on(database: Database, day: date) -> Edition:
    return edition(database, in_force(heads(database), day).id)


def test_without_imports_the_shipped_edition_is_in_force(database: Database) -> None:
    assert [head.id for head in heads(database)] == ["r3"]
    assert edition_on(database, date(2026, 1, 1)) == shipped()


def test_an_edition_comes_back_as_it_was_kept(database: Database) -> None:
    kept = revised(shipped(), "r5", date(2023, 4, 1))
    keep(database, kept)
    assert edition(database, "r5") == kept
    assert edition(database, "r3") == shipped()


def test_each_day_has_its_edition(database: Database) -> None:
    second = revised(shipped(), "r5", date(2023, 4, 1))
    keep(database, second)
    assert [head.id for head in heads(database)] == ["r3", "r5"]
    assert edition_on(database, date(2023, 3, 31)).id == "r3"
    assert edition_on(database, date(2023, 4, 1)) == second


def test_another_citys_plan_begins_a_new_line(database: Database) -> None:
    keep(database, revised(shipped(), "r5", date(2023, 4, 1)))
    draft = replace(draft_from(small_edition()), continues={}, effective=date(2020, 4, 1))
    keep(database, edition_from(draft, "r2", None))
    assert [head.id for head in heads(database)] == ["r2"]
    assert edition_on(database, date(2024, 1, 1)).plan.issuer == "青葉野市"
    assert edition(database, "r2").continues == {}


def test_a_correction_of_the_same_day_takes_over(database: Database) -> None:
    second = revised(shipped(), "r5", date(2023, 4, 1))
    keep(database, second)
    keep(database, revised(second, "r5-2", date(2023, 4, 1)))
    assert edition_on(database, date(2023, 4, 1)).id == "r5-2"


def test_ids_are_named_by_the_year_and_never_twice(database: Database) -> None:
    assert free_id(database, date(2023, 3, 31)) == "r4"
    assert free_id(database, date(2021, 4, 1)) == "r3-2"
    keep(database, revised(shipped(), "r3-2", date(2021, 4, 1)))
    assert free_id(database, date(2021, 4, 1)) == "r3-3"


def test_what_is_not_there_is_a_key_error(database: Database) -> None:
    with pytest.raises(KeyError):
        edition(database, "r9")


@pytest.mark.parametrize("statement", ["UPDATE editions SET title = 'x'", "DELETE FROM editions"])
def test_a_kept_edition_is_never_changed_or_dropped(database: Database, statement: str) -> None:
    keep(database, revised(shipped(), "r5", date(2023, 4, 1)))
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)


def test_one_id_is_kept_once(database: Database) -> None:
    kept = revised(shipped(), "r5", date(2023, 4, 1))
    keep(database, kept)
    with pytest.raises(sqlite3.IntegrityError):
        keep(database, kept)
