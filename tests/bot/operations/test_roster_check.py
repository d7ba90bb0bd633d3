from datetime import date
from pathlib import Path

import pytest

from bot.channels.mail.settings import MailSettings
from bot.channels.registry import set_up
from bot.channels.slack.settings import SlackSettings
from bot.operations import doctor
from bot.operations.roster_check import roster_findings
from bot.settings import Settings
from bot.storage import roster_store
from tests.bot.conversation.floor import NOON, fresh_database
from tests.invented_roster import PLAN, ROSTER

JUNE = date(2024, 6, 3)
SLACK = SlackSettings("xoxb-1", "xapp-1", None, None)
MAIL = MailSettings("127.0.0.1", 25, "none", "kaikaku@city.example", None, None)


def _told(settings: Settings) -> list[str]:
    return [
        f"{one.level} {one.words}"
        for one in roster_findings(settings, PLAN, JUNE, set_up(settings).delivering)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with fresh_database(tmp_path).writing() as unit:
        for effective, source in ((date(2024, 4, 1), "R6.xlsx"), (date(2025, 4, 1), "R7.xlsx")):
            roster_store.keep(unit, ROSTER, effective=effective, source=source, by="secretariat", now=NOON)
    return tmp_path


def test_the_roster_in_force_and_the_next_are_named(folder: Path) -> None:
    assert _told(Settings(data=folder, channels=(MAIL,)))[:2] == [
        "ok R6.xlsx（2024-04-01 から）、課等 3、人 10",
        "ok 2025-04-01 から R7.xlsx",
    ]


def test_who_can_be_reached_depends_on_the_channels_that_are_set(folder: Path) -> None:
    unreached = "warning 連絡できる人がいない課等: "
    for settings in (Settings(data=folder, channels=(MAIL,)), Settings(data=folder, channels=(SLACK,))):
        assert f"{unreached}道路課、文書課" in _told(settings)
    assert f"{unreached}公園課、道路課、文書課" in _told(Settings(data=folder))


def test_without_a_database_the_sample_is_said_to_be_one(tmp_path: Path) -> None:
    told = _told(Settings(data=tmp_path / "nowhere"))
    assert told[0].startswith("ok 同梱の見本、課等 20")
    assert told[1].startswith("warning 見本の名簿です")


def test_it_is_part_of_the_doctors_round(folder: Path) -> None:
    settings = Settings(data=folder)
    found = doctor.examine([("名簿", lambda: roster_findings(settings, PLAN, JUNE, ()))])
    assert {one.subject for one in found} == {"名簿"}
    assert doctor.is_sound(found)
