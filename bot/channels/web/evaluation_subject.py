"""The subject of a self-evaluation that an address names, for a person who may see it; and pressing its buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.web.receive import message_of
from bot.channels.web.render import path_to
from bot.channels.web.site import Visit
from bot.evaluation.context import EvaluationContext
from bot.evaluation.open_work import EvaluationWork
from bot.identity.rights import Act, Refused, may
from bot.message import Press, Reply
from bot.storage.draft_store import FORM, Kept
from bot.storage.entry import Entry
from bot.wording.wording import say

SAID = "said"
"""The parameter of an address that names the message whose reply is to be shown."""


RECENT = 20
"""How far back a reply is looked for."""


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """A subject in a round as it stands. `work` is None where the plan has it no longer."""

    context: EvaluationContext
    subject: str
    work: EvaluationWork | None
    entry: Entry | None
    kept: Kept | None

    @property
    def path(self) -> str:
        return path_to("evaluations", self.context.round.name, self.subject)


class NotHere(Exception):
    """This person gets nothing here; `response` says why and who can help."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def context_for(visit: Visit, round: str | None = None) -> EvaluationContext:
    """What the person has to do with that round; 404 for one that is not. Raises NotHere for a stranger."""
    context = visit.facade.context(visit.visitor.sender, round)
    if context is not None:
        return context
    if visit.visitor.sender is None:
        raise NotHere(to_stranger(visit))
    if round is None:
        raise NotHere(visit.page("refused.html", reason=say("web/no_round")))
    raise HTTPException(404)


def place_for(visit: Visit) -> EvaluationPage:
    """What the address names. Raises NotHere for whoever may not see it."""
    context = context_for(visit, visit.request.path_params["round"])
    subject = visit.request.path_params["subject"]
    work, entry = context.work.get(subject), context.entries.get(subject)
    if work is None and entry is None:
        raise HTTPException(404)
    right = context.may(Act.SEE, work) if work else context.may_sign(Act.SEE, entry) if entry else None
    if isinstance(right, Refused):
        raise NotHere(refused(visit, str(right)))
    return EvaluationPage(context, subject, work, entry, context.drafts.get(subject))


def refused(visit: Visit, reason: str) -> Response:
    """That it may not be, and who can help."""
    return visit.page("refused.html", 403, reason=reason)


def pressed(
    visit: Visit, press: Press, in_trouble: Callable[[Reply], Response] | None = None
) -> tuple[str, Reply]:
    """Press a button of a self-evaluation; gives the message's key and what was said back.

    Raises NotHere where the person may not, and where it could not be kept: then with `in_trouble`'s page.
    """
    message = message_of(visit.visitor, visit.form, press.value, press, FORM)
    reply = visit.facade.take(message)
    if reply.kind == "error":
        page = in_trouble or (lambda reply: visit.page("trouble.html", 503, reply=reply, question=""))
        raise NotHere(page(reply))
    if reply.kind == "refused":
        raise NotHere(refused(visit, reply.text))
    return message.key, reply


def reply_shown(visit: Visit) -> Reply | None:
    """What was said back to the message that the address names, if it was this visitor's."""
    key = visit.request.query_params.get(SAID, "")
    said = visit.facade.exchanges(FORM, visit.visitor.conversation, RECENT) if key else ()
    return next((one.reply for one in said if one.message.key == key), None)


def first_line(reply: Reply | None) -> str:
    """What happened, without what is shown on the page anyway."""
    return reply.text.split("\n", 1)[0] if reply else ""


def to_stranger(visit: Visit) -> Response:
    """What nobody knows whom to show to, and what to do about it."""
    if visit.site.is_trial:
        return refused(visit, say("web/choose_who"))
    if not visit.site.identifies:
        return refused(visit, say("web/nobody_known"))
    return refused(visit, str(may(None, Act.SEE)))
