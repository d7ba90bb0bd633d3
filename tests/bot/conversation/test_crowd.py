"""Many people at once, three processes, one database: each message handled once, no lock error to anybody."""

import multiprocessing
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.storage import audit
from bot.storage.database import DatabaseFile
from reminders.delivery import Sent, deliver_claimed, deliver_waiting
from reminders.storage import outbox
from reminders.storage.outbox_message import OutboxMessage
from tests.bot.conversation.floor import Clock, conversation, fresh_database, said
from tests.bot.conversation.test_crash import submit
from tests.waiting import PATIENCE

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.bot.conversation.test_crowd"])
COUNT = 3


def crowd(path: Path, people: range, messages: int, ready: Barrier, said_back: "Queue[list[str]]") -> None:
    """`people`, each with a thread, beginning together, each saying `messages` things one after the other."""
    database = DatabaseFile(path)
    talk = conversation(database, submit)
    together = threading.Barrier(len(people))
    sent: list[str] = []

    def post(outgoing: OutboxMessage) -> Sent:
        sent.append(f"sent {outgoing.in_reply_to}")
        return Sent()

    def person(number: int) -> list[str]:
        together.wait()
        texts = []
        for message in range(messages):
            one = said("提出", key=f"{number}-{message}", conversation=str(number))
            received = talk.receive(replace(one, place=f"p-{number}"))
            outgoing = talk.handle_claiming(received)
            if outgoing is not None:
                deliver_claimed(database, post, outgoing, Clock())
            texts.append(talk.handle(received).text)
        deliver_waiting(database, {"slack": post}, Clock())
        return texts

    ready.wait()
    with ThreadPoolExecutor(len(people)) as pool:
        said_back.put([text for texts in pool.map(person, people) for text in texts] + sent)


@pytest.mark.parametrize(
    ("people", "messages"), [pytest.param(24, 2, id="slice"), pytest.param(200, 5, marks=pytest.mark.slow)]
)
def test_every_message_is_handled_and_sent_once_and_nobody_sees_a_lock(
    tmp_path: Path, people: int, messages: int
) -> None:
    database = fresh_database(tmp_path)
    ready, said_back = PROCESSES.Barrier(COUNT), PROCESSES.Queue()
    # Neighbours overlap: what a person says reaches two processes, as a channel's repetition may.
    shares = [range(start * people // COUNT, (start + 1) * people // COUNT + 2) for start in range(COUNT)]
    processes = [
        PROCESSES.Process(target=crowd, args=(database.path, share, messages, ready, said_back))
        for share in shares
    ]
    for process in processes:
        process.start()
    said_to_people = Counter(text for _ in processes for text in said_back.get(timeout=300))
    for process in processes:
        process.join(PATIENCE)
    everybody = len(set().union(*shares))
    replies = sum(many for text, many in said_to_people.items() if not text.startswith("sent "))
    assert said_to_people["提出しました。"] == replies == sum(map(len, shares)) * messages
    outgoing_messages = Counter(
        {text: many for text, many in said_to_people.items() if text.startswith("sent ")}
    )
    assert len(outgoing_messages) == everybody * messages and set(outgoing_messages.values()) == {1}
    with database.reading() as inside:
        assert len(audit.lines(inside)) == everybody * messages
        assert len(outbox.outgoing_in(inside, "sent")) == everybody * messages
    assert conversation(database).handle_waiting() == 0
