"""What a browser sends as a Message, and whom it speaks for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.channels.facade import BotFacade
from bot.channels.web.visitor import Visitor, message_key
from bot.identity.identification import identify, person_behind
from bot.identity.rights import Refused
from bot.message import Message, Press
from bot.settings import Settings

CHANNEL = "page"
PERSON_COOKIE = "kaikaku-person"
FIELD = "field."
_REVISION = re.compile(r"[0-9]{0,9}")


def sender_of(request: Request, facade: BotFacade, settings: Settings) -> str | Refused | None:
    """Who a request speaks for, by the roster's id (None: anybody), or why it is turned away."""
    peer = request.client.host if request.client else None
    identified = identify(settings, peer, request.headers.raw, request.cookies.get(PERSON_COOKIE))
    if isinstance(identified, Refused):
        return identified
    person = person_behind(identified, facade.roster())
    return person.id if person is not None else None


def press_of(form: Mapping[str, str]) -> Press:
    """A button or a form of a reply; the form's fields go by their own names. Raises 400 for none of ours."""
    fields = tuple(
        (name.removeprefix(FIELD), value) for name, value in form.items() if name.startswith(FIELD)
    )
    action, revision = form.get("press", ""), form.get("revision", "")
    if not action or not _REVISION.fullmatch(revision):
        raise HTTPException(400)
    return Press(action, form.get("value", ""), fields, int(revision) if revision else None)


def message_of(
    visitor: Visitor, form: Mapping[str, str], text: str, press: Press | None = None, channel: str = CHANNEL
) -> Message:
    """What was typed, or pressed and is shown afterwards by its label. Raises 400 for a form that is none of ours."""
    content = text
    if press is not None:
        content = json.dumps([press.action, press.value, press.fields, press.revision])
    key = message_key(visitor, form.get("form", ""), content)
    if key is None:
        raise HTTPException(400)
    place = visitor.conversation
    return Message(channel, key, place, place, text, visitor.sender, press)
