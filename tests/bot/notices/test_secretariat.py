"""What the secretariat asks and does about notices in conversation, and who may not."""

from datetime import date
from pathlib import Path

import pytest

from bot.notices.notice_requests import (
    CompletionRequest,
    LogRequest,
    NoticeRequest,
    PreviewRequest,
    PulseRequest,
    SwitchRequest,
    read,
)
from reminders.calendar_file import read_calendar
from tests.bot.evaluation.town_hall import HEAD, OTHER, OWNER, SECRETARIAT
from tests.bot.notices.hall import SAMPLE, Hall, moment

CALENDAR = read_calendar()
WEDNESDAY = date(2023, 6, 28)
OPENING = date(2023, 7, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("来週の通知は？", PreviewRequest(date(2023, 7, 3), date(2023, 7, 9), "来週")),
        ("今日の通知は?", PreviewRequest(WEDNESDAY, WEDNESDAY, "今日")),
        ("明日送る通知を教えて", PreviewRequest(date(2023, 6, 29), date(2023, 6, 29), "明日")),
        ("今週の案内の予定", PreviewRequest(WEDNESDAY, date(2023, 7, 2), "今週")),
        ("今月の通知", PreviewRequest(WEDNESDAY, date(2023, 6, 30), "今月")),
        ("来月のお知らせは", PreviewRequest(date(2023, 7, 1), date(2023, 7, 31), "来月")),
        ("通知の予定", PreviewRequest(WEDNESDAY, date(2023, 7, 11), "今後2週間")),
        ("通知の記録", LogRequest()),
        ("通知の記録を見せてください", LogRequest()),
        ("通知を始めて", SwitchRequest(True)),
        ("通知を始めてください。", SwitchRequest(True)),
        ("通知を止めて", SwitchRequest(False)),
        ("内部評価を完了", CompletionRequest("internal_evaluation")),
        ("取組みの見直しが終わりました", CompletionRequest("review")),
        ("四半期の状況は？", PulseRequest()),
        ("通知", None),
        ("完了した取組は？", None),
        ("内部評価とは", None),
        ("来週の会議は？", None),
        ("通知等を電子メールで送付する取組は？", None),
        ("3-1-2の通知の記録", None),
        ("来週の3-1-2は？", None),
    ],
)
def test_what_is_said_of_notices_is_told_from_questions_on_the_plan(
    text: str, said: NoticeRequest | None
) -> None:
    assert read(text, CALENDAR, WEDNESDAY) == said


def test_december_is_followed_by_january() -> None:
    assert read("来月の通知", CALENDAR, date(2023, 12, 5)) == PreviewRequest(
        date(2024, 1, 1), date(2024, 1, 31), "来月"
    )


def test_an_english_command_is_answered_in_english(tmp_path: Path) -> None:
    told = Hall(tmp_path, WEDNESDAY).started().say(SECRETARIAT, "coming notices")
    assert told.text.startswith("Notices for the next two weeks (2023-06-28 to 2023-07-11; in all ")
    assert told.language == "en" and "- Monday 3 July R5 self-evaluation (自己評価) (opening): " in told.text
    assert told.table is not None and told.table.columns[:2] == ("Sent on", "Recipient")


@pytest.mark.parametrize("text", ["来週の通知は？", "通知の記録", "通知を始めて", "通知を止めて"])
@pytest.mark.parametrize("person", [OWNER, HEAD])
def test_who_may_not_is_told_who_can_help(tmp_path: Path, person: str, text: str) -> None:
    reply = Hall(tmp_path, WEDNESDAY).say(person, text)
    assert (reply.kind, "事務局にご相談ください" in reply.text) == ("refused", True)


def test_what_will_be_sent_next_week_is_what_is_then_sent(tmp_path: Path) -> None:
    hall = Hall(tmp_path, WEDNESDAY).started()
    hall.on(WEDNESDAY)
    told = hall.say(SECRETARIAT, "来週の通知は？")
    assert told.table is not None and told.is_confidential
    foretold = {who for row in told.table.rows for who in row[1].split("、")}
    arrived = hall.on(OPENING)
    assert foretold == {hall.roster.label(one) for one in hall.roster.persons if one.id in arrived}
    assert {row[3] for row in told.table.rows} == {"開始"}
    assert "20通" in told.text and "ほか17人" in told.text
    assert "送る通知はありません" in hall.say(SECRETARIAT, "今日の通知は？").text


def test_before_reminders_are_started_the_preview_says_so(tmp_path: Path) -> None:
    assert "まだ始まっていません" in Hall(tmp_path, WEDNESDAY).say(SECRETARIAT, "来週の通知は？").text


def test_reminders_are_started_and_stopped_once_confirmed(tmp_path: Path) -> None:
    hall = Hall(tmp_path, WEDNESDAY)
    asked = hall.say(SECRETARIAT, "通知を始めて")
    assert "始めてよろしいですか" in asked.text and hall.on(OPENING) == {}
    hall.clock.moment = moment(WEDNESDAY)
    assert "始めました" in hall.press(SECRETARIAT, asked, "通知を始める").text
    assert "すでに始まっています" in hall.press(SECRETARIAT, asked, "通知を始める").text
    assert len(hall.on(OPENING)) == 20
    stopping = hall.say(SECRETARIAT, "通知を止めて")
    assert "止めました" in hall.press(SECRETARIAT, stopping, "通知を止める").text
    assert hall.on(date(2023, 7, 14)) == {}
    assert hall.audited() == ["通知の開始", "通知の停止"]


def test_a_button_of_the_secretariat_does_nothing_for_others(tmp_path: Path) -> None:
    hall = Hall(tmp_path, WEDNESDAY)
    asked = hall.say(SECRETARIAT, "通知を始めて")
    assert hall.press(OWNER, asked, "通知を始める").kind == "refused"
    assert hall.on(OPENING) == {} and hall.audited() == []


def test_with_the_sample_roster_nothing_can_be_started(tmp_path: Path) -> None:
    reply = Hall(tmp_path, WEDNESDAY, SAMPLE).say(SECRETARIAT, "通知を始めて")
    assert (reply.kind, "市の名簿がまだ取り込まれていない" in reply.text) == ("refused", True)


def test_a_department_that_is_missing_is_reminded_alone(tmp_path: Path) -> None:
    hall = Hall(tmp_path, OPENING).started()
    hall.on(OPENING)
    hall.on(date(2023, 7, 14))
    hall.clock.moment = moment(date(2023, 7, 24))
    missing = hall.say(SECRETARIAT, "文化振興課の未提出は？")
    assert "再通知します（3-1-2）" in hall.press(SECRETARIAT, missing, "見本：文化振興課だけに再通知").text
    assert "今日すでに承っています" in hall.press(SECRETARIAT, missing, "見本：文化振興課だけに再通知").text
    outgoing_messages = hall.on(date(2023, 7, 24), 11)
    assert list(outgoing_messages) == [OWNER]
    assert (
        "事務局からあらためてのご案内です" in outgoing_messages[OWNER].text
        and "3-1-2" in outgoing_messages[OWNER].text
    )
    assert hall.on(date(2023, 7, 25)) == {}
    assert hall.audited() == ["再通知"]


def test_a_department_that_has_entered_everything_meanwhile_is_not_reminded(tmp_path: Path) -> None:
    hall = Hall(tmp_path, OPENING).started()
    missing = hall.say(SECRETARIAT, "未提出は？")
    assert len([one for one in missing.choices if one.label.endswith("だけに再通知")]) == 10
    missing = hall.say(SECRETARIAT, "文化振興課の未提出は？")
    hall.enter(OWNER)
    assert "すべて届いています" in hall.press(SECRETARIAT, missing, "見本：文化振興課").text


def test_who_may_not_send_sees_no_buttons_to_send(tmp_path: Path) -> None:
    hall = Hall(tmp_path, OPENING).started()
    assert not [one for one in hall.say(OTHER, "未提出は？").choices if "再通知" in one.label]


def test_the_log_says_what_was_sent_to_whom(tmp_path: Path) -> None:
    hall = Hall(tmp_path, OPENING).started()
    hall.on(OPENING)
    hall.on(date(2023, 7, 14))
    log = hall.say(SECRETARIAT, "通知の記録")
    assert log.table is not None and len(log.table.rows) == 60
    assert log.table.rows[0][0] == "2023-07-14" and log.table.rows[-1][0] == "2023-07-03"
    assert sum(row[3] == "締切の14日前" for row in log.table.rows) == 20
    assert log.table.rows[0][2:4] == ("R5 自己評価", "締切の14日前")
    assert log.table.rows[0][5] == "送信済み"
