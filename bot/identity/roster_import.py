"""Bringing in a new roster: read and compared first, applied in one transaction with its line in the audit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.identity.rosters import standing
from bot.refusal import Refusal
from bot.storage import audit, roster_store
from bot.storage.database import DatabaseFile
from knowledge.plan.plan import Plan
from knowledge.roster.changes import RosterChange, changes
from knowledge.roster.roster import Roster
from knowledge.sources.roster_files import read_roster

WHAT = "名簿の取込"


@dataclass(frozen=True, slots=True)
class RosterProposal:
    """A roster that was read, and what it changes in the one in force on the day from which it is effective.

    `before` is that one and `based_on` its number; None while only the sample is there, which nothing continues.
    """

    roster: Roster
    changes: tuple[RosterChange, ...]
    effective: date
    source: str
    before: Roster | None
    based_on: int | None


def propose(database_path: Path, file: Path, plan: Plan, effective: date) -> RosterProposal:
    """What importing the file would do; nothing is written. Raises RosterFaults with every fault."""
    present = standing(database_path, effective)
    before = present.roster if present.came_by else None
    roster = read_roster(file, plan, before)
    found = changes(before or Roster(), roster, plan)
    based_on = present.came_by.number if present.came_by else None
    return RosterProposal(roster, found, effective, file.name, before, based_on)


def apply(database: DatabaseFile, proposal: RosterProposal, *, by: str, now: datetime) -> None:
    """Put the proposal in force. Raises Refusal when another roster came in since it was compared."""
    subject = f"{proposal.source}（{proposal.effective}から）"
    line = audit.AuditLine(now, by, WHAT, subject, _size(proposal.before), _told(proposal))
    with database.writing() as unit:
        present = roster_store.in_force(unit, proposal.effective)
        if (present.number if present else None) != proposal.based_on:
            raise Refusal("確認しているあいだに、ほかの名簿が取り込まれました。もう一度取り込んでください。")
        roster_store.keep(
            unit, proposal.roster, effective=proposal.effective, source=proposal.source, by=by, now=now
        )
        audit.record(unit, line)


def _size(roster: Roster | None) -> str:
    if roster is None:
        return ""
    return (
        f"課等{len(roster.current_departments)}、人{len(roster.persons)}、所管{len(roster.responsibilities)}"
    )


def _told(proposal: RosterProposal) -> str:
    """The changes for the audit, which is kept for good: those of people are counted and not named."""
    counted = Counter((one.part, one.kind) for one in proposal.changes if one.is_personal)
    lines = [str(one) for one in proposal.changes if not one.is_personal]
    lines += [f"{part}の{kind}: {count}件" for (part, kind), count in counted.items()]
    return "\n".join((_size(proposal.roster), *lines))
