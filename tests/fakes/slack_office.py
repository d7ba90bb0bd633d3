"""People at work on the fake Slack: what they do, as Slack would send it, down a WebSocket or signed over HTTP."""

import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.fakes.slack import APP, BOT, TEAM, FakeSlack, Json
from tests.fakes.slack_rules import faults_in_view
from tests.waiting import PATIENCE

UNHEARD = 1.0
"""Seconds in which a working bot would have acknowledged, where it is not to."""


@dataclass(frozen=True)
class Ack:
    """How the bot acknowledged: None where it did not."""

    seconds: float | None
    body: Json = field(default_factory=dict)
    status: int = 200


class Line(Protocol):
    """A way from Slack to the bot."""

    def send(self, kind: str, payload: Json) -> Ack:
        """Send it once and wait for the acknowledgement."""


class SocketLine:
    def __init__(self, slack: FakeSlack) -> None:
        self.slack, self.patience = slack, float(PATIENCE)

    def send(self, kind: str, payload: Json) -> Ack:
        started = time.monotonic()
        try:
            envelope = self.slack.send(kind, payload, accepts_response_payload=kind != "events_api")
        except (OSError, ValueError):
            # The line broke in this very moment.
            return Ack(None)
        try:
            self.slack.wait(lambda: envelope in self.slack.acks, self.patience)
        except AssertionError:
            return Ack(None)
        at, body = self.slack.acks[envelope]
        return Ack(at - started, body)


class HttpLine:
    """`secret` signs; a wrong one, or an old `age`, should be noticed."""

    def __init__(self, url: str, secret: str) -> None:
        self.url, self.secret, self.patience = url, secret, float(PATIENCE)

    def send(self, kind: str, payload: Json) -> Ack:
        match kind:
            case "events_api":
                body, content_type = json.dumps(payload), "application/json"
            case "slash_commands":
                body, content_type = urlencode(payload), "application/x-www-form-urlencoded"
            case _:
                body, content_type = (
                    urlencode({"payload": json.dumps(payload)}),
                    "application/x-www-form-urlencoded",
                )
        return self.post(body, self.signed(body) | {"Content-Type": content_type})

    def signed(self, body: str, age: int = 0) -> dict[str, str]:
        at = str(int(time.time()) - age)
        digest = hmac.new(self.secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}

    def post(self, body: str, headers: dict[str, str]) -> Ack:
        started = time.monotonic()
        request = Request(self.url, body.encode(), headers)
        try:
            with urlopen(request, timeout=PATIENCE) as response:
                text = response.read().decode()
                status = response.status
        except HTTPError as fault:
            text, status = fault.read().decode(), fault.code
        said = json.loads(text) if text.startswith("{") else {}
        return Ack(time.monotonic() - started if status == 200 else None, said, status)


@contextmanager
def unheard(line: SocketLine | HttpLine) -> Iterator[None]:
    """Meanwhile no acknowledgement is to come, and none is waited for long."""
    before, line.patience = line.patience, UNHEARD
    try:
        yield
    finally:
        line.patience = before


class Person:
    """Somebody at a keyboard."""

    def __init__(self, slack: FakeSlack, line: Line, id: str, email: str = "", **member: Any) -> None:
        self.slack, self.line, self.id = slack, line, id
        self.own = slack.dm(id)
        slack.members[id] = {"profile": {"email": email}, **member}

    def mentions(self, text: str, channel: str = "C0OFFICE", thread: str = "", **more: Any) -> Json:
        return self.said("app_mention", f"<@{BOT}> {text}", channel, thread, **more)

    def writes(self, text: str, thread: str = "", **more: Any) -> Json:
        """A direct message, in the pane with a thread."""
        return self.said("message", text, self.own, thread, channel_type="im", **more)

    def talks(self, text: str, channel: str = "C0OFFICE", thread: str = "", **more: Any) -> Json:
        """In a channel, without a mention."""
        return self.said("message", text, channel, thread, channel_type="channel", **more)

    def said(self, kind: str, text: str, channel: str, thread: str = "", **more: Any) -> Json:
        kept = {"user": self.id, "text": text} | ({"thread_ts": thread} if thread else {})
        message = self.slack.put(channel, kept)
        event = {**message, "type": kind, "channel": channel, "team": TEAM, **more}
        return self.event(event)

    def event(self, event: Json, id: str = "") -> Json:
        """Send an event; gives its payload, with how it was acknowledged under "ack"."""
        payload: Json = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event_id": id or f"Ev{uuid.uuid4().hex}",
            "event_time": 1720000000,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
            "event": {name: value for name, value in event.items() if name != "is_org_wide"},
        }
        if event.get("is_org_wide"):
            payload["authorizations"][0]["is_enterprise_install"] = True
            payload["is_enterprise_install"] = True
        return {**payload, "ack": self.line.send("events_api", payload)}

    def again(self, payload: Json) -> Ack:
        """Slack sends the same once more."""
        return self.line.send("events_api", {name: one for name, one in payload.items() if name != "ack"})

    def commands(self, text: str, channel: str = "C0OFFICE") -> Json:
        payload = {
            "command": "/kaikaku",
            "text": text,
            "user_id": self.id,
            "team_id": TEAM,
            "api_app_id": APP,
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "office",
            "trigger_id": self.slack.trigger(),
            "response_url": f"{self.slack.url}/respond/1",
        }
        return {**payload, "ack": self.line.send("slash_commands", payload)}

    def presses(
        self,
        message: Json,
        label: str,
        channel: str = "C0OFFICE",
        *,
        trigger: str | None = None,
        chosen: str = "",
        state: Json | None = None,
        is_ephemeral: bool = False,
    ) -> Ack:
        """A button by its words, or in a list the option `chosen`."""
        block, action = button(message, label)
        if chosen:
            option = next(one for one in action["options"] if one["text"]["text"] == chosen)
            action = {**action, "selected_option": option}
        container = {
            "type": "message",
            "message_ts": message.get("ts", "1.1"),
            "channel_id": channel,
            "is_ephemeral": is_ephemeral,
        } | ({"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {})
        return self.acts(
            action | {"block_id": block, "action_ts": f"{time.time():.6f}"},
            trigger,
            container=container,
            channel={"id": channel},
            message=message,
            state={"values": state or {}},
            response_url=f"{self.slack.url}/respond/1",
        )

    def marks(self, message: Json, label: str, channel: str = "C0OFFICE") -> Ack:
        """One of the two small buttons under an answer, by its words."""
        block = next(one for one in message["blocks"] if one["type"] == "context_actions")
        (element,) = block["elements"]
        both = (element["positive_button"], element["negative_button"])
        chosen = next(one for one in both if one["text"]["text"] == label)
        action = {
            "type": "feedback_buttons",
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "value": chosen["value"],
        }
        container = {"type": "message", "message_ts": message["ts"], "channel_id": channel}
        return self.acts(action, container=container, channel={"id": channel}, message=message)

    def submits(self, view: Json, **filled: str) -> Ack:
        """Send a modal; what is filled in goes by the beginning of a field's label, the rest stays as it stands."""
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": self.id, "team_id": TEAM},
            "api_app_id": APP,
            "trigger_id": self.slack.trigger(),
            "view": {**view, "state": {"values": values_of(view, filled, is_sent=True)}},
            "response_urls": [],
        }
        ack = self.line.send("interactive", payload)
        assert_is_an_answer(ack.body, view)
        return ack

    def presses_in(self, view: Json, label: str, **filled: str) -> Ack:
        """A button inside a modal, with what stands in its fields."""
        block, action = button(view, label)
        return self.acts(
            action | {"block_id": block},
            view={**view, "state": {"values": values_of(view, filled, is_sent=False)}},
            container={"type": "view", "view_id": view["id"]},
        )

    def presses_home(self, label: str) -> Ack:
        home = self.slack.homes[self.id]
        block, action = button(home, label)
        return self.acts(action | {"block_id": block}, view=home, container={"type": "view"})

    def searches(self, text: str) -> Ack:
        action = {"type": "plain_text_input", "action_id": "search", "block_id": "search", "value": text}
        return self.acts(action, view=self.slack.homes[self.id], container={"type": "view"})

    def acts(self, action: Json, trigger: str | None = None, **more: Any) -> Ack:
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": self.id, "team_id": TEAM},
            "api_app_id": APP,
            "trigger_id": trigger if trigger is not None else self.slack.trigger(),
            "actions": [{"action_ts": f"{time.time():.6f}", **action}],
            **more,
        }
        return self.line.send("interactive", payload)

    def looks_up(self, text: str, channel: str = "C0OFFICE", trigger: str | None = None) -> Ack:
        payload = {
            "type": "message_action",
            "callback_id": "look_up_codes",
            "team": {"id": TEAM},
            "user": {"id": self.id, "team_id": TEAM},
            "channel": {"id": channel},
            "message": {"ts": "1.1", "text": text, "user": "U0OTHER"},
            "message_ts": "1.1",
            "trigger_id": trigger if trigger is not None else self.slack.trigger(),
            "response_url": f"{self.slack.url}/respond/1",
        }
        return self.line.send("interactive", payload)

    def opens_home(self) -> Json:
        return self.event({"type": "app_home_opened", "user": self.id, "channel": self.own, "tab": "home"})

    def opens_pane(self) -> Json:
        thread = {
            "user_id": self.id,
            "channel_id": self.own,
            "thread_ts": self.slack.next_ts(),
            "context": {},
        }
        self.slack.pane_threads.add(str(thread["thread_ts"]))
        return self.event({"type": "assistant_thread_started", "assistant_thread": thread})


def values_of(view: Json, filled: dict[str, str], *, is_sent: bool) -> Json:
    """The state of a modal as Slack sends it; a required field left empty is not sent, as Slack sees to."""
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    values: Json = {}
    for block in fields:
        element, label = block["element"], block["label"]["text"]
        given = next((words for name, words in filled.items() if label.startswith(name)), None)
        state: Json = {"type": element["type"]}
        if element["type"] == "static_select":
            chosen = next((one for one in element["options"] if one["text"]["text"] == given), None)
            assert given is None or chosen, f"no option {given} in {label}"
            state["selected_option"] = chosen or element.get("initial_option")
            content = state["selected_option"]
        else:
            content = state["value"] = (element.get("initial_value") if given is None else given) or None
        assert content or block.get("optional") or not is_sent, f"{label} is required"
        values[block["block_id"]] = {element["action_id"]: state}
    labels = [block["label"]["text"] for block in fields]
    assert all(any(label.startswith(name) for label in labels) for name in filled), (filled, labels)
    return values


def assert_is_an_answer(body: Json, view: Json) -> None:
    """What Slack takes as the answer to a modal that was sent."""
    match body.get("response_action"):
        case "errors":
            inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
            assert body["errors"] and inputs.issuperset(body["errors"]), body
            assert all(isinstance(one, str) and one.strip() for one in body["errors"].values()), body
        case "update":
            assert faults_in_view(body["view"]) == [], body
        case other:
            assert other is None or other == "clear", body


def button(message: Json, label: str) -> tuple[str, Json]:
    """The element with those words or that placeholder, and the id of its block."""
    for block in message["blocks"]:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            words = element.get("text") or element.get("placeholder")
            if words["text"].startswith(label):
                return block.get("block_id", ""), element
    raise AssertionError(f"no button {label}: {message['blocks']}")
