"""The plan to browse, part by part, and the passages that sources open."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.channels.web.site import Site, Visit
from bot.message import Chart, Series
from knowledge.plan.plan import Initiative, Plan, ReformItem, TargetRow


def plan(visit: Visit) -> Response:
    """The whole tree: pillars, reform items, initiatives; and the chapters around it, each by its first passage."""
    chapters = {one.section: one for one in reversed(visit.facade.passages()) if not one.code}
    return visit.page("plan.html", chapters=sorted(chapters.values(), key=lambda one: one.page))


def part(visit: Visit) -> Response:
    """A pillar, a reform item or an initiative by its code."""
    plan, code = visit.facade.edition().plan, visit.request.path_params["code"]
    found = plan.by_code.get(code)
    if found is None:
        raise HTTPException(404)
    if isinstance(found, Initiative):
        return _initiative(visit, plan, found)
    if isinstance(found, ReformItem):
        return visit.page("item.html", item=found, pillar=plan.pillar_of(found))
    return visit.page("pillar.html", pillar=found)


def source(visit: Visit) -> Response:
    """A passage as printed, among those around it; where it is an initiative, with its figures."""
    reference, passages = visit.request.path_params["reference"], visit.facade.passages()
    meant = next((one for one in passages if one.reference == reference), None)
    if meant is None:
        raise HTTPException(404)
    around = [one for one in passages if (one.section, one.code) == (meant.section, meant.code)]
    part = visit.facade.edition().plan.by_code.get(meant.code)
    row = part.targets if isinstance(part, Initiative) else None
    return visit.page("source.html", meant=meant, around=around, part=part, row=row)


def health(site: Site) -> Response:
    """What is loaded, for a machine; 503 when something is wrong."""
    state = site.facade.health()
    body = {
        "status": "ok" if state.is_well else "trouble",
        "edition": state.edition,
        "initiatives": state.initiatives,
        "database": state.database,
        "version": state.version,
    }
    return JSONResponse(body, 200 if state.is_well else 503)


def _initiative(visit: Visit, plan: Plan, initiative: Initiative) -> Response:
    order = plan.initiatives
    place = order.index(initiative)
    item = plan.item_of(initiative)
    return visit.page(
        "initiative.html",
        initiative=initiative,
        item=item,
        pillar=plan.pillar_of(item),
        chart=_chart(initiative.targets),
        before=order[place - 1] if place else None,
        after=order[place + 1] if place + 1 < len(order) else None,
    )


def _chart(row: TargetRow | None) -> Chart | None:
    """The row's years without its total, or None where there is nothing to draw."""
    if row is None or all(cell.value is None for _, cell in row.cells):
        return None
    labels = tuple(year.short for year, _ in row.cells)
    values = tuple(cell.value for _, cell in row.cells)
    return Chart(row.measure.name, labels, (Series(row.measure.name, values),), row.measure.unit)
