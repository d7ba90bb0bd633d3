from pathlib import Path

import openpyxl
import pytest

from bot.cli import main

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def _roster(*words: str) -> int:
    return main(["roster", *words, "--today", "2024-07-01"])


def _lines(said: Said) -> list[str]:
    return said.readouterr().out.splitlines()


def _exported(said: Said, name: str = "名簿.xlsx") -> Path:
    assert _roster("export", name) == 0
    said.readouterr()
    return Path(name)


def test_without_a_roster_the_sample_is_checked_and_nothing_is_made(capsys: Said, data: Path) -> None:
    assert _roster("check") == 0
    lines = _lines(capsys)
    assert lines[:2] == ["名簿: 同梱の見本", "部11、課等20、人74、所管70"]
    assert any(line.startswith("・見本の名簿です") for line in lines)
    assert not data.exists()


@pytest.mark.parametrize("name", ["名簿.xlsx", "名簿.zip", "名簿"])
def test_what_was_exported_can_be_edited_and_imported(capsys: Said, name: str) -> None:
    _exported(capsys, name)
    assert _roster("import", name) == 0
    assert _lines(capsys)[-1] == "取り込みました（2024-07-01 から）。"
    assert _roster("import", name) == 0
    assert _lines(capsys)[-1] == "いまの名簿と同じ内容のため、取り込みませんでした。"
    assert _roster("check") == 0
    assert _lines(capsys)[0] == f"名簿: {name}（2024-07-01から）"


def test_a_dry_run_shows_what_would_change_and_changes_nothing(capsys: Said) -> None:
    path = _exported(capsys)
    assert _roster("import", str(path)) == 0
    book = openpyxl.load_workbook(path)
    book["課等"]["B2"] = "見本：経営改革課"
    book.save(path)
    capsys.readouterr()
    for words in (("import", str(path), "--dry-run"), ("check", str(path))):
        assert _roster(*words) == 0
        lines = _lines(capsys)
        assert lines[:2] == [
            "変更は1件です。",
            "・課等の改称: gyosei（見本：行政経営課 → 見本：経営改革課）",
        ]
        assert lines[-1] == "まだ取り込んでいません。"
    assert _roster("export", "いま", "--force") == 0
    assert "見本：行政経営課" in Path("いま/課等.csv").read_text(encoding="utf-8-sig")


def test_every_fault_is_said_on_standard_error(capsys: Said, data: Path) -> None:
    path = _exported(capsys)
    book = openpyxl.load_workbook(path)
    book["所管"]["A2"] = "9-9-9"
    book["職"]["B3"] = "どこか"
    book.save(path)
    assert _roster("import", str(path)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "名簿.xlsx に2件の誤りがあります。何も変えていません。",
        "・職 3行目: 所属「どこか」は「課等」にありません",
        "・所管 2行目: 番号「9-9-9」は計画にありません",
    ]
    assert not data.exists()


def test_a_roster_for_next_april_is_announced(capsys: Said) -> None:
    path = _exported(capsys)
    assert _roster("import", str(path), "--effective", "2025-04-01") == 0
    assert _lines(capsys)[-1] == "取り込みました（2025-04-01 から）。"
    assert _roster("check") == 0
    lines = _lines(capsys)
    assert lines[0] == "名簿: 同梱の見本"
    assert lines[-1] == "2025-04-01 から: 名簿.xlsx"


def test_today_may_stand_before_the_command_too(capsys: Said) -> None:
    path = _exported(capsys)
    assert main(["roster", "--today", "2024-06-01", "import", str(path)]) == 0
    assert _lines(capsys)[-1] == "取り込みました（2024-06-01 から）。"


def test_a_file_is_not_overwritten_unasked(capsys: Said) -> None:
    Path("大事.xlsx").write_text("x", encoding="utf-8")
    assert _roster("export", "大事.xlsx") == 1
    assert "--force" in capsys.readouterr().err
    assert Path("大事.xlsx").read_text(encoding="utf-8") == "x"
    assert _roster("export", "大事.xlsx", "--force") == 0


@pytest.mark.parametrize(
    "words", [("import", "ない.xlsx"), ("check", "ない.xlsx"), ("export", "ない/名簿.xlsx")]
)
def test_what_cannot_be_done_is_refused_without_a_traceback(capsys: Said, words: tuple[str, ...]) -> None:
    assert _roster(*words) == 1
    error = capsys.readouterr().err
    assert error
    assert "Traceback" not in error


def test_a_wrong_use_is_told_apart(capsys: Said) -> None:
    with pytest.raises(SystemExit) as stopped:
        _roster("import", "名簿.xlsx", "--effective", "4月1日")
    assert stopped.value.code == 2
