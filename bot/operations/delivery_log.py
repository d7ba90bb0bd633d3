"""What the log says of outbox messages and of turns of the clock: every attempt, and what stays wrong once, not each minute."""

from __future__ import annotations

from collections.abc import Iterable

from bot import log
from bot.storage.database_fault import DatabaseFault
from reminders.delivery import DeliveryOutcome
from reminders.tick import Turn


def log_outcomes(outcomes: Iterable[DeliveryOutcome]) -> None:
    """A line for each attempt; somebody should look at one that failed or that nobody knows of."""
    for one in outcomes:
        tell = log.warn if one.state in ("failed", "doubtful") else log.note
        tell(
            "letter",
            number=one.outgoing.id,
            channel=one.outgoing.channel,
            state=one.state,
            attempt=one.outgoing.attempts,
            reason=one.reason or None,
        )


class TurnLog:
    """Writes what came of each turn."""

    def __init__(self) -> None:
        self._stays: tuple[object, ...] = ()

    def write(self, turn: Turn) -> None:
        """A line for what was done, what broke, and whom no outbox message can reach where that has changed."""
        if turn.fault is not None:
            trouble = turn.fault.trouble if isinstance(turn.fault, DatabaseFault) else None
            log.warn("reminders broken off", trouble=trouble, fault=log.place_of(turn.fault))
            return
        if turn.laid_down:
            log.note("reminders", letters=len(turn.laid_down))
        log_outcomes(turn.delivered)
        stays = (frozenset(one.to.id for one in turn.unreached), frozenset(turn.untold))
        if any(stays) and stays != self._stays:
            log.warn("nobody to write to", recipients=len(turn.unreached), untold=len(turn.untold))
        self._stays = stays
