"""Where a reply goes on Slack: a thread in which others read along, somebody's own messages, or a word aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

Way = Literal["own", "open", "aside"]
"""In a direct message; where others read along; in a channel, but seen by one person alone."""


@dataclass(frozen=True, slots=True)
class Destination:
    """`channel` is Slack's id of a conversation, or of a person for their direct messages.

    `thread` is the ts of the thread's first message; `user` is who asked, where that is known.
    """

    channel: str
    thread: str = ""
    user: str = ""
    way: Way = "own"

    @property
    def address(self) -> str:
        """The place as an outbox message carries it."""
        return "/".join((self.channel, self.thread, self.user, self.way))

    @property
    def conversation(self) -> str:
        """What follow-ups belong to: a thread, somebody's direct messages, or what they say aside in a channel."""
        if self.way == "aside":
            return f"{self.channel}//{self.user}"
        # Direct messages are the person's, whether Slack calls them by the person's id or by their own.
        return f"{(self.user if self.way == 'own' else '') or self.channel}/{self.thread}"

    @property
    def own(self) -> Destination:
        """The direct messages of whoever asked."""
        return Destination(self.user or self.channel, user=self.user)

    @classmethod
    def at(cls, address: str) -> Destination:
        """The place of an address; a person's bare id, as the roster has it, is their direct messages."""
        channel, thread, user, way = (*address.split("/"), "", "", "")[:4]
        known = way if way in ("own", "open", "aside") else "own"
        return cls(channel, thread, user, cast(Way, known))
