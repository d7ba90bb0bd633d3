from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.conversation.commands import Command
from bot.conversation.conversation import Conversation, Handled, apology
from bot.conversation.dispatch import LONGEST_QUESTION, Handler, answering
from bot.conversation.examples import examples
from bot.identity.asker import Asker
from bot.identity.rights import Act
from bot.message import Message, Press, Reply
from bot.storage import question_history, unanswered
from bot.storage.database import DatabaseFile
from knowledge.editions.edition import Edition, shipped
from knowledge.known import Known
from knowledge.question import Language
from knowledge.roster.roster import Person
from tests.bot.conversation.floor import NOON, Clock, fresh_database
from tests.invented_roster import OWNER, ROSTER, SECRETARIAT
from tests.small_plan import small_edition

if TYPE_CHECKING:
    from sqlite_utils import Database

KNOWN = Known(small_edition())


class Talk:
    """One person's conversation; a list of what is said and of what must be part of the answer."""

    def __init__(
        self, folder: Path, handlers: tuple[Handler, ...] = (), table: tuple[Command, ...] = ()
    ) -> None:
        self.database: DatabaseFile = fresh_database(folder)
        self.clock = Clock()
        self.person: Person | None = OWNER
        answer = answering(self.database, lambda: KNOWN, self._asker, handlers, table)
        self.conversation = Conversation(self.database, answer, self.clock, apology)
        self.said = 0

    def _asker(self, message: Message) -> Asker:
        return Asker(self.person, ROSTER.on(self.clock().date()), self.clock())

    def say(self, text: str, press: Press | None = None, conversation: str = "c-1") -> Reply:
        self.said += 1
        message = Message("terminal", str(self.said), "p-1", conversation, text, "owner", press)
        return self.conversation.take(message)

    def kept(self) -> list[tuple[str, str]]:
        with self.database.reading() as inside:
            return [(one.text, one.kind) for one in unanswered.listed(inside)]

    def earlier(self, conversation: str = "c-1") -> tuple[str, ...]:
        with self.database.reading() as inside:
            return question_history.earlier(inside, "terminal", conversation, self.clock())


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path)


def test_a_question_is_answered_with_its_source(talk: Talk) -> None:
    reply = talk.say("1-2-1の目標は？")
    assert reply.kind == "fact" and "30" in reply.text
    assert [source.reference for source in reply.sources] == ["1-2-1"]


def test_the_next_question_follows_the_one_before_in_its_own_conversation_only(talk: Talk) -> None:
    talk.say("1-2-1の目標は？")
    assert "20手続" in talk.say("R7は？").text
    assert talk.say("R7は？", conversation="c-2").kind != "fact"


def test_after_an_hour_a_question_follows_nothing(talk: Talk) -> None:
    talk.say("1-2-1の目標は？")
    talk.clock.moment += timedelta(hours=2)
    assert talk.say("R7は？").kind != "fact"


@pytest.mark.parametrize("words", ["はじめから", " 最初から。", "リセット", "ＲＥＳＥＴ", "start over"])
def test_one_who_begins_anew_is_not_understood_by_what_came_before(talk: Talk, words: str) -> None:
    talk.say("1-2-1の目標は？")
    assert talk.say(words).kind == "command"
    assert talk.earlier() == ()
    assert talk.say("R7は？").kind != "fact"


@pytest.mark.parametrize("words", ["ヘルプ", "使い方", "使い方。", "/ヘルプ", "ﾍﾙﾌﾟ"])
def test_help_shows_questions_that_this_plan_answers_and_the_words_that_do_something(
    talk: Talk, words: str
) -> None:
    reply = talk.say(words)
    assert "はじめから" in reply.text and reply.kind == "command"
    assert [choice.value for choice in reply.choices] == [question for question, _ in examples(KNOWN.plan)]


def test_help_is_given_in_english_when_asked_for_in_english(talk: Talk) -> None:
    assert "start over" in talk.say("Help").text


def test_a_question_that_holds_the_word_of_a_command_is_a_question(talk: Talk) -> None:
    assert talk.say("1-2-1を最初から説明して").kind != "command"


def test_a_command_asks_nothing_and_leaves_nothing_behind(talk: Talk) -> None:
    talk.say("ヘルプ")
    talk.say("こんにちは")
    assert talk.earlier() == () and talk.kept() == []


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("edition", [shipped(), small_edition()], ids=lambda edition: edition.id)
def test_every_example_is_answered_by_its_own_plan(
    tmp_path: Path, edition: Edition, language: Language
) -> None:
    known = Known(edition)
    database = fresh_database(tmp_path)
    answer = answering(database, lambda: known, lambda _: Asker(None, ROSTER, NOON))
    talk = Conversation(database, answer, Clock(), apology)
    questions = [question for question, _ in examples(known.plan, language)]
    assert len(questions) >= 3
    for number, question in enumerate(questions):
        reply = talk.take(Message("page", str(number), "p", f"c-{number}", question))
        assert reply.kind in ("fact", "list", "passage"), (question, reply.text)


def test_what_found_no_answer_is_kept_without_what_leads_to_a_person(talk: Talk) -> None:
    talk.say("公園 花子さんの火星移住計画は？ hanako@city.example まで")
    ((text, kind),) = talk.kept()
    assert "花子" not in text and "@" not in text and "火星移住" in text
    assert kind in ("unclear", "out_of_plan")


def test_what_was_answered_is_not_kept(talk: Talk) -> None:
    talk.say("1-2-1の目標は？")
    assert talk.kept() == []


def test_a_pressed_question_is_asked_and_remembered(talk: Talk) -> None:
    assert talk.say("オンライン申請の拡充", Press("ask", "1-2-1の目標は？")).kind == "fact"
    assert talk.earlier() == ("1-2-1の目標は？",)


def test_a_button_that_nobody_answers_for_any_more_is_told_so(talk: Talk) -> None:
    reply = talk.say("提出", Press("submit", "draft-1", revision=3))
    assert "使えません" in reply.text and talk.earlier() == ()
    assert "no longer" in talk.say("Submit", Press("submit", "draft-1", revision=3)).text


@pytest.mark.parametrize("nothing", ["", "　", " \n"])
def test_nothing_said_is_not_a_question(talk: Talk, nothing: str) -> None:
    assert "質問を入力" in talk.say(nothing).text
    assert talk.kept() == []


def test_what_is_too_long_to_be_a_question_is_refused_unread(talk: Talk) -> None:
    assert f"{LONGEST_QUESTION}字以内" in talk.say("あ" * (LONGEST_QUESTION + 1)).text
    assert str(LONGEST_QUESTION) in talk.say("a" * (LONGEST_QUESTION + 1)).text
    assert talk.kept() == []


def dialogue(message: Message, asker: Asker) -> Handled | None:
    """A form that takes a number and its own buttons, and nothing else."""
    if message.press is not None:
        return Reply("提出しました。") if message.press.action == "submit" else None
    return Reply(f"{message.text}件ですね。") if message.text.isdigit() else None


def test_a_dialogue_takes_what_is_for_it_and_leaves_questions_and_commands_alone(tmp_path: Path) -> None:
    talk = Talk(tmp_path, handlers=(lambda message, asker: None, dialogue))
    assert talk.say("3").text == "3件ですね。"
    assert talk.say("1-2-1の目標は？").kind == "fact"
    assert talk.say("ヘルプ").kind == "command"
    assert talk.say("提出", Press("submit", "")).text == "提出しました。"
    assert talk.earlier() == ("1-2-1の目標は？",)


def test_a_pressed_question_is_never_taken_for_a_dialogues_answer(tmp_path: Path) -> None:
    def greedy(message: Message, asker: Asker) -> Handled | None:
        return Reply("入力しました。")

    talk = Talk(tmp_path, handlers=(greedy,))
    assert talk.say("オンライン申請の拡充", Press("ask", "1-2-1の目標は？")).kind == "fact"


def send_now(message: Message, asker: Asker, language: str) -> Handled:
    def effect(database: "Database") -> Reply:
        return Reply("送りました。")

    return effect


SEND = Command(("送信",), ("send",), "通知を送る", "send notices", send_now, Act.SEND)


def test_a_command_is_for_those_who_may_use_it_and_others_learn_who_can_help(tmp_path: Path) -> None:
    talk = Talk(tmp_path, table=(SEND,))
    refused = talk.say("送信")
    assert refused.kind == "refused" and "事務局" in refused.text
    assert "通知を送る" not in talk.say("ヘルプ").text
    talk.person = SECRETARIAT
    assert talk.say("送信").text == "送りました。"
    assert "通知を送る" in talk.say("ヘルプ").text


def test_a_stranger_may_ask_about_the_plan(talk: Talk) -> None:
    talk.person = None
    assert talk.say("1-2-1の目標は？").kind == "fact"
