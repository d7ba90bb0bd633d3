"""What the words of every moment do to a draft: 戻る, スキップ, 中断, 提出 and their like. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.evaluation.answer_intake import asked_back, chosen, commented, is_leaving, take
from bot.evaluation.outcome import DraftEnd, TurnNote, TurnOutcome, advanced
from bot.evaluation.sheet import EvaluationSheet, FormStep
from bot.storage.draft import SUMMARY, Draft, FieldAnswer, Pending


def _back(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    if draft.pending:
        return TurnOutcome(draft.moved(draft.at))
    keys = [one.key for one in sheet.steps(draft)]
    at = len(keys) if draft.at == SUMMARY else keys.index(draft.at)
    return TurnOutcome(draft.moved(keys[at - 1])) if at else TurnOutcome(draft, (TurnNote("at_the_first"),))


def _skip(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    """On to the next step; an answer that is there already stays."""
    if draft.at == SUMMARY:
        return TurnOutcome(draft)
    if draft.at in draft.answers:
        keys = [one.key for one in sheet.steps(draft)]
        following = keys[keys.index(draft.at) + 1 :]
        return TurnOutcome(draft.moved(following[0] if following else SUMMARY))
    return TurnOutcome(
        advanced(draft.answered(draft.at, FieldAnswer(is_skipped=True)), sheet), (TurnNote("skipped"),)
    )


def paused(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    """The draft stays as it is, for later."""
    return TurnOutcome(
        draft.moved(draft.at), (TurnNote("paused", {"subject": sheet.name}),), end=DraftEnd.PAUSED
    )


def _cancel(draft: Draft, _sheet: EvaluationSheet) -> TurnOutcome:
    return TurnOutcome(replace(draft, pending=Pending(draft.at, "cancel", "")))


def _discard(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    if not is_leaving(draft):
        return _cancel(draft, sheet)
    return TurnOutcome(draft, (TurnNote("discarded", {"subject": sheet.name}),), end=DraftEnd.DISCARDED)


def _again(draft: Draft, _sheet: EvaluationSheet) -> TurnOutcome:
    return TurnOutcome(draft.moved(draft.at) if is_leaving(draft) else draft)


def _help(draft: Draft, _sheet: EvaluationSheet) -> TurnOutcome:
    return TurnOutcome(draft, (TurnNote("help"),))


def _submit(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    """Only from the summary, where the person sees the whole, and with nothing missing."""
    if missing := sheet.missing(draft):
        named = "、".join(one.label for one in missing)
        return TurnOutcome(draft.moved(missing[0].key), (TurnNote("missing", {"steps": named}),))
    if draft.at != SUMMARY:
        return TurnOutcome(draft.moved(SUMMARY), (TurnNote("look_first"),))
    return TurnOutcome(draft, end=DraftEnd.SUBMITTED)


def _keep(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    """The answer that is there, else last year's."""
    here = sheet.step(draft, draft.at)
    answer = draft.answer(draft.at) or (kept(sheet, here) if here else None)
    if here is None or answer is None:
        return TurnOutcome(draft, (TurnNote("nothing_to_keep"),))
    return (
        commented(draft, sheet, here, answer.text)
        if here.kind == "comment"
        else take(draft, sheet, here, answer)
    )


def kept(sheet: EvaluationSheet, here: FormStep) -> FieldAnswer | None:
    """What stood there last year: the comment, or for an actual the forecast; why what was returned is corrected."""
    if here.key == "why":
        is_returned = sheet.corrects is not None and sheet.corrects.is_returned
        return FieldAnswer(sheet.form.why_returned) if is_returned else None
    if here.kind == "comment":
        comment = sheet.last_comment(here.key)
        return FieldAnswer(comment) if comment else None
    last = here.figure.last if here.figure else None
    return FieldAnswer(value=last.value) if last and last.is_set else None


def _target(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    here = sheet.step(draft, draft.at)
    value = here.figure.target_value if here and here.figure else None
    if here is None or value is None:
        return TurnOutcome(draft, (TurnNote("no_target"),))
    return take(draft, sheet, here, FieldAnswer(value=value))


def _unset(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    here = sheet.step(draft, draft.at)
    if here is None or here.kind != "figure":
        return TurnOutcome(draft, (TurnNote("no_figure_here"),))
    return take(draft, sheet, here, FieldAnswer(text="未定"))


def _rest(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    """Everything not answered yet as it was last year and as the plan has it; the person sees it in the summary."""
    if draft.answer("state") is None:
        return TurnOutcome(draft, (TurnNote("state_first"),))
    usual = sheet.unchanged()
    for one in sheet.steps(draft):
        if one.key not in draft.answers and one.key in usual:
            if one.kind == "comment" and (asked := asked_back(draft, sheet, one, usual[one.key].text)):
                return TurnOutcome(asked)
            draft = draft.answered(one.key, usual[one.key])
        elif one.key not in draft.answers and not one.words.is_required:
            draft = draft.answered(one.key, FieldAnswer(is_skipped=True))
    return TurnOutcome(advanced(draft, sheet), (TurnNote("rest_taken"),))


def _yes(draft: Draft, sheet: EvaluationSheet) -> TurnOutcome:
    """Yes to what was asked back, where there is one way to take it."""
    if draft.pending is not None and len(draft.pending.options) == 1:
        return chosen(draft, sheet, 0)
    return TurnOutcome(draft, (TurnNote("nothing_to_affirm"),))


def _no(draft: Draft, _sheet: EvaluationSheet) -> TurnOutcome:
    return TurnOutcome(draft.moved(draft.at))


MOVES: dict[str, Callable[[Draft, EvaluationSheet], TurnOutcome]] = {
    "back": _back,
    "skip": _skip,
    "pause": paused,
    "cancel": _cancel,
    "discard": _discard,
    "resume": _again,
    "help": _help,
    "submit": _submit,
    "keep": _keep,
    "target": _target,
    "unset": _unset,
    "rest": _rest,
    "yes": _yes,
    "no": _no,
}
"""What each word does; in the form they go by these names (form.toml)."""
