from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.conversation import Outdated
from bot.message import Reply
from bot.storage import draft_store
from bot.storage.database import DatabaseFile
from bot.storage.draft import Draft, FieldAnswer, Option, Pending
from bot.storage.draft_store import Dialogue, StaleDraft
from tests.bot.conversation.floor import NOON, fresh_database
from tests.bot.evaluation.town_hall import DEPUTY, OWNER, TownHall

DRAFT = Draft(
    1,
    "R5",
    "3-1-2",
    at="causes",
    answers={
        "state": FieldAnswer("behind"),
        "forecast/3-1-2/effect_amount": FieldAnswer("未定"),
        "success": FieldAnswer(is_skipped=True),
    },
    asked_back=("problems",),
    pending=Pending("causes", "remark", "はい", (Option("このまま記録する", FieldAnswer("はい")),)),
    follows=2,
)


@pytest.fixture
def database(tmp_path: Path) -> DatabaseFile:
    made = fresh_database(tmp_path)
    with made.writing() as inside:
        draft_store.begin(inside, DRAFT, OWNER, NOON)
    return made


def test_a_draft_is_read_back_as_it_was(database: DatabaseFile) -> None:
    with database.reading() as inside:
        found = draft_store.kept_on(inside, "R5", "3-1-2")
    assert found is not None and found.draft == DRAFT and found.changed_by == OWNER and found.at_it is None


@pytest.mark.parametrize("before", [-1, 1])
def test_a_change_of_another_revision_is_not_kept(database: DatabaseFile, before: int) -> None:
    with pytest.raises(StaleDraft), database.writing() as inside:
        draft_store.save(inside, replace(DRAFT, revision=1, at="problems"), before, OWNER, NOON)
    with database.reading() as inside:
        found = draft_store.kept(inside, 1)
    assert found is not None and found.draft == DRAFT


def test_what_is_over_is_changed_no_more(database: DatabaseFile) -> None:
    with database.writing() as inside:
        draft_store.save(inside, replace(DRAFT, revision=1), 0, OWNER, NOON, "submitted")
    with pytest.raises(StaleDraft), database.writing() as inside:
        draft_store.save(inside, replace(DRAFT, revision=2), 1, OWNER, NOON)


def test_there_is_one_draft_on_a_subject_and_its_number_is_never_given_again(database: DatabaseFile) -> None:
    for number in (1, 2):
        with pytest.raises(StaleDraft), database.writing() as inside:
            draft_store.begin(inside, replace(DRAFT, number=number), DEPUTY, NOON)
    with database.writing() as inside:
        draft_store.save(inside, replace(DRAFT, revision=1), 0, OWNER, NOON, "discarded")
        assert draft_store.next_number(inside) == 2
        draft_store.begin(inside, replace(DRAFT, number=2), DEPUTY, NOON)


def test_one_person_is_at_one_draft_and_one_draft_has_one_person(database: DatabaseFile) -> None:
    with database.writing() as inside:
        draft_store.begin(inside, Draft(2, "R5", "3-1-3"), OWNER, NOON)
        draft_store.sit_down(inside, Dialogue(OWNER, 1, "page", "a"), NOON)
        draft_store.sit_down(inside, Dialogue(OWNER, 2, "slack", "b"), NOON)
        assert draft_store.dialogue_of(inside, OWNER) == Dialogue(OWNER, 2, "slack", "b")
        draft_store.sit_down(inside, Dialogue(DEPUTY, 2, "page", "c"), NOON)
        assert draft_store.dialogue_of(inside, OWNER) == Dialogue(OWNER, 2, "slack", "b", taken_by=DEPUTY)
        found = draft_store.kept(inside, 2)
        assert found is not None and found.at_it == DEPUTY


def test_two_processes_that_decide_on_the_same_draft_do_not_both_keep_it(tmp_path: Path) -> None:
    """Both have looked before either keeps: the second finds its grounds gone, and decides anew."""
    first, second = TownHall(tmp_path), TownHall(tmp_path)
    second.said = 100
    first.say(OWNER, "3-1-2の自己評価", "順調")
    decided = [
        hall.answer(hall.message(OWNER, said))
        for hall, said in ((first, "12,000千円"), (second, "13,000千円"))
    ]
    one, other = decided
    assert not isinstance(one, Reply) and not isinstance(other, Reply)
    with first.database.writing() as inside:
        one(inside)
    with pytest.raises(Outdated), second.database.writing() as inside:
        other(inside)
    kept = first.draft()
    assert kept is not None
    assert kept.draft.answers["forecast/3-1-2/effect_amount"] == FieldAnswer(value=12_000_000)
