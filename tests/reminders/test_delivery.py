from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage.database import DatabaseFile
from reminders.delivery import BACKOFF, NotDelivered, Sent, deliver_claimed, deliver_waiting, settle_doubtful
from reminders.storage import claims, outbox
from reminders.storage.outbox_message import OutboxMessage
from tests.bot.conversation.floor import NOON, Clock, fresh_database


class Post:
    """A channel that keeps what it was given, and fails as it is told to."""

    def __init__(self, *faults: BaseException | None) -> None:
        self.sent: list[str] = []
        self.faults = list(faults)

    def __call__(self, outgoing: OutboxMessage) -> Sent:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault
        self.sent.append(outgoing.body or "")
        return Sent(f"receipt of {outgoing.body}")


def lay_down(
    database: DatabaseFile,
    *bodies: str,
    channel: str = "slack",
    address: str = "C1",
    to_be: outbox.ToBe = "sent later",
) -> list[OutboxMessage]:
    with database.writing() as inside:
        return [
            outbox.reply(
                inside,
                channel=channel,
                key=body,
                address=address,
                conversation="c",
                body=body,
                now=NOON,
                to_be=to_be,
            )
            for body in bodies
        ]


def states(database: DatabaseFile) -> dict[str | None, str]:
    with database.reading() as inside:
        rows = inside.query("SELECT body, state FROM letters ORDER BY id")
        return {row["body"]: row["state"] for row in rows}


def test_what_waits_is_sent_once_in_order(tmp_path: Path) -> None:
    database, post = fresh_database(tmp_path), Post()
    lay_down(database, "a", "b", "c")
    deliver_waiting(database, {"slack": post}, Clock())
    deliver_waiting(database, {"slack": post}, Clock())
    assert post.sent == ["a", "b", "c"]
    with database.reading() as inside:
        receipts = [outgoing.receipt for outgoing in outbox.outgoing_in(inside, "sent")]
    assert receipts == ["receipt of a", "receipt of b", "receipt of c"]


def test_what_is_to_be_sent_at_once_is_claimed_for_whoever_laid_it_down(tmp_path: Path) -> None:
    database, post = fresh_database(tmp_path), Post()
    (outgoing,) = lay_down(database, "a", to_be="sent at once")
    assert outgoing.state == "sending"
    assert deliver_waiting(database, {"slack": post}, Clock()) == []
    assert deliver_claimed(database, post, outgoing, Clock()).state == "sent"
    assert post.sent == ["a"] and states(database) == {"a": "sent"}


def test_what_is_to_be_sent_at_once_still_waits_for_what_is_open_at_its_address(tmp_path: Path) -> None:
    database, post = fresh_database(tmp_path), Post()
    first, second = lay_down(database, "a", "b", to_be="sent at once")
    (elsewhere,) = lay_down(database, "c", address="C2", to_be="sent at once")
    assert [first.state, second.state, elsewhere.state] == ["sending", "waiting", "sending"]
    assert deliver_waiting(database, {"slack": post}, Clock()) == []
    deliver_claimed(database, post, first, Clock())
    deliver_waiting(database, {"slack": post}, Clock())
    assert post.sent == ["a", "b"]


def test_what_was_to_be_sent_at_once_and_was_not_is_looked_for(tmp_path: Path) -> None:
    database, clock, post = fresh_database(tmp_path), Clock(), Post()
    lay_down(database, "a", to_be="sent at once")
    clock.pass_by(seconds=claims.CLAIM.total_seconds() + 1)
    deliver_waiting(database, {"slack": post}, clock)
    assert states(database) == {"a": "doubtful"}
    settle_doubtful(database, {"slack": lambda _: None}, clock)
    clock.pass_by(hours=1)
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == ["a"] and states(database) == {"a": "sent"}


def test_a_refusal_of_what_was_to_be_sent_at_once_lets_it_wait(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    post = Post(NotDelivered("busy", retry_after=timedelta(seconds=9)))
    (outgoing,) = lay_down(database, "a", to_be="sent at once")
    assert deliver_claimed(database, post, outgoing, clock).state == "waiting"
    clock.pass_by(seconds=8)
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == []
    clock.pass_by(seconds=1)
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == ["a"]


def test_a_channel_that_is_not_there_leaves_its_letters_waiting(tmp_path: Path) -> None:
    database, post = fresh_database(tmp_path), Post()
    lay_down(database, "a", channel="mail")
    assert deliver_waiting(database, {"slack": post}, Clock()) == []
    assert states(database) == {"a": "waiting"}


def test_a_turn_with_nothing_to_do_waits_for_nobody(tmp_path: Path) -> None:
    database = fresh_database(tmp_path, patience=0.1)
    with fresh_database(tmp_path).writing():
        assert deliver_waiting(database, {"slack": Post()}, Clock()) == []


def test_a_known_refusal_waits_longer_each_time_and_fails_in_the_end(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    post = Post(*(NotDelivered("busy") for _ in range(len(BACKOFF) + 1)))
    lay_down(database, "a")
    waits = []
    while states(database) == {"a": "waiting"}:
        deliver_waiting(database, {"slack": post}, clock)
        start = clock()
        while states(database) == {"a": "waiting"} and post.faults:
            before = len(post.faults)
            clock.pass_by(minutes=1)
            deliver_waiting(database, {"slack": post}, clock)
            if len(post.faults) < before:
                break
        waits.append(clock() - start)
    assert states(database) == {"a": "failed"}
    assert tuple(waits[: len(BACKOFF)]) == BACKOFF
    assert post.sent == []


def test_what_is_refused_for_good_has_failed_with_its_reason(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    lay_down(database, "a", "b")
    outcomes = deliver_waiting(
        database, {"slack": Post(NotDelivered("channel_not_found", permanent=True))}, Clock()
    )
    assert [(one.state, one.reason) for one in outcomes] == [("failed", "channel_not_found"), ("sent", "")]
    assert states(database) == {"a": "failed", "b": "sent"}


def test_a_channel_that_asks_for_rest_is_given_it(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    post = Post(NotDelivered("ratelimited", retry_after=timedelta(seconds=30)))
    lay_down(database, "a")
    lay_down(database, "b", address="C2")
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == []
    clock.pass_by(seconds=31)
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == ["a", "b"]


def test_a_later_letter_does_not_overtake_at_its_address(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    post = Post(NotDelivered("busy"))
    lay_down(database, "first", "second")
    lay_down(database, "elsewhere", address="C2")
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == ["elsewhere"]
    clock.pass_by(minutes=2)
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == ["elsewhere", "first", "second"]


def test_a_send_that_ends_without_word_is_doubtful_and_not_repeated(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    post = Post(TimeoutError("no answer"))
    lay_down(database, "a", "b")
    deliver_waiting(database, {"slack": post}, clock)
    clock.pass_by(days=1)
    deliver_waiting(database, {"slack": post}, clock)
    assert states(database) == {"a": "doubtful", "b": "sent"}
    assert post.sent == ["b"]


def test_a_claim_that_runs_out_is_doubtful_and_not_repeated(tmp_path: Path) -> None:
    database, clock, post = fresh_database(tmp_path), Clock(), Post()
    lay_down(database, "a")
    with pytest.raises(KeyboardInterrupt):
        deliver_waiting(database, {"slack": Post(KeyboardInterrupt())}, clock)
    deliver_waiting(database, {"slack": post}, clock)
    assert states(database) == {"a": "sending"}
    clock.pass_by(seconds=claims.CLAIM.total_seconds() + 1)
    deliver_waiting(database, {"slack": post}, clock)
    assert states(database) == {"a": "doubtful"}
    assert post.sent == []


def test_a_slow_send_may_still_report_after_its_claim_ran_out(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    lay_down(database, "a")

    def slow(outgoing: OutboxMessage) -> Sent:
        clock.pass_by(minutes=10)
        deliver_waiting(database, {"slack": Post()}, clock)
        assert states(database) == {"a": "doubtful"}
        return Sent()

    deliver_waiting(database, {"slack": slow}, clock)
    assert states(database) == {"a": "sent"}


def test_a_late_report_does_not_touch_a_later_claim(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    lay_down(database, "a")
    with database.writing() as inside:
        first = claims.claim(inside, ("slack",), clock())
        assert first is not None
        claims.put_back(inside, first, clock(), "looked for and not found")
        second = claims.claim(inside, ("slack",), clock())
        assert second is not None and second.attempts == 2
        assert not claims.settle(inside, first, "failed", clock())
        assert claims.settle(inside, second, "sent", clock())


def look_that(found: Callable[[], Sent | None]) -> dict[str, Callable[[OutboxMessage], Sent | None]]:
    return {"slack": lambda outgoing: found()}


def unreachable() -> Sent | None:
    raise NotDelivered("cannot look now")


@pytest.mark.parametrize(
    ("found", "state"),
    [(lambda: Sent("ts-1"), "sent"), (lambda: None, "waiting"), (unreachable, "doubtful")],
)
def test_a_doubt_is_settled_by_looking(tmp_path: Path, found: Callable[[], Sent | None], state: str) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    lay_down(database, "a")
    deliver_waiting(database, {"slack": Post(TimeoutError())}, clock)
    settle_doubtful(database, look_that(found), clock)
    assert states(database) == {"a": state}


def test_a_doubt_where_nobody_can_look_stays(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    lay_down(database, "a", channel="mail")
    deliver_waiting(database, {"mail": Post(TimeoutError())}, clock)
    assert settle_doubtful(database, look_that(lambda: None), clock) == []
    assert states(database) == {"a": "doubtful"}


def a_notice(
    database: DatabaseFile, body: str, day: str = "2024-07-01", kind: str = "notice", **times: timedelta
) -> int | None:
    with database.writing() as inside:
        return outbox.notice(
            inside,
            kind=kind,
            recipient="owner",
            day=day,
            channel="slack",
            address="U1",
            body=body,
            now=NOON,
            **{name: NOON + later for name, later in times.items()},  # type: ignore[arg-type]
        )


def test_a_recipient_gets_one_letter_a_day_of_each_kind(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    assert a_notice(database, "a") is not None
    assert a_notice(database, "a again") is None
    assert a_notice(database, "b", kind="thanks") is not None
    assert a_notice(database, "c", day="2024-07-02") is not None


def test_a_letter_waits_for_its_hour(tmp_path: Path) -> None:
    database, clock, post = fresh_database(tmp_path), Clock(), Post()
    a_notice(database, "later", not_before=timedelta(hours=1))
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == []
    clock.pass_by(hours=1)
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == ["later"]


def test_what_waited_until_it_lost_its_meaning_is_not_sent(tmp_path: Path) -> None:
    database, clock, post = fresh_database(tmp_path), Clock(), Post()
    a_notice(database, "today only", lapses_at=timedelta(hours=5))
    clock.pass_by(hours=5)
    deliver_waiting(database, {"slack": post}, clock)
    assert post.sent == [] and states(database) == {"today only": "lapsed"}


def test_a_forgotten_notice_is_still_not_said_again(tmp_path: Path) -> None:
    database, clock, post = fresh_database(tmp_path), Clock(), Post()
    a_notice(database, "a")
    lay_down(database, "b")
    deliver_waiting(database, {"slack": post}, clock)
    later = NOON + timedelta(days=100)
    with database.writing() as inside:
        outbox.forget(inside, replies_before=later, before=later)
    assert states(database) == {None: "sent"}
    assert a_notice(database, "a") is None


def test_what_still_waits_is_never_forgotten(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    lay_down(database, "a")
    later = NOON + timedelta(days=1000)
    with database.writing() as inside:
        outbox.forget(inside, replies_before=later, before=later)
    assert states(database) == {"a": "waiting"}


def test_a_channel_that_asks_for_rest_is_not_asked_for_the_next_doubtful_letter(tmp_path: Path) -> None:
    database, clock = fresh_database(tmp_path), Clock()
    for address in ("C1", "C2"):
        (outgoing,) = lay_down(database, address, address=address, to_be="sent at once")
        deliver_claimed(database, Post(TimeoutError()), outgoing, clock)
    asked: list[str] = []

    def busy(outgoing: OutboxMessage) -> Sent:
        asked.append(outgoing.address)
        raise NotDelivered("busy", retry_after=timedelta(seconds=9))

    assert settle_doubtful(database, {"slack": busy}, clock) == []
    assert asked == ["C1"] and set(states(database).values()) == {"doubtful"}
