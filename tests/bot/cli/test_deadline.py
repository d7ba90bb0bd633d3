"""`kaikaku remind deadline` as it is typed."""

import io
from pathlib import Path

import pytest

from bot.cli import main
from bot.storage import audit
from bot.storage.database import DatabaseFile

TODAY = ["--today", "2023-06-28"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    return tmp_path


def listed(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["remind", "deadline", *TODAY]) == 0
    return capsys.readouterr().out


def test_the_deadlines_of_a_round_are_listed_without_making_a_database(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "R5 自己評価: 2023-07-03 ～ 2023-07-31\n" in listed(capsys)
    assert not (data / "kaikaku.db").exists()


def test_a_deadline_is_moved_only_when_confirmed(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["remind", "deadline", "自己評価", "2023-07-22", *TODAY]) == 1
    assert "締切は変えていません" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(["remind", "deadline", "自己評価", "2023-07-22", *TODAY]) == 0
    said = capsys.readouterr().out
    assert "7月22日（土）は閉庁日" in said and "7月21日（金）に変えました" in said
    assert "R5 自己評価: 2023-07-03 ～ 2023-07-21（2023-07-31 から変更）" in listed(capsys)


def test_a_file_moves_all_of_its_deadlines_or_none(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = "R5,内部評価,2023/08/25\nR6,self_evaluation,2024-07-26\nR5,自己評価,2023-07-31\n"
    file = data / "締切.csv"
    file.write_text(
        f"回,段階,締切\n{good}R5,宴会,2023-09-01\nQ5,自己評価,7月\nR5,自己評価\n", encoding="utf-8"
    )
    assert main(["remind", "deadline", "--file", str(file), "--yes", *TODAY]) == 1
    fault = capsys.readouterr().err
    assert "4件の誤り" in fault
    for place in ("5行目の段階", "6行目の回", "6行目の締切", "7行目"):
        assert place in fault
    assert not (data / "kaikaku.db").exists()
    file.write_text(f"\ufeff回,段階,締切\n{good}", encoding="utf-8")
    assert main(["remind", "deadline", "--file", str(file), "--yes", *TODAY]) == 0
    assert "2023-08-25（2023-08-31 から変更）" in listed(capsys)
    with DatabaseFile(data / "kaikaku.db").reading() as inside:
        assert [line.subject for line in audit.lines(inside)][1] == "R6 自己評価"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["自己評価"], "新しい締切"),
        (["宴会", "2023-07-24"], "段階「宴会」はありません"),
        (["自己評価", "2023-07-31"], "すでに7月31日"),
        (["自己評価", "2023-07-24", "--round", "X"], "年度はR6のように"),
        (["--file", "ない.csv"], "読めません"),
        (["--round", "R20"], "計画の段階はありません"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["remind", "deadline", *arguments, *TODAY]) == 1
    assert words in capsys.readouterr().err


def test_reminders_are_stopped_by_command(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remind", "stop", *TODAY]) == 0
    assert "始まっていません" in capsys.readouterr().out
