"""Deadlines by word: how they are asked for and moved, who may, and what then follows."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.notices.calendars import Calendars
from bot.notices.days import By, On
from bot.notices.deadline_proposal import DeadlineProposal, Unfit, propose
from bot.notices.deadline_requests import DeadlineMoveRequest, DeadlinesRequest, read
from bot.storage import audit
from knowledge.editions.edition import shipped
from knowledge.plan.fiscal_year import FiscalYear
from reminders.calendar_file import read_calendar
from tests.bot.evaluation.town_hall import OWNER, SECRETARIAT
from tests.bot.notices.hall import Hall, moment

CALENDAR, PLAN = read_calendar(), shipped().plan
JUNE = date(2023, 6, 28)
R5, R6 = FiscalYear(2023), FiscalYear(2024)
OWN = "self_evaluation"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("締切はいつ？", DeadlinesRequest()),
        ("自己評価の期限は？", DeadlinesRequest(OWN)),
        ("自己評価はいつまで？", DeadlinesRequest(OWN)),
        ("来年度の自己評価の締め切りを教えて", DeadlinesRequest(OWN, R6)),
        ("〆切一覧", DeadlinesRequest()),
        ("自己評価の締切を7月24日に", DeadlineMoveRequest(On(24, 7), OWN)),
        ("自己評価の締切を７／２４に変更してください", DeadlineMoveRequest(On(24, 7), OWN)),
        ("自己評価の締切を七月二十四日にして", DeadlineMoveRequest(On(24, 7), OWN)),
        ("自己評価の期限は2024年7月24日", DeadlineMoveRequest(On(24, 7, 2024), OWN)),
        ("自己評価の締切を令和6年7月24日に", DeadlineMoveRequest(On(24, 7, 2024), OWN)),
        ("内部評価の締切を8月28日まで延ばして", DeadlineMoveRequest(On(28, 8), "internal_evaluation")),
        ("内部評価の締切を28日まで延ばして", DeadlineMoveRequest(On(28), "internal_evaluation")),
        ("自己評価の締切を1週間延ばして", DeadlineMoveRequest(By(7), OWN)),
        ("自己評価の締切を三日早めて", DeadlineMoveRequest(By(-3), OWN)),
        ("見直しの締切を2月末に", DeadlineMoveRequest(On(None, 2), "review")),
        ("令和6年度の自己評価の締切を7月24日に", DeadlineMoveRequest(On(24, 7), OWN, R6)),
        ("締切を7月24日に", DeadlineMoveRequest(On(24, 7))),
        ("締切を変えて", None),
        ("自己評価は7月24日に", None),
        ("自己評価はいつ？", None),
        ("3-1-2の締切を7月24日に", None),
        ("自己評価の締切を守れない課は？", None),
        ("5-1-1の期限は？", None),
    ],
)
def test_what_is_said_of_deadlines(text: str, said: DeadlinesRequest | DeadlineMoveRequest | None) -> None:
    assert read(text, CALENDAR, JUNE) == said


def proposed(day: On | By, today: date = JUNE, year: FiscalYear | None = None) -> DeadlineProposal | Unfit:
    phase = CALENDAR.phase(OWN)
    assert phase is not None
    return propose(CALENDAR, PLAN, phase, day, today, year)


@pytest.mark.parametrize(
    ("day", "today", "year", "expected"),
    [
        (On(24, 7), JUNE, None, date(2023, 7, 24)),
        (On(22, 7), JUNE, None, date(2023, 7, 21)),
        (On(24), JUNE, None, date(2023, 7, 24)),
        (On(None, 7), date(2024, 5, 1), None, "same"),
        (On(24, 7), date(2024, 3, 1), None, date(2024, 7, 24)),
        (On(10, 8), date(2023, 8, 2), None, date(2023, 8, 10)),
        (By(7), date(2023, 8, 2), None, date(2023, 8, 7)),
        (On(24, 7), date(2023, 8, 2), R5, "past"),
        (On(24, 7), date(2023, 8, 1), None, "past"),
        (On(5, 7), date(2023, 7, 10), None, "past"),
        (On(5), date(2023, 7, 10), None, "past"),
        (On(30, 6), JUNE, None, "before_opening"),
        (On(31, 6), JUNE, None, "no_such_day"),
        (On(31, 7), JUNE, None, "same"),
        (On(10, 7, 2024), JUNE, R5, "too_late"),
        (On(24, 7), date(2028, 6, 1), None, "not_held"),
    ],
)
def test_what_a_wish_comes_to(
    day: On | By, today: date, year: FiscalYear | None, expected: date | str
) -> None:
    found = proposed(day, today, year)
    assert (found.why if isinstance(found, Unfit) else found.result.deadline) == expected


@pytest.mark.parametrize("seed", range(200))
def test_whatever_day_is_wished_for_what_comes_of_it_is_a_working_day_to_come(seed: int) -> None:
    chance = Random(seed)
    today = date(2021, 4, 1) + timedelta(days=chance.randrange(2000))
    wish = On(chance.randrange(1, 32), chance.randrange(1, 13)) if seed % 2 else By(chance.randrange(-60, 60))
    found = proposed(wish, today)
    if isinstance(found, DeadlineProposal):
        deadline = found.result.deadline
        assert CALENDAR.office.is_working_day(deadline)
        assert deadline >= max(today, found.term.opens) and deadline != found.term.deadline
        assert bool(found.warning) == (deadline.month != 7)


def test_the_citys_own_day_stands_beside_the_plans_month_with_its_source(tmp_path: Path) -> None:
    reply = Hall(tmp_path, JUNE).say(OWNER, "自己評価の期限は？")
    assert "締切は7月31日（月）です（市の設定。計画では7月）" in reply.text
    assert [(one.page, "自己評価" in one.label) for one in reply.sources] == [(4, True)]


def test_who_keeps_no_calendar_is_told_who_does(tmp_path: Path) -> None:
    reply = Hall(tmp_path, JUNE).say(OWNER, "自己評価の締切を7月24日に")
    assert (reply.kind, "事務局にご相談ください" in reply.text) == ("refused", True)


def test_a_deadline_is_moved_once_confirmed_everywhere_and_who_owes_is_told(tmp_path: Path) -> None:
    hall = Hall(tmp_path, date(2023, 7, 3)).started()
    assert "7月31日（月）" in hall.on(date(2023, 7, 3))[OWNER].text
    hall.clock.moment = moment(date(2023, 7, 4))
    asked = hall.say(SECRETARIAT, "自己評価の締切を7月22日に")
    for words in ("7月31日（月）から7月21日（金）", "7月22日（土）は閉庁日", "お知らせします"):
        assert words in asked.text
    assert "計画の月" not in asked.text and "7月31日" in hall.say(OWNER, "自己評価の期限は？").text
    assert "変えました" in hall.press(SECRETARIAT, asked, "この日に変える").text
    assert "7月21日（金）です（市の設定、7月31日（月）から変更" in hall.say(OWNER, "自己評価の期限は？").text
    elsewhere = Calendars(read_calendar(), hall.database)()
    assert elsewhere.moved["R5", OWN].day == date(2023, 7, 22)
    outgoing = hall.on(date(2023, 7, 4), 11)[OWNER]
    assert "期限が7月31日（月）から7月21日（金）に変わりました" in outgoing.text
    assert "本日7月21日（金）が期限です" in hall.on(date(2023, 7, 21))[OWNER].text
    with hall.database.reading() as inside:
        (line,) = audit.lines(inside)
    assert (line.who, line.what, line.subject) == (SECRETARIAT, "締切の変更", "R5 自己評価")
    assert (line.before, line.after) == ("2023-07-31", "2023-07-21")


def test_outside_the_plans_month_there_is_a_warning_and_no_refusal(tmp_path: Path) -> None:
    asked = Hall(tmp_path, JUNE).say(SECRETARIAT, "自己評価の締切を8月10日に")
    assert "計画の月（7月）から外れます" in asked.text and asked.choices


def test_a_change_confirmed_on_stale_grounds_is_shown_anew(tmp_path: Path) -> None:
    hall = Hall(tmp_path, JUNE)
    first, second = (hall.say(SECRETARIAT, f"自己評価の締切を7月{day}日に") for day in (24, 25))
    hall.press(SECRETARIAT, first, "この日に変える")
    again = hall.press(SECRETARIAT, second, "この日に変える")
    assert "その間に締切が変わりました" in again.text and "7月24日（月）から7月25日（火）" in again.text
    assert "7月24日" in hall.say(OWNER, "自己評価の期限は？").text
    hall.press(SECRETARIAT, again, "この日に変える")
    assert "7月25日" in hall.say(OWNER, "自己評価の期限は？").text
    assert hall.audited() == ["締切の変更"] * 2


def test_a_change_may_be_left_and_its_button_is_for_the_secretariat_alone(tmp_path: Path) -> None:
    hall = Hall(tmp_path, JUNE)
    asked = hall.say(SECRETARIAT, "自己評価の締切を7月24日に")
    assert "変えていません" in hall.press(SECRETARIAT, asked, "変えない").text
    assert hall.press(OWNER, asked, "この日に変える").kind == "refused"
    assert hall.audited() == []


def test_a_change_without_a_phase_is_asked_back(tmp_path: Path) -> None:
    reply = Hall(tmp_path, JUNE).say(SECRETARIAT, "締切を7月24日に")
    assert "どの締切を変えますか" in reply.text and "・自己評価" in reply.text
