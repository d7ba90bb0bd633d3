"""What all pages share: the facade, who is asking, the templates, and the token without which nothing changes.

A view is a plain function of a Visit; `reading` and `changing` make it an endpoint. The core is synchronous,
so views run on threads.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.facade import BotFacade
from bot.channels.web.middleware import OwnAddress
from bot.channels.web.receive import sender_of
from bot.channels.web.render import pages
from bot.channels.web.visitor import COOKIE_LIFE, Visitor, new_form_token
from bot.identity.rights import Refused
from bot.notices.inbox_badge import InboxBadge
from bot.settings import Settings
from bot.wording.rendering import HtmlTemplates

MOST_FIELDS = 200
FORM_TYPE = "application/x-www-form-urlencoded"


class TurnedAway(HTTPException):
    """This request gets nothing here; `detail` says why and who can help, in Japanese."""

    def __init__(self, why: str, status: int = 403) -> None:
        super().__init__(status, why)


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Somebody one can be while trying the bot; `label` names the department and the post."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Site:
    """The page's parts: the bot, and the names and the kind of identity that the settings give."""

    facade: BotFacade
    settings: Settings

    @property
    def address(self) -> OwnAddress:
        return OwnAddress(self.settings.public_url)

    @property
    def is_trial(self) -> bool:
        """One chooses at the top whom to be."""
        return self.settings.identity == "trial"

    @property
    def identifies(self) -> bool:
        """It can know who is there."""
        return self.settings.identity != "none"

    @property
    def pages(self) -> HtmlTemplates:
        return pages()

    @property
    def cookie_name(self) -> str:
        return "__Host-kaikaku" if self.address.is_secure else "kaikaku"

    @property
    def people(self) -> tuple[PersonChoice, ...]:
        """Whom one can try the bot as; nobody where it is not tried."""
        roster = self.facade.roster() if self.is_trial else None
        return tuple(PersonChoice(one.id, roster.label(one)) for one in roster.persons) if roster else ()

    def visitor(self, request: Request) -> Visitor:
        sender = sender_of(request, self.facade, self.settings)
        if isinstance(sender, Refused):
            raise TurnedAway(str(sender))
        return Visitor.of(request.cookies.get(self.cookie_name), sender)

    def keep_cookie(self, response: Response, name: str, value: str) -> None:
        response.set_cookie(
            name, value, COOKIE_LIFE, path="/", secure=self.address.is_secure, httponly=True, samesite="lax"
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as a view sees it; `form` is what was sent, empty while only reading."""

    site: Site
    request: Request
    visitor: Visitor
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def facade(self) -> BotFacade:
        return self.site.facade

    @property
    def due(self) -> InboxBadge:
        """What the person has to do today: what the bell on every page counts."""
        return self.facade.due(self.visitor.sender) if self.visitor.sender else InboxBadge()

    def page(self, template: str, status: int = 200, **facts: Any) -> Response:
        """That template as a response, with what every page shows around it."""
        shared = {
            "change_token": self.visitor.change_token,
            "form_token": new_form_token(),
            "people": self.site.people,
            "person": self.visitor.sender,
            "edition": self.facade.edition(),
            "due": self.due.count,
        }
        response = HTMLResponse(self.site.pages.page(template, **(shared | facts)), status)
        if self.visitor.is_new:
            self.site.keep_cookie(response, self.site.cookie_name, self.visitor.cookie)
        return response


View = Callable[[Visit], Response]


def reading(site: Site, view: View) -> Callable[[Request], Response]:
    """An endpoint that only shows."""

    def endpoint(request: Request) -> Response:
        return view(Visit(site, request, site.visitor(request)))

    return endpoint


def changing(site: Site, view: View) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that takes a form of ours: without the page's token nothing happens."""

    async def endpoint(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
            raise HTTPException(415)
        form = _plain(await request.form(max_fields=MOST_FIELDS))
        return await run_in_threadpool(_changed, site, view, request, form)

    return endpoint


def _changed(site: Site, view: View, request: Request, form: dict[str, str]) -> Response:
    visitor = site.visitor(request)
    if not visitor.may_change(form.get("change", "")):
        raise HTTPException(403)
    return view(Visit(site, request, visitor, form))


# Everything below a space except the line's end and the tab.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _plain(form: FormData) -> dict[str, str]:
    """The fields in the order sent, without control characters and with one kind of line end."""
    pairs = ((name, value) for name, value in form.multi_items() if isinstance(value, str))
    return {name: _CONTROLS.sub("", value.replace("\r\n", "\n")) for name, value in pairs}
