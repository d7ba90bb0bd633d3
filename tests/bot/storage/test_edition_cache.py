from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bot.storage.edition_cache import EditionCache
from knowledge.storage import edition_store
from tests.bot.conversation.floor import fresh_database
from tests.small_plan import small_edition

DAY = date(2024, 7, 1)


def test_an_edition_is_made_ready_once_whoever_asks(tmp_path: Path) -> None:
    editions = EditionCache(fresh_database(tmp_path))
    with ThreadPoolExecutor(8) as threads:
        ready = list(threads.map(editions.on, [DAY] * 16))
    assert len({id(known) for known in ready}) == 1


def test_an_import_is_asked_about_from_its_day_on_without_a_restart(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    editions = EditionCache(database)
    before = editions.on(DAY)
    # An edition that continues nothing is another plan, whose days are its own from the first.
    imported = replace(small_edition(), id="later", effective=DAY, continues={})
    with database.writing() as inside:
        edition_store.keep(inside, imported)
    assert editions.on(DAY).edition.id == "later"
    assert editions.on(DAY).plan.issuer == "青葉野市" != before.plan.issuer


def test_the_edition_goes_by_the_day_that_is_asked_for(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    editions = EditionCache(database)
    first = editions.on(DAY).edition
    continued = {one.id: (one.id,) for one in first.plan.initiatives}
    with database.writing() as inside:
        edition_store.keep(inside, replace(first, id="next", effective=DAY, continues=continued))
    assert editions.on(DAY - timedelta(days=1)).edition.id == first.id
    assert editions.on(DAY).edition.id == "next"
