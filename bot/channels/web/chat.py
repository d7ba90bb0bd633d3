"""The conversation on the page: what is shown, and what a typed question or a pressed button becomes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from bot.channels.web.site import PERSON_COOKIE, Visit, back_to
from bot.channels.web.visitor import message_key
from bot.conversation.dispatch import LONGEST_QUESTION
from bot.conversation.exchanges import Exchange
from bot.message import Message, Press
from bot.storage.feedback import MARKS

CHANNEL = "page"
SHOWN_AT_FIRST = 20
SHOWN_AT_MOST = 500
FIELD = "field."
LATEST = "/#latest"
_REVISION = re.compile(r"[0-9]{0,9}")


def show(visit: Visit) -> Response:
    """The end of the conversation, or with `?all` all of it; `?q=` fills the question in without asking it."""
    limit = SHOWN_AT_MOST if "all" in visit.request.query_params else SHOWN_AT_FIRST
    # One more than is shown tells whether there is more.
    exchanges = visit.facade.exchanges(visit.visitor.conversation, limit + 1)
    shown = exchanges[-limit:]
    return visit.page(
        "conversation.html",
        exchanges=shown,
        has_earlier=len(exchanges) > len(shown) and limit == SHOWN_AT_FIRST,
        last_form=_last_form(shown),
        examples=visit.facade.examples(),
        question=visit.request.query_params.get("q", "")[:LONGEST_QUESTION],
        longest_question=LONGEST_QUESTION,
    )


def ask(visit: Visit) -> Response:
    """A typed question."""
    text = visit.form.get("question", "").strip()
    if not text:
        return back_to("/")
    return _sent(visit, _message(visit, text, text=text))


def press(visit: Visit) -> Response:
    """A button or a form of a reply, shown afterwards by its label; the form's fields go by their own names."""
    fields = tuple(
        (name.removeprefix(FIELD), value) for name, value in visit.form.items() if name.startswith(FIELD)
    )
    action, revision = visit.form.get("press", ""), visit.form.get("revision", "")
    if not action or not _REVISION.fullmatch(revision):
        raise HTTPException(400)
    pressed = Press(action, visit.form.get("value", ""), fields, int(revision) if revision else None)
    content = json.dumps([pressed.action, pressed.value, pressed.fields, pressed.revision])
    return _sent(visit, _message(visit, content, text=visit.form.get("label", pressed.value), press=pressed))


def mark(visit: Visit) -> Response:
    """Whether an answer helped."""
    given = MARKS.get(visit.form.get("helpful", ""))
    if given is None:
        raise HTTPException(400)
    visit.facade.mark(visit.visitor.conversation, visit.form.get("of", ""), given)
    return back_to(LATEST)


def become(visit: Visit) -> Response:
    """Choose whom to be while trying; nobody else's conversation comes along."""
    chosen = visit.form.get("person", "")
    known = {person.id for person in visit.facade.people()} if visit.site.is_trial else set()
    if chosen not in known | {""}:
        raise HTTPException(400)
    response = back_to("/")
    visit.site.keep_cookie(response, PERSON_COOKIE, chosen)
    return response


def download(visit: Visit) -> Response:
    """The file of a reply in this visitor's own conversation; no other path leads to a file."""
    key = visit.request.path_params["key"]
    for exchange in visit.facade.exchanges(visit.visitor.conversation, SHOWN_AT_MOST):
        if exchange.message.key == key and exchange.reply and exchange.reply.file:
            file = exchange.reply.file
            path = visit.facade.file(file.path)
            if path is not None and path.is_file():
                return FileResponse(path, media_type=file.media_type, filename=file.name)
    raise HTTPException(404)


def _message(visit: Visit, content: str, text: str, press: Press | None = None) -> Message:
    key = message_key(visit.visitor, visit.form.get("form", ""), content)
    if key is None:
        raise HTTPException(400)
    place = visit.visitor.conversation
    return Message(CHANNEL, key, place, place, text, visit.visitor.sender, press)


def _sent(visit: Visit, message: Message) -> Response:
    reply = visit.facade.take(message)
    if reply.kind == "error":
        return visit.page("trouble.html", 503, reply=reply, question="" if message.press else message.text)
    return back_to(LATEST)


def _last_form(exchanges: Sequence[Exchange]) -> str:
    """The key of the newest reply with a form: an older one is no longer to be filled in."""
    with_form = [one.message.key for one in exchanges if one.reply is not None and one.reply.form is not None]
    return with_form[-1] if with_form else ""
