"""Which step may follow which in the sign-off of an entry. Pure; who may take it is asked of the rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.identity.rights import Act, Granted, Refused
from bot.storage.entry import Entry, SignOff, SignOffStep

LONGEST_REASON = 500

STEPS = {
    Act.CONFIRM: SignOffStep.CONFIRMED,
    Act.ACCEPT: SignOffStep.ACCEPTED,
    Act.RETURN: SignOffStep.RETURNED,
}
"""What an act makes of an entry."""

FROM = {
    Act.CONFIRM: (SignOffStep.SUBMITTED,),
    Act.ACCEPT: (SignOffStep.CONFIRMED,),
    Act.RETURN: (SignOffStep.SUBMITTED, SignOffStep.CONFIRMED),
}
"""Where an entry must stand for the act: the secretariat accepts what the head has confirmed."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """Why the act cannot be done with the entry as it stands: not_from, no_reason or long_reason."""

    why: str


def decide(entry: Entry, act: Act, granted: Granted, by: str, at: datetime, reason: str) -> SignOff | NotNow:
    """The step that the act adds to the entry; what is returned needs a reason."""
    if entry.sign_off.step not in FROM[act]:
        return NotNow("not_from")
    if act is Act.RETURN and not reason.strip():
        return NotNow("no_reason")
    if len(reason) > LONGEST_REASON:
        return NotNow("long_reason")
    given = reason.strip() if act is Act.RETURN else ""
    return SignOff(STEPS[act], by, at, given, granted.in_place_of_head)


def possible(entry: Entry, rights: dict[Act, Granted | Refused]) -> tuple[Act, ...]:
    """The acts that are open to one with these rights, the approving ones first."""
    return tuple(
        act for act in STEPS if entry.sign_off.step in FROM[act] and isinstance(rights[act], Granted)
    )
