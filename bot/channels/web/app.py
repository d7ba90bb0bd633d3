"""The page as an application: which address leads to which view, and what every request passes on its way."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.facade import BotFacade
from bot.channels.web import browse, chat, evaluation_form, evaluations, inbox_badge, progress
from bot.channels.web.evaluation_subject import NotHere
from bot.channels.web.middleware import HEADERS, Gate, HeadersOut, LogLine
from bot.channels.web.render import HERE
from bot.channels.web.site import Site, TurnedAway, changing, reading
from bot.settings import Settings
from bot.storage.database_fault import DatabaseFault

ONE = "/evaluations/{round}/{subject}"
"""The self-evaluation of a subject in a round."""


def create_app(facade: BotFacade, settings: Settings) -> Starlette:
    """The page over `facade`, for the names and the kind of identity that the settings give."""
    site = Site(facade, settings)

    def refuse(status: int) -> Response:
        return _problem(site, status)

    def refused(_request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        advice = fault.detail if isinstance(fault, TurnedAway) else ""
        return _problem(site, fault.status_code, fault.headers, advice)

    def out_of_order(_request: Request, fault: Exception) -> Response:
        return _problem(site, 503, advice=str(fault))

    def failed(_request: Request, _fault: Exception) -> Response:
        # The outermost layer answers this one, outside the headers' own.
        return _problem(site, 500, HEADERS | {"Cache-Control": "no-store"})

    return Starlette(
        routes=_routes(site),
        middleware=[Middleware(LogLine), Middleware(HeadersOut), Middleware(Gate, site.address, refuse)],
        exception_handlers={
            HTTPException: refused,
            NotHere: lambda _request, fault: fault.response,
            DatabaseFault: out_of_order,
            Exception: failed,
        },
    )


def _routes(site: Site) -> list[Route | Mount]:
    return [
        Route("/", reading(site, chat.show)),
        Route("/ask", changing(site, chat.ask), methods=["POST"]),
        Route("/press", changing(site, chat.press), methods=["POST"]),
        Route("/helpful", changing(site, chat.mark), methods=["POST"]),
        Route("/person", changing(site, chat.become), methods=["POST"]),
        Route("/files/{key}", reading(site, chat.download)),
        Route("/plan", reading(site, browse.plan)),
        Route("/plan/{code}", reading(site, browse.part)),
        Route("/sources/{reference:path}", reading(site, browse.source)),
        Route("/progress", reading(site, progress.show)),
        Route("/progress/excel", reading(site, progress.workbook)),
        Route("/progress/entries/{number:int}", reading(site, progress.entry)),
        Route("/notices", reading(site, inbox_badge.show), methods=["GET"]),
        Route("/notices", changing(site, inbox_badge.respond), methods=["POST"]),
        Route("/evaluations", reading(site, evaluations.overview)),
        Route(ONE, reading(site, evaluations.entry)),
        Route(f"{ONE}/sign", changing(site, evaluations.sign), methods=["POST"]),
        Route(f"{ONE}/begin", changing(site, evaluation_form.begin), methods=["POST"]),
        Route(f"{ONE}/form", reading(site, evaluation_form.show), methods=["GET"]),
        Route(f"{ONE}/form", changing(site, evaluation_form.save), methods=["POST"]),
        Route(f"{ONE}/review", reading(site, evaluation_form.review), methods=["GET"]),
        Route(f"{ONE}/review", changing(site, evaluation_form.submit), methods=["POST"]),
        Route(f"{ONE}/take", changing(site, evaluation_form.take_over), methods=["POST"]),
        Route(f"{ONE}/discard", reading(site, evaluation_form.ask_to_discard), methods=["GET"]),
        Route(f"{ONE}/discard", changing(site, evaluation_form.discard), methods=["POST"]),
        Route("/healthz", lambda _request: browse.health(site)),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]


def _problem(site: Site, status: int, headers: Mapping[str, str] | None = None, advice: str = "") -> Response:
    """A plain page in Japanese that says what is wrong and what to do; it needs nothing of the facade."""
    return HTMLResponse(site.pages.page("problem.html", status=status, advice=advice), status, headers)
