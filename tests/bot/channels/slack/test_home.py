"""The Home as a list of what there is to do, over the wire; and what else comes beside answers."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.app import open_app
from bot.channels.slack import progress_message
from bot.channels.slack.home import home_view
from bot.conversation.conversation import Handled
from bot.identity.asker import Asker
from bot.message import Message, Reply
from bot.notices.personal_overview import personal_overview
from bot.settings import Settings
from tests.bot.channels.slack.block_kit import built
from tests.bot.channels.slack.town import Over, Town, city, town
from tests.fakes.slack import Json
from tests.fakes.slack_office import Person
from tests.fakes.slack_rules import faults_in_view
from tests.waiting import PATIENCE


@pytest.fixture(params=["socket", "http"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    over: Over = "socket" if request.param == "socket" else "http"
    with town(tmp_path, over, day=date(2023, 7, 26), roster=city()) as made:
        yield made


def home(person: Person) -> Json:
    person.slack.wait(lambda: person.id in person.slack.homes)
    return person.slack.homes[person.id]


def said(person: Person, words: str) -> None:
    person.slack.wait(lambda: words in str(person.slack.posted(person.own)[-1:]))


def test_the_home_shows_what_is_open_and_until_when(office: Town) -> None:
    owner = office.person("U0OWNER")
    owner.opens_home()
    words = str(home(owner)["blocks"])
    assert "令和5年度の自己評価（締切 7月31日）" in words and "3-1-2" in words
    assert "7月31日（月）まで" in words and "あと5日" in words


def test_it_begins_from_the_home_goes_on_in_the_messages_and_is_gone_when_done(office: Town) -> None:
    owner = office.person("U0OWNER")
    owner.opens_home()
    home(owner)
    owner.presses_home("3-1-2")
    said(owner, "［1/5］状況")
    office.slack.wait(lambda: "下書きあり" in str(home(owner)))
    for words, then in (
        ("順調", "［2/5］"),
        ("目標どおり", "［3/5］"),
        ("14,561千円", "［4/5］"),
        ("スキップ", "［5/5］"),
        ("文化振興課が9月までに開館日を見直す", "「提出」を選んで"),
        ("提出", "提出しました"),
    ):
        owner.writes(words)
        said(owner, then)
    office.slack.wait(lambda: "入力していただくものはありません" in str(home(owner)))


def test_the_head_finds_what_waits_for_confirmation(office: Town) -> None:
    test_it_begins_from_the_home_goes_on_in_the_messages_and_is_gone_when_done(office)
    head = office.person("U0HEAD")
    head.opens_home()
    assert "提出済み" in str(home(head))
    head.presses_home("3-1-2")
    said(head, "確認する")


def test_a_stranger_finds_only_examples(office: Town) -> None:
    stranger = office.person("U0NOBODY")
    stranger.opens_home()
    words = str(home(stranger))
    assert "自己評価（締切" not in words and "まで　" not in words


def test_every_post_of_the_roster_has_a_home_that_slack_takes(tmp_path: Path) -> None:
    app = open_app(Settings(data=tmp_path, today=date(2023, 7, 26)))
    roster = app.roster()
    for person in roster.persons:
        own = personal_overview(
            app.database, app.known, app.calendar(), app.form, app.term_in, Asker(person, roster, app.now())
        )
        view = home_view(app.known().edition, ["3-1-2の効果額は？"], date(2023, 7, 26), own=own)
        assert own is not None and faults_in_view(view) == []
        built(view)


def test_whoever_waits_long_is_told_and_the_word_is_gone_with_the_answer(office: Town) -> None:
    clerk = office.person()
    quick, told = office.app.conversation.answer, []

    acknowledged = threading.Event()

    def slow(message: Message) -> Handled:
        assert acknowledged.wait(PATIENCE)
        office.slack.wait(lambda: [one for one in office.slack.calls if one[0] == "chat.update"])
        told.append(office.slack.posted("C0OFFICE")[-1]["text"])
        return quick(message)

    object.__setattr__(office.app.conversation, "answer", slow)
    with patch.multiple(progress_message, AFTER=0.05, EVERY=0.05):
        asked = clerk.mentions("3-1-2の効果額は？")
        assert asked["ack"].seconds is not None
        acknowledged.set()
        office.slack.wait(lambda: ("chat.delete") in [method for method, _ in office.slack.calls])
    (answer,) = office.slack.posted("C0OFFICE")
    assert "調べています" in told[0] and "14,561千円" in answer["text"]


def test_a_quick_answer_comes_alone(office: Town) -> None:
    office.person().writes("3-1-2の効果額は？")
    office.slack.wait(office.slack.posted)
    assert "chat.update" not in [method for method, _ in office.slack.calls]


def test_a_thread_of_the_pane_is_called_by_its_first_question(office: Town) -> None:
    clerk = office.person()
    clerk.opens_pane()
    office.slack.wait(lambda: office.slack.prompts)
    thread = office.slack.prompts[0]["thread_ts"]
    clerk.writes("3-1-2の効果額は？", thread=thread)
    office.slack.wait(lambda: office.slack.titles)
    clerk.writes("R6は？", thread=thread)
    office.slack.wait(lambda: len(office.slack.posted(clerk.own)) == 2)
    assert office.slack.titles == {thread: "3-1-2の効果額は？"}


def test_an_ordinary_thread_of_direct_messages_has_no_title(office: Town) -> None:
    clerk = office.person()
    clerk.writes("3-1-2の効果額は？", thread="1700000000.000001")
    office.slack.wait(lambda: "assistant.threads.setTitle" in [method for method, _ in office.slack.calls])
    assert not office.slack.titles and len(office.slack.posted(clerk.own)) == 1


def test_candidates_are_chosen_by_their_buttons(office: Town) -> None:
    clerk = office.person()
    clerk.mentions("指定管理者制度の導入は達成できた？")
    office.slack.wait(office.slack.posted)
    (asked_back,) = office.slack.posted()
    assert "実績ではありません" in asked_back["text"] and "14,561" not in asked_back["text"]
    clerk.presses(asked_back, "3-1-2")
    office.slack.wait(lambda: len(office.slack.posted()) == 2)
    answer = office.slack.posted()[1]
    assert "14,561千円" in answer["text"] and answer["thread_ts"] == asked_back["thread_ts"]
    clerk.mentions("R6は？", thread=asked_back["thread_ts"])
    office.slack.wait(lambda: len(office.slack.posted()) == 3)
    assert "令和6年度は14,561千円" in office.slack.posted()[2]["text"]


def test_a_reply_in_words_needs_no_home(office: Town) -> None:
    object.__setattr__(office.app.conversation, "answer", lambda _message: Reply("はい"))
    office.person("U0OWNER").writes("自己評価")
    office.slack.wait(office.slack.posted)
    assert not office.slack.homes
