"""The whole form sent at once: the same steps and the same care as one by one, with what is wrong beside each field. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.self_evaluation.dialogue import advanced
from bot.self_evaluation.draft import SUMMARY, Answer, Draft
from bot.self_evaluation.entry import EntryState
from bot.self_evaluation.figures import Doubt, read_figure
from bot.self_evaluation.sheet import Sheet, Step, every_step


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


def fill(draft: Draft, sheet: Sheet, fields: Mapping[str, str]) -> Filled:
    """Take the fields, by their steps' keys, into the draft; a step without a field stays as it was.

    Every fault is named. The same doubtful words sent again are taken as meant. Without errors the draft stands
    at the summary, where it is submitted. Whether `draft` is still the present one is asked before.
    """
    errors: dict[str, str] = {}
    draft = replace(draft, pending=None)
    for step in every_step(sheet):
        if step.key in fields:
            draft = _taken(draft, sheet, step, fields[step.key].strip(), errors)
    for step in sheet.missing(draft):
        errors.setdefault(step.key, "missing")
    return Filled(advanced(draft, sheet) if errors else draft.moved(SUMMARY), errors)


def _taken(draft: Draft, sheet: Sheet, step: Step, text: str, errors: dict[str, str]) -> Draft:
    if not text:
        without = {key: answer for key, answer in draft.answers.items() if key != step.key}
        skipped = {} if step.words.is_required else {step.key: Answer(is_skipped=True)}
        return replace(draft, answers={**without, **skipped})
    if step.kind == "state":
        state = text if text in list(EntryState) else sheet.form.state(text)
        if state is None:
            errors[step.key] = "state"
            return draft
        return draft.answered(step.key, Answer(state))
    if step.figure is not None:
        return _figure(draft, sheet, step, text, errors)
    return _comment(draft, sheet, step, text, errors)


def _figure(draft: Draft, sheet: Sheet, step: Step, text: str, errors: dict[str, str]) -> Draft:
    assert step.figure is not None
    read = read_figure(text, step.figure.row, step.figure.expected(sheet.form.doubt_times))
    if isinstance(read, Doubt) and len(read.options) == 1 and _was_asked(draft, step, text):
        read = read.options[0].answer
    if isinstance(read, Answer):
        return draft.answered(step.key, read)
    errors[step.key] = read.reason if read else ""
    return _asked(draft, step, text)


def _comment(draft: Draft, sheet: Sheet, step: Step, text: str, errors: dict[str, str]) -> Draft:
    reason = ""
    if len(text) > sheet.form.longest_comment:
        errors[step.key] = "too_long"
        return draft
    if step.key != "why" and step.key not in draft.asked_back and sheet.form.is_vague(text):
        reason = "vague"
    elif sheet.form.is_remark(text):
        reason = "remark"
    if reason and not _was_asked(draft, step, text):
        errors[step.key] = reason
        draft = _asked(draft, step, text)
        return replace(draft, asked_back=(*draft.asked_back, step.key)) if reason == "vague" else draft
    return draft.answered(step.key, Answer(text))


def _was_asked(draft: Draft, step: Step, text: str) -> bool:
    answer = draft.answer(step.key)
    is_there = answer is not None and answer.text == text
    return is_there or f"{step.key}={text}" in draft.asked_back


def _asked(draft: Draft, step: Step, text: str) -> Draft:
    mark = f"{step.key}={text}"
    return draft if mark in draft.asked_back else replace(draft, asked_back=(*draft.asked_back, mark))
