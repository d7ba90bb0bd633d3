"""The conversation on the page: what is shown, and what a typed question or a pressed button becomes."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.web.receive import CHANNEL, PERSON_COOKIE, message_of, press_of
from bot.channels.web.send import LATEST, answered, attached, back_to
from bot.channels.web.site import Visit
from bot.conversation.dispatch import LONGEST_QUESTION
from bot.conversation.exchanges import Exchange
from bot.storage.feedback import MARKS

SHOWN_AT_FIRST = 20
SHOWN_AT_MOST = 500


def show(visit: Visit) -> Response:
    """The end of the conversation, or with `?all` all of it; `?q=` fills the question in without asking it."""
    limit = SHOWN_AT_MOST if "all" in visit.request.query_params else SHOWN_AT_FIRST
    # One more than is shown tells whether there is more.
    exchanges = _said(visit, limit + 1)
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
    return answered(visit, message_of(visit.visitor, visit.form, text))


def press(visit: Visit) -> Response:
    """A button or a form of a reply, shown afterwards by its label."""
    pressed = press_of(visit.form)
    text = visit.form.get("label", pressed.value)
    return answered(visit, message_of(visit.visitor, visit.form, text, pressed))


def mark(visit: Visit) -> Response:
    """Whether an answer helped: one that was given in this visitor's own conversation."""
    given, key = MARKS.get(visit.form.get("helpful", "")), visit.form.get("of", "")
    if given is None:
        raise HTTPException(400)
    if any(exchange.message.key == key for exchange in _said(visit, SHOWN_AT_MOST)):
        visit.facade.mark(CHANNEL, key, given)
    return back_to(LATEST)


def become(visit: Visit) -> Response:
    """Choose whom to be while trying; nobody else's conversation comes along."""
    chosen = visit.form.get("person", "")
    if chosen not in {"", *(person.id for person in visit.site.people)}:
        raise HTTPException(400)
    response = back_to("/")
    visit.site.keep_cookie(response, PERSON_COOKIE, chosen)
    return response


def download(visit: Visit) -> Response:
    """The file of a reply in this visitor's own conversation; no other path leads to a file."""
    key = visit.request.path_params["key"]
    for exchange in _said(visit, SHOWN_AT_MOST):
        if exchange.message.key == key and exchange.reply and exchange.reply.file:
            return attached(exchange.reply.file, visit.facade.file(exchange.reply.file.path))
    raise HTTPException(404)


def _said(visit: Visit, limit: int) -> Sequence[Exchange]:
    return visit.facade.exchanges(CHANNEL, visit.visitor.conversation, limit)


def _last_form(exchanges: Sequence[Exchange]) -> str:
    """The key of the newest reply with a form: an older one is no longer to be filled in."""
    with_form = [one.message.key for one in exchanges if one.reply is not None and one.reply.form is not None]
    return with_form[-1] if with_form else ""
