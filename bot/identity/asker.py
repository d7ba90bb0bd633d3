"""Who a message comes from, as far as it is known, and when; what rights and dialogues go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.identity.identification import PersonOf, by_id
from bot.message import Message
from knowledge.roster.roster import Person, Roster


@dataclass(frozen=True, slots=True)
class Asker:
    """One who says something at a moment (in Japan's time).

    `person` is None for one whom the roster does not know; `roster` is that of the day.
    """

    person: Person | None
    roster: Roster
    at: datetime


def asker_of(message: Message, roster: Roster, at: datetime, identify: PersonOf = by_id) -> Asker:
    """Whom the roster knows by the name that the message's channel gives its sender."""
    return Asker(identify(roster, message.channel, message.sender), roster, at)
