"""Forms that stand open in modals: what is sent from them, and at which revision each stands meanwhile.

What a refused form saved has moved its draft on, and Slack keeps the modal as it was opened.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import replace

from bot.channels.slack.forms import FORM, press_of, submitted
from bot.channels.slack.receive import CHANNEL, Payload
from bot.message import Message

MOST_KEPT = 10_000


def is_from_form(body: Payload) -> bool:
    """Whether that came from a modal that holds a form: it was sent, or one of its buttons pressed."""
    return (body.get("view") or {}).get("callback_id") == FORM


class OpenForms:
    """Calls may come from any thread. What is forgotten here makes a form stale, which changes nothing."""

    def __init__(self) -> None:
        self._revisions: OrderedDict[str, int | None] = OrderedDict()
        self._lock = threading.Lock()

    def stands_at(self, view: str, revision: int | None) -> None:
        """From now on the modal of that id speaks of that revision."""
        with self._lock:
            self._revisions[view] = revision
            while len(self._revisions) > MOST_KEPT:
                self._revisions.popitem(last=False)

    def message_of(self, body: Payload) -> Message | None:
        """What was sent; the same words at the same revision are the same message."""
        view, user = body["view"], body["user"]["id"]
        sent = submitted(view)
        if sent is None:
            return None
        press, label = sent.press, view["submit"]["text"]
        if body["type"] == "block_actions":
            action = body["actions"][0]
            pressed = press_of(action, view["state"]["values"])
            if pressed is None:
                return None
            press, label = pressed, action["text"]["text"]
        with self._lock:
            press = replace(press, revision=self._revisions.get(view["id"], press.revision))
        content = json.dumps(
            [view["id"], user, press.value, press.fields, press.revision], ensure_ascii=False
        )
        return Message(
            CHANNEL,
            key=f"form:{hashlib.sha256(content.encode()).hexdigest()[:32]}",
            place=sent.place.address,
            conversation=sent.place.conversation,
            text=label,
            sender=user,
            press=press,
            is_private=sent.place.way != "open",
        )
