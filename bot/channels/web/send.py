"""What a browser gets back for a message: it takes the reply along, so that nothing has to find its way to it."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response

from bot.channels.web.site import Visit
from bot.message import File, Message

LATEST = "/#latest"


def answered(visit: Visit, message: Message) -> Response:
    """Handle the message to its end; the page then shows its reply, or the words again that could not be kept."""
    reply = visit.facade.take(message)
    if reply.kind == "error":
        return visit.page("trouble.html", 503, reply=reply, question="" if message.press else message.text)
    return back_to(LATEST)


def back_to(path: str) -> Response:
    """The answer to every change: look at the page again, which now shows it."""
    return RedirectResponse(path, 303)


def attached(file: File, path: Path | None) -> Response:
    """The file of a reply; 404 for one that is no longer there."""
    if path is None or not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type=file.media_type, filename=file.name)
