"""Who is spoken with on Slack, who is turned away, and who reads along."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.app.facade import AppFacade
from bot.channels.registry import set_up
from bot.channels.slack.connection import RunningSlack
from bot.conversation.conversation import Handled
from bot.message import Chart, File, Message, Reply, Series, Table
from tests.bot.channels.slack.town import Town, slack_settings, town
from tests.fakes.slack import FakeSlack, Json, Refusal, rate_limited
from tests.waiting import until

QUESTION = "3-1-2の効果額は？"


def answers(office: Town, reply: Reply) -> None:
    """From now on everything is answered so."""

    def answer(_message: Message) -> Handled:
        return reply

    object.__setattr__(office.app.conversation, "answer", answer)


def stored(office: Town) -> int:
    with office.app.database.reading() as inside:
        return len(list(inside.query("SELECT * FROM messages")))


OUTSIDERS: list[tuple[Json, Json]] = [
    ({"is_restricted": True}, {}),
    ({"is_ultra_restricted": True}, {}),
    ({"is_bot": True}, {}),
    ({}, {"user_team": "T0OTHER"}),
]


@pytest.mark.parametrize(("member", "event"), OUTSIDERS)
def test_an_outsider_is_turned_away_and_nothing_is_kept(tmp_path: Path, member: Json, event: Json) -> None:
    with town(tmp_path) as office:
        office.person("U0GUEST", **member).mentions(QUESTION, **event)
        office.slack.wait(lambda: office.slack.whispers)
        (refusal,) = office.slack.whispers
        assert "職員の方だけ" in refusal["text"] and refusal["user"] == "U0GUEST"
        assert stored(office) == 0 and not office.slack.posted()


@pytest.mark.parametrize(("member", "event"), OUTSIDERS)
def test_an_outsider_is_ignored_or_answered_where_the_setting_says_so(
    tmp_path: Path, member: Json, event: Json
) -> None:
    with town(tmp_path / "a", outsiders="ignore") as office:
        assert office.person("U0GUEST", **member).mentions(QUESTION, **event)["ack"].seconds is not None
        office.later(minutes=5)
        assert stored(office) == 0 and not office.slack.whispers
    with town(tmp_path / "b", outsiders="answer") as office:
        office.person("U0GUEST", **member).mentions(QUESTION, **event)
        office.slack.wait(office.slack.posted)


COLLEAGUES: list[tuple[Json, Json]] = [
    ({}, {"user_team": "E0CITY"}),
    ({"enterprise_user": {"id": "E1", "enterprise_id": "E0CITY", "teams": ["T0CITY", "T0SISTER"]}},
     {"user_team": "T0SISTER"}),
]  # fmt: skip


@pytest.mark.parametrize(("member", "event"), COLLEAGUES)
def test_in_an_organisation_a_colleague_of_the_workspace_is_answered(
    tmp_path: Path, member: Json, event: Json
) -> None:
    slack = FakeSlack()
    slack.enterprise = "E0CITY"
    with town(tmp_path, slack=slack) as office:
        office.person("U0CLERK", **member).mentions(QUESTION, **event)
        office.slack.wait(office.slack.posted)
    slack.close()


def test_of_an_organisations_other_workspace_and_of_another_organisation_one_is_turned_away(
    tmp_path: Path,
) -> None:
    slack = FakeSlack()
    slack.enterprise = "E0CITY"
    with town(tmp_path, slack=slack) as office:
        sister = {"enterprise_user": {"enterprise_id": "E0CITY", "teams": ["T0SISTER"]}}
        office.person("U0SISTER", **sister).mentions(QUESTION, user_team="T0SISTER")
        office.person("U0OTHER").mentions(QUESTION, user_team="E0OTHER")
        office.slack.wait(lambda: len(office.slack.whispers) == 2)
        assert stored(office) == 0 and not office.slack.posted()
    slack.close()


def test_installed_for_a_whole_organisation_it_answers_nobody_and_says_why(tmp_path: Path) -> None:
    with town(tmp_path, outsiders="answer") as office:
        office.person().mentions(QUESTION, is_org_wide=True)
        office.slack.wait(lambda: office.slack.whispers)
        assert "ワークスペースに入れ直す" in office.slack.whispers[0]["text"]
        assert stored(office) == 0 and not office.slack.posted()


def test_one_whom_slack_does_not_tell_about_may_still_ask_about_the_published_plan(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        office.slack.will("users.info", Refusal("internal_error"))
        office.person().mentions(QUESTION)
        office.slack.wait(office.slack.posted)


def test_somebody_is_known_by_the_mail_address_that_slack_tells(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        office.person(email="Owner@City.example")
        assert office.running._people.email_of("U0CLERK") == "Owner@City.example"
        office.running._people.email_of("U0CLERK")
        assert [method for method, _ in office.slack.calls].count("users.info") == 1
        assert office.running._people.email_of("U0NOBODY") == ""


def test_talk_in_a_thread_goes_on_without_a_mention_only_where_that_is_set(tmp_path: Path) -> None:
    with town(tmp_path / "off") as office:
        clerk = office.person()
        thread = clerk.mentions(QUESTION)["event"]["ts"]
        office.slack.wait(office.slack.posted)
        clerk.talks("R6は？", thread=thread)
        office.later(minutes=5)
        assert stored(office) == 1
    with town(tmp_path / "on", follows_threads=True) as office:
        clerk = office.person()
        clerk.talks("関係のない話")
        clerk.talks("よそのスレッドの話", thread="1600000000.000001")
        thread = clerk.mentions(QUESTION)["event"]["ts"]
        office.slack.wait(office.slack.posted)
        clerk.talks("<@U0OTHER> これ見て", thread=thread)
        assert stored(office) == 1
        clerk.talks("R6は？", thread=thread)
        office.slack.wait(lambda: len(office.slack.posted()) == 2)
        assert "令和6年度は14,561千円" in office.slack.posted()[1]["text"] and stored(office) == 2


def test_a_mention_that_also_comes_as_talk_is_answered_once(tmp_path: Path) -> None:
    with town(tmp_path, follows_threads=True) as office:
        clerk = office.person()
        thread = clerk.mentions(QUESTION)["event"]["ts"]
        office.slack.wait(office.slack.posted)
        event = clerk.mentions("R6は？", thread=thread)["event"]
        clerk.event({**event, "type": "message", "channel_type": "channel"})
        office.slack.wait(lambda: len(office.slack.posted()) == 2)
        office.later(minutes=5)
        assert len(office.slack.posted()) == 2


def test_what_is_not_published_goes_to_the_asker_alone(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        answers(office, Reply("未公表の評価です", is_confidential=True))
        clerk = office.person()
        asked = clerk.mentions("評価は？")
        office.slack.wait(lambda: len(office.slack.posted()) == 2)
        (open_note,), (answer,) = office.slack.posted("C0OFFICE"), office.slack.posted(clerk.own)
        assert open_note["text"] == "DMでお答えしました。" and open_note["thread_ts"] == asked["event"]["ts"]
        assert "未公表の評価" in answer["text"] and "未公表" not in str(open_note)


def test_it_is_not_said_twice_when_only_the_note_in_the_channel_fails(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        answers(office, Reply("未公表の評価です", is_confidential=True))
        clerk = office.person()
        clerk.mentions("評価は？")
        office.slack.wait(lambda: len(office.slack.posted()) == 2)
        office.slack.will("chat.postMessage", Refusal("none", after=True), rate_limited(0))
        clerk.mentions("もう一度")
        until(
            lambda: (
                bool(office.outgoing_messages("waiting"))
                and office.outgoing_messages("waiting")[0].attempts == 1
            )
        )
        office.later(minutes=5)
        assert len(office.slack.posted(clerk.own)) == len(office.slack.posted("C0OFFICE")) == 2


def test_a_confidential_word_aside_stays_with_who_asked(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        answers(office, Reply("未公表の評価です", is_confidential=True))
        office.person().commands("評価は？")
        office.slack.wait(lambda: office.slack.whispers)
        assert office.slack.whispers[0]["user"] == "U0CLERK" and not office.slack.posted()


def test_a_file_goes_along_with_the_message_that_speaks_of_it(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        (tmp_path / "files").mkdir()
        (tmp_path / "files" / "a.xlsx").write_bytes(b"workbook")
        file = File("進捗.xlsx", "files/a.xlsx", "application/x")
        answers(office, Reply("進捗です", file=file))
        asked = office.person().mentions("進捗は？")
        office.slack.wait(office.slack.posted)
        (sent,) = office.slack.files
        assert (sent["name"], sent["content"], sent["thread_ts"]) == (
            "進捗.xlsx",
            b"workbook",
            asked["event"]["ts"],
        )


LONG = Reply(
    "一覧です。",
    table=Table(("番号", "取組"), tuple((str(number), "長い題名" * 10) for number in range(250))),
    chart=Chart("件数", ("R3", "R4"), (Series("目標", (1, 2)),), "件"),
)


def test_a_long_answer_is_turned_page_by_page_in_its_place(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        answers(office, LONG)
        clerk = office.person()
        clerk.mentions("一覧")
        office.slack.wait(office.slack.posted)
        (first,) = office.slack.posted()
        clerk.presses(first, "続きを見る")
        office.slack.wait(lambda: office.slack.whispers)
        turned = office.slack.whispers[0]
        assert turned["replace_original"] is True and "前を見る（1/" in str(turned["blocks"])


def test_a_page_that_is_no_longer_kept_is_said_to_be_gone(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        answers(office, LONG)
        clerk = office.person()
        clerk.mentions("一覧")
        office.slack.wait(office.slack.posted)
        until(lambda: len(office.outgoing_messages("sent")) == 1)
        with office.app.database.writing() as inside:
            inside.execute("UPDATE letters SET body = NULL")
        clerk.presses(office.slack.posted()[0], "続きを見る")
        office.slack.wait(lambda: office.slack.whispers)
        assert "保存期間" in office.slack.whispers[0]["text"]


def test_what_was_typed_reaches_the_bot_as_words(tmp_path: Path) -> None:
    said: list[str] = []

    def answer(message: Message) -> Handled:
        said.append(message.text)
        return Reply(message.text)

    with town(tmp_path) as office:
        object.__setattr__(office.app.conversation, "answer", answer)
        markup = "&lt;b&gt; &amp; <!here> <#C1|庶務> <https://a.example|ここ> <mailto:x@y.z|x@y.z> *太字*"
        office.person().mentions(markup)
        office.slack.wait(office.slack.posted)
        assert said == ["<b> & @here #庶務 ここ x@y.z *太字*"]
        (echo,) = office.slack.posted()
        assert echo["text"].startswith("&lt;b&gt; &amp; @here") and "<" not in echo["text"]


def test_nothing_leaves_for_slack_itself_on_a_day_that_was_given(tmp_path: Path) -> None:
    with town(tmp_path) as office:
        away = slack_settings(office.slack, "socket", api_base_url=None)
        channels = set_up(replace(office.app.settings, channels=(away,)))
        assert channels.send == channels.look == {}
        with (
            patch.object(RunningSlack, "__init__", side_effect=AssertionError),
            channels.running(AppFacade(office.app)),
        ):
            pass
