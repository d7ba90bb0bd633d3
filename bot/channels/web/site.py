"""What all pages share: the desk, who is asking, the templates, and the token without which nothing changes.

A view is a plain function of a Visit; `reading` and `changing` make it an endpoint. The core is synchronous,
so views run on threads.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web.facade import InboxBadge, PageFacade
from bot.channels.web.middleware import OwnAddress
from bot.channels.web.visitor import COOKIE_LIFE, Visitor, new_form_token
from bot.identity.rights import Refused
from bot.message import Reply
from bot.progress import bar_drawing, summary_text
from bot.wording.rendering import HtmlTemplates

HERE = Path(__file__).parent
MOST_FIELDS = 200
PERSON_COOKIE = "kaikaku-person"
FORM_TYPE = "application/x-www-form-urlencoded"


class TurnedAway(HTTPException):
    """This request gets nothing here; `detail` says why and who can help, in Japanese."""

    def __init__(self, why: str, status: int = 403) -> None:
        super().__init__(status, why)


@dataclass(frozen=True, slots=True)
class Site:
    """The page's parts. `is_trial`: one chooses at the top whom to be; `identifies`: it can know who is there."""

    facade: PageFacade
    address: OwnAddress
    is_trial: bool = False
    identifies: bool = False

    @property
    def pages(self) -> HtmlTemplates:
        return _pages()

    @property
    def cookie_name(self) -> str:
        return "__Host-kaikaku" if self.address.is_secure else "kaikaku"

    def visitor(self, request: Request) -> Visitor:
        peer = request.client.host if request.client else None
        sender = self.facade.sender(peer, request.headers.raw, request.cookies.get(PERSON_COOKIE))
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
    def facade(self) -> PageFacade:
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
            "people": self.facade.people() if self.site.is_trial else (),
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


def back_to(path: str) -> Response:
    """The answer to every change: look at the page again, which now shows it."""
    return RedirectResponse(path, 303)


def path_to(*parts: str) -> str:
    """A path of ours with each part quoted: path_to("plan", "柱3")."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_LATIN = re.compile(r"[A-Za-z]")


def language_of(text: str) -> str:
    """ja, or en where Latin letters prevail (names of the plan stay Japanese): what a screen reader goes by."""
    return "en" if len(_LATIN.findall(text)) > len(_JAPANESE.findall(text)) else "ja"


_NUMBERED = re.compile(r"[0-9]+\. (.+)")


def unlisted(reply: Reply) -> str:
    """The text without the numbered list of what stands below it as buttons."""
    labels = {choice.label for choice in reply.choices}
    lines = [(line, _NUMBERED.fullmatch(line)) for line in reply.text.split("\n")]
    kept = [line for line, listed in lines if not (listed and listed[1] in labels)]
    return "\n".join(kept).strip() or reply.text


WORDS: dict[str, Callable[..., Any]] = {
    "path_to": path_to,
    "language_of": language_of,
    "unlisted": unlisted,
    "draw": bar_drawing.draw,
    "figure": bar_drawing.figure,
    "date_of": summary_text.date_of,
}


@cache
def _pages() -> HtmlTemplates:
    return HtmlTemplates(HERE / "templates", WORDS)
