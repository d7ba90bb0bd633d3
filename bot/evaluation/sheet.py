"""The form fitted to one subject in one round: which steps, which figures, against which targets and last texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.evaluation.figure_input import Expected, printed
from bot.evaluation.form import COMMENTS, EvaluationForm, StepWords
from bot.evaluation.open_work import EvaluationWork
from bot.evaluation.rounds import EvaluationRound
from bot.storage.draft import Draft, FieldAnswer
from bot.storage.entry import Entry, EntryRow, EntryState, Reported
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Target

Kind = Literal["state", "figure", "comment"]
Year = Literal["forecast", "actual"]


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """A figure that is asked for; `last` is the forecast that an actual corrects (None: there is none).

    `at_least`: the target is a lower bound. `is_compared` is False where the target is another year's.
    """

    name: Year
    row: EntryRow
    year: FiscalYear
    target: Target
    shown_target: str
    at_least: bool = False
    is_compared: bool = True
    last: Reported | None = None

    @property
    def key(self) -> str:
        """The step's own name in a draft: it holds through editions as the subject's id does."""
        return f"{self.name}/{self.row.subject}/{self.row.measure}"

    def reported(self, answer: FieldAnswer) -> Reported:
        return Reported(
            self.row, self.year, self.target, answer.value, answer.text if answer.value is None else ""
        )

    @property
    def target_value(self) -> int | None:
        return self.reported(FieldAnswer()).target_value

    def expected(self, times: int) -> Expected:
        """The last forecast, else the target of that year, else that of a later one."""
        last = self.last.value if self.last else None
        target = self.target_value if self.is_compared else None
        return Expected(target if last is None else last, times, self.target_value)

    def gap(self, value: int | None, percent: int) -> int | None:
        """By how much of the target, in whole percent, it is missed; None within `percent` or without a target."""
        target = self.target_value
        if value is None or target is None or not self.is_compared:
            return None
        difference = value - target
        if abs(difference) * 100 <= percent * abs(target) or (self.at_least and difference > 0):
            return None
        return round(difference * 100 / abs(target)) if target else 100 * (1 if difference > 0 else -1)


@dataclass(frozen=True, slots=True)
class FormStep:
    """A step as this subject has it; `key` names it in the draft, `name` in the form."""

    key: str
    name: str
    kind: Kind
    words: StepWords
    figure: SheetFigure | None = None

    @property
    def label(self) -> str:
        """状況; 実績見込み（令和5年度 効果額）."""
        if self.figure is None:
            return self.words.label
        return f"{self.words.label}（{self.figure.year.label} {self.figure.row.name}）"


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that is further from its target than the form lets pass, in percent of the target."""

    figure: SheetFigure
    value: int
    percent: int

    @property
    def printed(self) -> str:
        """14,561千円, as the plan would print it."""
        return printed(self.value, self.figure.row)


@dataclass(frozen=True)
class EvaluationSheet:
    """Everything that a dialogue on one subject needs to know. `last` is last round's entry, `corrects` this round's."""

    form: EvaluationForm
    round: EvaluationRound
    work: EvaluationWork
    edition: str
    figures: tuple[SheetFigure, ...]
    last: Entry | None = None
    corrects: Entry | None = None

    @property
    def code(self) -> str:
        return self.work.duty.code

    @property
    def title(self) -> str:
        return self.work.duty.title

    @property
    def name(self) -> str:
        """3-2-4（5-1-3に再掲）「…」."""
        codes = self.work.duty.codes
        again = f"（{'、'.join(codes[1:])}に再掲）" if len(codes) > 1 else ""
        return f"{codes[0]}{again}「{self.title}」"

    def steps(self, draft: Draft) -> tuple[FormStep, ...]:
        """The steps in order, as the answers so far make them; the last asks why where an entry is corrected."""
        asks_causes = self.asks_causes(draft)
        left_out = {"success" if asks_causes else "causes"}
        found: list[FormStep] = []
        for name in self.form.order[self._kind]:
            if name not in left_out and (name != "causes" or asks_causes):
                found += self._steps_named(name)
        return (*found, *(self._steps_named("why") if self.corrects else ()))

    def step(self, draft: Draft, key: str) -> FormStep | None:
        return next((step for step in self.steps(draft) if step.key == key), None)

    def missing(self, draft: Draft) -> tuple[FormStep, ...]:
        """What must be answered before it can be submitted."""
        return tuple(
            step for step in self.steps(draft) if step.words.is_required and draft.answer(step.key) is None
        )

    def asks_causes(self, draft: Draft) -> bool:
        """Whether anything differs from the plan so far: the state, or a figure by more than the form lets pass."""
        state = draft.answer("state")
        return (state is not None and state.text != EntryState.ON_TRACK) or bool(self.gaps(draft))

    def gaps(self, draft: Draft) -> tuple[Gap, ...]:
        """The figures that are further from their targets than the form lets pass."""
        found = []
        for figure in self.figures:
            answer = draft.answer(figure.key)
            if answer is not None and answer.value is not None:
                percent = figure.gap(answer.value, self.form.gap_percent)
                if percent is not None:
                    found.append(Gap(figure, answer.value, percent))
        return tuple(found)

    def last_comment(self, name: str) -> str:
        """What was written there last year; empty where nothing was."""
        return str(getattr(self.last, name)) if self.last and name in COMMENTS and name != "why" else ""

    def unchanged(self) -> Mapping[str, FieldAnswer]:
        """What every step would get where nothing has changed: targets, last forecasts, last year's problems."""
        found = {figure.key: answer for figure in self.figures if (answer := _usual(figure))}
        comment = self.last_comment("problems")
        return {**found, **({"problems": FieldAnswer(comment)} if comment else {})}

    @property
    def _kind(self) -> str:
        indicator = self.work.duty.indicator
        if indicator is None:
            return "initiative"
        return "words" if indicator.is_in_words else "indicator"

    def _steps_named(self, name: str) -> list[FormStep]:
        words = self.form.steps[name]
        if name in COMMENTS:
            return [FormStep(name, name, "comment", words)]
        if name == "state":
            return [FormStep(name, name, "state", words)]
        return [FormStep(one.key, name, "figure", words, one) for one in self.figures if one.name == name]


def _usual(figure: SheetFigure) -> FieldAnswer | None:
    """The last forecast for an actual, the target for a forecast; None where there is no figure to take."""
    if figure.name == "actual":
        return FieldAnswer(value=figure.last.value) if figure.last and figure.last.is_set else None
    value = figure.target_value if figure.is_compared else None
    return None if value is None else FieldAnswer(value=value)


def every_step(sheet: EvaluationSheet) -> tuple[FormStep, ...]:
    """Every step that any answers can lead to."""
    on_track = Draft(0, "", "", answers={"state": FieldAnswer(EntryState.ON_TRACK)})
    behind = Draft(0, "", "", answers={"state": FieldAnswer(EntryState.BEHIND)})
    several = {step.key: step for draft in (on_track, behind) for step in sheet.steps(draft)}
    names = [*sheet.form.order["initiative"], "why"]
    return tuple(sorted(several.values(), key=lambda step: names.index(step.name)))
