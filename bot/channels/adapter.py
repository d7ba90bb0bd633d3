"""What a channel gives so that the rest of the bot can use it: the terms of the contract (see bot.channels)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bot.settings import Settings, SettingsSection

if TYPE_CHECKING:
    from bot.channels.facade import BotFacade
    from bot.operations.doctor import DoctorFinding
    from knowledge.roster.roster import Person, Roster
    from reminders.delivery import Look, Send

Scope = MutableMapping[str, Any]
AsgiReceive = Callable[[], Awaitable[MutableMapping[str, Any]]]
AsgiSend = Callable[[MutableMapping[str, Any]], Awaitable[None]]
ServerApp = Callable[[Scope, AsgiReceive, AsgiSend], Awaitable[None]]
"""What the one HTTP server of `kaikaku serve` serves."""

THIS_MACHINE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Transport:
    """How outbox messages leave by a channel; `look` finds what may have arrived, where a channel can look."""

    send: Send
    look: Look | None = None


class RunningChannel(Protocol):
    """A channel that takes in messages until it is stopped."""

    def over_http(self, others: ServerApp) -> ServerApp:
        """`others` with this channel's own paths before them; the same where it has none."""

    def stop(self) -> None:
        """Take in nothing more, and finish what is under way."""


@dataclass(frozen=True, slots=True)
class ChannelAdapter:
    """A channel as the settings have it. What it leaves out it does not do.

    `usage` says for the doctor whether and how it is used. `identify` finds the person whom the channel calls so;
    without it people are called by the roster's id. `transport` makes that by which outbox messages leave, once;
    None: it is not set up, or people fetch their replies. `host` is where that and `start` reach: on a given day only
    what stays on this machine is used. `start` begins to take in messages, beside others. `findings` are what the
    doctor looks at.
    """

    usage: str = ""
    identify: Callable[[Roster, str], Person | None] | None = None
    transport: Callable[[], Transport] | None = None
    host: str = THIS_MACHINE
    start: Callable[[BotFacade], RunningChannel] | None = None
    findings: Callable[[], Iterable[DoctorFinding]] = tuple


@dataclass(frozen=True, slots=True)
class Registration:
    """A channel in the list. `names` are what its messages call it; `label` what the doctor does; `section` its settings.

    `is_fetched`: the person takes the reply along with the response, so that nothing is left to send. To set it up
    loads nothing of what only its use needs: `kaikaku ask` pays for every channel in the list.
    """

    names: tuple[str, ...]
    label: str
    set_up: Callable[[Settings], ChannelAdapter]
    is_fetched: bool = False
    section: SettingsSection | None = None
