"""A draft's form as the page shows it: beside each field what one needs to see, and what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.evaluation.figure_input import printed
from bot.evaluation.outcome import shown
from bot.evaluation.prompts import as_target, gap_lines
from bot.evaluation.sheet import EvaluationSheet, FormStep, SheetFigure, every_step
from bot.evaluation.whole_form import error, whole_form
from bot.evaluation.whole_form_intake import fill
from bot.message import Field
from bot.storage.draft import Draft, FieldAnswer
from bot.storage.entry import EntryState
from bot.wording.wording import say

NOTHING: Mapping[str, str] = {}

_UNSET = "未定"
"""What the field of a figure holds that is not decided yet."""

AFFIRMED = frozenset({"sign", "times", "fraction", "remark", "vague"})
"""Doubts that end when the person says that the words are meant so."""


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field. `about` is what one needs to see (目標, 14,561千円), `offers` what can be filled in at a press.

    `doubted` are words that are taken only when affirmed; `theirs` is what this person wrote into a form that
    had become stale, where the draft says otherwise now. `longest` is how many characters a comment may have.
    """

    id: str
    field: Field
    question: str
    is_needed: bool
    about: tuple[tuple[str, str], ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    doubted: str = ""
    theirs: str | None = None
    longest: int = 0


@dataclass(frozen=True, slots=True)
class AnsweredField:
    """An answer of the draft in words, and the field in which it is corrected."""

    id: str
    label: str
    text: str


def asked(
    draft: Draft,
    sheet: EvaluationSheet,
    given: Mapping[str, str] = NOTHING,
    shows_missing: bool = False,
    theirs: Mapping[str, str] = NOTHING,
) -> tuple[ShownField, ...]:
    """Every field of the form; `given` is what was written last, of which the draft holds what could be taken."""
    given = _doubted_in_chat(draft) | dict(given)
    reasons = _reasons(draft, sheet, given, shows_missing)
    form, needed = whole_form(draft, sheet, {}, given), {step.key for step in sheet.steps(draft)}
    found = []
    for number, (step, field) in enumerate(zip(every_step(sheet), form.fields, strict=True), start=1):
        reason = reasons.get(step.key)
        is_needed = step.key in needed
        is_required = is_needed and step.words.is_required
        wrong = error(sheet, step, reasons, given, is_marked=True)
        field = replace(field, hint=_hint(step), is_required=is_required, error=wrong)
        found.append(
            ShownField(
                f"field-{number}",
                field,
                step.words.question,
                is_needed,
                tuple(_about(draft, sheet, step)),
                tuple(_offers(sheet, step)),
                given.get(step.key, "").strip() if reason in AFFIRMED else "",
                _other(field, theirs.get(step.key)),
                sheet.form.longest_comment if field.kind == "long" else 0,
            )
        )
    return tuple(found)


def said(draft: Draft, sheet: EvaluationSheet) -> tuple[AnsweredField, ...]:
    """What the draft says at each of its steps."""
    ids = {step.key: f"field-{number}" for number, step in enumerate(every_step(sheet), start=1)}
    return tuple(
        AnsweredField(ids[step.key], step.label, _in_words(step, draft.answers.get(step.key)))
        for step in sheet.steps(draft)
    )


def left_out(draft: Draft, sheet: EvaluationSheet) -> tuple[AnsweredField, ...]:
    """What was written in fields that the other answers make needless: the draft keeps it, the entry will not have it."""
    needed = {step.key for step in sheet.steps(draft)}
    return tuple(
        AnsweredField(f"field-{number}", step.label, shown(step, answer))
        for number, step in enumerate(every_step(sheet), start=1)
        if step.key not in needed and (answer := draft.answer(step.key)) is not None and not answer.is_skipped
    )


def changed(draft: Draft, sheet: EvaluationSheet, posted: Mapping[str, str]) -> dict[str, str]:
    """What was written otherwise than the form showed it; marks that affirm always count."""
    held = {field.name: field.value for field in whole_form(draft, sheet).fields}
    return {name: value for name, value in posted.items() if value.strip() != held.get(name)}


def _in_words(step: FormStep, answer: FieldAnswer | None) -> str:
    if answer is None:
        return say("evaluation/not_entered")
    return say("web/left_empty") if answer.is_skipped else shown(step, answer)


def _doubted_in_chat(draft: Draft) -> dict[str, str]:
    """What was said in conversation and is not taken yet stands in its field."""
    pending = draft.pending
    return {} if pending is None or pending.reason == "cancel" else {pending.at: pending.said}


def _reasons(
    draft: Draft, sheet: EvaluationSheet, given: Mapping[str, str], shows_missing: bool
) -> Mapping[str, str]:
    filled = fill(draft, sheet, given, {})
    reasons = filled.errors if shows_missing else filled.faults
    pending = draft.pending
    if pending is not None and given.get(pending.at) == pending.said:
        return {pending.at: pending.reason, **reasons}
    return reasons


def _hint(step: FormStep) -> str:
    if not step.words.is_required:
        return say("web/may_be_empty")
    if step.figure is None:
        return step.words.hint
    row = step.figure.row
    return say("web/figure_hint", is_money=row.is_money, unit=row.unit, hint=step.words.hint)


def _about(draft: Draft, sheet: EvaluationSheet, step: FormStep) -> Iterator[tuple[str, str]]:
    if step.figure is not None:
        yield say("web/about/target"), step.figure.shown_target or say("web/about/no_target")
        if step.figure.last is not None:
            yield say("web/about/last_forecast"), step.figure.last.printed
    if step.key == "causes":
        yield from ((say("web/about/gap"), gap) for gap in gap_lines(draft, sheet))
    if last := sheet.last_comment(step.key):
        yield say("web/about/last_comment"), last


def _offers(sheet: EvaluationSheet, step: FormStep) -> Iterator[tuple[str, str]]:
    if step.figure is not None:
        yield from _figures_offered(step.figure)
    elif last := sheet.last_comment(step.key):
        yield say("evaluation/buttons/as_last"), last


def _figures_offered(figure: SheetFigure) -> Iterator[tuple[str, str]]:
    if figure.last is not None and figure.last.is_set:
        yield say("evaluation/buttons/as_forecast", value=figure.last.printed), figure.last.printed
    target = figure.target_value
    if target is not None and figure.is_compared and figure.name == "forecast":
        yield as_target(printed(target, figure.row)), printed(target, figure.row)
    yield say("evaluation/buttons/unset"), _UNSET


def _other(field: Field, theirs: str | None) -> str | None:
    """What was written where it differs from what stands there now, a state by its name."""
    if theirs is None or theirs.strip() == field.value:
        return None
    return EntryState(theirs).label if field.kind == "choice" and theirs in list(EntryState) else theirs
