"""The manager's page: where the plan stands, and the entries that every figure comes from."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from starlette.responses import Response

from bot.channels.web import progress_tables as tables
from bot.channels.web.site import TurnedAway, Visit
from bot.identity.rights import seen
from bot.progress import summary_charts, summary_text, workbook_files
from bot.progress import summary_tables as words
from bot.progress.handler import NotShown, file_name
from bot.progress.lags import Reason
from bot.progress.request import OWN, Request
from bot.progress.summary import Summary
from bot.progress.workbooks import view
from bot.wording.wording import say
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import PLAN
from knowledge.roster.roster import Department
from knowledge.sources.safe_workbook import write_workbook


def show(visit: Visit) -> Response:
    """The progress of `?scope=柱5&year=R5&department=ID`, as much of it as this person may see."""
    request = _request(visit)
    found = visit.facade.progress(visit.visitor.sender, request)
    if isinstance(found, NotShown):
        raise TurnedAway(found.why, 403 if found.is_refused else 404)
    departments = _departments(visit)
    year = found.year
    return visit.page(
        "progress.html",
        summary=found,
        asked=request,
        excel=tables.address(request, to="/progress/excel"),
        years=visit.facade.edition().plan.years,
        departments=departments,
        own=OWN,
        others=() if request.ref in _offered(visit) else (request.ref,),
        reasons=tuple(Reason),
        headlines=summary_text.headlines(found),
        definition=summary_text.definition(found),
        deadlines=words.deadlines_table(found),
        submissions=words.submissions_table(found),
        rates_chart=summary_charts.rates_chart(found),
        amounts_chart=summary_charts.amounts_chart(found),
        submissions_chart=summary_charts.submissions_chart(found),
        pillars=tables.pillars(found, request),
        amounts=tables.amounts(found, request),
        initiatives=_of_initiatives(found),
        indicators=tables.lines(found, found.indicators, say("web/progress/indicators", year=year)),
        lags=tables.lags([one for one in found.lags if one.source], say("web/progress/lags", year=year)),
        silent=tables.lags([one for one in found.lags if not one.source], say("web/progress/silent")),
        by_department=tables.departments(found, request, (one.id for one in departments)),
        standings=tables.standings(found),
        changes=tables.changes(found),
    )


def _departments(visit: Visit) -> Sequence[Department]:
    """The departments whose part of the progress this person may choose."""
    roster, sender = visit.facade.roster(), visit.visitor.sender
    return seen(roster.person(sender) if sender else None, roster.current_departments)


def workbook(visit: Visit) -> Response:
    """The same as an Excel file."""
    found = visit.facade.progress(visit.visitor.sender, _request(visit))
    if isinstance(found, NotShown):
        raise TurnedAway(found.why, 403 if found.is_refused else 404)
    content = write_workbook(view(found, visit.facade.edition().plan))
    disposition = f"attachment; filename*=utf-8''{quote(file_name(found))}"
    return Response(content, media_type=workbook_files.XLSX, headers={"Content-Disposition": disposition})


def _of_initiatives(summary: Summary) -> tuple[tables.Linked, ...]:
    year, amounts = summary.year, summary.amounts
    found = (
        tables.lines(summary, amounts.lines, say("web/progress/initiatives", year=year)),
        tables.lines(summary, amounts.left_out, say("web/progress/left_out", year=year)),
    )
    return tuple(one for one in found if one.table.rows)


def entry(visit: Visit) -> Response:
    """One entry in one version, with its figures, its texts and the steps of its sign-off."""
    found = visit.facade.entry(visit.visitor.sender, visit.request.path_params["number"])
    if isinstance(found, NotShown):
        raise TurnedAway(found.why, 403 if found.is_refused else 404)
    one = found.entry
    back = tables.address(Request(ref=one.code, year=_year_of(visit, one.round)))
    return visit.page("entry.html", traced=found, entry=one, back=back)


def _year_of(visit: Visit, round: str) -> FiscalYear:
    """The year whose figures the round closes; the one after the plan's last has none of its own."""
    return min(FiscalYear.from_short(round), visit.facade.edition().plan.last_year)


def _offered(visit: Visit) -> frozenset[str]:
    """What the choice of a part holds by itself."""
    plan = visit.facade.edition().plan
    pillars, items = (one.code for one in plan.pillars), (one.code for one in plan.items)
    return frozenset({PLAN, *pillars, *items})


def _request(visit: Visit) -> Request:
    given = visit.request.query_params
    try:
        year = FiscalYear.from_short(given["year"].upper()) if given.get("year") else None
    except ValueError as fault:
        raise TurnedAway(f"{fault}。", 404) from fault
    plan = visit.facade.edition().plan
    if year is not None and year not in plan.years:
        why = say("web/progress/no_such_year", year=year, first=plan.first_year, last=plan.last_year)
        raise TurnedAway(why, 404)
    named = tuple(filter(None, given.get("department", "").split(",")))
    return Request(ref=given.get("scope") or PLAN, year=year, departments=named)
