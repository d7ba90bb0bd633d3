"""What lags, by stated rules: also the candidates for the hearings of the internal evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.progress.amounts import rate
from bot.progress.reported_figures import Cell, FigureLine, FigureSource
from bot.progress.submission_state import SubmissionState
from bot.storage.entry import EntryState
from bot.wording.wording import say
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import Language

RATE_IN_PERCENT = 80
"""Below this share of its target a figure lags."""


class Reason(StrEnum):
    """Why something is said to lag."""

    BEHIND = "behind"
    UNDER_RATE = "under_rate"
    FALLING = "falling"
    LATE = "late"
    SILENT = "silent"

    @property
    def label(self) -> str:
        """The rule in a few words."""
        return self.said("ja")

    def said(self, language: Language) -> str:
        """The rule in a few words of that language."""
        return say(f"progress/reasons/{self}", language, percent=RATE_IN_PERCENT)


@dataclass(frozen=True, slots=True)
class Lag:
    """One thing that lags, and every reason for saying so."""

    code: str
    title: str
    department: str
    reasons: tuple[Reason, ...]
    source: FigureSource | None


def lags(
    several: Sequence[SubmissionState], lines: Sequence[FigureLine], year: FiscalYear, is_over: bool
) -> tuple[Lag, ...]:
    """What lags in that year's figures and in the round; `is_over`: its last day has passed."""
    by_ref = {line.ref: line for line in lines}
    found = []
    for one in several:
        own = [by_ref[ref] for ref in (one.subject, *one.initiatives) if ref in by_ref]
        reasons = _reasons(one, list(dict.fromkeys(own)), year, is_over)
        if reasons:
            found.append(Lag(one.code, one.title, one.department_name, reasons, one.source))
    # What was reported and lags comes before what was not reported at all.
    return tuple(sorted(found, key=lambda lag: lag.source is None))


def _reasons(
    one: SubmissionState, lines: Sequence[FigureLine], year: FiscalYear, is_over: bool
) -> tuple[Reason, ...]:
    holds = {
        Reason.BEHIND: one.state in (EntryState.BEHIND, EntryState.NOT_STARTED),
        Reason.UNDER_RATE: any(_is_under_rate(line.of(year)) for line in lines),
        Reason.FALLING: any(_is_falling(line, year) for line in lines),
        Reason.LATE: one.is_late,
        Reason.SILENT: is_over and one.is_open,
    }
    return tuple(reason for reason, it_holds in holds.items() if it_holds)


def _is_under_rate(cell: Cell) -> bool:
    share = rate(cell.value, cell.target)
    return share is not None and share * 100 < RATE_IN_PERCENT


def _is_falling(line: FigureLine, year: FiscalYear) -> bool:
    """Less than the year before, and less than the target: a fall that the plan foresees is none."""
    before = next((cell for cell in line.cells if cell.year == year.previous), None)
    cell = line.of(year)
    if before is None or before.value is None or cell.value is None:
        return False
    return cell.value < before.value and (cell.target is None or cell.value < cell.target)
