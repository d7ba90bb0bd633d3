"""Sends what waits in the outbox, replies and notices alike: claim, send, settle, one outbox message at a time.

A send that ends without word leaves its outbox message doubtful: it is looked for, and never blindly repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from reminders.storage import claims, outbox
from reminders.storage.outbox_message import OutboxMessage, State

if TYPE_CHECKING:
    from sqlite_utils import Database

BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120))
"""How long a refused message waits after each attempt. A reply has failed after one attempt more than these; what we
say of our own account is tried until its day is over."""


class UnitsOfWork(Protocol):
    """Where outbox messages rest: what is written in one unit is kept whole or not at all."""

    def reading(self) -> AbstractContextManager[Database]:
        """One consistent view."""

    def writing(self) -> AbstractContextManager[Database]:
        """One transaction."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel has taken the outbox message; `receipt` is its own name for what was sent."""

    receipt: str = ""


class NotDelivered(Exception):
    """The outbox message certainly did not arrive. Anything else that a channel raises leaves the outbox message doubtful.

    `permanent`: it never will. `retry_after`: the channel as a whole asks to be left alone for so long.
    """

    def __init__(self, reason: str, *, permanent: bool = False, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.retry_after = retry_after


Send = Callable[[OutboxMessage], Sent]
"""Sends one outbox message, within less than claims.CLAIM. Raises NotDelivered."""

Look = Callable[[OutboxMessage], Sent | None]
"""Looks for a doubtful message where it should have arrived; None when it certainly did not. Whatever it raises leaves
the outbox message doubtful; a NotDelivered with `retry_after` lets the channel rest until the next time."""


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """What became of one attempt: the outbox message as it was claimed, the state it is in now, and why."""

    outgoing: OutboxMessage
    state: State
    reason: str = ""


def deliver_waiting(
    units: UnitsOfWork, send: Mapping[str, Send], now: Callable[[], datetime]
) -> list[DeliveryOutcome]:
    """Send every outbox message that may leave now by a channel of `send`; gives what became of each attempt."""
    outcomes: list[DeliveryOutcome] = []
    channels = set(send)
    while (outgoing := _next(units, tuple(sorted(channels)), now)) is not None:
        outcome, rests = _send(send[outgoing.channel], outgoing)
        outcomes.append(_settled(units, outgoing, outcome, now()))
        if rests:
            channels.discard(outgoing.channel)
    return outcomes


def deliver_claimed(
    units: UnitsOfWork, send: Send, outgoing: OutboxMessage, now: Callable[[], datetime]
) -> DeliveryOutcome:
    """Send an outbox message that was laid down to be sent at once, which only its claimer may do."""
    outcome, _ = _send(send, outgoing)
    return _settled(units, outgoing, outcome, now())


def settle_doubtful(
    units: UnitsOfWork, look: Mapping[str, Look], now: Callable[[], datetime]
) -> list[DeliveryOutcome]:
    """Look for every doubtful outbox message: what did not arrive waits again, the unknowable stays."""
    with units.reading() as database:
        doubtful = [one for one in outbox.outgoing_in(database, "doubtful") if one.channel in look]
    outcomes, resting = [], set[str]()
    for outgoing in doubtful:
        if outgoing.channel in resting:
            continue
        found = _attempt(look[outgoing.channel], outgoing)
        if found is None:
            found = NotDelivered("届いていないことを確かめた")
        elif not isinstance(found, Sent):
            if _wants_rest(found):
                resting.add(outgoing.channel)
            continue
        outcomes.append(_settled(units, outgoing, found, now()))
    return outcomes


def _next(units: UnitsOfWork, channels: tuple[str, ...], now: Callable[[], datetime]) -> OutboxMessage | None:
    with units.reading() as database:
        if not claims.has_open(database, channels, now()):
            return None
    with units.writing() as database:
        claims.tidy(database, now())
        return claims.claim(database, channels, now())


def _send(send: Send, outgoing: OutboxMessage) -> tuple[Sent | Exception, bool]:
    """How it went, and whether the channel asks for rest."""
    outcome = _attempt(send, outgoing)
    assert outcome is not None, "a channel sends or raises"
    return outcome, _wants_rest(outcome)


def _wants_rest(outcome: Sent | Exception) -> bool:
    return isinstance(outcome, NotDelivered) and outcome.retry_after is not None


def _attempt(act: Callable[[OutboxMessage], Sent | None], outgoing: OutboxMessage) -> Sent | Exception | None:
    try:
        return act(outgoing)
    except Exception as fault:
        return fault


def _settled(
    units: UnitsOfWork, outgoing: OutboxMessage, outcome: Sent | Exception, now: datetime
) -> DeliveryOutcome:
    with units.writing() as database:
        match outcome:
            case Sent(receipt):
                claims.settle(database, outgoing, "sent", now, receipt=receipt)
                return DeliveryOutcome(outgoing, "sent")
            case NotDelivered(permanent=False) if outgoing.day or outgoing.attempts <= len(BACKOFF):
                wait = outcome.retry_after or BACKOFF[min(outgoing.attempts, len(BACKOFF)) - 1]
                claims.put_back(database, outgoing, now + wait, str(outcome))
                return DeliveryOutcome(outgoing, "waiting", str(outcome))
            case NotDelivered():
                claims.settle(database, outgoing, "failed", now, reason=str(outcome))
                return DeliveryOutcome(outgoing, "failed", str(outcome))
            case _:
                reason = f"送信の結果が分からない ({type(outcome).__name__})"
                claims.settle(database, outgoing, "doubtful", now, reason=reason)
                return DeliveryOutcome(outgoing, "doubtful", reason)
