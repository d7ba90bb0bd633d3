"""Slack's requests over HTTP, beside the page and on its server: signed, or turned away with 401."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from slack_bolt import App, BoltRequest, BoltResponse

from bot.channels.adapter import AsgiReceive, AsgiSend, Scope, ServerApp

PATH = "/slack/events"
LONGEST_BODY = 1_000_000


def beside(page: ServerApp, app: Callable[[], App | None]) -> ServerApp:
    """The page, with Slack's own path before it. Until `app` gives one, Slack is asked to come again."""

    async def serve(scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await page(scope, receive, send)
            return
        await _respond(send, await _response(scope, receive, app()))

    return serve


async def _response(scope: Scope, receive: AsgiReceive, app: App | None) -> BoltResponse:
    if scope["method"] != "POST":
        return BoltResponse(status=405)
    body = await _body(receive)
    if body is None:
        return BoltResponse(status=413)
    if app is None:
        return BoltResponse(status=503)
    # Bolt waits, for the database and for listeners to acknowledge; the page must not wait with it.
    return await asyncio.to_thread(app.dispatch, BoltRequest(body=body, headers=_headers(scope)))


async def _body(receive: AsgiReceive) -> str | None:
    """The whole body; None for one that is too long or no text."""
    body: bytes = b""
    while True:
        event = await receive()
        body += event.get("body", b"")
        if event["type"] == "http.disconnect" or len(body) > LONGEST_BODY:
            return None
        if not event.get("more_body"):
            break
    try:
        return str(body, "utf-8")
    except UnicodeDecodeError:
        return None


def _headers(scope: Scope) -> dict[str, str | Sequence[str]]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


async def _respond(send: AsgiSend, response: BoltResponse) -> None:
    headers = [
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": (response.body or "").encode()})
