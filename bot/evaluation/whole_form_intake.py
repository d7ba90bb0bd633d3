"""The whole form sent at once: the same steps and the same care as one by one, with what is wrong beside each field. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.evaluation.figure_input import Doubt, read_figure
from bot.evaluation.outcome import advanced
from bot.evaluation.sheet import EvaluationSheet, FormStep, every_step
from bot.storage.draft import SUMMARY, Draft, FieldAnswer
from bot.storage.entry import EntryState


@dataclass(frozen=True, slots=True)
class Filled:
    """The draft with every field that could be taken; `errors` names by step what is wrong with the others.

    A word of `errors` is `missing`, `state`, `too_long`, a reason of a doubt, or empty for what is no figure at all.
    """

    draft: Draft
    errors: Mapping[str, str]

    @property
    def faults(self) -> Mapping[str, str]:
        """The errors in what was written; a draft may still be left with what is only missing."""
        return {key: error for key, error in self.errors.items() if error != "missing"}


def fill(
    draft: Draft, sheet: EvaluationSheet, fields: Mapping[str, str], meant: Mapping[str, str] | None = None
) -> Filled:
    """Take the fields, by their steps' keys, into the draft; a step without a field stays as it was.

    Every fault is named. What is doubtful is taken where `meant` repeats it word for word; without `meant`, where
    the same words are sent again. Without errors the draft stands at the summary, where it is submitted. Whether
    `draft` is still the present one is asked before.
    """
    filling = _Filling(sheet, meant, {})
    draft = replace(draft, pending=None)
    for step in every_step(sheet):
        if step.key in fields:
            draft = filling.taken(draft, step, fields[step.key].strip())
    errors = {**dict.fromkeys((step.key for step in sheet.missing(draft)), "missing"), **filling.errors}
    return Filled(advanced(draft, sheet) if errors else draft.moved(SUMMARY), errors)


@dataclass(frozen=True, slots=True)
class _Filling:
    """Takes one field after another into a draft, and gathers what is wrong."""

    sheet: EvaluationSheet
    meant: Mapping[str, str] | None
    errors: dict[str, str]

    def taken(self, draft: Draft, step: FormStep, text: str) -> Draft:
        if not text:
            without = {key: answer for key, answer in draft.answers.items() if key != step.key}
            skipped = {} if step.words.is_required else {step.key: FieldAnswer(is_skipped=True)}
            return replace(draft, answers={**without, **skipped})
        if step.kind == "state":
            return self._state(draft, step, text)
        return self._figure(draft, step, text) if step.figure else self._comment(draft, step, text)

    def _state(self, draft: Draft, step: FormStep, text: str) -> Draft:
        state = text if text in list(EntryState) else self.sheet.form.state(text)
        if state is None:
            self.errors[step.key] = "state"
            return draft
        return draft.answered(step.key, FieldAnswer(state))

    def _figure(self, draft: Draft, step: FormStep, text: str) -> Draft:
        assert step.figure is not None
        read = read_figure(text, step.figure.row, step.figure.expected(self.sheet.form.doubt_times))
        if isinstance(read, Doubt) and len(read.options) == 1:
            (option,) = read.options
            if option.answer == draft.answer(step.key) or self._is_meant(draft, step, text):
                read = option.answer
        if isinstance(read, FieldAnswer):
            return draft.answered(step.key, read)
        self.errors[step.key] = read.reason if read else ""
        return self._asked(draft, step, text)

    def _comment(self, draft: Draft, step: FormStep, text: str) -> Draft:
        if len(text) > self.sheet.form.longest_comment:
            self.errors[step.key] = "too_long"
            return draft
        reason = self._doubted(draft, step, text)
        is_there = draft.answer(step.key) == FieldAnswer(text)
        if not reason or is_there or self._is_meant(draft, step, text):
            return draft.answered(step.key, FieldAnswer(text))
        self.errors[step.key] = reason
        return self._asked(draft, step, text, is_vague=reason == "vague")

    def _doubted(self, draft: Draft, step: FormStep, text: str) -> str:
        """Why a comment is shown back; vague words are, once for each step."""
        was_asked = step.key in draft.asked_back and _mark(step, text) not in draft.asked_back
        if step.key != "why" and not was_asked and self.sheet.form.is_vague(text):
            return "vague"
        return "remark" if self.sheet.form.is_remark(text) else ""

    def _is_meant(self, draft: Draft, step: FormStep, text: str) -> bool:
        if self.meant is None:
            return _mark(step, text) in draft.asked_back
        return self.meant.get(step.key) == text

    def _asked(self, draft: Draft, step: FormStep, text: str, is_vague: bool = False) -> Draft:
        if self.meant is not None and not is_vague:
            return draft
        asked = (step.key, _mark(step, text)) if is_vague else (_mark(step, text),)
        fresh = tuple(one for one in asked if one not in draft.asked_back)
        return replace(draft, asked_back=(*draft.asked_back, *fresh))


def _mark(step: FormStep, text: str) -> str:
    return f"{step.key}={text}"
