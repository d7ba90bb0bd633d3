"""Who answers for what was asked about: the plan does not say, the city's roster does.

Stands beside the plan's honest no, told apart from it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.message import Reply
from bot.wording.wording import say
from knowledge.known import Known
from knowledge.question import OutOfPlan, Understood
from knowledge.roster.duties import departments_on
from knowledge.roster.roster import Roster


def with_departments(reply: Reply, understood: Understood, known: Known, roster: Roster) -> Reply:
    """The reply, and the departments on the roster where somebody asked for the responsible one of a code."""
    if not isinstance(understood, OutOfPlan) or not _asks_who_is_responsible(understood):
        return reply
    codes = [ref for ref in understood.nearest if ref in known.plan.by_code]
    named = [(code, departments_on(roster, known.plan, code)) for code in codes]
    answering = [(code, [one.name for one in departments]) for code, departments in named if departments]
    if not answering:
        return reply
    added = say("responsible", understood.language, answering=answering)
    return replace(reply, text=f"{reply.text}\n{added}")


def _asks_who_is_responsible(understood: OutOfPlan) -> bool:
    asked = any(reading.gave == "responsible" for reading in understood.readings)
    return understood.why == "absent" and asked
