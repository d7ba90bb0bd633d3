import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.app.tables import MIGRATIONS
from bot.storage.database import IDLE, DatabaseFile, connect
from bot.storage.database_fault import DatabaseFault
from bot.storage.migrations import prepare, statements
from knowledge.storage.migration import Migration
from tests.bot.conversation.floor import NOON, fresh_database
from tests.waiting import PATIENCE

PAIRS = Migration("pairs-1", "CREATE TABLE pairs (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;")


def pairs(folder: Path) -> DatabaseFile:
    prepare(folder / "kaikaku.db", [PAIRS], version="0.1.0", now=NOON)
    return DatabaseFile(folder / "kaikaku.db", patience=0.2)


def names(database: DatabaseFile) -> list[str]:
    with database.reading() as inside:
        return [row["name"] for row in inside.query("SELECT name FROM pairs ORDER BY name")]


def test_what_is_written_together_is_kept_together_or_not_at_all(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    with database.writing() as inside:
        inside.execute("INSERT INTO pairs VALUES ('a', '1')")
    with pytest.raises(sqlite3.IntegrityError), database.writing() as inside:
        inside.execute("INSERT INTO pairs VALUES ('b', '1')")
        inside.execute("INSERT INTO pairs VALUES ('a', '2')")
    assert names(database) == ["a"]


def test_what_reads_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault) as caught, pairs(tmp_path).reading() as inside:
        inside.execute("INSERT INTO pairs VALUES ('a', '1')")
    assert caught.value.trouble == "readonly"


def test_one_view_holds_for_a_whole_reading(tmp_path: Path) -> None:
    database, other = pairs(tmp_path), DatabaseFile(tmp_path / "kaikaku.db")
    with database.reading() as inside:
        assert list(inside.query("SELECT * FROM pairs")) == []
        with other.writing() as beside:
            beside.execute("INSERT INTO pairs VALUES ('a', '1')")
        assert list(inside.query("SELECT * FROM pairs")) == []
    assert names(database) == ["a"]


def test_units_of_work_do_not_nest(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    with database.writing(), pytest.raises(RuntimeError, match="inside another"), database.reading():
        pass
    assert names(database) == []


def test_a_half_read_query_holds_nothing_beyond_its_unit(tmp_path: Path) -> None:
    database, other = pairs(tmp_path), DatabaseFile(tmp_path / "kaikaku.db")
    with database.writing() as inside:
        for name in "abc":
            inside.execute("INSERT INTO pairs VALUES (?, '1')", [name])
    with database.reading() as inside:
        rows = inside.query("SELECT name FROM pairs ORDER BY name")
        assert next(iter(rows)) == {"name": "a"}
    with other.writing() as inside:
        inside.execute("DELETE FROM pairs")
    with database.writing() as inside:
        assert list(inside.query("SELECT name FROM pairs")) == []
    with pytest.raises(sqlite3.ProgrammingError):
        next(iter(rows))


def test_what_times_out_inside_a_unit_is_not_taken_for_a_lock(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError), pairs(tmp_path).writing():
        raise TimeoutError


def test_a_unit_that_failed_leaves_its_connection_to_nobody(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    with pytest.raises(LookupError), database.writing() as inside:
        inside.conn.execute("PRAGMA foreign_keys = OFF")
        raise LookupError
    with database.writing() as inside:
        assert inside.conn.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_replaced_file_is_noticed(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    with database.writing() as inside:
        inside.execute("INSERT INTO pairs VALUES ('old', '1')")
    database.path.rename(tmp_path / "old.db")
    with pytest.raises(DatabaseFault, match="開けません"):
        names(database)
    pairs(tmp_path)
    assert names(database) == []


def test_a_crowd_does_not_leave_a_crowd_of_connections(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    threads = [threading.Thread(target=names, args=(database,)) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < len(database._readers) <= IDLE


def test_the_promises_of_a_connection_hold(tmp_path: Path) -> None:
    promised = {"foreign_keys": 1, "synchronous": 2, "journal_mode": "wal"}
    database = pairs(tmp_path)
    for unit, own in ((database.writing, {"query_only": 0}), (database.reading, {"query_only": 1})):
        for expected in (promised | own,) * 2:
            with unit() as inside:
                found = {one: inside.conn.execute(f"PRAGMA {one}").fetchone()[0] for one in expected}
                assert inside.conn.in_transaction and found == expected


def test_a_lock_that_another_process_holds_is_told_in_words(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    with closing(connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseFault, match="混み合って"), database.writing():
            pass
    with database.writing():
        pass


def test_a_writer_of_this_process_is_waited_for(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    started, finish = threading.Event(), threading.Event()

    def hold() -> None:
        with database.writing() as inside:
            inside.execute("INSERT INTO pairs VALUES ('a', '1')")
            started.set()
            finish.wait(PATIENCE)

    holder = threading.Thread(target=hold)
    holder.start()
    started.wait(PATIENCE)
    with pytest.raises(DatabaseFault) as caught, database.writing():
        pass
    assert caught.value.trouble == "locked"
    finish.set()
    holder.join()
    assert names(database) == ["a"]


def test_a_full_disk_is_told_in_words_and_nothing_half_is_kept(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    with pytest.raises(DatabaseFault) as caught, database.writing() as inside:
        inside.conn.execute("PRAGMA max_page_count = 4")
        for number in range(1000):
            inside.execute("INSERT INTO pairs VALUES (?, ?)", [str(number), "x" * 1000])
    assert caught.value.trouble == "full" and "ディスク" in str(caught.value)
    assert names(database) == []


def test_a_corrupt_file_is_told_in_words(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    database.path.write_bytes(b"this is no database at all" * 400)
    for unit in (database.reading, database.writing):
        with pytest.raises(DatabaseFault) as caught, unit() as inside:
            list(inside.query("SELECT * FROM pairs"))
        assert caught.value.trouble == "corrupt" and "restore" in str(caught.value)
    with pytest.raises(DatabaseFault, match="壊れて"):
        prepare(database.path, [PAIRS], version="0.1.0", now=NOON)


def test_a_missing_file_is_told_in_words_and_not_made(tmp_path: Path) -> None:
    database = DatabaseFile(tmp_path / "nowhere" / "kaikaku.db")
    with pytest.raises(DatabaseFault, match="開けません"), database.reading():
        pass
    assert not database.path.parent.exists()


def test_preparing_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kaikaku.db"
    assert prepare(path, MIGRATIONS, version="0.1.0", now=NOON) == tuple(one.name for one in MIGRATIONS)
    assert prepare(path, MIGRATIONS, version="0.1.0", now=NOON) == ()
    assert not (tmp_path / "backups").exists()


def test_a_database_with_something_in_it_is_backed_up_before_it_is_changed(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    with database.writing() as inside:
        inside.execute("INSERT INTO pairs VALUES ('kept', '1')")
    more = Migration("more-1", "ALTER TABLE pairs ADD COLUMN note TEXT;")
    assert prepare(database.path, [PAIRS, more], version="0.2.0", now=NOON) == ("more-1",)
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name == "kaikaku-20240701-120000-before-0.2.0.db"
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT * FROM pairs").fetchall() == [("kept", "1")]


def test_a_migration_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    database = pairs(tmp_path)
    steps = [PAIRS, Migration("more-1", "CREATE TABLE more (a TEXT) STRICT; CREATE TABLE pairs (a TEXT);")]
    with pytest.raises(sqlite3.OperationalError):
        prepare(database.path, steps, version="0.2.0", now=NOON)
    with database.reading() as inside:
        assert {row["name"] for row in inside.query("SELECT name FROM migrations")} == {"pairs-1"}
        assert not list(inside.query("SELECT 1 FROM sqlite_schema WHERE name = 'more'"))


def test_a_newer_database_is_refused_by_its_version(tmp_path: Path) -> None:
    path = tmp_path / "kaikaku.db"
    prepare(path, [PAIRS, Migration("later-1", "CREATE TABLE later (a TEXT);")], version="9.8.7", now=NOON)
    before = path.read_bytes()
    with pytest.raises(DatabaseFault, match=r"9\.8\.7") as caught:
        prepare(path, [PAIRS], version="0.1.0", now=NOON)
    assert caught.value.trouble == "newer"
    assert path.read_bytes() == before


def test_several_that_start_at_once_prepare_it_once(tmp_path: Path) -> None:
    applied: list[tuple[str, ...]] = []

    def start() -> None:
        applied.append(prepare(tmp_path / "kaikaku.db", MIGRATIONS, version="0.1.0", now=NOON))

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, applied)) == [0, 0, 0, 0, 0, len(MIGRATIONS)]


def test_a_trigger_is_one_statement() -> None:
    script = """
    CREATE TABLE a (b TEXT);
    CREATE TRIGGER c BEFORE UPDATE ON a BEGIN
        SELECT RAISE(ABORT, 'no; never');
    END;
    """
    assert len(list(statements(script))) == 2


def test_every_table_is_strict(tmp_path: Path) -> None:
    with fresh_database(tmp_path).reading() as inside:
        tables = list(inside.query("SELECT name, strict FROM pragma_table_list WHERE type = 'table'"))
    assert [
        row["name"] for row in tables if not row["strict"] and not row["name"].startswith("sqlite_")
    ] == []
