"""Whole days on Slack as text files, each over Socket Mode and again over signed HTTP."""

from pathlib import Path

import pytest

from tests.bot.channels.slack.block_kit import built, faults_by_blockkit
from tests.bot.channels.slack.town import Over, city, town
from tests.bot.channels.slack.transcript import Player, Shown, Turn, check, read, rendered

DAYS = sorted((Path(__file__).parents[3] / "conversations" / "slack").glob("*.txt"))


@pytest.mark.parametrize("over", ["socket", "http"])
@pytest.mark.parametrize("path", DAYS, ids=lambda path: path.stem)
def test_a_day_goes_as_it_is_written(path: Path, over: Over, tmp_path: Path) -> None:
    day, turns = read(path)
    assert len(turns) > 5
    with town(tmp_path, over, day=day, roster=city()) as made:
        player = Player(made)
        for turn in turns:
            player.play(turn)
        messages, views = rendered(made.slack)
    assert [faults_by_blockkit(blocks) for blocks in messages if faults_by_blockkit(blocks)] == []
    for view in views:
        built(view)


def test_there_is_a_day_for_each_who_works_with_it() -> None:
    assert {path.stem for path in DAYS} >= {"clerk", "owner", "manager"}


def test_what_is_written_is_really_held_against_what_comes() -> None:
    came = [Shown("DM", "目標 14,561千円", {}), Shown("チャンネル", "DMでお答えしました。", {})]
    check(Turn("", "DM", wanted=[("DM", "14,561千円"), ("チャンネル", "DMで")]), came)
    for wrong in (
        Turn("", "DM", wanted=[("DM", "14,562")]),
        Turn("", "DM", wanted=[("チャンネル", "14,561")]),
        Turn("", "DM", wanted=[("DM", "千円"), ("DM", "目標")]),
        Turn("", "DM", unwanted=[("DM", "14,561")]),
    ):
        with pytest.raises(AssertionError):
            check(wrong, came)
