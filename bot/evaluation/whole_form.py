"""All steps of a draft as one form: its fields with what the draft holds, and beside each what is wrong with it.

What is sent back is taken in by `whole.fill`; a channel draws the Form and presses it, and knows nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.evaluation.figure_input import Doubt, read_figure
from bot.evaluation.moves import kept
from bot.evaluation.outcome import shown
from bot.evaluation.prompts import KIND, button, expected
from bot.evaluation.sheet import EvaluationSheet, FormStep, every_step
from bot.message import Choice, Field, Form, Reply
from bot.storage.draft import Draft
from bot.storage.entry import EntryState
from bot.wording.wording import say

FORM_ACTION = "evaluate_whole"
"""The action of the whole form; its value is the draft's number, with LATER behind it to save and leave."""

LATER = ":later"

SAVED = ":saved"
"""Behind the draft's number: what can be taken is kept, and the whole form comes back with what is wrong in it."""

MEANT = "meant."
"""Before a step's key: the name of a field that repeats doubtful words which are meant so."""

NOTHING: Mapping[str, str] = {}


def whole_reply(
    draft: Draft,
    sheet: EvaluationSheet,
    errors: Mapping[str, str] = NOTHING,
    given: Mapping[str, str] = NOTHING,
) -> Reply:
    """The whole form with the words above it, and the way back to one step at a time."""
    text = say("evaluation/whole", subject=sheet.name, round=sheet.round.label, errors=len(errors))
    choices = (
        button(draft, say("evaluation/buttons/one_by_one"), "resume"),
        button(draft, say("evaluation/buttons/pause"), "pause"),
    )
    form = whole_form(draft, sheet, errors, given)
    return Reply(text, form=form, choices=choices, kind=KIND, is_confidential=True)


def whole_form(
    draft: Draft,
    sheet: EvaluationSheet,
    errors: Mapping[str, str] = NOTHING,
    given: Mapping[str, str] = NOTHING,
) -> Form:
    """A field for every step that any answers can lead to, filled with `given`, else with what the draft holds.

    A field's name is its step's key. Kinds: choice (the state), amount, long. `errors` are those of `whole.fill`.
    """
    fields = tuple(
        _field(draft, sheet, step, error(sheet, step, errors, given), given.get(step.key))
        for step in every_step(sheet)
    )
    later = Choice(say("evaluation/buttons/save_and_pause"), f"{draft.number}{LATER}", FORM_ACTION)
    title = f"{sheet.name} {sheet.round.label}"
    number = str(draft.number)
    submit = say("evaluation/buttons/look_over")
    return Form(FORM_ACTION, number, title, fields, draft.revision, submit, (later,))


def _field(draft: Draft, sheet: EvaluationSheet, step: FormStep, error: str, given: str | None) -> Field:
    kind = {"state": "choice", "figure": "amount", "comment": "long"}[step.kind]
    options = tuple((state.value, state.label) for state in EntryState) if step.kind == "state" else ()
    is_required = step.words.is_required and step.name != "causes"
    value = _held(draft, sheet, step) if given is None else given
    return Field(step.key, step.label, kind, value, _hint(sheet, step), is_required, options, error)


def _held(draft: Draft, sheet: EvaluationSheet, step: FormStep) -> str:
    """What the draft has there; before anything was answered, last year's forecast for the actual."""
    answer = draft.answer(step.key)
    if step.figure is not None and step.key not in draft.answers:
        answer = kept(sheet, step)
    if answer is None:
        return ""
    return answer.text if step.kind == "state" else shown(step, answer)


def _hint(sheet: EvaluationSheet, step: FormStep) -> str:
    """What the person needs to see before answering: target, last year's forecast or text."""
    seen = []
    if step.figure is not None:
        seen.append(say("evaluation/seen/target", target=step.figure.shown_target))
        if step.figure.last is not None:
            seen.append(say("evaluation/seen/last_forecast", forecast=step.figure.last.printed))
    elif last := sheet.last_comment(step.key):
        seen.append(say("evaluation/seen/last_comment", comment=last))
    return "。".join((*seen, step.words.hint)) if seen else step.words.hint


def error(
    sheet: EvaluationSheet,
    step: FormStep,
    errors: Mapping[str, str],
    given: Mapping[str, str],
    is_marked: bool = False,
) -> str:
    """What is wrong at that step, in words. `is_marked`: doubtful words are affirmed by a mark, not sent again."""
    if step.key not in errors:
        return ""
    meant, said = "", given.get(step.key, "").strip()
    if step.figure is not None:
        read = read_figure(said, step.figure.row, step.figure.expected(sheet.form.doubt_times))
        meant = read.options[0].label if isinstance(read, Doubt) and read.options else ""
    return say(
        f"evaluation/field_error/{errors[step.key] or 'no_figure'}",
        said=said,
        meant=meant,
        expected=expected(step.figure, sheet) if step.figure else "",
        unit=step.figure.row.unit if step.figure else "",
        most=sheet.form.longest_comment,
        again=say("evaluation/affirm/by_mark" if is_marked else "evaluation/affirm/by_sending"),
    )
