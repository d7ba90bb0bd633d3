"""A summary by its parts: each department's work, each pillar's work and effect amounts, what changed since last year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.progress.amounts import Amounts, Reached, reached
from bot.progress.reported_figures import FigureLine, FigureSource
from bot.progress.submission_state import Counts, SubmissionState, counts, states
from bot.storage.entry import Entry, EntryState
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear


@dataclass(frozen=True, slots=True)
class DepartmentPart:
    """A department's work in the round; `open` is what it still owes: 5-1-1, 5-1の指標."""

    id: str
    name: str
    counts: Counts
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PillarPart:
    """A pillar's work in the round and its effect amounts, in the year and up to it."""

    code: str
    title: str
    counts: Counts
    states: tuple[tuple[EntryState | None, int], ...]
    year: Reached
    cumulative: Reached


@dataclass(frozen=True, slots=True)
class YearChange:
    """A subject whose state is another than in the round before."""

    code: str
    title: str
    before: EntryState
    after: EntryState
    source: FigureSource
    source_before: FigureSource


def departments(several: Sequence[SubmissionState]) -> tuple[DepartmentPart, ...]:
    """Each department that is asked for something."""
    grouped: dict[str, list[SubmissionState]] = {}
    for one in several:
        grouped.setdefault(one.department, []).append(one)
    return tuple(
        DepartmentPart(
            id,
            own[0].department_name,
            counts(own),
            tuple(dict.fromkeys(_called(one) for one in own if one.is_open)),
        )
        for id, own in grouped.items()
    )


def _called(one: SubmissionState) -> str:
    """5-1-1; 5-1の指標 for all the indicators of an item."""
    return one.code if one.initiatives else f"{one.code}の指標"


def pillars(
    known: Known, several: Sequence[SubmissionState], amounts: Amounts, year: FiscalYear
) -> tuple[PillarPart, ...]:
    """Each pillar with anything in it."""
    so_far = [one for one in known.plan.years if one <= year]
    work: dict[str, list[SubmissionState]] = {}
    for one in several:
        work.setdefault(one.pillar, []).append(one)
    lines = {line.code: line for line in amounts.lines}
    parts = []
    for pillar in known.plan.pillars:
        own = work.get(pillar.code, [])
        rows = [lines[one.code] for one in pillar.initiatives if one.code in lines]
        if own or rows:
            parts.append(_pillar_part(pillar.code, pillar.title, own, rows, year, so_far))
    return tuple(parts)


def _pillar_part(
    code: str,
    title: str,
    own: Sequence[SubmissionState],
    rows: Sequence[FigureLine],
    year: FiscalYear,
    so_far: Iterable[FiscalYear],
) -> PillarPart:
    return PillarPart(code, title, counts(own), states(own), reached(rows, (year,)), reached(rows, so_far))


def changes(several: Sequence[SubmissionState], before: Iterable[Entry]) -> tuple[YearChange, ...]:
    """The subjects whose state is another than in the entries of the round before."""
    earlier = {entry.subject: entry for entry in before}
    found = []
    for one in several:
        old = earlier.get(one.subject)
        if old is not None and one.source and one.state is not None and one.state is not old.state:
            found.append(
                YearChange(one.code, one.title, old.state, one.state, one.source, FigureSource.of(old))
            )
    return tuple(found)
