from dataclasses import replace
from pathlib import Path

import pytest

from bot.evaluation.sign_off_rules import NotNow, decide
from bot.identity.rights import Act, Granted
from bot.storage import audit
from bot.storage.entry import SignOff, SignOffStep
from knowledge.roster.roster import Absence, Days
from knowledge.sources.sample_roster import sample_roster
from tests.bot.conversation.floor import NOON
from tests.bot.evaluation.sheets import KNOWN, entry_on
from tests.bot.evaluation.town_hall import DEPUTY, HEAD, JULY, OTHER, OWNER, SECRETARIAT, TownHall

ENTRY = entry_on("3-1-2", "R5")


@pytest.fixture
def hall(tmp_path: Path) -> TownHall:
    made = TownHall(tmp_path)
    made.enter(OWNER)
    return made


def steps(hall: TownHall) -> list[SignOffStep]:
    return [one.step for one in hall.entries()[0].sign_offs]


@pytest.mark.parametrize(
    ("act", "at", "is_possible"),
    [
        (Act.CONFIRM, SignOffStep.SUBMITTED, True),
        (Act.CONFIRM, SignOffStep.CONFIRMED, False),
        (Act.CONFIRM, SignOffStep.RETURNED, False),
        (Act.ACCEPT, SignOffStep.SUBMITTED, False),
        (Act.ACCEPT, SignOffStep.CONFIRMED, True),
        (Act.ACCEPT, SignOffStep.ACCEPTED, False),
        (Act.RETURN, SignOffStep.SUBMITTED, True),
        (Act.RETURN, SignOffStep.CONFIRMED, True),
        (Act.RETURN, SignOffStep.ACCEPTED, False),
        (Act.RETURN, SignOffStep.RETURNED, False),
    ],
)
def test_each_step_follows_only_its_own(act: Act, at: SignOffStep, is_possible: bool) -> None:
    before = () if at is SignOffStep.SUBMITTED else (SignOff(at, "x", NOON, "理由"),)
    decided = decide(replace(ENTRY, sign_offs=before), act, Granted(), "y", NOON, "理由")
    assert isinstance(decided, SignOff) is is_possible


def test_a_return_needs_a_reason_and_nothing_else_keeps_one() -> None:
    assert decide(ENTRY, Act.RETURN, Granted(), "y", NOON, "  ") == NotNow("no_reason")
    assert decide(ENTRY, Act.RETURN, Granted(), "y", NOON, "x" * 501) == NotNow("long_reason")
    assert decide(ENTRY, Act.CONFIRM, Granted(), "y", NOON, "理由") == SignOff(
        SignOffStep.CONFIRMED, "y", NOON
    )


def test_an_entry_is_confirmed_by_the_head_and_accepted_by_the_secretariat(hall: TownHall) -> None:
    listed = hall.say(HEAD, "確認一覧")
    shown = hall.press(HEAD, listed, "3-1-2")
    assert [one.label for one in shown.choices] == ["確認する", "差し戻す"]
    assert "課題と改善：文化振興課が9月までに案内を改める" in shown.text
    assert "確認しました。事務局の受理を待っています" in hall.press(HEAD, shown, "確認する").text
    shown = hall.press(SECRETARIAT, hall.say(SECRETARIAT, "確認一覧"), "3-1-2")
    assert "受理しました" in hall.press(SECRETARIAT, shown, "受理する").text
    assert steps(hall) == [SignOffStep.CONFIRMED, SignOffStep.ACCEPTED]
    assert "待っている自己評価はありません" in hall.say(SECRETARIAT, "確認一覧").text
    with hall.database.reading() as inside:
        assert [line.what for line in audit.lines(inside)] == [
            "自己評価の提出",
            "自己評価の確認",
            "自己評価の受理",
        ]


def test_an_entry_is_returned_with_a_reason_in_one_line_or_by_the_form(hall: TownHall) -> None:
    shown = hall.say(HEAD, "3-1-2の確認")
    asked = hall.press(HEAD, shown, "差し戻す")
    assert asked.form is not None and steps(hall) == []
    assert "差し戻しました。理由：要因を詳しく" in hall.send(HEAD, asked, reason="要因を詳しく").text
    assert hall.entries()[0].sign_off.reason == "要因を詳しく"


def test_the_deputy_confirms_only_while_the_head_is_away_and_that_is_recorded(hall: TownHall) -> None:
    shown = hall.say(DEPUTY, "3-1-2の確認")
    assert shown.choices == () and steps(hall) == []
    away = (Absence(HEAD, Days(JULY.date(), JULY.date())),)
    hall.roster = replace(sample_roster(KNOWN.plan), absences=away)
    shown = hall.say(DEPUTY, "3-1-2の確認")
    assert "代決として記録しました" in hall.press(DEPUTY, shown, "確認する").text
    (signed,) = hall.entries()[0].sign_offs
    assert (signed.by, signed.in_place_of_head) == (DEPUTY, True)
    assert "代決" in hall.say(OWNER, "自己評価").text


def test_nobody_confirms_what_they_have_submitted(tmp_path: Path) -> None:
    hall = TownHall(tmp_path)
    hall.roster = replace(hall.roster, absences=(Absence(HEAD, Days(JULY.date(), JULY.date())),))
    hall.enter(DEPUTY)
    assert [one.label for one in hall.say(DEPUTY, "3-1-2の確認").choices] == ["差し戻す"]
    shown = hall.say(SECRETARIAT, "3-1-2の確認")
    forged = replace(shown.choices[0], label="確認する", value="1:confirm")
    assert hall.press(DEPUTY, replace(shown, choices=(forged,)), "確認する").kind == "refused"
    assert steps(hall) == []


@pytest.mark.parametrize("person", [OTHER, OWNER, "kanko-kacho", "kanrisha"])
def test_nobody_else_signs(hall: TownHall, person: str) -> None:
    shown = hall.say(HEAD, "3-1-2の確認")
    for label in ("確認する", "差し戻す"):
        assert hall.press(person, shown, label).kind in ("refused", "evaluation")
    assert "3-1-2「" not in hall.say(person, "3-1-2を差戻し だめ").text
    assert steps(hall) == []


def test_a_button_shown_before_somebody_else_signed_changes_nothing(hall: TownHall) -> None:
    shown = hall.say(HEAD, "3-1-2の確認")
    hall.press(HEAD, shown, "確認する")
    again = hall.press(HEAD, shown, "確認する")
    assert "古くなっています" in again.text and "確認済み" in again.text
    assert steps(hall) == [SignOffStep.CONFIRMED]


def test_a_button_on_a_version_that_was_corrected_changes_nothing(hall: TownHall) -> None:
    shown = hall.say(HEAD, "3-1-2の確認")
    hall.press(OWNER, hall.say(OWNER, "3-1-2の自己評価"), "訂正する")
    hall.say(OWNER, "修正 2", "14,000千円", "数字を改めたため", "提出")
    reply = hall.press(HEAD, shown, "確認する")
    assert "古くなっています" in reply.text and "第2版" in reply.text
    assert steps(hall) == []
    hall.press(HEAD, reply, "確認する")
    assert steps(hall) == [SignOffStep.CONFIRMED]
