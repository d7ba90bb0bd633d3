"""Progress on Slack over the wire: its table and chart, its other views, its file; unseen by those who read along."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.evaluation.rounds import rounds
from bot.progress.invented_entries import invented_round
from bot.storage import entry_store
from knowledge.editions.edition import shipped
from reminders.moment import TOKYO
from tests.bot.channels.slack.town import Over, Town, city, town
from tests.fakes.slack import Json
from tests.fakes.slack_office import Person


@pytest.fixture(params=["socket", "http"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    """Three invented rounds have been entered."""
    over: Over = "socket" if request.param == "socket" else "http"
    with town(tmp_path, over, day=date(2023, 8, 10), roster=city()) as made:
        edition, roster, now = shipped(), made.app.roster(), datetime(2023, 7, 20, tzinfo=TOKYO)
        with made.app.database.writing() as inside:
            for one in rounds(edition.plan)[:3]:
                for invented in invented_round(edition, roster, one, is_latest=one.name == "R5"):
                    entry_store.submit(inside, invented.evaluation, by="bunka-tanto", now=now, is_late=False)
        yield made


@pytest.fixture
def manager(office: Town) -> Person:
    return office.person("U0CHIEF")


def latest(person: Person, count: int = 1) -> Json:
    person.slack.wait(lambda: len(person.slack.posted(person.own)) >= count)
    return person.slack.posted(person.own)[count - 1]


def types(message: Json) -> list[str]:
    return [block["type"] for block in message["blocks"]]


def test_it_comes_with_its_table_and_its_chart(office: Town, manager: Person) -> None:
    manager.writes("進捗")
    answer = latest(manager)
    assert "計画全体の進捗（令和5年度）" in answer["text"] and "table" in types(answer)
    if "data_visualization" not in types(answer):
        office.slack.wait(lambda: office.slack.files)
        assert office.slack.files[0]["content"].startswith(b"\x89PNG")


def test_a_workspace_without_charts_gets_a_picture(office: Town, manager: Person) -> None:
    office.slack.unknown_blocks = {"data_visualization"}
    manager.writes("効果額の達成率は？")
    answer = latest(manager)
    office.slack.wait(lambda: office.slack.files)
    (picture,) = office.slack.files
    assert "table" in types(answer) and picture["content"].startswith(b"\x89PNG")
    assert picture["channel"] == manager.own


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("進捗", "計画全体の進捗"),
        ("進捗 柱5", "柱5"),
        ("柱3の進捗", "柱3"),
        ("進捗 3-1-2", "3-1-2"),
        ("未提出は？", "未提出"),
        ("遅れているのは？", "遅れ"),
    ],
)
def test_the_command_takes_a_scope_and_shows_it_to_who_typed_alone(
    office: Town, manager: Person, said: str, words: str
) -> None:
    manager.commands(said)
    office.slack.wait(lambda: office.slack.whispers)
    (aside,) = office.slack.whispers
    assert aside["user"] == manager.id and words in aside["text"] and not office.slack.posted()


def test_every_view_is_one_tap_away(office: Town, manager: Person) -> None:
    manager.writes("進捗")
    first = latest(manager)
    labels = ["効果額", "遅れなど", "未提出", "指標", "前年度からの変化"]
    for count, label in enumerate(labels, start=2):
        manager.presses(first, label, manager.own)
        assert latest(manager, count)["text"] != first["text"]


def test_the_workbook_comes_as_a_file_to_the_managers_own_messages(office: Town, manager: Person) -> None:
    manager.writes("進捗")
    manager.presses(latest(manager), "Excelで受け取る", manager.own)
    office.slack.wait(lambda: any(one["name"].endswith(".xlsx") for one in office.slack.files))
    (book,) = [one for one in office.slack.files if one["name"].endswith(".xlsx")]
    assert book["content"].startswith(b"PK") and book["channel"] == manager.own


def test_of_a_channel_only_that_it_was_answered(office: Town, manager: Person) -> None:
    manager.mentions("進捗")
    latest(manager)
    office.slack.wait(lambda: office.slack.posted("C0OFFICE"))
    (note,) = office.slack.posted("C0OFFICE")
    assert note["text"] == "DMでお答えしました。" and not note.get("blocks", [])[1:]


def test_a_department_sees_its_own_part(office: Town) -> None:
    owner = office.person("U0OWNER")
    owner.writes("進捗")
    assert "提出：1/1件" in latest(owner)["text"]
