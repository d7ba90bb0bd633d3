"""The self-evaluation as a form: begun, saved field by field, looked over, submitted. The draft is the conversation's own.

Every change is a message like any other, with the draft's revision: a form that has become stale changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.web.evaluation_fields import NOTHING, asked, changed, left_out, said
from bot.channels.web.evaluation_rows import moment
from bot.channels.web.evaluation_subject import (
    SAID,
    EvaluationPage,
    NotHere,
    first_line,
    place_for,
    pressed,
    refused,
    reply_shown,
)
from bot.channels.web.receive import FIELD
from bot.channels.web.send import back_to
from bot.channels.web.site import Visit
from bot.evaluation.open_work import EvaluationWork
from bot.evaluation.prompts import ACTION, can_take_the_rest, gap_lines
from bot.evaluation.sheet import EvaluationSheet
from bot.evaluation.whole_form import FORM_ACTION, MEANT, SAVED
from bot.identity.rights import Act, Refused
from bot.message import Press, Reply
from bot.storage.draft import Draft
from bot.storage.draft_store import Kept
from bot.wording.wording import say

_NUMBER = re.compile(r"[0-9]{1,9}")
_ONWARDS = {"leave": ("pause", "/evaluations"), "rest": ("rest", "")}
"""What is pressed once all that was written is kept, and where that leads: else to the review."""

_BEGINNINGS = ("form", "correct")


@dataclass(frozen=True, slots=True)
class Open:
    """A place with an open draft that this person may fill in."""

    place: EvaluationPage
    work: EvaluationWork
    kept: Kept
    sheet: EvaluationSheet

    @property
    def draft(self) -> Draft:
        return self.kept.draft

    @property
    def other(self) -> str:
        """Who else is at it, by name; nobody else: empty."""
        at_it = self.kept.at_it
        return "" if at_it in (None, self.place.context.person.id) else self.place.context.label(at_it or "")


def begin(visit: Visit) -> Response:
    """Begin a draft, go on with the one that there is, or correct what was submitted."""
    place = place_for(visit)
    way = visit.form.get("way", "")
    if way not in _BEGINNINGS:
        raise HTTPException(400)
    pressed(visit, Press(ACTION, f"{way}:{place.context.round.name}:{place.subject}"))
    return back_to(f"{place.path}/form")


def show(visit: Visit) -> Response:
    """The form of the draft; while somebody else is at it, only what it says."""
    found = _open(visit)
    if found.other:
        return visit.page("evaluation_occupied.html", **_shown(found))
    reply = reply_shown(visit)
    given = _given(reply, found.draft)
    shows_missing = "all" in visit.request.query_params
    notice = say("web/saved") if reply and given else ""
    return _form(visit, found, given=given, shows_missing=shows_missing, notice=notice)


def save(visit: Visit) -> Response:
    """Keep what was written, and stay, look it over, take the rest as it was or leave, as the button says."""
    then = visit.form.get("then", "stay")
    posted = {name.removeprefix(FIELD): text for name, text in visit.form.items() if name.startswith(FIELD)}
    place = place_for(visit)
    if place.kept is None:
        return visit.page(
            "evaluation_over.html", 409, place=place, texts=[one for one in posted.values() if one]
        )
    found = _open(visit)
    fields = posted if then == "check" else changed(found.draft, found.sheet, posted)
    press = Press(FORM_ACTION, _number(visit) + SAVED, tuple(fields.items()), _revision(visit))
    key, reply = pressed(visit, press, lambda reply: _not_kept(visit, posted, reply, 503))
    if reply.form is None:
        return _not_kept(visit, posted, reply, 409)
    path = found.place.path
    if then == "check":
        is_whole = not any(one.error for one in reply.form.fields)
        return back_to(f"{path}/review" if is_whole else f"{path}/form?{SAID}={key}&all=1")
    # What is only missing keeps nobody; what was written and not kept does.
    if then in _ONWARDS and not any(one.error and fields.get(one.name, "") for one in reply.form.fields):
        word, leads_to = _ONWARDS[then]
        key, _ = pressed(visit, Press(ACTION, f"{_number(visit)}:{word}", revision=reply.form.revision))
        return back_to(leads_to or f"{path}/review?{SAID}={key}")
    return back_to(f"{path}/form?{SAID}={key}")


def review(visit: Visit) -> Response:
    """Everything that will be submitted; back to the form while something is missing."""
    found = _open(visit)
    if found.other or found.sheet.missing(found.draft):
        return back_to(f"{found.place.path}/form?all=1")
    return visit.page(
        "evaluation_review.html",
        gaps=tuple(gap_lines(found.draft, found.sheet)),
        left_out=left_out(found.draft, found.sheet),
        passed=found.place.context.passed is not None,
        notice=first_line(reply_shown(visit)),
        **_shown(found),
    )


def submit(visit: Visit) -> Response:
    """Submit what was looked over; where it has changed since, it is to be looked over again."""
    place = place_for(visit)
    key, _ = pressed(visit, Press(ACTION, f"{_number(visit)}:submit", revision=_revision(visit)))
    now = place_for(visit)
    is_open = now.kept is not None and str(now.kept.draft.number) == _number(visit)
    return back_to(f"{place.path}{'/review' if is_open else ''}?{SAID}={key}")


def take_over(visit: Visit) -> Response:
    """Go on in the place of whoever was at it."""
    place = place_for(visit)
    pressed(visit, Press(ACTION, f"{_number(visit)}:take", revision=_revision(visit)))
    return back_to(f"{place.path}/form")


def ask_to_discard(visit: Visit) -> Response:
    """What would be thrown away."""
    return visit.page("evaluation_discard.html", **_shown(_open(visit)))


def discard(visit: Visit) -> Response:
    """Throw the draft away; one that has changed since it was looked at stays."""
    place = place_for(visit)
    _, reply = pressed(visit, Press(ACTION, f"{_number(visit)}:cancel", revision=_revision(visit)))
    offered = next((one for one in reply.choices if one.value.endswith(":discard")), None)
    if offered is None:
        return back_to(f"{place.path}/discard")
    pressed(visit, Press(ACTION, offered.value, revision=offered.revision))
    return back_to("/evaluations")


def _open(visit: Visit) -> Open:
    """The open draft at that address; without one the entry is shown, which has the button to begin."""
    place = place_for(visit)
    work, kept = place.work, place.kept
    if work is None or kept is None:
        raise NotHere(back_to(place.path))
    right = place.context.may(Act.ENTER, work)
    if isinstance(right, Refused):
        raise NotHere(refused(visit, str(right)))
    return Open(place, work, kept, place.context.sheet(work, kept.draft.follows))


def _not_kept(visit: Visit, posted: Mapping[str, str], reply: Reply, status: int) -> Response:
    """What was sent changed nothing: the draft as it is now, and beside it what was sent."""
    found = _open(visit)
    problem = first_line(reply)
    if found.other:
        return visit.page("evaluation_occupied.html", status, problem=problem, theirs=posted, **_shown(found))
    if status == 503:
        return _form(visit, found, status, given=posted, problem=problem)
    return _form(visit, found, status, theirs=posted, problem=problem)


def _form(
    visit: Visit,
    found: Open,
    status: int = 200,
    given: Mapping[str, str] = NOTHING,
    theirs: Mapping[str, str] = NOTHING,
    shows_missing: bool = False,
    problem: str = "",
    notice: str = "",
) -> Response:
    fields = asked(found.draft, found.sheet, given, shows_missing, theirs)
    corrected = found.sheet.corrects
    return visit.page(
        "evaluation_form.html",
        status,
        fields=fields,
        faulty=[one for one in fields if one.field.error],
        problem=problem,
        notice=notice,
        returned=corrected.sign_off.reason if corrected and corrected.is_returned else "",
        meant=MEANT,
        can_take_the_rest=can_take_the_rest(found.draft, found.sheet),
        **_shown(found),
    )


def _shown(found: Open) -> dict[str, Any]:
    """What every page of a draft shows."""
    kept = found.kept
    return {
        "place": found.place,
        "sheet": found.sheet,
        "draft": found.draft,
        "rows": said(found.draft, found.sheet),
        "other": found.other,
        "saved_at": moment(kept.changed_at),
        "saved_by": found.place.context.label(kept.changed_by),
    }


def _given(reply: Reply | None, draft: Draft) -> dict[str, str]:
    """What the form held when it was last sent, as long as the draft has not changed since."""
    if reply is None or reply.form is None or reply.form.revision != draft.revision:
        return {}
    return {field.name: field.value for field in reply.form.fields}


def _number(visit: Visit) -> str:
    return _digits(visit.form.get("draft", ""))


def _revision(visit: Visit) -> int:
    return int(_digits(visit.form.get("revision", "")))


def _digits(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise HTTPException(400)
    return text
