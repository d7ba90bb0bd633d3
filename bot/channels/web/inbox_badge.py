"""The bell: what this person has to do today, with the buttons of the notice. Where nothing is due, there is none."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.web.evaluation_subject import SAID, pressed, reply_shown, to_stranger
from bot.channels.web.send import back_to
from bot.channels.web.site import Visit
from bot.message import Press
from bot.notices.notice_text import RESPOND


def show(visit: Visit) -> Response:
    """Everything that is due, and the entries that wait for this person."""
    if visit.visitor.sender is None:
        return to_stranger(visit)
    due, reply = visit.due, reply_shown(visit)
    return visit.page(
        "notices.html",
        things=due.things,
        answers=due.answers,
        to_sign=due.to_sign,
        notice=reply.text if reply else "",
    )


def respond(visit: Visit) -> Response:
    """Put what is due off, or say that it is somebody else's."""
    value = visit.form.get("value", "")
    if not value:
        raise HTTPException(400)
    key, _ = pressed(visit, Press(RESPOND, value))
    return back_to(f"/notices?{SAID}={key}")
