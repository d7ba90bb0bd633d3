import sqlite3
from datetime import date
from pathlib import Path

import pytest

from bot.evaluation.open_work import all_work
from bot.evaluation.rounds import latest_round, round_named, rounds, term_by
from bot.storage import entry_store
from bot.storage.database import DatabaseFile
from bot.storage.entry import Entry, EntryRow, EntryState, Evaluation, Reported, SignOff, SignOffStep
from bot.storage.entry_store import Superseded
from knowledge.editions.edition import shipped
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import State, Target
from knowledge.roster.duties import all_duties
from knowledge.sources.sample_roster import sample_roster
from reminders.calendar_file import read_calendar
from tests.bot.conversation.floor import NOON, fresh_database
from tests.invented_roster import PLAN, ROSTER

MONEY = EntryRow("lamps", "1-1-1", "effect_amount", "効果額", "千円")
COUNT = EntryRow("lamps", "1-1-1", "indicator:灯数", "灯数", "灯")
R3, R4 = FiscalYear.reiwa(3), FiscalYear.reiwa(4)


def evaluation(
    round: str = "R4", subject: str = "lamps", state: EntryState = EntryState.BEHIND
) -> Evaluation:
    return Evaluation(
        round=round,
        subject=subject,
        code="1-1-1",
        title="街灯の見直し",
        edition="small",
        department="roads",
        state=state,
        forecast=(
            Reported(MONEY, R4, Target(State.SET, 14_561, "14,561"), 14_561_500),
            Reported(COUNT, R4, Target(State.BLANK), None, "集計中"),
        ),
        actual=(Reported(MONEY, R3, Target(State.UNDER_ADJUSTMENT, None, "調整中"), -2_413_000),),
        causes="資材が届かなかった",
        problems="秋までに道路課が発注する",
    )


@pytest.fixture
def database(tmp_path: Path) -> DatabaseFile:
    return fresh_database(tmp_path)


def submitted(database: DatabaseFile, one: Evaluation, follows: int = 0, why: str = "") -> Entry:
    with database.writing() as inside:
        return entry_store.submit(inside, one, by="owner", now=NOON, is_late=False, follows=follows, why=why)


def test_what_was_submitted_is_read_back_as_it_was(database: DatabaseFile) -> None:
    entry = submitted(database, evaluation())
    with database.reading() as inside:
        assert entry_store.latest(inside, "R4") == (entry,)
        assert entry_store.latest(inside, "R5") == ()
        assert entry_store.entry_numbered(inside, entry.number) == entry
    assert (entry.version, entry.sign_off.step) == (1, SignOffStep.SUBMITTED)


def test_a_figure_is_kept_to_the_yen_and_a_figure_not_set_is_no_zero(database: DatabaseFile) -> None:
    entry = submitted(database, evaluation())
    money, count = entry.forecast
    assert (money.printed, money.printed_target, money.target_value) == (
        "14,561.5千円",
        "14,561千円",
        14_561_000,
    )
    assert (count.value, count.printed, count.state, count.in_printed_unit) == (
        None,
        "集計中",
        "not_set",
        None,
    )
    assert (entry.actual[0].printed, entry.actual[0].printed_target) == ("△2,413千円", "調整中")


def test_a_correction_is_a_new_version_and_the_old_one_stays(database: DatabaseFile) -> None:
    first = submitted(database, evaluation())
    second = submitted(database, evaluation(state=EntryState.AHEAD), follows=1, why="桁の誤り")
    with database.reading() as inside:
        assert entry_store.versions(inside, "R4", "lamps") == (first, second)
        assert entry_store.latest(inside, "R4") == (second,)
    assert (second.version, second.why) == (2, "桁の誤り")


@pytest.mark.parametrize("follows", [0, 2])
def test_what_corrects_a_version_that_is_not_the_latest_is_not_kept(
    database: DatabaseFile, follows: int
) -> None:
    first = submitted(database, evaluation())
    with pytest.raises(Superseded):
        submitted(database, evaluation(), follows=follows)
    with database.reading() as inside:
        assert entry_store.versions(inside, "R4", "lamps") == (first,)


def test_an_entry_gathers_its_sign_off_step_by_step(database: DatabaseFile) -> None:
    entry = submitted(database, evaluation())
    confirmed = SignOff(SignOffStep.CONFIRMED, "deputy", NOON, in_place_of_head=True)
    returned = SignOff(SignOffStep.RETURNED, "secretariat", NOON, "要因を詳しく")
    with database.writing() as inside:
        entry_store.sign(inside, entry.number, confirmed, SignOffStep.SUBMITTED)
        entry_store.sign(inside, entry.number, returned, SignOffStep.CONFIRMED)
    with database.reading() as inside:
        (found,) = entry_store.versions(inside, "R4", "lamps")
    assert found.sign_offs == (confirmed, returned) and found.is_returned


def test_a_step_on_grounds_that_have_changed_is_not_kept(database: DatabaseFile) -> None:
    entry = submitted(database, evaluation())
    step = SignOff(SignOffStep.CONFIRMED, "head", NOON)
    with database.writing() as inside:
        entry_store.sign(inside, entry.number, step, SignOffStep.SUBMITTED)
    with pytest.raises(Superseded), database.writing() as inside:
        entry_store.sign(inside, entry.number, step, SignOffStep.SUBMITTED)
    submitted(database, evaluation(), follows=1, why="数字の訂正")
    with pytest.raises(Superseded), database.writing() as inside:
        entry_store.sign(inside, entry.number, step, SignOffStep.CONFIRMED)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET state = 'ahead'",
        "DELETE FROM entries",
        "UPDATE entry_figures SET value = 0",
        "DELETE FROM entry_figures",
        "UPDATE entry_sign_offs SET by = 'x'",
        "DELETE FROM entry_sign_offs",
        "INSERT OR REPLACE INTO entry_sign_offs SELECT * FROM entry_sign_offs",
        "INSERT INTO entry_sign_offs VALUES (9, 1, 'returned', 'x', '2024', '', 0)",
        "INSERT INTO entries SELECT 9, round, subject, 7, code, title, edition, department, state, causes,"
        " success, problems, submitted_by, submitted_at, is_late, why FROM entries",
    ],
)
def test_the_database_itself_refuses_to_change_or_to_leave_out(
    database: DatabaseFile, statement: str
) -> None:
    entry = submitted(database, evaluation())
    with database.writing() as inside:
        step = SignOff(SignOffStep.CONFIRMED, "head", NOON)
        entry_store.sign(inside, entry.number, step, SignOffStep.SUBMITTED)
    with pytest.raises(sqlite3.IntegrityError), database.writing() as inside:
        inside.execute(statement)


def test_the_first_round_has_no_actual_and_the_last_no_forecast() -> None:
    plan = shipped().plan
    years = {one.name: (one.actual_year, one.forecast_year) for one in rounds(plan)}
    assert list(years) == ["R3", "R4", "R5", "R6", "R7", "R8"]
    assert years["R3"] == (None, R3)
    assert years["R4"] == (R3, R4)
    assert years["R8"] == (FiscalYear.reiwa(7), None)


def test_the_rounds_follow_the_years_of_another_plan() -> None:
    assert [one.name for one in rounds(PLAN)] == ["R5", "R6", "R7", "R8"]


@pytest.mark.parametrize("name", ["R2", "R9", "", "2023", "次"])
def test_what_is_no_round_of_the_plan_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(ValueError, match="R3、R4、R5、R6、R7、R8"):
        round_named(shipped().plan, name)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 6, 30), None),
        (date(2021, 7, 1), "R3"),
        (date(2022, 6, 30), "R3"),
        (date(2024, 2, 1), "R5"),
        (date(2026, 7, 1), "R8"),
        (date(2030, 1, 1), "R8"),
    ],
)
def test_a_round_goes_on_until_the_next_begins(day: date, name: str | None) -> None:
    found = latest_round(shipped().plan, term_by(read_calendar()), day)
    assert (found.name if found else None) == name


def test_a_relisted_pair_is_owed_once_and_a_joint_duty_by_the_leading_department() -> None:
    owed = [(one.department, one.subject) for one in all_work(PLAN, ROSTER.on(NOON.date()))]
    assert sorted(owed) == [
        ("papers", "1-1#1"),
        ("parks", "benches"),
        ("roads", "forms"),
        ("roads", "lamps"),
    ]


def test_every_initiative_and_indicator_of_the_plan_is_owed_by_somebody_once() -> None:
    plan = shipped().plan
    roster = sample_roster(plan).on(NOON.date())
    subjects = [one.subject for one in all_work(plan, roster)]
    led = [duty for duties in all_duties(roster, plan).values() for duty in duties if duty.leads]
    assert len(subjects) == len(set(subjects)) == len(led)
    assert "3-2-4" in subjects and "5-1-3" not in subjects
