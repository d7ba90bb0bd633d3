"""A clerk's day on Slack, over Socket Mode and again over signed HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.channels.slack.town import Over, Town, town
from tests.fakes.slack import Json
from tests.fakes.slack_office import Person


@pytest.fixture(params=["socket", "http"])
def over(request: pytest.FixtureRequest) -> Over:
    return "socket" if request.param == "socket" else "http"


@pytest.fixture
def office(tmp_path: Path, over: Over) -> Iterator[Town]:
    with town(tmp_path, over) as made:
        yield made


def words(message: Json) -> str:
    return str(message["blocks"])


def test_a_mention_is_answered_in_its_thread(office: Town) -> None:
    clerk = office.person()
    asked = clerk.mentions("3-1-2の効果額は？")
    assert asked["ack"].seconds is not None
    office.slack.wait(office.slack.posted)
    (answer,) = office.slack.posted("C0OFFICE")
    assert answer["thread_ts"] == asked["event"]["ts"]
    assert "14,561千円" in answer["text"] and "14,561" in words(answer)
    assert [block["type"] for block in answer["blocks"]].count("table") == 1


def test_a_follow_up_in_the_thread_is_understood_from_what_went_before(office: Town) -> None:
    clerk = office.person()
    thread = clerk.mentions("3-1-2の効果額は？")["event"]["ts"]
    office.slack.wait(office.slack.posted)
    clerk.mentions("R6は？", thread=thread)
    office.slack.wait(lambda: len(office.slack.posted()) == 2)
    assert "令和6年度は14,561千円" in office.slack.posted()[1]["text"]


def test_a_direct_message_is_answered_there(office: Town) -> None:
    clerk = office.person()
    clerk.writes("3-1-2の効果額は？")
    office.slack.wait(lambda: office.slack.posted(clerk.own))
    (answer,) = office.slack.posted(clerk.own)
    assert "thread_ts" not in answer


def test_the_pane_suggests_what_the_season_is_about_and_answers_in_its_thread(office: Town) -> None:
    clerk = office.person()
    clerk.opens_pane()
    office.slack.wait(lambda: office.slack.prompts)
    (suggested,) = office.slack.prompts
    assert "自己評価" in suggested["prompts"][0]["message"] and len(suggested["prompts"]) == 4
    clerk.writes(suggested["prompts"][0]["message"], thread=suggested["thread_ts"])
    office.slack.wait(lambda: office.slack.posted(clerk.own))
    (answer,) = office.slack.posted(clerk.own)
    assert answer["thread_ts"] == suggested["thread_ts"] and "7月" in answer["text"]


def test_the_command_answers_the_one_who_typed_it(office: Town) -> None:
    clerk = office.person()
    assert clerk.commands("3-1-2の効果額は？")["ack"].seconds is not None
    office.slack.wait(lambda: office.slack.whispers)
    (answer,) = office.slack.whispers
    assert (answer["user"], answer["channel"]) == (clerk.id, "C0OFFICE") and "14,561" in answer["text"]
    clerk.commands("")
    office.slack.wait(lambda: len(office.slack.whispers) == 2)
    assert "質問の例" in office.slack.whispers[1]["text"]


def test_the_command_goes_to_the_direct_messages_where_the_bot_is_not_there(office: Town) -> None:
    clerk = office.person()
    clerk.commands("3-1-2の効果額は？", channel="C0ELSEWHERE")
    clerk.commands("3-1-3の効果額は？", channel="D0BETWEEN")
    office.slack.wait(lambda: len(office.slack.posted(clerk.own)) == 2)
    first = office.slack.posted(clerk.own)[0]
    assert "もとの場所に投稿できなかった" in words(first) + words(office.slack.posted(clerk.own)[1])


def test_a_source_opens_its_passage(office: Town) -> None:
    clerk = office.person()
    clerk.mentions("3-1-2の効果額は？")
    office.slack.wait(office.slack.posted)
    clerk.presses(office.slack.posted()[0], "3-1-2")
    office.slack.wait(lambda: office.slack.views)
    (view,) = office.slack.views
    assert "3-1-2" in str(view["blocks"][0]) and view["type"] == "modal"


def test_a_choice_is_pressed_and_answered_once_however_often_it_is_clicked(office: Town) -> None:
    clerk = office.person()
    clerk.mentions("ヘルプ")
    office.slack.wait(office.slack.posted)
    (guide,) = office.slack.posted()
    label = next(
        element["text"]["text"]
        for block in guide["blocks"]
        if block["type"] == "actions" and block["block_id"].startswith("choices")
        for element in block["elements"]
    )
    assert clerk.presses(guide, label).seconds is not None
    assert clerk.presses(guide, label).seconds is not None
    office.slack.wait(lambda: len(office.slack.posted()) >= 2)
    office.later(minutes=5)
    assert len(office.slack.posted()) == 2
    assert office.slack.posted()[1]["thread_ts"] == guide["thread_ts"]


def test_the_home_shows_examples_and_answers_go_to_the_messages(office: Town) -> None:
    clerk = office.person()
    clerk.opens_home()
    office.slack.wait(lambda: clerk.id in office.slack.homes)
    clerk.searches("3-1-2の効果額は？")
    office.slack.wait(lambda: office.slack.posted(clerk.own))
    office.slack.wait(lambda: "への答えを" in str(office.slack.homes[clerk.id]))
    example = next(
        block["elements"][0]["text"]["text"]
        for block in office.slack.homes[clerk.id]["blocks"]
        if block.get("block_id") == "example:0"
    )
    press_and_wait(office, clerk, example, 2)
    press_and_wait(office, clerk, example, 3)


def press_and_wait(office: Town, clerk: Person, example: str, answers: int) -> None:
    """Again on the fresh Home: that is another question."""
    before = office.slack.homes[clerk.id]["hash"]
    clerk.presses_home(example)
    office.slack.wait(lambda: len(office.slack.posted(clerk.own)) == answers)
    office.slack.wait(lambda: office.slack.homes[clerk.id]["hash"] != before)


def test_the_codes_of_somebody_elses_message_are_looked_up(office: Town) -> None:
    clerk = office.person()
    clerk.looks_up("例の3-1-2と５－１－３、それに9-9-9の件です")
    office.slack.wait(lambda: office.slack.views)
    (view,) = office.slack.views
    assert "3-1-2" in str(view) and "5-1-3" in str(view) and "9-9-9" not in str(view)
    clerk.looks_up("番号なし")
    office.slack.wait(lambda: len(office.slack.views) == 2)
    assert "見つかりませんでした" in str(office.slack.views[1])


def test_a_trigger_that_has_expired_is_answered_in_words(office: Town) -> None:
    clerk = office.person()
    clerk.looks_up("3-1-2の件です", trigger=office.slack.trigger(lasts=-1))
    office.slack.wait(lambda: office.slack.whispers)
    assert "3-1-2" in office.slack.whispers[0]["text"]


def test_a_long_list_is_paged_in_its_place(office: Town) -> None:
    clerk = office.person()
    clerk.mentions("全部の取組の一覧")
    office.slack.wait(office.slack.posted)
    assert office.slack.posted()[0]["text"]


def test_edits_deletions_bots_and_itself_are_no_questions(office: Town) -> None:
    clerk = office.person()
    clerk.writes("3-1-2の効果額は？", subtype="message_changed")
    clerk.writes("3-1-2の効果額は？", subtype="message_deleted")
    clerk.writes("3-1-2の効果額は？", bot_id="B0OTHER")
    clerk.mentions("3-1-2の効果額は？", edited={"user": clerk.id, "ts": "1.1"})
    clerk.talks("3-1-2の効果額は？")
    clerk.event({"type": "message", "channel": clerk.own, "channel_type": "im", "user": "U0BOT", "ts": "9.9",
                 "text": "3-1-2の効果額は？"})  # fmt: skip
    clerk.writes("3-1-3の効果額は？")
    office.slack.wait(office.slack.posted)
    office.later(minutes=5)
    assert len(office.slack.posted()) == 1
    with office.app.database.reading() as inside:
        assert len(list(inside.query("SELECT * FROM messages"))) == 1


def test_the_same_message_is_answered_once_however_it_is_repeated(office: Town) -> None:
    clerk = office.person()
    asked = clerk.mentions("3-1-2の効果額は？")
    for _ in range(3):
        assert clerk.again(asked).seconds is not None
    office.slack.wait(office.slack.posted)
    assert clerk.again(asked).seconds is not None
    office.later(minutes=5)
    assert len(office.slack.posted()) == 1
