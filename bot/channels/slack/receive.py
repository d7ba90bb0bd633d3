"""Slack's payloads as Messages. What is no question - edits, deletions, bots, talk among others - is none."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.channels.slack.destination import Destination
from bot.channels.slack.forms import PRESSED, press_of
from bot.message import Message, Press

Payload = Mapping[str, Any]

CHANNEL = "slack"
SEARCH = "search"
HELP = "ヘルプ"

_SAID = (None, "file_share", "thread_broadcast")
"""The subtypes of a message that somebody said; all others are about messages."""

_MARKUP = re.compile(r"<([^<>]*)>")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")


def message_of(body: Payload, me: str, is_known_thread: Callable[[str], bool]) -> Message | None:
    """What was said or pressed, by the one body alone; `me` is the bot's own user id.

    `is_known_thread` says of a conversation whether it may go on without a mention.
    """
    if body.get("type") == "event_callback":
        return _event(body["event"], me, is_known_thread)
    if body.get("type") == "block_actions":
        return _pressed(body)
    return _command(body, me) if "command" in body else None


def plain_words(text: str, me: str = "") -> str:
    """What a person typed, without Slack's markup and without the mention of `me`."""
    return html.unescape(_MARKUP.sub(lambda found: _unmarked(found[1], me), text)).strip()


def _unmarked(inside: str, me: str) -> str:
    target, _, label = inside.partition("|")
    if target == f"@{me}":
        return " "
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    if target.startswith("@"):
        return f"@{label or target[1:]}"
    return label or target.removeprefix("mailto:")


def _event(event: Payload, me: str, is_known_thread: Callable[[str], bool]) -> Message | None:
    user, is_direct = event.get("user"), event.get("channel_type") == "im"
    if (
        event.get("type") not in ("app_mention", "message")
        or event.get("subtype") not in _SAID
        or not user
        or user == me
        or "bot_id" in event
        or "edited" in event
    ):
        return None
    place = _place_of(event, is_direct)
    if event["type"] == "message" and not is_direct:
        # Talk in a channel: only what goes on in a thread of ours and turns to nobody else.
        is_thread = event.get("thread_ts", event["ts"]) != event["ts"]
        if not is_thread or _MENTION.search(event.get("text", "")) or not is_known_thread(place.conversation):
            return None
    return Message(
        CHANNEL,
        # The same message may come as a mention and as talk in the channel.
        key=f"message:{event['channel']}:{event['ts']}",
        place=place.address,
        conversation=place.conversation,
        text=plain_words(event.get("text") or "", me),
        sender=user,
        is_private=is_direct,
        aside="" if is_direct else place.own.conversation,
    )


def _place_of(event: Payload, is_direct: bool) -> Destination:
    """A channel's answers stand in a thread; a direct message's only where it has one."""
    if is_direct:
        return Destination(event["channel"], event.get("thread_ts", ""), event["user"], "own")
    return Destination(event["channel"], event.get("thread_ts") or event["ts"], event["user"], "open")


def _command(body: Payload, me: str) -> Message:
    """A slash command, answered where it was typed, seen by whoever typed it; between people, by themselves."""
    user, channel = body["user_id"], body["channel_id"]
    place = (
        Destination(user, user=user) if channel.startswith("D") else Destination(channel, "", user, "aside")
    )
    return Message(
        CHANNEL,
        key=f"command:{body['trigger_id']}",
        place=place.address,
        conversation=place.conversation,
        text=plain_words(body.get("text") or "", me) or HELP,
        sender=user,
    )


def _pressed(body: Payload) -> Message | None:
    action = body["actions"][0]
    name = action["action_id"].partition(":")[0]
    if name == SEARCH:
        press, text = None, action.get("value") or ""
    elif name == PRESSED:
        press, text = press_of(action, _fields(body)), action.get("text", {}).get("text", "")
        if press is None:
            return None
    else:
        return None
    place = _pressed_at(body)
    return Message(
        CHANNEL,
        key=_key_of_press(body, action, press, text),
        place=place.address,
        conversation=place.conversation,
        text=text.strip(),
        sender=body["user"]["id"],
        press=press,
        is_private=place.way != "open",
        aside=place.own.conversation if place.way == "open" else "",
    )


def _fields(body: Payload) -> Payload:
    values: Payload = (body.get("state") or {}).get("values") or {}
    return values


def place_of_press(body: Payload) -> Destination:
    """Where what was pressed stands; on the Home and elsewhere beside messages, the person's own messages."""
    return _pressed_at(body)


def _pressed_at(body: Payload) -> Destination:
    user, container = body["user"]["id"], body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id", "")
    if not channel:
        return Destination(user, user=user)
    if container.get("is_ephemeral"):
        return Destination(channel, "", user, "aside")
    thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts", "")
    if channel.startswith("D"):
        return Destination(channel, thread, user, "own")
    return Destination(channel, thread or container.get("message_ts", ""), user, "open")


def _key_of_press(body: Payload, action: Payload, press: Press | None, text: str) -> str:
    """The same for a second click, whose time differs; another for a form that was filled in differently."""
    container, view = body.get("container") or {}, body.get("view") or {}
    stands = [container.get("channel_id"), container.get("message_ts"), view.get("id"), view.get("hash")]
    pressed = [action.get("block_id"), action["action_id"], action.get("value"), text]
    fields = list(press.fields) if press else []
    content = json.dumps([stands, pressed, fields, body["user"]["id"]], ensure_ascii=False)
    return f"press:{hashlib.sha256(content.encode()).hexdigest()[:32]}"
