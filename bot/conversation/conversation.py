"""The story of one message: received, answered, handled, replied to. Nothing lost, nothing twice.

What the answer is comes from outside as a callable; this module sees to it that it happens once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import log
from bot.message import Message, Reply
from bot.storage import inbox
from bot.storage.database import DatabaseFile
from bot.storage.database_fault import DatabaseFault, Trouble
from bot.storage.inbox import Received
from bot.wording.language import language_of
from bot.wording.wording import say
from reminders.storage import outbox
from reminders.storage.outbox import ToBe
from reminders.storage.outbox_message import OutboxMessage

if TYPE_CHECKING:
    from sqlite_utils import Database

ATTEMPTS = 5
"""How often a message is decided anew because what it was decided on had changed."""

TRIES = 3
"""How many starts a message is given whose handling ended the process each time."""

UNDER_WAY = timedelta(minutes=1)
"""What was received less than this ago may be under way elsewhere."""


class Outdated(Exception):
    """Raised by an effect whose grounds have changed: nothing is kept, and it is decided anew."""


class Delayed(DatabaseFault):
    """What was received stays received, and is handled once the database can do its part again."""


Effect = Callable[["Database"], Reply]
"""A change, made inside the message's own transaction; its reply was worded before."""

Handled = Reply | Effect
"""What a message leads to: something to say, or something to do and then say."""


@dataclass(frozen=True, slots=True)
class _Done:
    """How a message ended: what was said, and the outbox message of it that was claimed for whoever handled it.

    With a `trouble` of the database it has not ended, and what was said is kept nowhere.
    """

    reply: Reply
    outgoing: OutboxMessage | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where every message comes in. `answer` decides and words without writing anything.

    `apologise` words the reply to a message (with its number) whose handling failed; `fetched` are the channels where
    the person takes the reply along with the response, so that nothing is left to send.
    """

    database: DatabaseFile
    answer: Callable[[Message], Handled]
    now: Callable[[], datetime]
    apologise: Callable[[Message, int], Reply]
    fetched: frozenset[str] = frozenset()

    def take(self, message: Message) -> Reply:
        """Receive and handle; repeating the message gives the same reply and does nothing again."""
        try:
            received = self.receive(message)
        except DatabaseFault as fault:
            log.warn("not received", channel=message.channel, trouble=fault.trouble)
            return Reply(str(fault), kind="error")
        return self.handle(received)

    def receive(self, message: Message) -> Received:
        """Keep the message safely; only then may its channel hear that it arrived. Raises DatabaseFault."""
        with self.database.writing() as database:
            return inbox.receive(database, message, self.now())

    def handle(self, received: Received) -> Reply:
        """The reply to a received message, after those of its conversation that still wait before it."""
        for earlier in received.earlier:
            self._handle_one(earlier)
        return self._handle_one(received).reply

    def handle_claiming(self, received: Received) -> OutboxMessage | None:
        """The same by somebody who sends replies: the outbox message that only they may send now, and have to.

        None where it waits its turn at its address, or has been laid down before. Raises Delayed.
        """
        for earlier in received.earlier:
            self._handle_one(earlier)
        done = self._handle_one(received, "sent at once")
        if done.trouble is not None:
            raise Delayed(done.trouble)
        return done.outgoing

    def handle_waiting(self) -> int:
        """At start: handle what was received and still waits, as after a crash; gives how many."""
        with self.database.reading() as database:
            waiting = inbox.waiting(database)
        for received in waiting:
            with self.database.writing() as database:
                tries = inbox.mark_tried(database, received.id)
            if tries > TRIES:
                self._give_up(received, "the process ended each time")
            else:
                self._handle_one(received)
        return len(waiting)

    def handle_left(self) -> int:
        """While running: handle what trouble with the database has left waiting; gives how many.

        What was received only just now may be under way in another thread or process.
        """
        with self.database.reading() as database:
            left = inbox.waiting(database, self.now() - UNDER_WAY)
        for received in left:
            self._handle_one(received)
        return len(left)

    def _handle_one(self, received: Received, to_be: ToBe = "sent later") -> _Done:
        started = time.monotonic()
        fault: str | None = None
        try:
            done = self._answer(received, to_be)
        except DatabaseFault as trouble:
            # It stays received, and is handled once the database can be written again.
            fault, done = trouble.trouble, _Done(Reply(str(trouble), kind="error"), trouble=trouble.trouble)
        except Exception as failure:
            fault = log.place_of(failure)
            done = self._give_up(received, fault, to_be)
        _report(received, done.reply, fault, time.monotonic() - started)
        return done

    def _answer(self, received: Received, to_be: ToBe) -> _Done:
        if received.outgoing is not None:
            return _Done(self._said(received))
        for _ in range(ATTEMPTS):
            handled = self.answer(received.message)
            try:
                return self._keep(received, handled, to_be)
            except Outdated:
                continue
        raise Outdated(f"still after {ATTEMPTS} attempts")

    def _keep(self, received: Received, handled: Handled, to_be: ToBe, fault: str | None = None) -> _Done:
        """One transaction: the effect, the reply as an outbox message, and the mark that it is done."""
        with self.database.writing() as database:
            earlier = inbox.outgoing_of(database, received.id)
            if earlier is not None:
                return _Done(_reply_in(database, earlier))
            reply = handled if isinstance(handled, Reply) else handled(database)
            outgoing = self._outgoing(database, received.message, reply, to_be)
            inbox.mark_handled(database, received.id, outgoing.id, self.now(), fault)
        return _Done(reply, outgoing if outgoing.state == "sending" else None)

    def _outgoing(self, database: Database, message: Message, reply: Reply, to_be: ToBe) -> OutboxMessage:
        return outbox.reply(
            database,
            channel=message.channel,
            key=message.key,
            address=message.place,
            conversation=message.conversation,
            body=reply.to_json(),
            now=self.now(),
            to_be="fetched" if message.channel in self.fetched else to_be,
        )

    def _said(self, received: Received) -> Reply:
        assert received.outgoing is not None
        with self.database.reading() as database:
            return _reply_in(database, received.outgoing)

    def _give_up(self, received: Received, fault: str, to_be: ToBe = "sent later") -> _Done:
        """Handled with a fault, so that it does not come back for ever; doctor shows it to the operator."""
        reply = self.apologise(received.message, received.id)
        try:
            return self._keep(received, reply, to_be, fault)
        except DatabaseFault as trouble:
            return _Done(reply, trouble=trouble.trouble)


def apology(message: Message, number: int) -> Reply:
    """What a person is told when handling their message failed: nothing was changed, and what to do."""
    language = language_of(message.text)
    return Reply(say("trouble", language, number=number), kind="error", language=language)


def _reply_in(database: Database, number: int) -> Reply:
    outgoing = outbox.outgoing(database, number)
    if outgoing is None or outgoing.body is None:
        return Reply(say("done_before"), kind="repeat")
    return Reply.from_json(outgoing.body)


def _report(received: Received, reply: Reply, fault: str | None, seconds: float) -> None:
    tell = log.note if fault is None else log.warn
    tell(
        "message",
        number=received.id,
        channel=received.message.channel,
        kind=reply.kind,
        repeated=received.outgoing is not None,
        milliseconds=round(seconds * 1000),
        fault=fault,
    )
