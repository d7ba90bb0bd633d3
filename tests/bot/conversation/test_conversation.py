from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.conversation.conversation import ATTEMPTS, Handled, Outdated
from bot.conversation.exchanges import exchanges
from bot.message import Message, Reply
from bot.storage import inbox
from reminders.storage import outbox
from tests.bot.conversation.floor import NOON, Clock, conversation, fresh_database, said

if TYPE_CHECKING:
    from sqlite_utils import Database


class Counted:
    """Answers with an effect, and counts how often it was decided and how often done."""

    def __init__(self, outdated: int = 0) -> None:
        self.decided = 0
        self.done = 0
        self.outdated = outdated

    def __call__(self, message: Message) -> Handled:
        self.decided += 1

        def change(database: "Database") -> Reply:
            if self.decided <= self.outdated:
                raise Outdated
            self.done += 1
            return Reply(f"記録しました: {message.text}")

        return change


def test_a_repeated_message_gets_the_same_reply_and_nothing_is_done_again(tmp_path: Path) -> None:
    answer = Counted()
    talk = conversation(fresh_database(tmp_path), answer)
    first, second = talk.take(said("順調です")), talk.take(said("順調です"))
    assert first == second == Reply("記録しました: 順調です")
    assert (answer.decided, answer.done) == (1, 1)


def test_the_same_key_on_another_channel_is_another_message(tmp_path: Path) -> None:
    answer = Counted()
    talk = conversation(fresh_database(tmp_path), answer)
    talk.take(said("はい", channel="slack"))
    talk.take(said("はい", channel="page"))
    assert answer.done == 2


def test_a_reply_waits_in_the_outbox_unless_the_page_took_it_along(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    talk = conversation(database)
    talk.take(said("一つ目", channel="slack"))
    talk.take(said("二つ目", channel="page"))
    with database.reading() as inside:
        waiting, sent = outbox.outgoing_in(inside, "waiting"), outbox.outgoing_in(inside, "sent")
    assert [outgoing.channel for outgoing in waiting] == ["slack"]
    assert [outgoing.channel for outgoing in sent] == ["page"]
    assert waiting[0].body is not None and Reply.from_json(waiting[0].body).text == "「一つ目」ですね。"


def test_a_page_opened_again_shows_its_conversation_again(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    talk = conversation(database)
    for number in range(3):
        talk.take(said(str(number), key=str(number), channel="page", conversation="mine"))
    talk.take(said("よその話", key="9", channel="page", conversation="theirs"))
    with database.reading() as inside:
        replies = [one.reply for one in exchanges(inside, "page", "mine")]
    assert [reply.text if reply else "" for reply in replies] == [
        "「0」ですね。",
        "「1」ですね。",
        "「2」ですね。",
    ]


def test_what_was_received_before_a_crash_is_handled_at_start(tmp_path: Path) -> None:
    answer = Counted()
    database = fresh_database(tmp_path)
    conversation(database, answer).receive(said("遅れています"))
    assert answer.done == 0
    talk = conversation(database, answer)
    assert talk.handle_waiting() == 1
    assert talk.handle_waiting() == 0
    assert answer.done == 1


def test_an_earlier_message_of_the_conversation_is_handled_first(tmp_path: Path) -> None:
    order: list[str] = []

    def answer(message: Message) -> Handled:
        order.append(message.text)
        return Reply("はい")

    talk = conversation(fresh_database(tmp_path), answer)
    talk.receive(said("一つ目", key="1"))
    talk.receive(said("別の人", key="2", conversation="c-2"))
    talk.take(said("二つ目", key="3"))
    assert order == ["一つ目", "二つ目"]


def test_a_change_decided_on_what_has_changed_since_is_decided_anew(tmp_path: Path) -> None:
    answer = Counted(outdated=2)
    reply = conversation(fresh_database(tmp_path), answer).take(said("はい"))
    assert reply.text == "記録しました: はい"
    assert (answer.decided, answer.done) == (3, 1)


def test_a_change_that_never_settles_ends_in_an_apology(tmp_path: Path) -> None:
    reply = conversation(fresh_database(tmp_path), Counted(outdated=ATTEMPTS)).take(said("はい"))
    assert reply.kind == "error"


def test_a_fault_undoes_everything_and_is_told_plainly_once(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    starts = []

    def answer(message: Message) -> Handled:
        starts.append(message)

        def change(inside: "Database") -> Reply:
            inside.execute("UPDATE messages SET tries = 7")
            raise LookupError("秘密の本文")

        return change

    talk = conversation(database, answer)
    reply = talk.take(said("秘密の本文"))
    assert "受付番号 1" in reply.text and reply.kind == "error"
    assert talk.take(said("秘密の本文")) == reply
    assert talk.handle_waiting() == 0 and len(starts) == 1
    with database.reading() as inside:
        (faulty,) = inbox.faults(inside, since=NOON)
        assert [row["tries"] for row in inside.query("SELECT tries FROM messages")] == [0]
    assert faulty.fault.startswith("LookupError at ") and "秘密" not in faulty.fault


def test_an_english_message_is_apologised_to_in_english(tmp_path: Path) -> None:
    def answer(message: Message) -> Handled:
        raise ZeroDivisionError

    reply = conversation(fresh_database(tmp_path), answer).take(said("how much?"))
    assert reply.text.startswith("Sorry")


def test_a_message_that_ends_the_process_each_time_is_given_up(tmp_path: Path) -> None:
    def answer(message: Message) -> Handled:
        raise KeyboardInterrupt

    database = fresh_database(tmp_path)
    talk = conversation(database, answer)
    talk.receive(said("毒"))
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            talk.handle_waiting()
    assert talk.handle_waiting() == 1
    assert talk.handle_waiting() == 0


def test_each_message_is_one_line_in_the_log_without_its_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="kaikaku"):
        conversation(fresh_database(tmp_path)).take(said("誰にも言わないで"))
    (record,) = caplog.records
    facts = record.__dict__["facts"]
    assert facts["channel"] == "slack" and facts["number"] == 1
    assert "誰にも" not in str(record.__dict__)


def test_text_is_forgotten_and_a_late_repeat_still_does_nothing(tmp_path: Path) -> None:
    answer, clock = Counted(), Clock()
    database = fresh_database(tmp_path)
    talk = conversation(database, answer, clock)
    talk.take(said("はい", channel="page"))
    clock.pass_by(days=8)
    with database.writing() as inside:
        inbox.forget(inside, text_before=clock(), before=NOON)
        outbox.forget(inside, replies_before=clock(), before=NOON)
        assert "はい" not in str(list(inside.query("SELECT * FROM messages")))
        assert "はい" not in str(list(inside.query("SELECT * FROM letters")))
    assert talk.take(said("はい", channel="page")).kind == "repeat"
    assert answer.done == 1
