"""`kaikaku chat` as the real command: what is due is shown at the start, once a day, and can be taken up there."""

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.app import open_app
from bot.settings import Settings
from bot.storage import roster_store
from bot.storage.database import DatabaseFile
from reminders.moment import TOKYO
from reminders.storage import notices, outbox
from tests.bot.cli.test_remind import DUTIES, ROSTER
from tests.terminals import piped

FIRST, SECOND = (one.code for one in DUTIES)


@pytest.fixture
def database(tmp_path: Path) -> DatabaseFile:
    """A city whose roster is in force and whose reminders are on."""
    (tmp_path / "data").mkdir()
    found = open_app(Settings(tmp_path / "data")).database
    began = datetime(2023, 4, 3, tzinfo=TOKYO)
    with found.writing() as inside:
        roster_store.keep(
            inside, ROSTER, effective=date(2023, 4, 1), source="名簿.xlsx", by="secretariat", now=began
        )
        notices.start(inside, "secretariat", began)
    return found


def said(folder: Path, *lines: str, person: str = "owner", day: str = "2023-07-12") -> str:
    run = piped(["chat", "--as", person, "--today", day], folder, "".join(f"{line}\n" for line in lines))
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


def test_what_is_due_is_shown_at_the_start_once_a_day(tmp_path: Path, database: DatabaseFile) -> None:
    first = said(tmp_path)
    assert first.startswith("7月12日（水）のお知らせ\n")
    assert "期限は7月31日（月）です（あと19日）" in first and FIRST in first and SECOND in first
    assert said(tmp_path) == ""
    assert said(tmp_path, day="2023-07-13").startswith("7月13日（木）のお知らせ\n")
    with database.reading() as inside:
        kept = outbox.outgoing_in(inside, "sent")
    assert [(one.kind, one.recipient, one.channel) for one in kept] == [("shown", "owner", "terminal")] * 2


def test_its_choices_are_taken_by_number(tmp_path: Path, database: DatabaseFile) -> None:
    shown = said(tmp_path, "1")
    notice, _, entry = shown.partition(f"1. {FIRST}を入力する")
    assert notice and "自己評価" in entry and FIRST in entry
    assert "あとで（来週）" in said(tmp_path, "4", day="2023-07-13")
    assert said(tmp_path, day="2023-07-14") == ""
    assert "のお知らせ" in said(tmp_path, day="2023-07-18")


def test_nobody_is_told_who_has_nothing_to_do_or_whom_nobody_knows(
    tmp_path: Path, database: DatabaseFile
) -> None:
    assert said(tmp_path, day="2023-05-08") == ""
    assert said(tmp_path, person="secretariat") == ""
    assert piped(["chat", "--today", "2023-07-12"], tmp_path, "").stdout == ""


def test_while_reminders_are_off_nothing_is_shown(tmp_path: Path, database: DatabaseFile) -> None:
    with database.writing() as inside:
        notices.stop(inside, datetime(2023, 5, 1, tzinfo=TOKYO))
    assert said(tmp_path) == ""
