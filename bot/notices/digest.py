"""What a manager is told once in a phase: how things stand in their part, by the numbers that progress shows too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.evaluation.open_work import all_work
from bot.identity.rights import Refused
from bot.notices.notice_text import Digest, day_label
from bot.notices.owed_work import work_of
from bot.progress.handler import all_entries, scope_for
from bot.progress.request import OWN, Request
from bot.progress.scope import Scope, label_of
from bot.progress.summary import Summary, summarise
from bot.storage import work_records
from bot.storage.database import DatabaseFile
from bot.storage.work_records import PULSES, WorkState
from bot.wording.wording import remind
from knowledge.known import Known
from knowledge.roster.roster import Person, PostKind, Roster
from reminders.calendar import Audience, Calendar, EndsWith, PhaseTerm
from reminders.due import Item


def digests(database: DatabaseFile, known: Known, calendar: Calendar, roster: Roster, today: date) -> Digest:
    """The digests of one day, by what the database then has."""
    whole: dict[tuple[PhaseTerm, Scope], str] = {}

    def digest(item: Item, recipient: str) -> str:
        scope = _scope(roster.person(recipient), roster)
        key = (item.term, scope)
        if key not in whole:
            whole[key] = _words(_Day(database, known, calendar, roster, today), item.term, scope)
        return whole[key]

    return digest


def _scope(person: Person | None, roster: Roster) -> Scope:
    """The whole city for who manages it, else the departments that the person's posts are over."""
    if person is not None and any(
        post.is_citywide and post.kind is PostKind.MANAGER for post in person.posts
    ):
        return Scope()
    found = scope_for(person, roster, Request(departments=(OWN,)))
    return Scope(departments=frozenset()) if isinstance(found, Refused) else found


class _Day:
    """What digests of one day look at."""

    def __init__(
        self, database: DatabaseFile, known: Known, calendar: Calendar, roster: Roster, today: date
    ) -> None:
        self.database, self.known, self.calendar = database, known, calendar
        self.roster, self.today = roster, today

    def summary(self, term: PhaseTerm, scope: Scope) -> Summary:
        with self.database.reading() as inside:
            entries = all_entries(inside, self.known.plan)
        return summarise(self.known, self.roster, entries, scope, term.year, self.today, self.calendar)


def _words(day: _Day, term: PhaseTerm, scope: Scope) -> str:
    facts: dict[str, Any] = {
        "round": term.year.label,
        "phase": term.phase.name,
        "deadline": day_label(term.deadline),
        "is_over": term.deadline < day.today,
    }
    if term.phase.ends_with is EndsWith.PULSE:
        return remind("digest_pulse", **facts, **_pulse(day, term, scope))
    if term.phase.ends_with is EndsWith.DONE and term.phase.responsible is Audience.DEPARTMENT:
        return remind("digest_done", **facts, **_done(day, term, scope))
    summary = day.summary(term, scope)
    facts["is_secretariats"] = term.phase.responsible is Audience.SECRETARIAT
    is_done = facts["is_secretariats"] and not _open(day, term, None)
    return remind("digest_entries", **facts, summary=summary, lags=len(summary.lags), is_done=is_done)


def _pulse(day: _Day, term: PhaseTerm, scope: Scope) -> Mapping[str, Any]:
    works = [one for one in all_work(day.known.plan, day.roster) if one.duty.indicator is None]
    inside = {one.subject: one.duty.code for one in works if scope.holds(frozenset({one.department}))}
    with day.database.reading() as found:
        said = {
            one.subject: one.state
            for one in work_records.latest(found, (term.round,))
            if one.phase == term.phase.id and one.subject in inside
        }
    counts = Counter(said.values())
    return {
        "label": label_of(scope, day.known, day.roster),
        "counts": [(state.label, counts[state]) for state in PULSES],
        "silent": len(inside) - len(said),
        "behind": [inside[subject] for subject, state in said.items() if state is not WorkState.ON_TRACK],
    }


def _done(day: _Day, term: PhaseTerm, scope: Scope) -> Mapping[str, Any]:
    open_ones = _open(day, term, scope)
    return {
        "open": [day.roster.name_of(one) for one in open_ones],
        "label": label_of(scope, day.known, day.roster),
    }


def _open(day: _Day, term: PhaseTerm, scope: Scope | None) -> list[str]:
    """Who still owes the phase, within the scope."""
    work = work_of(day.database, day.calendar, day.known.plan, day.roster, (term.year,))
    return [
        one.department
        for one in work
        if one.phase == term.phase.id
        and one.is_open
        and (scope is None or scope.holds(frozenset({one.department})))
    ]
