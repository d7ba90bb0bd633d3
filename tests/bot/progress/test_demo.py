import json
from pathlib import Path

import pytest

from bot.cli import main


def test_a_demo_has_something_of_everything_to_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real, scratch = tmp_path / "data", tmp_path / "demo"
    monkeypatch.setenv("KAIKAKU_DATA", str(real))
    assert main(["demo", str(scratch)]) == 0
    assert not real.exists()
    said = capsys.readouterr().out
    assert f"KAIKAKU_DATA={scratch} kaikaku progress --today 2023-08-01" in said
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


def test_a_demo_touches_no_folder_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path / "data"))
    for folder in (tmp_path, tmp_path / "data"):
        assert main(["demo", str(folder)]) == 1
        assert "すでにある" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
