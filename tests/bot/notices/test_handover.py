"""Handover packs: made in March with a word, opened in April by whoever goes on, both ending their notices."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.cli import main
from bot.message import Reply
from knowledge.editions.edition import shipped
from knowledge.roster.roster import Days, Person, Post, PostKind, Roster
from tests.bot.evaluation.town_hall import HEAD, OTHER, OWNER, SECRETARIAT
from tests.bot.notices.hall import REACHED, Hall, moment

MARCH, APRIL = date(2024, 3, 1), date(2024, 4, 1)
SUCCESSOR = "zaisan-tanto"


def moved_in_april() -> Roster:
    """The owner leaves at the end of March, and somebody of another department takes the post over."""

    def changed(person: Person) -> Person:
        if person.id == OWNER:
            return replace(
                person, posts=tuple(replace(one, days=Days(None, date(2024, 3, 31))) for one in person.posts)
            )
        if person.id == SUCCESSOR:
            return replace(
                person, posts=(*person.posts, Post(PostKind.OWNER, "bunka", days=Days(APRIL, None)))
            )
        return person

    return replace(REACHED, persons=tuple(map(changed, REACHED.persons)))


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    made = Hall(tmp_path, date(2023, 7, 10), moved_in_april()).started()
    made.enter(OWNER)
    made.clock.moment = moment(MARCH)
    return made


def text(outgoing_messages: dict[str, Reply], person: str) -> str:
    return outgoing_messages[person].text if person in outgoing_messages else ""


def test_a_pack_is_made_in_march_and_opened_in_april_by_the_one_who_takes_over(hall: Hall) -> None:
    outgoing = hall.on(MARCH)[OWNER]
    shown = hall.press(OWNER, outgoing, "3-1-2の引継書を作る")
    assert shown.form is not None
    for words in (
        "令和5年度 14,561千円",
        "R5 令和5年度の見込み：14,561千円",
        "実績に直します",
        "文化振興課が9月までに",
    ):
        assert words in shown.text
    assert "引継書を作りました" in hall.send(OWNER, shown, note="鍵は金庫の中です").text
    assert "引継ぎ" not in text(hall.on(date(2024, 3, 15)), OWNER)
    outgoing_messages = hall.on(APRIL)
    assert OWNER not in outgoing_messages and "引継書の受取り" in text(outgoing_messages, SUCCESSOR)
    assert "3-1-2" in text(hall.on(date(2024, 4, 12)), SUCCESSOR)
    opened = hall.press(SUCCESSOR, outgoing_messages[SUCCESSOR], "3-1-2の引継書を開く")
    assert "鍵は金庫の中です" in opened.text and "開いたことを記録しました" in opened.text
    assert "3-1-2" not in text(hall.on(date(2024, 4, 15)), SUCCESSOR)


def test_a_pack_that_nobody_made_can_still_be_opened(hall: Hall) -> None:
    outgoing = hall.on(APRIL)[SUCCESSOR]
    assert "■計画の記載" in hall.press(SUCCESSOR, outgoing, "3-1-2の引継書を開く").text
    assert "3-1-2" not in text(hall.on(date(2024, 4, 12)), SUCCESSOR)


def test_who_has_several_makes_them_all_at_once(hall: Hall) -> None:
    person = "kokuho-tanto"
    listed = hall.press(person, hall.on(MARCH)[person], "引継書を作る（4件）")
    made = hall.press(person, listed, "すべて、ひと言なしで作る")
    assert "引継書を作りました（5-1-6、5-2-1、5-2-7、5-2-8）" in made.text
    assert "引継ぎ" not in text(hall.on(date(2024, 3, 15)), person)


def test_looking_is_for_those_who_may_see_and_opening_for_those_who_take_over(hall: Hall) -> None:
    hall.clock.moment = moment(APRIL)
    assert "開いたことを記録" not in hall.say(SECRETARIAT, "3-1-2の引継書").text
    assert "■引き継ぐ点" not in hall.say(OTHER, "3-1-2の引継書").text
    outgoing = hall.on(date(2024, 4, 2))[SUCCESSOR]
    assert hall.press("kasen-tanto", outgoing, "3-1-2の引継書を開く").kind == "refused"
    assert "開いたことを記録しました" in hall.say(HEAD, "3-1-2の引継書").text


def test_another_department_cannot_make_a_pack(hall: Hall) -> None:
    shown = hall.press(OWNER, hall.on(MARCH)[OWNER], "3-1-2の引継書を作る")
    assert hall.send(OTHER, shown, note="うそ").kind == "refused"
    assert "引継ぎ" in text(hall.on(date(2024, 3, 15)), OWNER)
    assert "字以内" in hall.send(OWNER, shown, note="あ" * 1001).text


def test_in_the_plans_first_april_there_is_nothing_to_take_over(tmp_path: Path) -> None:
    hall = Hall(tmp_path, date(2021, 4, 1)).started()
    assert hall.on(date(2021, 4, 1)) == {} and hall.on(date(2021, 4, 12)) == {}


def test_the_packs_are_written_as_a_page_and_a_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path / "data"))
    day = ["--today", "2024-03-05"]
    assert main(["handover", "--html", "引継書.html", "--xlsx", "引継書.xlsx", *day]) == 0
    page = (tmp_path / "引継書.html").read_text(encoding="utf-8")
    count = len(shipped().plan.initiatives) - 2
    assert page.count("<article>") == count and "http" not in page
    assert (tmp_path / "引継書.xlsx").stat().st_size > 10_000
    assert main(["handover", "--html", "引継書.html", *day]) == 1
    assert main(["handover", "9-9-9", *day]) == 1
    assert main(["handover", "3-1-6", "--fiscal-year", "R9", *day]) == 1
    capsys.readouterr()
    assert main(["handover", "3-1-6", *day]) == 0
    said = capsys.readouterr().out
    assert "令和6年度の目標：調整中" in said and " 0千円" not in said
