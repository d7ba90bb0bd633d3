"""What every request passes on its way in and every response on its way out, whatever the page.

In: foreign Hosts and Origins are refused, a body may hold 64 KB. Out: strict headers, one line of log.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import log

LARGEST_BODY = 64 * 1024
LARGEST_DRAINED = 1024 * 1024
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
LOOPBACK = ("127.0.0.1", "localhost", "::1")

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Nothing reaches another site. Under no-referrer a browser would also call the Origin of our own forms
    # "null", and the check of Origins below could not tell them from a foreign one's.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """The names that this page answers to: loopback, and the public address (https://bot.example.jp)."""

    public_url: str | None = None

    def is_ours(self, host: str) -> bool:
        """Whether a Host header names us. Any port of loopback does: what matters is who resolves it."""
        if self.public_url is not None and host.lower() == urlsplit(self.public_url).netloc.lower():
            return True
        return _hostname(host) in LOOPBACK

    def may_ask(self, origin: str, host: str) -> bool:
        """Whether a change may come from a page of `origin` when it was sent to `host`."""
        if self.public_url is not None and origin.lower() == self.public_url.lower():
            return True
        parts = urlsplit(origin)
        is_same = parts.scheme == "http" and parts.netloc.lower() == host.lower()
        return is_same and _hostname(host) in LOOPBACK

    @property
    def is_secure(self) -> bool:
        return self.public_url is not None and self.public_url.startswith("https:")


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


class HeadersOut:
    """Puts the strict headers on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", _kept(scope["path"]))
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _kept(path: str) -> str:
    """Pages are never kept by anybody; what they are drawn with is asked for again only if it has changed."""
    return "no-cache" if path.startswith("/static/") else "no-store"


class LogLine:
    """Writes one line a request: what was asked for, never with which words."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started, status = time.perf_counter(), 500

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_see)
        finally:
            took = round((time.perf_counter() - started) * 1000)
            log.note("request", method=scope["method"], path=scope["path"], status=status, milliseconds=took)


class Gate:
    """Turns away a foreign Host (421), a change from a foreign Origin (403) and a body too large (413).

    `refuse` makes the page for a status.
    """

    def __init__(self, app: ASGIApp, address: OwnAddress, refuse: Callable[[int], ASGIApp]) -> None:
        self.app, self.address, self.refuse = app, address, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        status = self._refusal(scope["method"], Headers(scope=scope))
        if status is None:
            return await self.app(scope, _bounded(receive), send)
        await _drain(receive)
        await self.refuse(status)(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> int | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.address.is_ours(hosts[0]):
            return 421
        if method not in SAFE_METHODS and not self._is_from_our_page(headers, hosts[0]):
            return 403
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return 413
        return None

    def _is_from_our_page(self, headers: Headers, host: str) -> bool:
        """What the browser says of the sending page; a client that says nothing still needs the token."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        return origin is None or self.address.may_ask(origin, host)


def _bounded(receive: Receive) -> Receive:
    """`receive`, until more than a body may hold has come in: a length need not be said beforehand."""
    received = 0

    async def receive_within_bounds() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > LARGEST_BODY:
            if message.get("more_body"):
                await _drain(receive)
            raise HTTPException(413)
        return message

    return receive_within_bounds


async def _drain(receive: Receive) -> None:
    """Read on for a while: a browser that is still sending would show a broken connection, not our page."""
    drained = 0
    while drained < LARGEST_DRAINED:
        message = await receive()
        drained += len(message.get("body", b""))
        if not message.get("more_body"):
            return
