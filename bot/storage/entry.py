"""What a department has reported on one initiative or indicator in one round, and what became of it: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from knowledge.plan.amount import UNITS, grouped, in_unit
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Plan, Target
from knowledge.roster.duties import Duty


class EntryState(StrEnum):
    """How the work stands, as the department says."""

    AHEAD = "ahead"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_STARTED = "not_started"
    COMPLETED = "completed"
    UNDER_REVIEW = "under_review"

    @property
    def label(self) -> str:
        """As the city says it: 前倒し, 計画どおり ..."""
        return _STATES[self]


_STATES = {
    EntryState.AHEAD: "前倒し",
    EntryState.ON_TRACK: "計画どおり",
    EntryState.BEHIND: "遅れ",
    EntryState.NOT_STARTED: "未着手",
    EntryState.COMPLETED: "完了",
    EntryState.UNDER_REVIEW: "中止・見直し",
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What a figure counts: the initiative's id or the indicator's reference, its code, measure and printed unit."""

    subject: str
    code: str
    measure: str
    name: str
    unit: str

    @property
    def is_money(self) -> bool:
        return self.unit in UNITS


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure as reported for one year: whole yen for money, else a count in the printed unit; None: not set.

    `target` is the plan's for that year as it stood; its value is in the printed unit. `written` is what the
    person wrote where there is no figure (未定).
    """

    row: EntryRow
    year: FiscalYear
    target: Target
    value: int | None
    written: str = ""

    @property
    def is_set(self) -> bool:
        return self.value is not None

    @property
    def state(self) -> str:
        """set, or not_set."""
        return "set" if self.is_set else "not_set"

    @property
    def printed(self) -> str:
        """14,561千円, 36団体; 未定 where no figure was given."""
        if self.value is None:
            return self.written or "未定"
        return in_unit(self.value, "円", self.row.unit) if self.row.is_money else self._counted(self.value)

    @property
    def printed_target(self) -> str:
        """The target as the plan prints it, with its unit; empty where it prints none."""
        if self.target.value is None:
            return self.target.printed
        return f"{grouped(self.target.value)}{self.row.unit}"

    @property
    def target_value(self) -> int | None:
        """The target in the same unit as `value`: whole yen for money."""
        if self.target.value is None or not self.row.is_money:
            return self.target.value
        return self.target.value * UNITS[self.row.unit]

    @property
    def in_printed_unit(self) -> Fraction | None:
        """The value in the unit that the plan prints, exactly."""
        if self.value is None:
            return None
        return Fraction(self.value, UNITS[self.row.unit] if self.row.is_money else 1)

    def _counted(self, value: int) -> str:
        return f"{grouped(value)}{self.row.unit}"


class SignOffStep(StrEnum):
    """Where an entry stands on its way."""

    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """提出済み, 確認済み, 差戻し, 受理."""
        return _STEPS[self]


_STEPS = {
    SignOffStep.SUBMITTED: "提出済み",
    SignOffStep.CONFIRMED: "確認済み",
    SignOffStep.RETURNED: "差戻し",
    SignOffStep.ACCEPTED: "受理",
}


@dataclass(frozen=True, slots=True)
class SignOff:
    """A step that somebody (a person's id) took with an entry; `reason` says why it was returned."""

    step: SignOffStep
    by: str
    at: datetime
    reason: str = ""
    in_place_of_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What is evaluated and how, with code, title and edition as they stood. `round` is R5.

    `subject` is an initiative's id (of a relisted pair the first listing's), or an indicator's reference 1-1#2;
    `department` the id of the one that answers.
    """

    round: str
    subject: str
    code: str
    title: str
    edition: str
    department: str
    state: EntryState
    forecast: tuple[Reported, ...] = ()
    actual: tuple[Reported, ...] = ()
    causes: str = ""
    success: str = ""
    problems: str = ""

    @property
    def figures(self) -> tuple[Reported, ...]:
        """Actual and forecast, older years first."""
        return (*self.actual, *self.forecast)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Evaluation):
    """An evaluation as submitted. `version` counts from 1; `why` says why it was corrected, empty for the first.

    `sign_offs` are the steps taken since it was submitted, oldest first.
    """

    number: int
    version: int
    submitted_by: str
    submitted_at: datetime
    is_late: bool
    why: str = ""
    sign_offs: tuple[SignOff, ...] = ()

    @property
    def sign_off(self) -> SignOff:
        """Where it stands now."""
        submitted = SignOff(SignOffStep.SUBMITTED, self.submitted_by, self.submitted_at)
        return self.sign_offs[-1] if self.sign_offs else submitted

    @property
    def is_returned(self) -> bool:
        """Whether the department is asked to enter it anew."""
        return self.sign_off.step is SignOffStep.RETURNED


def subject_of(plan: Plan, duty: Duty) -> str:
    """What an entry on that duty is filed under."""
    if duty.indicator is None:
        return duty.initiatives[0].id
    item = next(item for item in plan.items if item.code == duty.code)
    return f"{item.code}#{item.indicators.index(duty.indicator) + 1}"
