import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.exchanges import exchanges
from bot.storage import audit, feedback, question_history, unanswered
from bot.storage.audit import AuditLine
from tests.bot.conversation.floor import NOON, conversation, fresh_database, said


def test_a_follow_up_sees_what_its_conversation_asked(tmp_path: Path) -> None:
    with fresh_database(tmp_path).writing() as inside:
        question_history.remember(inside, "page", "mine", "3-1-2の効果額は？", NOON)
        question_history.remember(inside, "page", "mine", "R6は？", NOON)
        question_history.remember(inside, "page", "theirs", "職員定数は？", NOON)
        question_history.remember(inside, "slack", "mine", "5-2-1は？", NOON)
        assert question_history.earlier(inside, "page", "mine", NOON) == ("3-1-2の効果額は？", "R6は？")


def test_a_question_of_yesterday_is_not_followed(tmp_path: Path) -> None:
    with fresh_database(tmp_path).writing() as inside:
        question_history.remember(inside, "page", "mine", "3-1-2の効果額は？", NOON)
        assert question_history.earlier(inside, "page", "mine", NOON + timedelta(hours=2)) == ()


def test_only_the_latest_questions_are_kept(tmp_path: Path) -> None:
    with fresh_database(tmp_path).writing() as inside:
        for number in range(question_history.KEPT + 3):
            question_history.remember(inside, "page", "mine", str(number), NOON)
        assert question_history.earlier(inside, "page", "mine", NOON) == ("3", "4", "5", "6", "7")
        question_history.forget(inside, NOON + timedelta(seconds=1))
        assert not list(inside.query("SELECT * FROM asked_questions"))


def test_a_cleared_conversation_begins_anew(tmp_path: Path) -> None:
    with fresh_database(tmp_path).writing() as inside:
        question_history.remember(inside, "page", "mine", "3-1-2の効果額は？", NOON)
        question_history.clear(inside, "page", "mine")
        assert question_history.earlier(inside, "page", "mine", NOON) == ()


NAMES = ["山田 太郎", "秦野　花"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("電話は0463-82-5111です", "電話は（電話）です"),
        ("０４６３（８２）５１１１", "（電話）"),
        ("０９０ー１２３４ー５６７８へ", "（電話）へ"),
        ("09012345678", "（電話）"),
        ("+81-463-82-5111", "（電話）"),
        ("82-5111に電話", "（電話）に電話"),
        ("内線 2345の人", "（電話）の人"),
        ("owner.one@city.example.jpへ", "（メール）へ"),
        ("ｏｗｎｅｒ＠ｃｉｔｙ．ｊｐ", "（メール）"),
        ("山田太郎と山田　太郎", "（氏名）と（氏名）"),
        ("山田さんと山田課長", "（氏名）さんと（氏名）課長"),
    ],
)
def test_what_leads_to_a_person_is_masked(typed: str, kept: str) -> None:
    assert unanswered.masked(typed, NAMES) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "3-1-2の令和6年度は298,513千円？",
        "2021-2025の５年計は",
        "秦野市の山田地区の花壇",
        "０",
        "5-2-1 5-2-7 5-2-8",
        "",
        "10000000円",
    ],
)
def test_what_leads_to_nobody_stays_as_it_was_typed(typed: str) -> None:
    assert unanswered.masked(typed, NAMES) == typed


def test_an_unanswered_question_is_kept_without_its_persons_and_for_a_while(tmp_path: Path) -> None:
    with fresh_database(tmp_path).writing() as inside:
        unanswered.keep(inside, "山田さんの電話は？", "out_of_plan", NAMES, NOON)
        (kept,) = unanswered.listed(inside)
        assert (kept.text, kept.kind, kept.asked_at) == ("（氏名）さんの電話は？", "out_of_plan", NOON)
        unanswered.forget(inside, NOON)
        assert len(unanswered.listed(inside)) == 1
        unanswered.forget(inside, NOON + timedelta(seconds=1))
        assert unanswered.listed(inside) == []


def test_the_audit_keeps_what_was_done_in_order(tmp_path: Path) -> None:
    first = AuditLine(NOON, "secretariat", "締切の変更", "自己評価 R6", "2024-07-31", "2024-07-24")
    second = AuditLine(NOON + timedelta(days=1), audit.COMMAND_LINE, "名簿の取込", after="41課等")
    with fresh_database(tmp_path).writing() as inside:
        audit.record(inside, first)
        audit.record(inside, second)
        assert audit.lines(inside) == [first, second]
        assert audit.lines(inside, limit=1) == [second]
        assert audit.lines(inside, since=NOON + timedelta(hours=1)) == [second]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'nobody'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit (id, at, who, what) VALUES (1, 'x', 'y', 'z')",
    ],
)
def test_nobody_rewrites_the_audit(tmp_path: Path, statement: str) -> None:
    database = fresh_database(tmp_path)
    with database.writing() as inside:
        audit.record(inside, AuditLine(NOON, "secretariat", "締切の変更"))
    with pytest.raises(sqlite3.IntegrityError, match="never"), database.writing() as inside:
        inside.execute(statement)
    with database.reading() as inside:
        assert audit.lines(inside) == [AuditLine(NOON, "secretariat", "締切の変更")]


def test_the_last_mark_on_an_answer_counts(tmp_path: Path) -> None:
    with fresh_database(tmp_path).writing() as inside:
        feedback.mark(inside, "page", "1", "helpful", NOON)
        feedback.mark(inside, "page", "1", "not_helpful", NOON)
        feedback.mark(inside, "slack", "1", "helpful", NOON)
        assert feedback.mark_of(inside, "page", "1") == "not_helpful"
        assert feedback.mark_of(inside, "slack", "1") == "helpful"
        assert feedback.mark_of(inside, "page", "2") is None


def test_a_conversation_is_shown_again_with_replies_and_marks(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    talk = conversation(database)
    talk.take(said("一つ目", key="1", channel="page", conversation="mine"))
    talk.take(said("よそ", key="2", channel="page", conversation="theirs"))
    talk.receive(said("まだ", key="3", channel="page", conversation="mine"))
    with database.writing() as inside:
        feedback.mark(inside, "page", "1", "helpful", NOON)
    with database.reading() as inside:
        first, second = exchanges(inside, "page", "mine")
    assert (first.message.text, first.mark, first.at) == ("一つ目", "helpful", NOON)
    assert first.reply is not None and first.reply.text == "「一つ目」ですね。"
    assert (second.message.text, second.reply, second.mark) == ("まだ", None, None)
