"""The doctor's look at the roster: which one is in force, and what it leaves open for the channels that are set."""

from __future__ import annotations

from datetime import date

from bot.identity.rosters import standing, to_come
from bot.operations.doctor import DoctorFinding
from bot.settings import Settings
from knowledge.plan.plan import Plan
from knowledge.roster.findings import findings
from knowledge.roster.roster import Channel

SUBJECT = "名簿"


def roster_findings(settings: Settings, plan: Plan, today: date) -> list[DoctorFinding]:
    """What is in force today and what it leaves open. Raises DatabaseFault."""
    path = settings.database_path
    present = standing(path, today)
    came_by = present.came_by
    origin = f"{came_by.source}（{came_by.effective} から）" if came_by else "同梱の見本"
    roster = present.roster.on(today)
    size = f"課等 {len(roster.current_departments)}、人 {len(roster.persons)}"
    open_ends = findings(roster, plan, delivering(settings))
    return [
        DoctorFinding("ok", SUBJECT, f"{origin}、{size}"),
        *(DoctorFinding("ok", SUBJECT, f"{one.effective} から {one.source}") for one in to_come(path, today)),
        *(DoctorFinding("warning", SUBJECT, str(one)) for one in open_ends),
    ]


def delivering(settings: Settings) -> tuple[Channel, ...]:
    """The channels that are set up and go to a person."""
    is_set = {Channel.SLACK: settings.slack is not None, Channel.MAIL: settings.mail is not None}
    return tuple(channel for channel, is_there in is_set.items() if is_there)
