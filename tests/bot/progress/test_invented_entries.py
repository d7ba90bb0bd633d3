import json
from io import StringIO
from pathlib import Path

import pytest

from bot.app.demonstration import LETTERS
from bot.cli import main
from bot.cli.progress_bar import WIDTH, drawn, with_bar
from bot.storage.database import DatabaseFile
from reminders.storage import notices


def test_a_demo_has_something_of_everything_to_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real, scratch = tmp_path / "data", tmp_path / "demo"
    monkeypatch.setenv("KAIKAKU_DATA", str(real))
    assert main(["demo", str(scratch)]) == 0
    assert not real.exists()
    said = capsys.readouterr()
    assert f"KAIKAKU_DATA={scratch} kaikaku progress --today 2023-08-01" in said.out
    assert said.err == "", "no bar where nobody sees it"
    monkeypatch.setenv("KAIKAKU_DATA", str(scratch))
    assert main(["progress", "--json", "--today", "2023-08-01"]) == 0
    found = json.loads(capsys.readouterr().out)
    counts = found["counts"]
    assert min(counts[step] for step in ("submitted", "confirmed", "accepted", "missing")) > 0
    assert {reason for lag in found["lags"] for reason in lag["reasons"]} >= {
        "behind",
        "under_rate",
        "silent",
    }
    assert all(one["result"] is not None for one in found["effect_amounts"]["years"][:3])


def test_a_demo_shows_who_was_told_what_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scratch = tmp_path / "demo"
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SMTP_HOST", "mail.example.jp")
    monkeypatch.setenv("SMTP_FROM", "kaikaku@example.jp")
    assert main(["demo", str(scratch)]) == 0
    outgoing_messages = sorted((scratch / LETTERS).glob("*.txt"))
    assert len(outgoing_messages) > 50 and outgoing_messages[0].name.startswith("2023-06-26-")
    assert all("@demo.invalid" in one.read_text(encoding="utf-8") for one in outgoing_messages)
    capsys.readouterr()
    monkeypatch.setenv("KAIKAKU_DATA", str(scratch))
    assert main(["remind", "log", "--json", "--today", "2023-08-01"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["state"] for one in told} == {"sent"}
    assert {"opening", "before_14", "the_day", "after_1", "thanks"} <= {one["step"] for one in told}
    with DatabaseFile(scratch / "kaikaku.db").reading() as inside:
        assert notices.started_at(inside) is None, "nothing may ever be sent from it"


def test_a_terminal_sees_how_far_the_year_has_come() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    assert list(with_bar("abc", 3, "進めています", out)) == ["a", "b", "c"]
    assert out.getvalue().split("\r")[1:] == [
        f"進めています {drawn(number, 3)}" + ("\n" if number == 3 else "") for number in (1, 2, 3)
    ]
    assert drawn(3, 3) == f"[{'█' * WIDTH}] 3/3"


def test_a_demo_touches_no_folder_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path / "data"))
    for folder in (tmp_path, tmp_path / "data"):
        assert main(["demo", str(folder)]) == 1
        assert "すでにある" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
