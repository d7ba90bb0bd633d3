import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.bot.evaluation.town_hall import HEAD, OWNER, TownHall

ENTRY = [
    *("number", "round", "subject", "code", "title", "edition", "department", "state"),
    *("actual", "forecast", "causes", "success", "problems"),
    *("version", "why", "submitted_by", "submitted_at", "is_late", "sign_off", "history"),
]
FIGURE = ["code", "measure", "fiscal_year", "value", "unit", "state", "target", "target_state"]
SIGN_OFF = ["step", "by", "at", "reason", "in_place_of_head"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path))
    return tmp_path


def test_the_entries_of_a_round_are_listed_with_where_they_stand(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = TownHall(data)
    hall.enter(OWNER)
    hall.say(HEAD, "3-1-2を差戻し 要因を詳しく")
    assert main(["entries", "--round", "R5"]) == 0
    heading, line = capsys.readouterr().out.splitlines()
    assert heading == "R5の自己評価: 1件"
    assert line.startswith("3-1-2\t") and "R5 効果額 14,561千円" in line and line.endswith("差戻し")


def test_entries_as_json_carry_figures_in_the_printed_unit(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = TownHall(data)
    hall.say(OWNER, "3-1-2の自己評価", "順調", "14,561,500円", "未定", "スキップ")
    hall.say(OWNER, "文化振興課が9月までに案内を改める", "提出")
    assert main(["entries", "--json", "--today", "2023-08-01"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["round"], entry["code"], entry["state"], entry["version"]) == ("R5", "3-1-2", "on_track", 1)
    assert entry["sign_off"]["step"] == "submitted"
    (forecast,), (actual,) = entry["forecast"], entry["actual"]
    assert (forecast["value"], forecast["unit"], forecast["target"]) == (14_561_500, "円", 14_561)
    assert (actual["value"], actual["unit"], actual["state"]) == (None, "千円", "not_set")


def test_every_version_is_there_with_what_became_of_it(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = TownHall(data)
    hall.enter(OWNER)
    hall.say(HEAD, "3-1-2を差戻し 要因を詳しく")
    hall.say(OWNER, "3-1-2の自己評価", "差戻しを受けて見直したため", "提出")
    assert main(["entries", "--round", "R5", "--json", "--versions"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert [first["version"], second["version"]] == [1, 2] and second["number"] > first["number"]
    assert (first["sign_off"]["step"], first["sign_off"]["reason"]) == ("returned", "要因を詳しく")
    assert (second["sign_off"]["step"], second["history"], second["why"]) == (
        "submitted",
        [],
        "差戻しを受けて見直したため",
    )
    assert main(["entries", "--round", "R5", "--json"]) == 0
    assert [one["version"] for one in json.loads(capsys.readouterr().out)] == [2]


def test_the_names_in_the_json_are_those_that_other_tools_rely_on(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = TownHall(data)
    hall.say("kikaku-tanto", "5-1-3の自己評価", "順調", "100件", "未定", "50件", "52,614千円", "スキップ")
    hall.say("kikaku-tanto", "企画課が10月までに返礼の内容を見直す", "提出")
    assert main(["entries", "--json", "--today", "2023-07-10"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert list(entry) == ENTRY and list(entry["sign_off"]) == SIGN_OFF
    assert all(list(figure) == FIGURE for figure in (*entry["actual"], *entry["forecast"]))
    assert [(one["code"], one["measure"], one["unit"]) for one in entry["forecast"]] == [
        ("3-2-4", "indicator:電子感謝券寄附件数", "件"),
        ("5-1-3", "effect_amount", "千円"),
    ]
    assert [(one["value"], one["state"]) for one in entry["forecast"]] == [(100, "set"), (None, "not_set")]
    assert [one["fiscal_year"] for one in (*entry["actual"], *entry["forecast"])] == ["R4", "R4", "R5", "R5"]


def test_a_round_that_there_is_not_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["entries", "--round", "R2"]) == 1
    assert "R3、R4、R5、R6、R7、R8 のいずれか" in capsys.readouterr().err
    assert main(["entries", "--today", "2021-06-01"]) == 1


def test_without_a_database_there_are_none(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["entries", "--round", "r5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert not (data / "kaikaku.db").exists()
