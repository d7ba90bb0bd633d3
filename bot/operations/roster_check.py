"""The doctor's look at the roster: which one is in force, and what it leaves open for the channels that are set."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.identity.rosters import standing, to_come
from bot.operations.doctor import DoctorFinding
from bot.settings import Settings
from knowledge.plan.plan import Plan
from knowledge.roster.findings import findings
from knowledge.roster.roster import DELIVERING

SUBJECT = "名簿"


def roster_findings(
    settings: Settings, plan: Plan, today: date, channels: Collection[str]
) -> list[DoctorFinding]:
    """What is in force today and what it leaves open where these channels go to people. Raises DatabaseFault."""
    path = settings.database_path
    present = standing(path, today)
    came_by = present.came_by
    origin = f"{came_by.source}（{came_by.effective} から）" if came_by else "同梱の見本"
    roster = present.roster.on(today)
    size = f"課等 {len(roster.current_departments)}、人 {len(roster.persons)}"
    open_ends = findings(roster, plan, tuple(one for one in DELIVERING if one in channels))
    return [
        DoctorFinding("ok", SUBJECT, f"{origin}、{size}"),
        *(DoctorFinding("ok", SUBJECT, f"{one.effective} から {one.source}") for one in to_come(path, today)),
        *(DoctorFinding("warning", SUBJECT, str(one)) for one in open_ends),
    ]
