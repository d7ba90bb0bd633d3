"""Words what the secretariat is told of outbox messages that did not arrive, or of which nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.message import Reply
from bot.wording.wording import remind, say
from knowledge.roster.roster import Roster
from reminders.storage.delivery_failures import DeliveryFailure

_MOST = 30
_MAILBOX = "mailbox:"


def word(roster: Roster, troubles: Sequence[DeliveryFailure]) -> str:
    """The body of that outbox message."""
    return reply_of(troubles, roster).to_json()


def reply_of(troubles: Sequence[DeliveryFailure], roster: Roster) -> Reply:
    """The same as the channels show it, by what became of the outbox messages."""
    shown = troubles[:_MOST]
    states: dict[str, Any] = {
        state: [_facts(one, roster) for one in shown if one.state == state] for state in _STATES
    }
    text = remind("undelivered", **states, more=len(troubles) - len(shown))
    return Reply(text, heading=remind("undelivered_heading"), kind="reminder", is_confidential=True)


_STATES = ("failed", "doubtful", "lapsed")


def _facts(one: DeliveryFailure, roster: Roster) -> dict[str, str | date]:
    return {
        "label": _label(one.recipient, roster),
        "address": one.address,
        "day": one.day,
        "reason": one.reason,
    }


def _label(recipient: str, roster: Roster) -> str:
    if recipient.startswith(_MAILBOX):
        return say("notices/mailbox", department=roster.name_of(recipient.removeprefix(_MAILBOX)))
    person = roster.person(recipient)
    return roster.label(person) if person else recipient
