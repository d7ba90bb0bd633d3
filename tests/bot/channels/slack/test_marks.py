"""Whether an answer helped, said on Slack with the two small buttons under it."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.app.facade import AppFacade
from bot.storage.database_fault import DatabaseFault
from tests.bot.channels.slack.town import Over, Town, town
from tests.fakes.slack import Json
from tests.fakes.slack_office import unheard

QUESTION = "3-1-2の効果額は？"


@pytest.fixture(params=["socket", "http"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    over: Over = "socket" if request.param == "socket" else "http"
    with town(tmp_path, over) as made:
        yield made


def answer(office: Town) -> Json:
    office.person().mentions(QUESTION)
    office.slack.wait(office.slack.posted)
    return office.slack.posted()[0]


def marked(office: Town) -> list[str]:
    with office.app.database.reading() as inside:
        return [row["mark"] for row in inside["feedback"].rows]


def test_an_answer_is_marked_and_a_second_click_counts_as_none(office: Town) -> None:
    given, clerk = answer(office), office.person()
    assert clerk.marks(given, "役に立った").seconds is not None
    assert marked(office) == ["helpful"]
    clerk.marks(given, "役に立った")
    office.slack.wait(lambda: office.slack.whispers)
    assert marked(office) == ["helpful"]
    (thanks,) = office.slack.whispers
    assert thanks["user"] == clerk.id and "役に立った" in thanks["text"]


def test_the_last_mark_counts(office: Town) -> None:
    given, clerk = answer(office), office.person()
    clerk.marks(given, "役に立った")
    clerk.marks(given, "役に立たなかった")
    assert marked(office) == ["not_helpful"]


def test_only_who_asked_can_mark(office: Town) -> None:
    office.person("U0OTHER").marks(answer(office), "役に立たなかった")
    office.slack.wait(lambda: office.slack.whispers)
    assert "お尋ねになった方だけ" in office.slack.whispers[0]["text"] and marked(office) == []


def test_what_could_not_be_kept_is_not_acknowledged(office: Town) -> None:
    given = answer(office)
    fault = DatabaseFault("locked", "混んでいます")
    with patch.object(AppFacade, "mark", side_effect=fault), unheard(office.line):
        assert office.person().marks(given, "役に立った").seconds is None
    assert marked(office) == [] and not office.slack.whispers


def test_only_answers_can_be_marked(office: Town) -> None:
    office.person().mentions("ヘルプ")
    office.slack.wait(office.slack.posted)
    assert "context_actions" not in str(office.slack.posted()[0]["blocks"])
