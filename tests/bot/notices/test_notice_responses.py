"""The answers that an outbox message's buttons give: later, or not ours."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.bot.evaluation.town_hall import OTHER, OWNER, SECRETARIAT
from tests.bot.notices.hall import Hall

FRIDAY = date(2023, 7, 14)


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path, FRIDAY).started()


def days_of(hall: Hall, person: str, first: date, last: date) -> list[str]:
    """The days on which that person is written to."""
    days = (first.replace(day=day) for day in range(first.day, last.day + 1))
    return [day.isoformat() for day in days if person in hall.on(day)]


def test_tomorrow_is_the_next_day_on_which_the_office_is_open(hall: Hall) -> None:
    outgoing = hall.on(FRIDAY)[OWNER]
    reply = hall.press(OWNER, outgoing, "あとで（明日）")
    assert "7月18日（火）にあらためて" in reply.text and "期限は" not in reply.text
    assert days_of(hall, OWNER, date(2023, 7, 15), date(2023, 7, 27)) == ["2023-07-18"]


def test_the_letter_of_that_day_says_why_it_comes_and_what_is_open(hall: Hall) -> None:
    hall.press(OWNER, hall.on(FRIDAY)[OWNER], "あとで（明日）")
    outgoing = hall.on(date(2023, 7, 18))[OWNER]
    assert "「あとで」とのことでしたので" in outgoing.text and "3-1-2" in outgoing.text


def test_what_was_put_off_beyond_the_deadline_comes_then_and_only_then(hall: Hall) -> None:
    outgoing = hall.on(date(2023, 7, 28))[OWNER]
    reply = hall.press(OWNER, outgoing, "あとで（来週）")
    assert "7月31日（月）にあらためて" in reply.text
    outgoing = hall.on(date(2023, 7, 31))[OWNER]
    reply = hall.press(OWNER, outgoing, "あとで（来週）")
    assert "8月7日（月）にあらためて" in reply.text and "期限は7月31日（月）です" in reply.text
    assert days_of(hall, OWNER, date(2023, 8, 1), date(2023, 8, 8)) == ["2023-08-07"]


def test_putting_off_is_for_one_person_alone_and_ends_with_the_entry(hall: Hall) -> None:
    outgoing_messages = hall.on(FRIDAY)
    hall.press(OWNER, outgoing_messages[OWNER], "あとで（明日）")
    hall.enter(OWNER)
    outgoing = hall.on(date(2023, 7, 18))[OWNER]
    assert (
        "ありがとうございました" in outgoing.text and "3-1-2" not in outgoing.text and outgoing.choices == ()
    )


def test_the_secretariat_hears_that_it_is_not_theirs_and_who_says_so(hall: Hall) -> None:
    outgoing = hall.on(FRIDAY)[OWNER]
    assert "事務局にお伝えします" in hall.press(OWNER, outgoing, "担当が違います").text
    assert "すでに" in hall.press(OWNER, outgoing, "担当が違います").text
    told = hall.on(date(2023, 7, 18))[SECRETARIAT]
    assert "見本：文化振興課 担当の方から" in told.text and "3-1-2" in told.text
    assert SECRETARIAT not in hall.on(date(2023, 7, 19))


def test_a_letter_is_answered_only_by_those_whose_it_is(hall: Hall) -> None:
    outgoing = hall.on(FRIDAY)[OWNER]
    for label in ("あとで（明日）", "担当が違います"):
        assert "あなたの課等あてのものではありません" in hall.press(OTHER, outgoing, label).text
    assert hall.on(date(2023, 7, 18)) == {}


def test_an_answer_to_what_is_done_changes_nothing(hall: Hall) -> None:
    outgoing = hall.on(FRIDAY)[OWNER]
    hall.enter(OWNER)
    assert "すべて済んでいます" in hall.press(OWNER, outgoing, "あとで（来週）").text


def test_what_no_button_of_ours_carries_changes_nothing(hall: Hall) -> None:
    outgoing = hall.on(FRIDAY)[OWNER]
    for value in ("", "later;never;R5:self_evaluation:", "later;tomorrow;R5", ";;;;"):
        forged = replace(outgoing, choices=(replace(outgoing.choices[-1], value=value),))
        assert hall.press(OWNER, forged, "").kind == "command"
    assert hall.on(date(2023, 7, 18)) == {}
