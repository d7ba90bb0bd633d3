"""`kaikaku remind` as it is typed, on a day that is given; nothing leaves the machine."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.app import open_app
from bot.app.reminders import one_turn
from bot.channels.mail.settings import MailSettings
from bot.channels.registry import set_up
from bot.channels.slack.settings import SlackSettings
from bot.cli import main
from bot.evaluation.form import shipped_form
from bot.message import Choice, Reply
from bot.settings import Settings
from bot.storage import audit, roster_store
from bot.storage.database import DatabaseFile
from knowledge.editions.edition import shipped
from knowledge.roster.roster import (
    Address,
    Channel,
    Department,
    Person,
    Post,
    PostKind,
    Responsibility,
    Roster,
)
from reminders.delivery import Sent
from reminders.moment import TOKYO
from reminders.storage import notices, outbox
from reminders.storage.outbox_message import OutboxMessage

PLAN = shipped().plan
DUTIES = [one for one in PLAN.initiatives if one.code in ("3-1-2", "3-1-3")]
ROSTER = Roster(
    departments=(Department("parks", "公園課"),),
    persons=(
        Person("owner", "", (Post(PostKind.OWNER, "parks"),), (Address(Channel.MAIL, "owner@city.example"),)),
        Person("secretariat", "", (Post(PostKind.SECRETARIAT),)),
    ),
    responsibilities=tuple(Responsibility("parks", one.id) for one in DUTIES),
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path))
    return tmp_path


def take_in(folder: Path, roster: Roster = ROSTER) -> DatabaseFile:
    app = open_app(Settings(folder))
    with app.database.writing() as inside:
        roster_store.keep(
            inside,
            roster,
            effective=date(2023, 4, 1),
            source="名簿.xlsx",
            by="secretariat",
            now=datetime(2023, 4, 1, tzinfo=TOKYO),
        )
    return app.database


def test_without_a_roster_of_the_city_nothing_can_be_started(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["remind", "start", "--today", "2023-06-30"]) == 1
    assert "市の名簿がまだ取り込まれていません" in capsys.readouterr().err
    assert main(["remind", "run", "--today", "2023-06-30"]) == 1
    assert "通知は始まっていません" in capsys.readouterr().err


def test_starting_is_told_and_goes_into_the_audit(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = take_in(data)
    assert main(["remind", "start", "--today", "2023-06-30"]) == 0
    assert main(["remind", "start", "--today", "2023-07-01"]) == 0
    assert "すでに始まっています" in capsys.readouterr().out
    with database.reading() as inside:
        assert [line.what for line in audit.lines(inside)] == ["通知の開始"]
        assert notices.started_at(inside) == datetime(2023, 6, 30, tzinfo=TOKYO)


def test_the_preview_says_who_gets_what_when_and_why(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take_in(data)
    assert main(["remind", "preview", "--round", "R5", "--json", "--today", "2023-06-30"]) == 0
    rows = json.loads(capsys.readouterr().out)
    found = [one for one in rows if one["phase"] == "self_evaluation"]
    assert [(one["send_on"], one["step"]) for one in found] == [
        ("2023-07-03", "opening"),
        ("2023-07-14", "before_14"),
        ("2023-07-28", "before_3"),
        ("2023-07-31", "the_day"),
        ("2023-08-01", "after_1"),
        ("2023-08-03", "after_3"),
        ("2023-08-07", "after_5"),
        ("2023-08-15", "to_secretariat"),
    ]
    assert found[0] == {
        "send_on": "2023-07-03",
        "round": "R5",
        "phase": "self_evaluation",
        "step": "opening",
        "deadline": "2023-07-31",
        "department": "公園課",
        "recipients": ["公園課 担当"],
        "initiatives": [one.code for one in DUTIES],
        "text": "【令和5年度 自己評価】始まりました。期限は7月31日（月）です。\n"
        + "\n".join(f"・{one.code} 「{one.title}」" for one in DUTIES),
    }


def test_the_preview_of_the_sample_makes_no_database(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remind", "preview", "--round", "R8", "--today", "2026-06-30"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("名簿は見本です。") and "自己評価" in said and "引継ぎ" not in said
    assert not (data / "kaikaku.db").exists()


def test_a_round_that_the_plan_does_not_have_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["remind", "preview", "--round", "R9", "--today", "2023-06-30"]) == 1
    assert "R9" in capsys.readouterr().err


def test_a_faulty_calendar_names_its_faults(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "calendar.toml").write_text("[office]\nopens = 9\n", encoding="utf-8")
    assert main(["remind", "preview", "--today", "2023-06-30"]) == 1
    assert "officeの opens" in capsys.readouterr().err


def test_one_turn_tells_whom_it_cannot_reach_and_lays_nothing_down(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = take_in(data)
    main(["remind", "start", "--today", "2023-06-30"])
    assert main(["remind", "run", "--today", "2023-07-03"]) == 0
    said = capsys.readouterr().out
    assert "用意した案内: 0通" in said and "届ける手段がありません: 公園課 担当" in said
    with database.reading() as inside:
        assert not outbox.outgoing_in(inside, "waiting") and not notices.log(inside)


def test_a_letter_holds_a_button_for_each_entry(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take_in(data)
    main(["remind", "start", "--today", "2023-06-30"])
    mail = MailSettings("127.0.0.1", 25, "none", "bot@city.example", None, None)
    sent: list[OutboxMessage] = []

    def send(outgoing: OutboxMessage) -> Sent:
        sent.append(outgoing)
        return Sent()

    settings = Settings(data, date(2023, 7, 3), channels=(mail,))
    app = open_app(settings)
    calendar = app.calendar()
    object.__setattr__(app, "now", lambda: calendar.office.opening_of(date(2023, 7, 3)))
    assert one_turn(app, {"mail": send}).fault is None
    (outgoing,) = sent
    assert (outgoing.recipient, outgoing.address) == ("owner", "owner@city.example")
    reply = Reply.from_json(outgoing.body or "")
    assert [one.label for one in reply.choices[2:]] == ["あとで（明日）", "あとで（来週）", "担当が違います"]
    assert reply.choices[:2] == tuple(
        Choice(f"{one.code}を入力する", f"begin:R5:{one.id}", "evaluate", style="primary") for one in DUTIES
    )
    (deadline,) = reply.deadlines
    assert (deadline.id, deadline.day) == ("R5-self_evaluation-parks", "2023-07-31")
    assert (deadline.title, deadline.begins_with) == ("【締切】令和5年度 自己評価", "自己評価")
    assert deadline.path == "/evaluations?round=R5"
    assert shipped_form().started(deadline.begins_with) == ""
    capsys.readouterr()
    assert main(["remind", "log"]) == 0
    assert "2023-07-03 owner R5 self_evaluation opening 送信済み" in capsys.readouterr().out


def test_on_a_given_day_only_this_machine_is_written_to(data: Path) -> None:
    near = MailSettings("127.0.0.1", 25, "none", "bot@city.example", None, None)
    far = MailSettings("smtp.city.example", 25, "none", "bot@city.example", None, None)
    slack = SlackSettings("xoxb-1", "xapp-1", None, None)
    day = date(2023, 7, 3)
    given = [
        Settings(data),
        Settings(data, channels=(far, slack)),
        Settings(data, day, channels=(far, slack)),
        Settings(data, day, channels=(near, slack)),
        Settings(data, day, channels=(far, replace(slack, api_base_url="http://127.0.0.1:9/api/"))),
    ]
    assert [sorted(set_up(one).send) for one in given] == [[], ["mail", "slack"], [], ["mail"], ["slack"]]
