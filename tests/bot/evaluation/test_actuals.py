from pathlib import Path

import pytest

from tests.bot.evaluation.town_hall import HEAD, JULY, OTHER, OWNER, SECRETARIAT, TownHall


@pytest.fixture
def hall(tmp_path: Path) -> TownHall:
    """R4 was entered with a forecast of 13,000千円, R5 with its actual and another forecast."""
    made = TownHall(tmp_path)
    made.clock.moment = JULY.replace(year=2022)
    made.say(
        OWNER,
        "3-1-2の自己評価",
        "順調",
        "13,500千円",
        "スキップ",
        "文化振興課が9月までに案内を改める",
        "提出",
    )
    return made


def enter_next(hall: TownHall) -> None:
    hall.clock.moment = JULY
    hall.say(OWNER, "3-1-2の自己評価", "順調", "目標どおり", "13,250千円", "スキップ")
    hall.say(OWNER, "文化振興課が9月までに案内を改める", "提出")


def test_while_there_is_no_actual_the_forecast_is_given_as_such(hall: TownHall) -> None:
    text = hall.say(OWNER, "3-1-2の実績は？").text
    assert "令和4年度の効果額の実績見込み：13,500千円（目標 14,561千円）" in text
    assert "R4の自己評価 第1版、提出済み" in text


def test_the_actual_takes_the_forecasts_place_with_its_round_and_version(hall: TownHall) -> None:
    enter_next(hall)
    text = hall.say(SECRETARIAT, "3-1-2の実績は？").text
    assert "令和4年度の効果額の実績：13,250千円（目標 14,561千円）　R5の自己評価 第1版、提出済み" in text
    assert "令和5年度の効果額の実績見込み：14,561千円" in text and "13,500千円" not in text


def test_one_year_is_answered_alone_and_a_follow_up_understood(hall: TownHall) -> None:
    enter_next(hall)
    text = hall.say(HEAD, "文化会館の指定管理の令和4年度の実績").text
    assert "13,250千円" in text and "令和5年度" not in text
    followed = hall.say(HEAD, "令和5年度は？").text
    assert "令和5年度の効果額の実績見込み：14,561千円" in followed and "13,250千円" not in followed
    assert hall.say(HEAD, "3-1-2の令和5年度の効果額は？").kind == "fact"


@pytest.mark.parametrize("person", [OTHER, "kanrisha", ""])
def test_who_may_not_see_it_hears_what_the_plan_says(hall: TownHall, person: str) -> None:
    reply = hall.say(person, "3-1-2の実績は？")
    assert reply.kind == "out_of_plan" and "13,500" not in reply.text


def test_a_target_is_still_a_target(hall: TownHall) -> None:
    reply = hall.say(OWNER, "3-1-2のR4の効果額は？")
    assert reply.kind == "fact" and "14,561千円" in reply.text and "13,500" not in reply.text


def test_where_nothing_was_entered_the_plan_answers(hall: TownHall) -> None:
    assert hall.say(SECRETARIAT, "3-1-1の実績は？").kind == "out_of_plan"
    assert hall.say(SECRETARIAT, "3-1-2の令和6年度の実績は？").kind == "out_of_plan"


def test_a_figure_not_set_is_said_and_no_zero(tmp_path: Path) -> None:
    hall = TownHall(tmp_path)
    hall.say("kikaku-tanto", "3-2-4の自己評価", "順調", "100件", "未定", "50件", "52,614千円", "スキップ")
    hall.say("kikaku-tanto", "企画課が10月までに返礼の内容を見直す", "提出")
    text = hall.say("kikaku-tanto", "5-1-3の実績は？").text
    assert "令和5年度の効果額の実績見込み：未定" in text and "令和4年度の効果額の実績：52,614千円" in text
    assert "50件" in hall.say("kikaku-tanto", "3-2-4の実績は？").text
