"""A Slack of our own on loopback: its Web API and Socket Mode, rejecting what Slack rejects, failing when told to.

It keeps what was posted and every call, so that a test can say what people saw. Nobody on it is real.
"""

import json
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.slack_rules import faults_in_message, faults_in_view
from tests.fakes.websocket import WebSocket, accept_key
from tests.waiting import PATIENCE

Json = dict[str, Any]

BOT, BOT_ID, TEAM, APP = "U0BOT", "B0BOT", "T0CITY", "A0APP"
TOKEN, APP_TOKEN = "xoxb-fake", "xapp-fake"
SCOPES = (
    "app_mentions:read assistant:write chat:write commands files:write im:history im:write users:read "
    "users:read.email"
)
NEEDS = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "assistant.threads.setTitle": "assistant:write",
    "users.info": "users:read",
    "conversations.open": "im:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
TRIGGER_LASTS = float(PATIENCE)
"""Seconds; Slack's own three would be too few for a machine that is busy. A test that means an old one says so."""


@dataclass(frozen=True)
class Refusal(Exception):
    """What the API answers instead of doing it."""

    error: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False
    """Whether the thing is done all the same."""
    silence: float = 0.0
    """Seconds before anything is answered at all."""


def rate_limited(seconds: int) -> Refusal:
    return Refusal("ratelimited", 429, {"Retry-After": str(seconds)})


def broken(status: int = 503, after: bool = False) -> Refusal:
    return Refusal("not json", status, after=after)


def silent_after(seconds: float) -> Refusal:
    """Does it, and then does not answer in time."""
    return Refusal("late", after=True, silence=seconds)


class FakeSlack:
    """The workspace and its servers. `members` are users.info's; `channels` those that the bot is in."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Json]] = []
        self.messages: dict[str, list[Json]] = defaultdict(list)
        self.whispers: list[Json] = []
        self.views: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.files: list[Json] = []
        self.prompts: list[Json] = []
        self.pane_threads: set[str] = set()
        self.titles: dict[str, str] = {}
        self.members: dict[str, Json] = {}
        self.channels: set[str] = {"C0OFFICE"}
        self.enterprise = ""
        self.is_org_wide = False
        self.archived: set[str] = set()
        self.unreachable: dict[str, str] = {}
        self.scopes = SCOPES.split()
        self.faults: dict[str, list[Refusal]] = defaultdict(list)
        self.unknown_blocks: set[str] = set()
        self.acks: dict[str, tuple[float, Json]] = {}
        self.changed = threading.Condition()
        self.sockets: list[WebSocket] = []
        self._triggers: dict[str, float] = {}
        self._uploads: dict[str, Json] = {}
        self._count = 0
        self._server = _Servers(("127.0.0.1", 0), type("Server", (_Server,), {"slack": self}))
        threading.Thread(target=self._server.serve_forever, daemon=True, args=(0.05,)).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    def close(self) -> None:
        for socket in self.sockets:
            if socket.is_open:
                socket.drop()
        self._server.shutdown()
        self._server.server_close()

    def will(self, method: str, *refusals: Refusal) -> None:
        """The next calls of `method` fail so."""
        self.faults[method].extend(refusals)

    def next_ts(self) -> str:
        with self.changed:
            self._count += 1
            return f"1720000000.{self._count:06d}"

    def trigger(self, lasts: float = TRIGGER_LASTS) -> str:
        name = uuid.uuid4().hex
        self._triggers[name] = time.monotonic() + lasts
        return name

    def put(self, channel: str, message: Json) -> Json:
        """A message as it stands in a channel from now on."""
        made = {"type": "message", "ts": self.next_ts(), **message}
        with self.changed:
            self.messages[channel].append(made)
            self.changed.notify_all()
        return made

    def posted(self, channel: str = "") -> list[Json]:
        """What the bot said there, or anywhere, oldest first."""
        places = [channel] if channel else list(self.messages)
        said = [one for place in places for one in self.messages[place] if one.get("user") == BOT]
        return sorted(said, key=lambda one: str(one["ts"]))

    def wait(self, is_so: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Until it is so; fails when it never is."""
        with self.changed:
            assert self.changed.wait_for(lambda: bool(is_so()), seconds), self.calls[-5:]

    def dm(self, user: str) -> str:
        return f"D{user[1:]}" if user.startswith("U") else user

    # Socket Mode

    def connected(self) -> WebSocket | None:
        return next((one for one in reversed(self.sockets) if one.is_open), None)

    def send(self, kind: str, payload: Json, *, envelope: str = "", retry: int = 0, **more: Any) -> str:
        """An envelope down the newest line; gives its id."""
        self.wait(self.connected)
        socket = self.connected()
        assert socket is not None
        envelope = envelope or uuid.uuid4().hex
        carried = {"envelope_id": envelope, "type": kind, "payload": payload, **more}
        if kind == "events_api":
            carried |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        socket.send(json.dumps(carried))
        return envelope

    def heard(self, text: str) -> None:
        said = json.loads(text)
        with self.changed:
            self.acks[said["envelope_id"]] = (time.monotonic(), said.get("payload") or {})
            self.changed.notify_all()

    # Web API

    def answer(self, method: str, params: Json, token: str) -> tuple[Json, Refusal | None]:
        """What is answered, and how it fails."""
        with self.changed:
            self.calls.append((method, params))
            queue = self.faults[method]
            fault = queue.pop(0) if queue else None
        try:
            if fault is not None and not fault.after:
                raise fault
            body = self._do(method, params, token)
        except Refusal as refusal:
            body, fault = {"ok": False, "error": refusal.error}, refusal
        with self.changed:
            self.changed.notify_all()
        return body, fault

    def _do(self, method: str, params: Json, token: str) -> Json:
        if token != (APP_TOKEN if method == "apps.connections.open" else TOKEN):
            raise Refusal("invalid_auth")
        if (scope := NEEDS.get(method)) and scope not in self.scopes:
            raise Refusal("missing_scope")
        act = getattr(self, "_" + method.replace(".", "_"), None)
        if act is None:
            raise Refusal("unknown_method")
        return {"ok": True, **(act(params) or {})}

    def _auth_test(self, _params: Json) -> Json:
        return {
            "user_id": BOT,
            "bot_id": BOT_ID,
            "team_id": TEAM,
            "team": "市役所",
            "user": "kaikaku",
            "url": self.url,
            **({"enterprise_id": self.enterprise} if self.enterprise else {}),
            **({"is_enterprise_install": True} if self.is_org_wide else {}),
        }

    def _apps_connections_open(self, _params: Json) -> Json:
        return {"url": f"{self.url.replace('http', 'ws')}/link?ticket={uuid.uuid4().hex}"}

    def _users_info(self, params: Json) -> Json:
        if params["user"] not in self.members:
            raise Refusal("user_not_found")
        member = {"id": params["user"], "team_id": TEAM, **self.members[params["user"]]}
        return {"user": member}

    def _conversations_open(self, params: Json) -> Json:
        if params["users"] in self.unreachable:
            raise Refusal(self.unreachable[params["users"]])
        return {"channel": {"id": self.dm(params["users"])}}

    def _chat_postMessage(self, params: Json) -> Json:
        channel = self._channel(params)
        self._check(params)
        kept = {
            name: params[name] for name in ("text", "blocks", "thread_ts", "metadata") if params.get(name)
        }
        message = self.put(channel, {"user": BOT, "bot_id": BOT_ID, **kept})
        return {"channel": channel, "ts": message["ts"], "message": message}

    def _own(self, params: Json) -> Json:
        """A message of the bot's own, to be changed or taken back."""
        here = self.messages[params["channel"]]
        found = next((one for one in here if one["ts"] == params["ts"] and one.get("user") == BOT), None)
        if found is None:
            raise Refusal("message_not_found")
        return found

    def _chat_update(self, params: Json) -> Json:
        self._check(params)
        with self.changed:
            self._own(params).update(text=params["text"], blocks=params["blocks"])
        return {"channel": params["channel"], "ts": params["ts"]}

    def _chat_delete(self, params: Json) -> Json:
        with self.changed:
            self.messages[params["channel"]].remove(self._own(params))
        return {"channel": params["channel"], "ts": params["ts"]}

    def _chat_postEphemeral(self, params: Json) -> Json:
        self._channel(params)
        self._check(params)
        with self.changed:
            self.whispers.append(params)
        return {"message_ts": self.next_ts()}

    def _conversations_history(self, params: Json) -> Json:
        return self._history(
            params, [one for one in self.messages[params["channel"]] if "thread_ts" not in one]
        )

    def _conversations_replies(self, params: Json) -> Json:
        here = [
            one
            for one in self.messages[params["channel"]]
            if params["ts"] in (one["ts"], one.get("thread_ts"))
        ]
        return self._history(params, here)

    def _history(self, params: Json, messages: list[Json]) -> Json:
        scope = {"D": "im:history", "G": "groups:history"}.get(params["channel"][0], "channels:history")
        if scope not in self.scopes:
            raise Refusal("missing_scope")
        has_all = params.get("include_all_metadata") in (True, 1, "1", "true")
        since = [one for one in messages if float(one["ts"]) > float(params.get("oldest", 0))][::-1]
        start, many = int(params.get("cursor") or 0), int(params.get("limit", 100))
        page = since[start : start + many]
        more = str(start + many) if start + many < len(since) else ""
        return {
            "messages": [one if has_all else {**one, "metadata": None} for one in page],
            "response_metadata": {"next_cursor": more},
        }

    def _views_open(self, params: Json) -> Json:
        until = self._triggers.pop(params["trigger_id"], None)
        if until is None:
            raise Refusal("invalid_trigger_id")
        if time.monotonic() > until:
            raise Refusal("expired_trigger_id")
        self._check_view(params["view"])
        with self.changed:
            self._count += 1
            view = {**_json(params["view"]), "id": f"V{self._count}", "hash": uuid.uuid4().hex}
            self.views.append(view)
        return {"view": view}

    def _views_update(self, params: Json) -> Json:
        self._check_view(params["view"])
        with self.changed:
            at = next((n for n, one in enumerate(self.views) if one["id"] == params["view_id"]), None)
            if at is None:
                raise Refusal("not_found")
            self.views[at] = {**_json(params["view"]), "id": params["view_id"], "hash": uuid.uuid4().hex}
        return {"view": self.views[at]}

    def _views_publish(self, params: Json) -> Json:
        self._check_view(params["view"])
        with self.changed:
            self.homes[params["user_id"]] = {**_json(params["view"]), "id": "VH", "hash": uuid.uuid4().hex}
        return {"view": {"id": "VH"}}

    def _assistant_threads_setSuggestedPrompts(self, params: Json) -> Json:
        prompts = _json(params["prompts"])
        if not 1 <= len(prompts) <= 4:
            raise Refusal("invalid_arguments")
        with self.changed:
            self.prompts.append({**params, "prompts": prompts})
        return {}

    def _assistant_threads_setTitle(self, params: Json) -> Json:
        if not params["title"].strip():
            raise Refusal("invalid_arguments")
        if params["thread_ts"] not in self.pane_threads:
            raise Refusal("invalid_thread_ts")
        with self.changed:
            self.titles[params["thread_ts"]] = params["title"]
        return {}

    def _files_getUploadURLExternal(self, params: Json) -> Json:
        name = uuid.uuid4().hex
        self._uploads[name] = {"name": params["filename"]}
        return {"upload_url": f"{self.url}/upload/{name}", "file_id": f"F{name}"}

    def _files_completeUploadExternal(self, params: Json) -> Json:
        done = []
        for one in _json(params["files"]):
            upload = self._uploads[one["id"][1:]]
            if "content" not in upload:
                raise Refusal("file_not_found")
            done.append({**upload, "title": one.get("title"), "channel": params.get("channel_id"),
                         "thread_ts": params.get("thread_ts")})  # fmt: skip
        with self.changed:
            self.files.extend(done)
        return {"files": [{"id": one["id"]} for one in _json(params["files"])]}

    def uploaded(self, name: str, content: bytes) -> None:
        self._uploads[name]["content"] = content

    def responded(self, params: Json) -> str:
        """What came to a response_url: a page turned, or a word aside."""
        self._check(params)
        with self.changed:
            self.whispers.append({**params, "by": "response_url"})
            self.changed.notify_all()
        return "ok"

    def _channel(self, params: Json) -> str:
        channel = str(params["channel"])
        if channel in self.archived:
            raise Refusal("is_archived")
        if channel.startswith("U"):
            return self.dm(channel)
        if channel.startswith("D") or channel in self.channels:
            return channel
        raise Refusal("channel_not_found")

    def _check(self, params: Json) -> None:
        message = {"text": params.get("text", ""), "blocks": _json(params.get("blocks") or [])}
        is_unknown = not self.unknown_blocks.isdisjoint(one["type"] for one in message["blocks"])
        if faults_in_message(message) or is_unknown:
            raise Refusal("invalid_blocks")
        params["blocks"] = message["blocks"]
        params["metadata"] = _json(params.get("metadata"))

    def _check_view(self, view: Any) -> None:
        if faults := faults_in_view(_json(view)):
            raise Refusal(f"invalid_arguments: {faults}"[:80].replace(" ", "_"))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


class _Servers(ThreadingHTTPServer):
    """One thread for each connection, and room for a crowd before the transport."""

    daemon_threads = True
    request_queue_size = 512


class _Server(BaseHTTPRequestHandler):
    """What comes in over HTTP, with the handshake of Socket Mode."""

    slack: FakeSlack
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept_key(self.headers["Sec-WebSocket-Key"]))
        self.end_headers()
        self.close_connection = True

        def hang_up() -> None:
            with suppress(OSError):  # the other end may have left by itself
                self.connection.shutdown(2)

        socket = WebSocket(self.rfile, self.wfile.write, hang_up)  # type: ignore[arg-type]
        socket.send(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": APP}}))
        with self.slack.changed:
            self.slack.sockets.append(socket)
            self.slack.changed.notify_all()
        socket.listen(self.slack.heard)

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        if path.startswith("/upload/"):
            self.slack.uploaded(path.rpartition("/")[2], content)
            self._reply(200, b"OK", {})
        elif path.startswith("/respond/"):
            self._reply(200, self.slack.responded(json.loads(content)).encode(), {})
        else:
            self._call(path.rpartition("/")[2], content)

    def _call(self, method: str, content: bytes) -> None:
        is_json = "json" in (self.headers.get("Content-Type") or "") and content
        params = json.loads(content) if is_json else dict(parse_qsl(content.decode()))
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        body, fault = self.slack.answer(method, params, token)
        if fault is not None:
            time.sleep(fault.silence)
        if fault is not None and fault.status != 200:
            text = json.dumps(body).encode() if fault.status == 429 else b"<html>trouble</html>"
            self._reply(fault.status, text, fault.headers)
        else:
            self._reply(200, json.dumps(body).encode(), {})

    def _reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("X-OAuth-Scopes", ",".join(self.slack.scopes))
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            # Whoever asked has given up waiting.
            self.close_connection = True

    def log_message(self, *_arguments: Any) -> None:
        pass
