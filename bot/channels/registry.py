"""The channels that there are: one list, from which everything else follows. A new channel is named here alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.channels.adapter import (
    AsgiReceive,
    AsgiSend,
    ChannelAdapter,
    Registration,
    Scope,
    ServerApp,
    Transport,
)
from bot.channels.mail.channel import MAIL
from bot.channels.slack.channel import SLACK
from bot.channels.terminal.channel import TERMINAL
from bot.channels.web.channel import WEB
from bot.settings import Settings, SettingsSection

if TYPE_CHECKING:
    from bot.channels.facade import BotFacade
    from bot.operations.doctor import Check
    from knowledge.roster.roster import Person, Roster
    from reminders.delivery import Look, Send

CHANNELS: tuple[Registration, ...] = (WEB, TERMINAL, SLACK, MAIL)
"""In the order in which the doctor names them and their paths are looked for, the last one's first."""


def sections() -> tuple[SettingsSection, ...]:
    """The settings that channels have beside the bot's own."""
    return tuple(one.section for one in CHANNELS if one.section is not None)


def set_up(settings: Settings) -> Channels:
    """Every channel of the list, as the settings have it."""
    return Channels(settings, {one: one.set_up(settings) for one in CHANNELS})


@dataclass(frozen=True)
class Channels:
    """All channels together."""

    settings: Settings
    adapters: Mapping[Registration, ChannelAdapter]

    @property
    def fetched(self) -> frozenset[str]:
        """The channels whose replies people take along."""
        return frozenset(name for one in self.adapters if one.is_fetched for name in one.names)

    @property
    def delivering(self) -> tuple[str, ...]:
        """The channels that are set up to go to a person."""
        return tuple(
            name for one, adapter in self.adapters.items() if adapter.transport for name in one.names
        )

    @property
    def send(self) -> dict[str, Send]:
        """What outbox messages may leave by; on a given day only what stays on this machine."""
        return {name: transport.send for name, transport in self._transports.items()}

    @property
    def look(self) -> dict[str, Look]:
        """What the doubtful are looked for by."""
        return {name: one.look for name, one in self._transports.items() if one.look is not None}

    def identify(self, roster: Roster, channel: str, sender: str | None) -> Person | None:
        """The person whom that channel calls so; one that is in no list calls people by the roster's id."""
        if sender is None:
            return None
        adapter = next((adapter for one, adapter in self.adapters.items() if channel in one.names), None)
        if adapter is None or adapter.identify is None:
            return roster.person(sender)
        return adapter.identify(roster, sender)

    @contextmanager
    def running(self, facade: BotFacade) -> Iterator[ServerApp]:
        """Every channel that takes in messages by itself, until the end; gives what of them is to be served."""
        app: ServerApp = _nothing_here
        with ExitStack() as stopping:
            for one, adapter in self.adapters.items():
                if adapter.start is None:
                    continue
                if not self.settings.may_reach(adapter.host):
                    _note_left_alone(one)
                    continue
                begun = adapter.start(facade)
                stopping.callback(begun.stop)
                app = begun.over_http(app)
            yield app

    @property
    def usages(self) -> list[tuple[str, str]]:
        """Whether and how each is used, by its label."""
        return [(one.label, adapter.usage) for one, adapter in self.adapters.items() if adapter.usage]

    @property
    def checks(self) -> Iterable[tuple[str, Check]]:
        """What the doctor looks at, by each channel's label."""
        return [(one.label, adapter.findings) for one, adapter in self.adapters.items()]

    @cached_property
    def _transports(self) -> Mapping[str, Transport]:
        return {
            name: transport
            for one, adapter in self.adapters.items()
            if adapter.transport is not None and self.settings.may_reach(adapter.host)
            for transport in [adapter.transport()]
            for name in one.names
        }


def _note_left_alone(one: Registration) -> None:
    from bot import log

    log.warn("channel not started", channel=one.names[0], reason="KAIKAKU_TODAY")


async def _nothing_here(scope: Scope, _receive: AsgiReceive, send: AsgiSend) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})
