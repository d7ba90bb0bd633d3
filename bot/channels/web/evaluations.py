"""The self-evaluations of a round on the page: how far along each is, what became of it, and signing it off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.web.evaluation_rows import (
    EvaluationRow,
    EvaluationStanding,
    day,
    groups,
    moment,
    only,
    row,
)
from bot.channels.web.evaluation_subject import (
    SAID,
    EvaluationPage,
    context_for,
    first_line,
    place_for,
    pressed,
    refused,
    reply_shown,
)
from bot.channels.web.send import back_to
from bot.channels.web.site import Visit
from bot.evaluation.context import EvaluationContext
from bot.evaluation.rounds import rounds
from bot.evaluation.sign_off import ACTION, REASON
from bot.evaluation.sign_off_rules import LONGEST_REASON, STEPS, possible
from bot.identity.rights import Act, Refused, may
from bot.message import Press, Reply
from bot.storage.entry import Entry, SignOff
from bot.wording.wording import say


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an entry."""

    what: str
    when: str
    who: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """An entry as it was submitted once, and what happened to it since."""

    entry: Entry
    is_latest: bool
    happened: tuple[Happened, ...]


def overview(visit: Visit) -> Response:
    """All that the person may see of the round of `?round=R5`, else of the one of the day.

    `?standing=open` leaves only what stands so.
    """
    asked = visit.request.query_params
    context = context_for(visit, asked.get("round"))
    latest = context_for(visit).round
    found = groups(context)
    if not found:
        right = may(context.person, Act.SEE)
        reason = str(right) if isinstance(right, Refused) else say("web/no_work")
        return refused(visit, reason)
    rows = [row for group in found for row in group.rows]
    standing = next((one for one in EvaluationStanding if one.value == asked.get("standing")), None)
    return visit.page(
        "evaluations.html",
        context=context,
        groups=found if standing is None else only(found, standing),
        standing=standing,
        to_sign=context.to_sign,
        counts=[(one, sum(row.standing is one for row in rows)) for one in EvaluationStanding],
        rounds=[one for one in rounds(context.known.plan) if one.year <= latest.year],
        deadline=day(context.deadline),
        days_left=(context.deadline - context.asker.at.date()).days,
    )


def entry(visit: Visit) -> Response:
    """One subject: what was submitted in every version, how it stands, and what this person can do now."""
    place = place_for(visit)
    return _entry_page(visit, place, notice=first_line(reply_shown(visit)))


def sign(visit: Visit) -> Response:
    """Confirm, accept or return the entry, at the step that it was shown at."""
    place = place_for(visit)
    number, act, step = (visit.form.get(name, "") for name in ("entry", "act", "step"))
    if act not in {one.value for one in STEPS} or not (_is_number(number) and _is_number(step)):
        raise HTTPException(400)
    fields = ((REASON, visit.form.get(REASON, "")),)
    key, reply = pressed(visit, Press(ACTION, f"{number}:{act}", fields, int(step)))
    now = place_for(visit)
    if now.entry is not None and (now.entry.number, len(now.entry.sign_offs)) == (int(number), int(step)):
        return _entry_page(visit, now, 422, fault=_fault(reply))
    return back_to(f"{place.path}?{SAID}={key}")


def _fault(reply: Reply) -> str:
    """Why nothing was signed: what is wrong with the reason, or with the moment."""
    fields = reply.form.fields if reply.form else ()
    return next((one.error for one in fields if one.error), first_line(reply))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _entry_page(
    visit: Visit, place: EvaluationPage, status: int = 200, fault: str = "", notice: str = ""
) -> Response:
    context, entry = place.context, place.entry
    allowed = context.rights_on(entry) if entry else {}
    return visit.page(
        "evaluation.html",
        status,
        place=place,
        row=_row(place),
        sheet=context.sheet(place.work) if place.work else None,
        versions=_versions(visit, place),
        acts=possible(entry, allowed) if entry else (),
        labels={act: say(f"evaluation/buttons/{act}") for act in STEPS},
        step=len(entry.sign_offs) if entry else 0,
        longest_reason=LONGEST_REASON,
        reason=visit.form.get(REASON, ""),
        fault=fault,
        notice=notice,
        deadline=day(context.deadline),
    )


def _row(place: EvaluationPage) -> EvaluationRow | None:
    return row(place.context, place.work) if place.work else None


def _versions(visit: Visit, place: EvaluationPage) -> tuple[Version, ...]:
    """The latest first."""
    several = visit.facade.versions(place.context.round.name, place.subject)
    return tuple(
        Version(one, one is several[-1], tuple(_happened(place.context, one))) for one in reversed(several)
    )


def _happened(context: EvaluationContext, entry: Entry) -> Iterator[Happened]:
    what = say("web/happened/submitted", is_late=entry.is_late)
    yield Happened(what, moment(entry.submitted_at), context.label(entry.submitted_by), entry.why)
    yield from (_signed(context, one) for one in entry.sign_offs)


def _signed(context: EvaluationContext, one: SignOff) -> Happened:
    what = say("web/happened/signed", step=one.step.label, in_place=one.in_place_of_head)
    return Happened(what, moment(one.at), context.label(one.by), one.reason)
