"""Receiving, handling, crashing, repeating and delivering in any order keep the invariants."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from bot.message import Message
from bot.storage import audit
from bot.storage.inbox import Received
from reminders.delivery import NotDelivered, Sent, deliver_claimed, deliver_waiting, settle_doubtful
from reminders.storage.outbox_message import OutboxMessage
from tests.bot.conversation.floor import Clock, conversation, fresh_database
from tests.bot.conversation.test_crash import submit
from tests.bot.fuse import Crash, Fuse, raise_crash

KEYS = st.sampled_from([f"k{number}" for number in range(6)])
CHANNELS = st.sampled_from(["slack", "page"])
POINTS = st.integers(min_value=1, max_value=60)


class Floor(RuleBasedStateMachine):
    """One database, one channel that looks and one that fetches, and a process that may end anywhere."""

    received = Bundle("received")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.database = fresh_database(Path(self.folder.name), patience=0.3)
        self.clock = Clock()
        self.talk = conversation(self.database, submit, self.clock)
        self.acknowledged: set[tuple[str, str]] = set()
        self.attempted: set[tuple[str, str]] = set()
        self.arrived: Counter[str] = Counter()

    def send(self, outgoing: OutboxMessage) -> Sent:
        self.arrived[str(outgoing.in_reply_to)] += 1
        return Sent()

    def look(self, outgoing: OutboxMessage) -> Sent | None:
        return Sent() if self.arrived[str(outgoing.in_reply_to)] else None

    @contextmanager
    def crashing(self, fuse: Fuse) -> Iterator[None]:
        """A process of its own, with its own connections, that ends where the fuse blows."""
        self.database.close()
        with suppress(Crash), fuse.in_every_connection():
            yield
        self.database.close()

    @rule(target=received, channel=CHANNELS, key=KEYS, conversation=st.sampled_from("ab"))
    def receive(self, channel: str, key: str, conversation: str) -> Received:
        """For the first time or again."""
        self.attempted.add((channel, key))
        received = self.talk.receive(Message(channel, key, "p", conversation, key))
        self.acknowledged.add((channel, key))
        return received

    @rule(received=received)
    def handle(self, received: Received) -> None:
        """As soon as received, or late, or twice."""
        assert self.talk.handle(received).text == "提出しました。"

    @rule(received=received)
    def handle_and_send(self, received: Received) -> None:
        """As a channel does that sends by itself."""
        outgoing = self.talk.handle_claiming(received)
        if outgoing is not None:
            deliver_claimed(self.database, self.send, outgoing, self.clock)

    @rule(received=consumes(received), point=POINTS)
    def crash_while_handling_and_sending(self, received: Received, point: int) -> None:
        fuse = Fuse(point, raise_crash)

        def send(outgoing: OutboxMessage) -> Sent:
            with fuse.around():
                return self.send(outgoing)

        with self.crashing(fuse):
            outgoing = self.talk.handle_claiming(received)
            if outgoing is not None:
                deliver_claimed(self.database, send, outgoing, self.clock)

    @rule(received=consumes(received), point=POINTS)
    def crash_while_handling(self, received: Received, point: int) -> None:
        with self.crashing(Fuse(point, raise_crash)):
            self.talk.handle(received)

    @rule(channel=CHANNELS, key=KEYS, point=POINTS)
    def crash_while_receiving(self, channel: str, key: str, point: int) -> None:
        self.attempted.add((channel, key))
        with self.crashing(Fuse(point, raise_crash)):
            self.talk.receive(Message(channel, key, "p", "a", key))
            self.acknowledged.add((channel, key))

    @rule()
    def start_again(self) -> None:
        self.talk.handle_waiting()

    @rule()
    def deliver(self) -> None:
        deliver_waiting(self.database, {"slack": self.send}, self.clock)

    @rule(point=POINTS)
    def crash_while_delivering(self, point: int) -> None:
        fuse = Fuse(point, raise_crash)

        def send(outgoing: OutboxMessage) -> Sent:
            with fuse.around():
                return self.send(outgoing)

        with self.crashing(fuse):
            deliver_waiting(self.database, {"slack": send}, self.clock)

    @rule(fault=st.sampled_from([NotDelivered("busy"), TimeoutError("no word")]), arrives=st.booleans())
    def deliver_badly(self, fault: Exception, arrives: bool) -> None:
        def send(outgoing: OutboxMessage) -> Sent:
            if arrives and not isinstance(fault, NotDelivered):
                self.send(outgoing)
            raise fault

        deliver_waiting(self.database, {"slack": send}, self.clock)

    @rule(minutes=st.sampled_from([-30, 1, 3, 60]))
    def time_passes_or_the_clock_is_set_back(self, minutes: int) -> None:
        self.clock.pass_by(minutes=minutes)

    @rule()
    def look_for_the_doubtful(self) -> None:
        settle_doubtful(self.database, {"slack": self.look}, self.clock)

    @invariant()
    def nothing_is_done_or_sent_twice(self) -> None:
        with self.database.reading() as inside:
            done = Counter(line.subject for line in audit.lines(inside))
            states = {row["in_reply_to"]: row["state"] for row in inside.query("SELECT * FROM letters")}
        assert all(many <= len({c for c, k in self.attempted if k == key}) for key, many in done.items())
        assert all(many == 1 for many in self.arrived.values())
        assert all(states[outgoing] != "failed" for outgoing in states)

    def teardown(self) -> None:
        """However it went: in the end everything acknowledged is done once and has been answered once."""
        self.talk.handle_waiting()
        for _ in range(12):
            self.clock.pass_by(hours=3)
            settle_doubtful(self.database, {"slack": self.look}, self.clock)
            deliver_waiting(self.database, {"slack": self.send}, self.clock)
        with self.database.reading() as inside:
            rows = list(inside.query("SELECT channel, key, handled_at, fault FROM messages"))
            states = {row["in_reply_to"]: row["state"] for row in inside.query("SELECT * FROM letters")}
            done = len(audit.lines(inside))
        kept = {(row["channel"], row["key"]) for row in rows}
        assert self.acknowledged <= kept <= self.attempted
        assert all(row["handled_at"] and not row["fault"] for row in rows)
        assert done == len(rows) == len(states)
        for channel, key in kept:
            assert states[f"{channel}:{key}"] == "sent"
            assert self.arrived[f"{channel}:{key}"] == (1 if channel == "slack" else 0)
        self.database.close()
        self.folder.cleanup()


TestFloor = Floor.TestCase
TestFloor.settings = settings(max_examples=40, stateful_step_count=25)
