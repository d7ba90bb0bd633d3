"""Disk full, database locked or damaged: a clear message to the person, nothing half done, nothing lost."""

import multiprocessing
import resource
import sqlite3
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from bot.conversation.conversation import Conversation
from bot.message import Reply
from bot.storage import audit
from bot.storage.database import DatabaseFile, connect
from tests.bot.conversation.floor import NOON, Clock, conversation, fresh_database, said
from tests.bot.conversation.test_crash import submit
from tests.waiting import PATIENCE

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.bot.conversation.test_trouble"])


def submissions(database: DatabaseFile) -> int:
    with database.reading() as inside:
        return len(audit.lines(inside))


def take_with_room_for(size: int, path: Path, answer: Connection) -> None:
    """Take a message in a process whose files cannot grow beyond `size` bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    answer.send(conversation(DatabaseFile(path), submit).take(said("提出")))


def taken(path: Path, size: int) -> Reply:
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=take_with_room_for, args=(size, path, there))
    process.start()
    assert here.poll(30)
    reply: Reply = here.recv()
    process.join(PATIENCE)
    assert process.exitcode == 0
    return reply


def test_a_disk_that_fills_at_any_point_of_a_message_loses_and_doubles_nothing(tmp_path: Path) -> None:
    kinds = []
    for pages in range(0, 20, 2):
        database = fresh_database(tmp_path / str(pages))
        with held_open(database):
            reply = taken(database.path, 5000 + pages * 4120)
        kinds.append(reply.kind)
        if reply.kind == "error":
            assert "ディスク" in reply.text and "管理者" in reply.text
        talk = conversation(database, submit)
        assert talk.take(said("提出")).text == "提出しました。"
        assert submissions(database) == 1, pages
    assert kinds[0] == "error" and kinds[-1] == "text"


def held_open(database: DatabaseFile) -> closing[sqlite3.Connection]:
    """Another process has the database open, so that its log grows instead of being emptied at each close."""
    connection = connect(database.path)
    connection.execute("SELECT * FROM messages").fetchall()
    return closing(connection)


def test_a_lock_that_is_never_given_back_is_told_and_the_message_comes_through_later(tmp_path: Path) -> None:
    database = fresh_database(tmp_path, patience=0.1)
    talk = conversation(database, submit)
    with closing(connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        reply = talk.take(said("提出"))
        assert reply.kind == "error" and "混み合って" in reply.text
    assert talk.take(said("提出")).text == "提出しました。"
    assert submissions(database) == 1


def test_a_lock_between_receiving_and_handling_leaves_the_message_received(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path, patience=0.1), Clock()
    talk = conversation(database, submit, clock)
    received = talk.receive(said("提出"))
    with closing(connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert talk.handle(received).kind == "error"
    clock.pass_by(seconds=59)
    assert talk.handle_left() == 0, "it may be under way elsewhere"
    clock.pass_by(seconds=1)
    assert talk.handle_left() == 1
    assert submissions(database) == 1


def test_a_fault_that_cannot_be_written_down_is_still_apologised_for(tmp_path: Path) -> None:
    database = fresh_database(tmp_path, patience=0.1)
    other = connect(database.path)

    def answer(message: object) -> Reply:
        other.execute("BEGIN IMMEDIATE")
        raise LookupError

    talk = Conversation(
        database, answer, lambda: NOON, lambda message, number: Reply("すみません", kind="error")
    )
    with closing(other):
        assert talk.take(said("提出")).text == "すみません"
    assert conversation(database, submit).handle_waiting() == 1
    assert submissions(database) == 1


def test_a_damaged_database_is_told_to_the_person(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    database.path.write_bytes(b"\xff" * 40960)
    reply = conversation(database, submit).take(said("提出"))
    assert reply.kind == "error" and "壊れて" in reply.text and "管理者" in reply.text
