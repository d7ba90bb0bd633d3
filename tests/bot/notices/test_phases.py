"""How each phase comes to its end: the word 完了, the quarterly taps; and what managers hear of it."""

from datetime import date
from pathlib import Path

import pytest

from bot.message import Reply
from tests.bot.evaluation.town_hall import HEAD, OTHER, OWNER, SECRETARIAT
from tests.bot.notices.hall import Hall

IT = "joho-tanto"
MANAGER = "kanri"


def later(hall: Hall, *days: date) -> dict[date, dict[str, Reply]]:
    return {day: hall.on(day) for day in days}


@pytest.fixture
def august(tmp_path: Path) -> Hall:
    return Hall(tmp_path, date(2023, 8, 1)).started()


def test_the_secretariats_phase_ends_with_its_word_and_can_be_opened_again(august: Hall) -> None:
    opening = august.on(date(2023, 8, 1))[SECRETARIAT]
    assert "内部評価" in opening.text
    done = august.press(SECRETARIAT, opening, "内部評価を完了とする")
    assert "完了としました" in done.text
    assert "内部評価" not in august.on(date(2023, 8, 17)).get(SECRETARIAT, Reply("なし")).text
    assert "すでに完了しています" in august.press(SECRETARIAT, opening, "内部評価を完了とする").text
    assert "戻しました" in august.press(SECRETARIAT, done, "取り消す").text
    assert "内部評価" in august.on(date(2023, 8, 28))[SECRETARIAT].text
    asked = august.say(SECRETARIAT, "内部評価は完了しました")
    assert "令和5年度 内部評価" in asked.text and "完了としますか" in asked.text
    assert "完了としました" in august.press(SECRETARIAT, asked, "完了とする").text
    assert "内部評価" not in august.on(date(2023, 8, 31)).get(SECRETARIAT, Reply("なし")).text


def test_a_word_ends_nothing_before_the_round_that_it_means_is_confirmed(tmp_path: Path) -> None:
    hall = Hall(tmp_path, date(2023, 7, 10))
    asked = hall.say(SECRETARIAT, "内部評価を完了")
    assert "令和4年度 内部評価" in asked.text and "完了としますか" in asked.text
    assert "完了としますか" in hall.say(SECRETARIAT, "内部評価を完了").text
    assert "完了としました" in hall.press(SECRETARIAT, asked, "完了とする").text
    assert "いま完了とするものはありません" in hall.say(SECRETARIAT, "内部評価を完了").text


@pytest.mark.parametrize("person", [OWNER, HEAD])
def test_nobody_else_ends_the_secretariats_phase(august: Hall, person: str) -> None:
    opening = august.on(date(2023, 8, 1))[SECRETARIAT]
    for reply in (
        august.say(person, "内部評価を完了"),
        august.press(person, opening, "内部評価を完了とする"),
    ):
        assert (reply.kind, "事務局にご相談ください" in reply.text) == ("refused", True)


def test_a_department_ends_its_own_review_and_no_other(tmp_path: Path) -> None:
    hall = Hall(tmp_path, date(2023, 10, 2)).started()
    outgoing_messages = hall.on(date(2023, 10, 2))
    assert "見直しと予算への反映" in outgoing_messages[OWNER].text
    assert (
        hall.press(OTHER, outgoing_messages[OWNER], "取組みの見直しと予算への反映を完了とする").kind
        == "refused"
    )
    asked = hall.say(OWNER, "見直しが完了しました")
    assert "文化振興課）を完了としました" in hall.press(OWNER, asked, "完了とする").text
    outgoing_messages = hall.on(date(2024, 2, 14))
    assert (
        "見直し" not in outgoing_messages.get(OWNER, Reply("なし")).text
        and "見直し" in outgoing_messages[OTHER].text
    )
    assert "いま完了とするものはありません" in hall.say(OWNER, "見直しが完了しました").text


def test_what_ends_with_entries_is_not_ended_by_a_word(tmp_path: Path) -> None:
    reply = Hall(tmp_path, date(2023, 7, 3)).say(SECRETARIAT, "自己評価を完了")
    assert "それぞれの入力で終わります" in reply.text


@pytest.fixture
def june(tmp_path: Path) -> Hall:
    return Hall(tmp_path, date(2023, 6, 12)).started()


def test_one_tap_on_the_letter_says_how_an_initiative_stands(june: Hall) -> None:
    outgoing = june.on(date(2023, 6, 12))[OWNER]
    assert [one.label for one in outgoing.choices][:3] == ["3-1-2 順調", "3-1-2 遅れ", "3-1-2 相談"]
    reply = june.press(OWNER, outgoing, "3-1-2 順調")
    assert "3-1-2は「順調」と記録しました" in reply.text and "すべて届きました" in reply.text
    assert OWNER not in june.on(date(2023, 6, 20))


def test_several_initiatives_are_asked_for_one_after_the_other_with_the_target_counted_back(
    june: Hall,
) -> None:
    outgoing = june.on(date(2023, 6, 12))["kokuho-tanto"]
    asked = june.press("kokuho-tanto", outgoing, "状況をひと言で答える（4件）")
    assert "5-1-6" in asked.text and "今年度の目標 58,960千円" in asked.text
    assert "3か月分を等分すると 14,740千円。計算上の目安" in asked.text and "このほか3件" in asked.text
    for _ in range(4):
        asked = june.press("kokuho-tanto", asked, "順調")
    assert "すべて届きました" in asked.text and "kokuho-tanto" not in june.on(date(2023, 6, 20))


def test_advice_that_is_wanted_reaches_the_secretariat_and_a_change_of_mind_counts(june: Hall) -> None:
    outgoing = june.on(date(2023, 6, 12))[OWNER]
    assert "事務局にお伝えします" in june.press(OWNER, outgoing, "3-1-2 相談").text
    told = june.on(date(2023, 6, 13))[SECRETARIAT]
    assert "文化振興課から" in told.text and "「相談」とのこと" in told.text and "3-1-2" in told.text
    assert SECRETARIAT not in june.on(date(2023, 6, 14))
    june.press(OWNER, outgoing, "3-1-2 遅れ")
    assert (
        "3-1-2 指定管理者制度の導入（文化会館）（見本：文化振興課）：遅れ"
        in june.say(HEAD, "四半期の状況").text
    )


def test_the_quarter_is_seen_by_the_head_for_the_own_part_and_by_the_secretariat_for_all(june: Hall) -> None:
    june.press(OWNER, june.on(date(2023, 6, 12))[OWNER], "3-1-2 遅れ")
    own, whole = june.say(HEAD, "四半期の状況は？"), june.say(SECRETARIAT, "四半期の状況は？")
    assert own.table and whole.table and (len(own.table.rows), len(whole.table.rows)) == (1, 37)
    assert "遅れ1件、相談0件、未回答36件" in whole.text and own.is_confidential
    assert june.say("kanrisha", "四半期の状況は？").kind == "refused"


def test_a_tap_is_for_the_own_department_alone(june: Hall) -> None:
    outgoing = june.on(date(2023, 6, 12))[OWNER]
    assert june.press(OTHER, outgoing, "3-1-2 順調").kind == "refused"
    assert "3-1-2" in june.on(date(2023, 6, 20))[OWNER].text


def test_managers_hear_once_in_a_phase_by_the_numbers_that_progress_shows(tmp_path: Path) -> None:
    hall = Hall(tmp_path, date(2023, 7, 10)).started()
    hall.enter(OWNER)
    heard = later(hall, date(2023, 7, 26), date(2023, 7, 27))
    managers = [
        one.id for one in hall.roster.persons if one.id in heard[date(2023, 7, 26)] and "kanri" in one.id
    ]
    (digest,) = [heard[date(2023, 7, 26)][one] for one in managers]
    assert "令和5年度の自己評価：提出1/61件（未提出60、差戻し0）" in digest.text
    assert not [one for one in managers if one in heard[date(2023, 7, 27)]]
