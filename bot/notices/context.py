"""What the cycle's part of a conversation looks at before it decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.identity.asker import Asker
from bot.identity.rights import Act, Refused, may
from bot.message import Choice, Reply, Table
from bot.notices.owed_work import work_of
from bot.storage.database import DatabaseFile
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.roster.roster import Roster
from reminders.calendar import Calendar
from reminders.storage import notices
from reminders.work import OpenWork

ACTION = "cycle"
"""The action of every button here; its value is what is to be done and what with: again:R5:self_evaluation:parks."""


@dataclass(frozen=True, slots=True)
class NoticeContext:
    """The running bot as this part sees it. `roster_on` gives the roster of any day."""

    database: DatabaseFile
    known: Callable[[], Known]
    calendar: Callable[[], Calendar]
    roster_on: Callable[[date], Roster]

    def work(self, asker: Asker, *years: FiscalYear) -> tuple[OpenWork, ...]:
        """What is owed in the rounds of these years, else of this year and the one before."""
        this = fiscal_year_of(asker.at.date())
        return work_of(
            self.database, self.calendar(), self.known().plan, asker.roster, years or (this.previous, this)
        )

    def started_at(self) -> datetime | None:
        with self.database.reading() as inside:
            return notices.started_at(inside)


def refusal(asker: Asker, act: Act) -> Reply | None:
    """Why the asker may not do that and who can help; None when they may."""
    right = may(asker.person, act)
    return Reply(str(right), kind="refused", is_confidential=True) if isinstance(right, Refused) else None


def told(text: str, choices: Sequence[Choice] = (), table: Table | None = None) -> Reply:
    """What this part says: for the asker alone."""
    return Reply(text, choices=tuple(choices), table=table, kind="command", is_confidential=True)
