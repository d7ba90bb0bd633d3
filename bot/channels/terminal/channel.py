"""The terminal as a channel in the list: `kaikaku chat` is begun by a person, who sees the replies at once."""

from __future__ import annotations

from bot.channels.adapter import ChannelAdapter, Registration
from bot.settings import Settings


def set_up(_settings: Settings) -> ChannelAdapter:
    """Always there; nothing of it runs beside others."""
    return ChannelAdapter()


TERMINAL = Registration(("terminal",), "端末", set_up, is_fetched=True)
