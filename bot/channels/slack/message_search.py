"""Looks on Slack for a message of ours by the metadata that it carries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.channels.slack.client import busy

EVENT = "kaikaku_letter"
PAGES = 10
A_PAGE = 100
CLOCKS_DIFFER = timedelta(days=1)
"""How far Slack's clock and ours may be apart, the day that was given to us included, before something is missed."""


class TooMuchSaid(Exception):
    """So much has been said since that what is looked for may stand beyond what was read."""


def carrying(name: str) -> dict[str, Any]:
    """The metadata of the outbox message of that name."""
    return {"event_type": EVENT, "event_payload": {"letter": name}}


def found(client: WebClient, channel: str, thread: str, name: str, since: datetime) -> str | None:
    """The ts of the outbox message of that name, None where it certainly is not; `since` is when it was laid down.

    Raises NotDelivered while Slack is busy, TooMuchSaid, or SlackApiError where we may not look.
    """
    for message in _said(client, channel, thread, since - CLOCKS_DIFFER):
        carried = message.get("metadata") or {}
        if carried.get("event_payload", {}).get("letter") == name:
            return str(message["ts"])
    return None


def _said(client: WebClient, channel: str, thread: str, since: datetime) -> Iterator[dict[str, Any]]:
    """What was said since then in a thread, or beside threads in a channel."""
    turn = partial(client.conversations_replies, ts=thread) if thread else client.conversations_history
    oldest, cursor = f"{since.timestamp():.6f}", None
    for _ in range(PAGES):
        page = _page(
            partial(
                turn, channel=channel, oldest=oldest, cursor=cursor, limit=A_PAGE, include_all_metadata=True
            )
        )
        yield from page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
    raise TooMuchSaid


def _page(turn: Callable[[], Any]) -> Any:
    try:
        return turn()
    except SlackApiError as fault:
        rest = busy(fault)
        if rest is None:
            raise
        raise rest from fault
