import os
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.tables import MIGRATIONS
from bot.conversation.conversation import Handled
from bot.message import Message
from bot.operations import doctor, retention
from bot.operations.restore import restore
from bot.refusal import Refusal
from bot.settings import Retention, Settings
from bot.storage import audit, backup, question_history, unanswered
from bot.storage.database import DatabaseFile
from bot.storage.database_fault import DatabaseFault
from bot.storage.migrations import prepare
from knowledge.storage.migration import Migration
from reminders.storage import outbox
from tests.bot.conversation.floor import NOON, conversation, fresh_database, said

LATER = NOON + timedelta(days=1)


def keys(database: DatabaseFile) -> list[str]:
    with database.reading() as inside:
        return [row["key"] for row in inside.query("SELECT key FROM messages ORDER BY id")]


def restored_from(database: DatabaseFile, file: Path) -> Path | None:
    return restore(database.path, file, MIGRATIONS, version="0.1.0", now=LATER).kept


def test_a_backup_is_one_private_file_that_holds_everything(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    conversation(database).take(said("はい"))
    copy = tmp_path / "backups" / "today.db"
    held = backup.back_up(database.path, copy)
    assert held["messages"] == held["letters"] == 1
    assert copy.stat().st_mode & 0o077 == 0
    assert [path.name for path in copy.parent.iterdir()] == ["today.db"]
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("SELECT key FROM messages").fetchall() == [("1",)]


def test_a_backup_made_while_people_talk_is_one_moment(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    talk, stop = conversation(database), threading.Event()

    def chat() -> None:
        for number in range(100_000):
            if stop.is_set():
                return
            talk.take(said("はい", key=str(number)))

    chatting = threading.Thread(target=chat)
    chatting.start()
    try:
        for number in range(5):
            held = backup.back_up(database.path, tmp_path / f"{number}.db")
            assert held == backup.checked(tmp_path / f"{number}.db")
    finally:
        stop.set()
        chatting.join()


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    (tmp_path / "precious.db").write_text("precious")
    with pytest.raises(Refusal, match="すでにあります"):
        backup.back_up(database.path, tmp_path / "precious.db")
    assert (tmp_path / "precious.db").read_text() == "precious"


def test_a_backup_to_where_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="書き込めません"):
        backup.back_up(database.path, tmp_path / "file" / "copy.db")


def test_a_damaged_database_gives_no_backup(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    _damage(database.path)
    with pytest.raises(DatabaseFault):
        backup.back_up(database.path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_restored_database_holds_what_the_backup_held_and_the_old_one_is_kept(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    conversation(database).take(said("はい", key="before"))
    backup.back_up(database.path, tmp_path / "copy.db")
    conversation(database).take(said("はい", key="after"))
    kept = restored_from(database, tmp_path / "copy.db")
    assert keys(database) == ["before"]
    assert kept is not None and keys(DatabaseFile(kept)) == ["before", "after"]
    with database.reading() as inside:
        (line,) = audit.lines(inside)
    assert (line.what, line.after) == ("復元", "copy.db")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["backups"]


def test_restoring_works_while_somebody_is_reading(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    backup.back_up(database.path, tmp_path / "copy.db")
    conversation(database).take(said("はい"))
    with database.reading() as inside:
        assert len(list(inside.query("SELECT * FROM messages"))) == 1
        restored_from(database, tmp_path / "copy.db")
        assert len(list(inside.query("SELECT * FROM messages"))) == 1
    assert keys(database) == []
    conversation(database).take(said("はい", key="new"))
    assert keys(database) == ["new"]


def test_what_a_backup_still_had_to_send_is_doubted_not_sent_again(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    conversation(database).take(said("はい"))
    backup.back_up(database.path, tmp_path / "copy.db")
    restored_from(database, tmp_path / "copy.db")
    with database.reading() as inside:
        assert [outgoing.state for outgoing in outbox.outgoing_in(inside, "doubtful")] == ["doubtful"]


def test_an_older_backup_is_brought_up_to_date_before_it_takes_the_place(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    prepare(old, MIGRATIONS, version="0.1.0", now=NOON)
    database = fresh_database(tmp_path / "data")
    newer = (*MIGRATIONS, Migration("more-1", "CREATE TABLE more (a TEXT) STRICT;"))
    restore(database.path, old, newer, version="0.2.0", now=LATER)
    with database.reading() as inside:
        assert list(inside.query("SELECT * FROM more")) == []
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "ありません"), (b"", "バックアップではありません"), (b"no database " * 999, "読めません")],
)
def test_what_is_no_backup_is_refused_and_nothing_is_changed(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    database = fresh_database(tmp_path)
    conversation(database).take(said("はい"))
    if content is not None:
        (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(Refusal, match=words):
        restored_from(database, tmp_path / "copy.db")
    assert keys(database) == ["1"]
    assert not (tmp_path / "backups").exists()


def test_a_damaged_backup_is_refused(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    backup.back_up(database.path, tmp_path / "copy.db")
    _damage(tmp_path / "copy.db")
    with pytest.raises(Refusal, match="壊れて"):
        restored_from(database, tmp_path / "copy.db")


def test_a_backup_of_a_newer_version_is_refused_by_its_version(tmp_path: Path) -> None:
    newer = (*MIGRATIONS, Migration("more-1", "CREATE TABLE more (a TEXT) STRICT;"))
    prepare(tmp_path / "newer.db", newer, version="7.8.9", now=NOON)
    with pytest.raises(DatabaseFault, match=r"7\.8\.9"):
        restored_from(fresh_database(tmp_path), tmp_path / "newer.db")


def test_a_damaged_database_is_put_aside_as_it_is(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    conversation(database).take(said("はい"))
    backup.back_up(database.path, tmp_path / "copy.db")
    _damage(database.path)
    broken = database.path.read_bytes()
    kept = restored_from(database, tmp_path / "copy.db")
    assert keys(database) == ["1"]
    assert kept is not None and kept.read_bytes() == broken
    assert conversation(database).take(said("また", key="2")).kind == "text"


def test_a_lost_database_is_restored(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    conversation(database).take(said("はい"))
    backup.back_up(database.path, tmp_path / "copy.db")
    database.path.unlink()
    assert restored_from(database, tmp_path / "copy.db") is None
    assert keys(database) == ["1"]


def test_everything_is_forgotten_in_its_time(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    conversation(database).take(said("秘密の質問", channel="page"))
    conversation(database).receive(said("未処理", key="2"))
    with database.writing() as inside:
        question_history.remember(inside, "page", "c", "秘密の質問", NOON)
        unanswered.keep(inside, "秘密の質問", "unclear", [], NOON)

    def left_after(days: int) -> dict[str, int]:
        retention.forget(database, Retention(), NOON + timedelta(days=days))
        with closing(sqlite3.connect(database.path)) as connection:
            tables = ("messages", "letters", "asked_questions", "unanswered_questions")
            return {
                table: sum("秘密" in str(row) for row in connection.execute(f"SELECT * FROM {table}"))
                for table in tables
            }

    assert left_after(7) == {
        "messages": 1, "letters": 1, "asked_questions": 1, "unanswered_questions": 1,
    }  # fmt: skip
    assert left_after(8) == {
        "messages": 0, "letters": 0, "asked_questions": 0, "unanswered_questions": 1,
    }  # fmt: skip
    assert left_after(91)["unanswered_questions"] == 0
    assert keys(database) == ["2"], "what was never handled stays, what was is gone with its mark"


def findings_of(settings: Settings) -> dict[tuple[str, str], str]:
    checks = doctor.own_checks(settings, MIGRATIONS, LATER)
    return {(one.subject, one.level): one.words for one in doctor.examine(checks)}


def test_the_doctor_finds_a_healthy_installation_in_order(tmp_path: Path) -> None:
    fresh_database(tmp_path)
    found = findings_of(Settings(data=tmp_path))
    assert {level for _, level in found} == {"ok"}


def test_the_doctor_names_what_is_missing(tmp_path: Path) -> None:
    checks = doctor.own_checks(Settings(data=tmp_path / "nowhere"), MIGRATIONS, LATER)
    found = doctor.examine(checks)
    assert not doctor.is_sound(found)
    assert {one.subject for one in found if one.level == "wrong"} == {
        "データフォルダー",
        "データベース",
        "受信",
        "送信",
    }


def test_the_doctor_sees_damage_and_a_newer_version(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    _damage(database.path)
    assert "壊れ" in findings_of(Settings(data=tmp_path))["データベース", "wrong"]
    shutil.rmtree(tmp_path / "new", ignore_errors=True)
    newer = (*MIGRATIONS, Migration("more-1", "CREATE TABLE more (a TEXT) STRICT;"))
    prepare(tmp_path / "new" / "kaikaku.db", newer, version="7.8.9", now=NOON)
    assert "7.8.9" in findings_of(Settings(data=tmp_path / "new"))["データベース", "wrong"]


def test_the_doctor_tells_of_faults_stuck_messages_and_lost_letters(tmp_path: Path) -> None:
    def answer(message: Message) -> Handled:
        raise LookupError("秘密")

    database = fresh_database(tmp_path)
    conversation(database, answer).take(said("秘密"))
    conversation(database).receive(said("未処理", key="2", conversation="other"))
    with database.writing() as inside:
        outbox.doubt_all(inside, NOON, "試し")
    found = findings_of(Settings(data=tmp_path))
    words = " ".join(found.values())
    assert "受付番号 1" in words and "LookupError" in words and "秘密" not in words
    assert "届いたか分かりません: 試し" in found["送信", "warning"]
    checks = doctor.own_checks(Settings(data=tmp_path), MIGRATIONS, LATER)
    assert any("1 件が未処理" in one.words for one in doctor.examine(checks))


def test_the_doctor_tells_of_settings_that_do_nothing_or_keep_people_out(tmp_path: Path) -> None:
    fresh_database(tmp_path)
    settings = Settings(data=tmp_path, host="0.0.0.0", today=NOON.date(), unknown=("KAIKAKU_PROT",))
    found = findings_of(settings)
    assert {subject for subject, level in found if level == "warning"} == {
        "KAIKAKU_PROT",
        "KAIKAKU_TODAY",
        "KAIKAKU_PUBLIC_URL",
    }


def test_a_check_that_cannot_be_made_is_a_finding() -> None:
    def check() -> list[doctor.DoctorFinding]:
        raise Refusal("名簿を読めません。")

    assert doctor.examine([("名簿", check)]) == [doctor.DoctorFinding("wrong", "名簿", "名簿を読めません。")]


def test_the_doctor_sees_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The superuser may write everywhere, so the system's answer is made up.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    (finding,) = doctor.folder_findings(tmp_path)
    assert finding.level == "wrong"


def _damage(path: Path) -> None:
    """Tear pages in the middle, as a failing disk does; the header stays."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 9] = b"\xff" * (4096 * 7)
    path.write_bytes(bytes(content))
