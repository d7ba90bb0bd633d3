"""What the first version left behind is opened and carried on: see tests/data/first_version/README.md for the story."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.app.facade import AppFacade
from bot.app.reminders import one_turn
from bot.storage import draft_store, entry_store
from bot.storage.draft import Draft
from bot.storage.entry import Entry, SignOffStep
from reminders.moment import TOKYO
from reminders.storage import notices
from tests.bot.channels.slack.town import Town, town
from tests.fakes.slack import FakeSlack, Json
from tests.fakes.slack_office import Person

LEFT_BEHIND = Path(__file__).parents[2] / "data" / "first_version"
DAY = date(2023, 7, 11)
MORNING = datetime(2023, 7, 11, 9, 0, tzinfo=TOKYO)
"""The day after the first version was ended."""

SHOWN: Json = json.loads((LEFT_BEHIND / "slack.json").read_text(encoding="utf-8"))
"""What stood on Slack."""

OWNER, HEAD, OTHER, CLERK = "U0OWNER", "U0HEAD", "U0ELSE", "U0CLERK"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    script = (LEFT_BEHIND / "kaikaku.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "kaikaku.db")) as connection:
        connection.executescript(script)
    return tmp_path


@pytest.fixture
def office(folder: Path) -> Iterator[Town]:
    slack = FakeSlack()
    there = deepcopy(SHOWN)
    slack.messages.update(there["messages"])
    slack.views.extend(there["views"])
    while slack.next_ts() <= max(one["ts"] for several in there["messages"].values() for one in several):
        pass
    try:
        with town(folder, slack=slack, day=DAY) as made:
            yield made
    finally:
        slack.close()


def old(person: Person, words: str) -> Json:
    """The first version's message to that person that has those words."""
    before: list[Json] = SHOWN["messages"][person.own]
    (found,) = (one for one in before if words in one["text"] and one["user"] != person.id)
    return found


def new(office: Town, person: Person) -> list[str]:
    """What the bot has said to that person since, once it is done."""
    office.rest()
    since = office.slack.messages[person.own][len(SHOWN["messages"][person.own]) :]
    return [one["text"] for one in since if one["user"] != person.id]


def draft(office: Town) -> Draft:
    with office.app.database.reading() as inside:
        kept = draft_store.kept_on(inside, "R5", "3-1-3")
    assert kept is not None
    return kept.draft


def entry(office: Town) -> Entry:
    with office.app.database.reading() as inside:
        (found,) = entry_store.latest(inside, "R5")
    return found


def test_everything_in_it_is_whole_after_it_was_opened(office: Town, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "kaikaku.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert entry(office).problems == "文化振興課が9月までに開館日を見直す"
    assert office.app.roster().name_of("bunka") == "見本：文化振興課"


def test_what_waited_and_what_was_not_handled_is_said_once(office: Town) -> None:
    clerk = office.person(CLERK)
    office.later(minutes=5)
    office.later(hours=3)
    about_312, about_313 = sorted(new(office, clerk))
    assert "3-1-2" in about_312 and "14,561千円" in about_312
    assert "3-1-3" in about_313 and "19,779千円" in about_313
    assert office.outgoing_messages("waiting") == office.outgoing_messages("doubtful") == []


def test_the_open_draft_goes_on_where_it_was_left(office: Town) -> None:
    other = office.person(OTHER)
    other.writes("目標どおり")
    (asked,) = new(office, other)
    assert "［3/4］" in asked
    assert draft(office).revision == 2


def test_the_button_of_the_question_that_was_open_answers_it(office: Town) -> None:
    other = office.person(OTHER)
    other.presses(old(other, "［2/4］"), "目標どおり（19,779千円）", other.own)
    (asked,) = new(office, other)
    assert "［3/4］" in asked and draft(office).revision == 2


def test_the_button_of_an_earlier_question_changes_nothing_and_shows_the_present_one(office: Town) -> None:
    other = office.person(OTHER)
    before = draft(office)
    other.presses(old(other, "［1/4］"), "遅れ", other.own)
    (asked,) = new(office, other)
    assert "［2/4］" in asked and draft(office) == before


def test_a_form_that_was_open_and_is_stale_changes_nothing_and_shows_the_present_one(office: Town) -> None:
    other = office.person(OTHER)
    before = draft(office)
    ack = other.submits(office.slack.views[0], 状況="遅れ", 実績見込み="1千円", 課題="見直す")
    assert draft(office) == before
    assert ack.body["response_action"] == "update"
    assert "今の状態は次のとおりです" in str(ack.body) and "［2/4］" in str(ack.body)
    assert "見直す" in str(ack.body), "what was written is given back"


def test_the_form_of_an_old_message_opens_and_is_as_stale(office: Town) -> None:
    other = office.person(OTHER)
    before = draft(office)
    other.presses(old(other, "まとめて入力できます"), "入力欄を開く", other.own)
    office.slack.wait(lambda: len(office.slack.views) == 2)
    ack = other.submits(office.slack.views[1], 状況="遅れ", 実績見込み="1千円", 課題="見直す")
    assert draft(office) == before and "［2/4］" in str(ack.body)


def test_a_notices_button_leads_back_into_the_draft(office: Town) -> None:
    other = office.person(OTHER)
    other.presses(old(other, "始まりました"), "3-1-3を入力する", other.own)
    (asked,) = new(office, other)
    assert "［2/4］" in asked


def test_a_notices_button_for_what_was_submitted_meanwhile_says_so(office: Town) -> None:
    owner = office.person(OWNER)
    owner.presses(old(owner, "始まりました"), "3-1-2を入力する", owner.own)
    (told,) = new(office, owner)
    assert "提出" in told, told
    assert entry(office).version == 1


def test_a_choice_offered_under_an_unclear_question_is_answered(office: Town) -> None:
    clerk = office.person(CLERK)
    office.later(minutes=5)
    waited = len(new(office, clerk))
    clerk.presses(old(clerk, "どれについて"), "3-1-2", clerk.own)
    answered = new(office, clerk)[waited:]
    assert len(answered) == 1 and "14,561千円" in answered[0]


def test_a_sign_off_offered_before_is_given_once(office: Town) -> None:
    head = office.person(HEAD)
    asked = old(head, "第1版")
    head.presses(asked, "確認する", head.own)
    (told,) = new(office, head)
    assert "確認しました" in told
    assert [one.step for one in entry(office).sign_offs] == [SignOffStep.CONFIRMED]
    head.presses(asked, "差し戻す", head.own)
    office.rest()
    assert [one.step for one in entry(office).sign_offs] == [SignOffStep.CONFIRMED]
    assert "確認済み" in new(office, head)[-1], new(office, head)


def test_a_notices_other_buttons_still_answer_it(office: Town) -> None:
    other = office.person(OTHER)
    other.presses(old(other, "始まりました"), "あとで（明日）", other.own)
    (told,) = new(office, other)
    assert "明日" in told or "7月12日" in told


def test_a_mark_under_an_old_answer_is_kept(office: Town) -> None:
    clerk = office.person(CLERK)
    clerk.marks(old(clerk, "どれについて"), "役に立った", clerk.own)
    office.rest()
    with office.app.database.reading() as inside:
        assert [row["mark"] for row in inside.query("SELECT mark FROM feedback")] == ["helpful"]


def test_no_notice_is_said_again(office: Town) -> None:
    office.later(minutes=5)
    said = said_notices(office)
    at_nine = replace(office.app, now=lambda: MORNING)
    turn = one_turn(at_nine, office.app.channels.send)
    assert turn.fault is None
    assert {item.step for notice in turn.laid_down for item in notice.items} == {"thanks"}
    assert one_turn(at_nine, office.app.channels.send).laid_down == ()
    again = said_notices(office)
    assert again[: len(said)] == said and len(again) == len(set(again)) == len(said) + 1


def said_notices(office: Town) -> list[tuple[str | None, notices.Key]]:
    with office.app.database.reading() as inside:
        return [(one.outgoing.recipient, one.key) for one in notices.log(inside)]


def test_a_conversation_on_the_page_is_drawn_as_it_stood(office: Town) -> None:
    (one,) = AppFacade(office.app).exchanges("page", "browser-1", 10)
    assert one.message.text == "3-1-2の効果額は？"
    assert one.reply is not None and "14,561千円" in one.reply.text and one.reply.table is not None
