import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.operations import words_check
from bot.storage import audit, unanswered
from bot.storage.audit import AuditLine
from bot.storage.database import DatabaseFile
from knowledge import meaning
from knowledge.language_files import LANGUAGE
from knowledge.reading.cues import read_cues
from knowledge.vocabulary import vocabulary
from tests.bot.conversation.floor import NOON, conversation, fresh_database, said

Output = pytest.CaptureFixture[str]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DatabaseFile:
    monkeypatch.chdir(tmp_path)
    database = fresh_database(tmp_path / "data")
    conversation(database).take(said("はい", channel="page"))
    return database


def test_a_backup_is_made_and_restored_by_command(database: DatabaseFile, capsys: Output) -> None:
    assert main(["backup", "copy.db"]) == 0
    conversation(database).take(said("はい", key="2", channel="page"))
    assert main(["restore", "copy.db"]) == 0
    shown = capsys.readouterr().out
    assert "copy.db に書き、読み返して確認しました" in shown and "before-restore.db に残して" in shown
    with database.reading() as inside:
        assert len(list(inside.query("SELECT * FROM messages"))) == 1


def test_a_backup_that_exists_or_a_file_that_is_none_is_refused_in_words(
    database: DatabaseFile, capsys: Output
) -> None:
    Path("copy.db").write_text("something else")
    assert main(["backup", "copy.db"]) == 1
    assert main(["restore", "copy.db"]) == 1
    assert main(["restore", "nowhere.db"]) == 1
    refused = capsys.readouterr().err
    assert [words in refused for words in ("すでにあります", "読めません", "nowhere.db がありません")] == [
        True
    ] * 3
    assert "Traceback" not in refused


@pytest.mark.parametrize("command", [["backup", "copy.db"], ["audit"], ["unanswered"]])
def test_in_a_mistaken_folder_nothing_is_made(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(command) == 1
    assert "KAIKAKU_DATA" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_is_content(database: DatabaseFile, capsys: Output) -> None:
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "○ データベース" in shown and "×" not in shown


def test_the_doctor_refuses_a_broken_installation(database: DatabaseFile, capsys: Output) -> None:
    database.path.write_bytes(b"broken" * 5000)
    assert main(["doctor"]) == 1
    shown = capsys.readouterr()
    assert "× データベース" in shown.out and "直すべきところが" in shown.err


def test_the_doctor_lists_every_fault_of_the_settings(
    database: DatabaseFile, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAIKAKU_PORT", "many")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-secret")
    assert main(["doctor"]) == 1
    shown = capsys.readouterr()
    assert "KAIKAKU_PORT" in shown.out and "SLACK_APP_TOKEN" in shown.out
    assert "xapp-secret" not in shown.out + shown.err


def test_the_doctor_lists_every_fault_of_every_file_of_words(
    database: DatabaseFile, capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = _faulty_words(tmp_path)
    monkeypatch.setattr(words_check, "vocabulary", lambda: vocabulary(folder))
    monkeypatch.setattr(words_check, "read_cues", lambda: read_cues(folder))
    assert main(["doctor"]) == 1
    shown = capsys.readouterr().out.splitlines()
    wrong = [line for line in shown if line.startswith("× 言葉")]
    assert [
        sum(file in line for line in wrong) for file in ("english.toml", "light_words.toml", "cues.toml")
    ] == [1] * 3


def _faulty_words(folder: Path) -> Path:
    for file in LANGUAGE.glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "english.toml").write_text('english = [["city", "市"], ["city", "町"]]', encoding="utf-8")
    (folder / "light_words.toml").write_text('light = ["為る"]', encoding="utf-8")
    (folder / "cues.toml").write_text('[sum]\nsay = ["合計"]', encoding="utf-8")
    return folder


def test_the_search_by_meaning_is_looked_at_where_it_is_wanted(
    database: DatabaseFile, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["doctor"]) == 0
    assert "○ 意味の検索: 使いません" in capsys.readouterr().out
    monkeypatch.setenv("KAIKAKU_SEMANTIC", "on")
    monkeypatch.setattr(meaning, "find_spec", lambda _name: None)
    assert main(["doctor"]) == 1
    assert (
        "× 意味の検索: KAIKAKU_SEMANTIC=on ですが、追加機能 semantic が入っていません"
        in capsys.readouterr().out
    )


def test_the_audit_is_shown_from_a_day_on(database: DatabaseFile, capsys: Output) -> None:
    with database.writing() as inside:
        audit.record(inside, AuditLine(NOON, "secretariat", "締切の変更", "R6 自己評価", "7/31", "7/24"))
    assert main(["audit"]) == 0
    assert capsys.readouterr().out == ("2024-07-01 12:00 secretariat 締切の変更 R6 自己評価 7/31 → 7/24\n")
    assert main(["audit", "--since", "2024-07-02"]) == 0
    assert capsys.readouterr().out == "記録はありません。\n"
    assert main(["audit", "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert line["at"] == "2024-07-01T12:00:00.000+09:00" and line["after"] == "7/24"


def test_unanswered_questions_are_shown(database: DatabaseFile, capsys: Output) -> None:
    assert main(["unanswered"]) == 0
    assert capsys.readouterr().out == "答えられなかった質問はありません。\n"
    with database.writing() as inside:
        unanswered.keep(inside, "市長の好物は？", "out_of_plan", [], NOON)
    assert main(["unanswered"]) == 0
    assert capsys.readouterr().out == "2024-07-01 12:00 計画にない 市長の好物は？\n"
    assert main(["unanswered", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["kind"] == "out_of_plan"
