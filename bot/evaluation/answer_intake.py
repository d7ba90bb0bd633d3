"""How what was typed or chosen becomes an answer: at once, or after asking back. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot.evaluation.figure_input import Doubt, read_figure
from bot.evaluation.form import plain
from bot.evaluation.outcome import TurnNote, TurnOutcome, advanced, shown
from bot.evaluation.sheet import EvaluationSheet, FormStep
from bot.storage.draft import Draft, FieldAnswer, Option, Pending
from bot.storage.entry import EntryState
from knowledge.plan.amount import UNITS


def typed(draft: Draft, sheet: EvaluationSheet, text: str) -> TurnOutcome:
    """A typed text: one of the ways offered, a question, or an answer to what is asked."""
    if not text:
        return TurnOutcome(draft)
    if len(text) > sheet.form.longest_comment:
        return TurnOutcome(draft, (TurnNote("too_long", {"most": str(sheet.form.longest_comment)}),))
    if (number := _option_named(draft.pending, text)) is not None:
        return chosen(draft, sheet, number)
    here = sheet.step(draft, draft.at)
    is_asked = sheet.form.is_question(text)
    if here is None or is_asked or is_leaving(draft):
        return TurnOutcome(draft, question=text, is_asked=is_asked)
    if here.kind == "state":
        return _state(draft, sheet, here, text)
    return _figure(draft, sheet, here, text) if here.figure else commented(draft, sheet, here, text)


def _option_named(pending: Pending | None, text: str) -> int | None:
    """The option whose label was typed, or whose unit (千円) alone."""
    if pending is None:
        return None
    said = plain(text)
    for number, option in enumerate(pending.options):
        ends_so = said in UNITS and re.search(rf"[0-9]{said}$", plain(option.label))
        if said == plain(option.label) or ends_so:
            return number
    return None


def _state(draft: Draft, sheet: EvaluationSheet, here: FormStep, text: str) -> TurnOutcome:
    said = unicodedata.normalize("NFKC", text)
    states = list(EntryState)
    if said.isdecimal() and len(said) < 3 and 1 <= int(said) <= len(states):
        return take(draft, sheet, here, FieldAnswer(states[int(said) - 1]))
    if (state := sheet.form.state(text)) is not None:
        return take(draft, sheet, here, FieldAnswer(state))
    return TurnOutcome(draft, question=text)


def _figure(draft: Draft, sheet: EvaluationSheet, here: FormStep, text: str) -> TurnOutcome:
    assert here.figure is not None
    read = read_figure(text, here.figure.row, here.figure.expected(sheet.form.doubt_times))
    match read:
        case None:
            return TurnOutcome(draft, question=text)
        case FieldAnswer():
            return take(draft, sheet, here, read)
        case Doubt():
            return TurnOutcome(replace(draft, pending=Pending(here.key, read.reason, text, read.options)))


def commented(draft: Draft, sheet: EvaluationSheet, here: FormStep, text: str) -> TurnOutcome:
    """A comment, shown back first where it seems to be no answer or says nothing that can be followed up."""
    if (asked := asked_back(draft, sheet, here, text)) is not None:
        return TurnOutcome(asked)
    if sheet.form.is_remark(text):
        pending = Pending(here.key, "remark", text, (Option("このまま記録する", FieldAnswer(text)),))
        return TurnOutcome(replace(draft, pending=pending))
    return take(draft, sheet, here, FieldAnswer(text))


def asked_back(draft: Draft, sheet: EvaluationSheet, here: FormStep, text: str) -> Draft | None:
    """Asking once for who, by when and what, where a comment only considers or wishes."""
    if here.key in draft.asked_back or here.key == "why" or not sheet.form.is_vague(text):
        return None
    pending = Pending(here.key, "vague", text, (Option("このまま記録する", FieldAnswer(text)),))
    return replace(draft, at=here.key, asked_back=(*draft.asked_back, here.key), pending=pending)


def take(draft: Draft, sheet: EvaluationSheet, here: FormStep, answer: FieldAnswer) -> TurnOutcome:
    """The answer is taken and repeated as it was understood; on to what is still open."""
    taken = TurnNote("taken", {"label": here.label, "answer": shown(here, answer)})
    return TurnOutcome(advanced(draft.answered(here.key, answer), sheet), (taken,))


def chosen(draft: Draft, sheet: EvaluationSheet, number: int) -> TurnOutcome:
    """One of the ways that were offered to take what is in doubt."""
    pending = draft.pending
    here = sheet.step(draft, draft.at)
    if pending is None or here is None or number >= len(pending.options):
        return TurnOutcome(draft, (TurnNote("not_here"),))
    option = pending.options[number]
    if pending.reason == "no_unit" and (reason := _doubt_left(sheet, here, option)):
        return TurnOutcome(replace(draft, pending=Pending(here.key, reason, option.label, (option,))))
    return take(draft, sheet, here, option.answer)


def _doubt_left(sheet: EvaluationSheet, here: FormStep, option: Option) -> str:
    """Saying the unit says nothing yet on a size or a sign that nobody expected."""
    value = option.answer.value
    if here.figure is None or value is None:
        return ""
    return here.figure.expected(sheet.form.doubt_times).doubt(value)


def is_leaving(draft: Draft) -> bool:
    """Whether the person was asked what is to become of the draft."""
    return draft.pending is not None and draft.pending.reason == "cancel"


def not_answered(outcome: TurnOutcome, sheet: EvaluationSheet) -> TurnOutcome:
    """What was no question after all is shown back: it may be meant as the comment that is asked for."""
    said, draft = outcome.question, outcome.draft
    here = sheet.step(draft, draft.at)
    if here is not None and here.kind == "comment" and not is_leaving(draft):
        pending = Pending(here.key, "remark", said, (Option("このまま記録する", FieldAnswer(said)),))
        return replace(outcome, draft=replace(draft, pending=pending), question="")
    return replace(outcome, notes=(*outcome.notes, TurnNote("remark", {"said": said})), question="")
