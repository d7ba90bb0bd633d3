"""The invented roster that ships (見本): posts alone, no names or addresses, until a city has its own."""

from __future__ import annotations

from pathlib import Path

from knowledge.plan.plan import Plan
from knowledge.roster.roster import Roster
from knowledge.sources.csv_tables import read_folder
from knowledge.sources.roster_sheets import roster_of

FOLDER = Path(__file__).parents[1] / "data" / "sample_roster"


def sample_roster(plan: Plan) -> Roster:
    """The sample. `plan` is that of the shipped edition, whose ids hold in later ones too.

    RosterFaults for any other plan.
    """
    return roster_of(read_folder(FOLDER), plan)
