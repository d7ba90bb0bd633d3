"""Invented self-evaluations for any plan and roster: something to look at before there is anything real.

The same plan always gives the same entries; every text in them says that it is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.evaluation.open_work import EvaluationWork, all_work
from bot.evaluation.rounds import EvaluationRound
from bot.storage.entry import EntryRow, EntryState, Evaluation, Reported, SignOffStep
from knowledge.editions.edition import Edition
from knowledge.plan.amount import UNITS
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Initiative
from knowledge.roster.roster import Roster

_STATES = (EntryState.ON_TRACK, EntryState.ON_TRACK, EntryState.BEHIND, EntryState.AHEAD, EntryState.ON_TRACK)
_SHARES = (100, 104, 72, 96, 88, 110)
_WORKING_DAYS = 19


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented evaluation, on which working day of the round it comes in, and how far its sign-off goes.

    One that is late comes in after the deadline.
    """

    evaluation: Evaluation
    after: int
    is_late: bool
    steps: tuple[SignOffStep, ...]


def invented_round(
    edition: Edition, roster: Roster, one_round: EvaluationRound, is_latest: bool
) -> Iterator[Invented]:
    """What the departments might have entered in a round; in the latest, some is missing and some still waits."""
    for number, work in enumerate(all_work(edition.plan, roster)):
        if is_latest and number % 4 == 3:
            continue
        whole = (SignOffStep.CONFIRMED, SignOffStep.ACCEPTED)
        steps = whole[: number % 4] if is_latest else whole
        evaluation = _evaluation(edition, one_round, work, number)
        yield Invented(evaluation, number * 7 % _WORKING_DAYS, is_latest and number % 11 == 5, steps)


def _evaluation(
    edition: Edition, one_round: EvaluationRound, work: EvaluationWork, number: int
) -> Evaluation:
    share = _SHARES[(number + one_round.year.start) % len(_SHARES)]
    return Evaluation(
        round=one_round.name,
        subject=work.subject,
        code=work.duty.code,
        title=work.duty.title,
        edition=edition.id,
        department=work.department,
        state=_STATES[(number + one_round.year.start) % len(_STATES)],
        forecast=tuple(_figures(work, one_round.forecast_year, share)),
        actual=tuple(_figures(work, one_round.actual_year, share - 2)),
        causes="（架空の内容です）想定した件数と実際との差によるものです。",
        problems="（架空の内容です）次の四半期に所管課で見直します。",
    )


def _figures(work: EvaluationWork, year: FiscalYear | None, share: int) -> Iterator[Reported]:
    for one in work.duty.initiatives:
        if year is not None and one.targets is not None and one.targets.of(year).value is not None:
            yield _figure(one, year, share)


def _figure(one: Initiative, year: FiscalYear, share: int) -> Reported:
    assert one.targets is not None
    measure, target = one.targets.measure, one.targets.of(year)
    row = EntryRow(one.id, one.code, measure.key, measure.name, measure.unit)
    value = (target.value or 0) * share // 100
    return Reported(row, year, target, value * UNITS.get(measure.unit, 1))
