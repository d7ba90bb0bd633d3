"""What is said or opened besides outbox messages: seen once by one person, not kept, not repeated."""

from __future__ import annotations

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.channels.slack import limits
from bot.channels.slack.client import error_of
from bot.channels.slack.destination import Destination
from bot.channels.slack.elements import Block
from bot.channels.slack.plain_text import escaped, parts

_TOO_LATE = ("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired")


def whisper(client: WebClient, place: Destination, words: str) -> None:
    """Say something to one person alone."""
    thread = place.thread or None
    if place.channel.startswith(("C", "G")):
        client.chat_postEphemeral(
            channel=place.channel, user=place.user, thread_ts=thread, text=escaped(words)
        )
    else:
        client.chat_postMessage(channel=place.channel, thread_ts=thread, text=escaped(words))


def open_view(client: WebClient, trigger: str, view: Block, place: Destination, fallback: str) -> None:
    """Open a view; when its time has run out, say `fallback` at that place instead."""
    try:
        client.views_open(trigger_id=trigger, view=view)
    except SlackApiError as fault:
        if error_of(fault) not in _TOO_LATE:
            raise
        words = next(parts(fallback, limits.FALLBACK))
        whisper(client, place, words if words == fallback else f"{words}…")
