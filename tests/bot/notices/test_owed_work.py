"""What is owed, over a database with entries in it."""

from pathlib import Path

from bot.notices.owed_work import work_of
from bot.storage import entry_store
from bot.storage.database import DatabaseFile
from bot.storage.entry import Entry, EntryState, Evaluation, SignOff, SignOffStep
from knowledge.plan.fiscal_year import FiscalYear
from reminders.calendar_file import read_calendar
from tests.bot.conversation.floor import NOON, fresh_database
from tests.invented_roster import PLAN, ROSTER

R6 = FiscalYear.reiwa(6)


def submitted(database: DatabaseFile, round: str, subject: str) -> Entry:
    one = Evaluation(
        round=round,
        subject=subject,
        code="1-1-1",
        title="街灯の見直し",
        edition="small",
        department="roads",
        state=EntryState.ON_TRACK,
        problems="秋までに道路課が発注する",
    )
    with database.writing() as inside:
        return entry_store.submit(inside, one, by="owner", now=NOON, is_late=False, follows=0, why="")


def owed(database: DatabaseFile) -> list[str]:
    """What the self-evaluation of R6 still asks for."""
    found = work_of(database, read_calendar(), PLAN, ROSTER.on(NOON.date()), (R6,))
    return sorted(task.subject for one in found if one.phase == "self_evaluation" for task in one.tasks)


def test_what_was_entered_is_no_longer_owed_until_it_is_returned(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    submitted(database, "R5", "forms")
    entry = submitted(database, "R6", "lamps")
    assert owed(database) == ["1-1#1", "benches", "forms"]
    returned = SignOff(SignOffStep.RETURNED, "head", NOON, "短い")
    with database.writing() as inside:
        entry_store.sign(inside, entry.number, returned, SignOffStep.SUBMITTED)
    assert owed(database) == ["1-1#1", "benches", "forms", "lamps"]
