"""What the words of every moment do to a draft: 戻る, スキップ, 中断, 提出 and their like. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.evaluation.answer_intake import asked_back, chosen, commented, is_leaving, take
from bot.evaluation.draft import SUMMARY, Answer, Draft, Pending
from bot.evaluation.outcome import End, Note, Outcome, advanced
from bot.evaluation.sheet import Sheet, Step


def _back(draft: Draft, sheet: Sheet) -> Outcome:
    if draft.pending:
        return Outcome(draft.moved(draft.at))
    keys = [one.key for one in sheet.steps(draft)]
    at = len(keys) if draft.at == SUMMARY else keys.index(draft.at)
    return Outcome(draft.moved(keys[at - 1])) if at else Outcome(draft, (Note("at_the_first"),))


def _skip(draft: Draft, sheet: Sheet) -> Outcome:
    """On to the next step; an answer that is there already stays."""
    if draft.at == SUMMARY:
        return Outcome(draft)
    if draft.at in draft.answers:
        keys = [one.key for one in sheet.steps(draft)]
        following = keys[keys.index(draft.at) + 1 :]
        return Outcome(draft.moved(following[0] if following else SUMMARY))
    return Outcome(advanced(draft.answered(draft.at, Answer(is_skipped=True)), sheet), (Note("skipped"),))


def paused(draft: Draft, sheet: Sheet) -> Outcome:
    """The draft stays as it is, for later."""
    return Outcome(draft.moved(draft.at), (Note("paused", {"subject": sheet.name}),), end=End.PAUSED)


def _cancel(draft: Draft, _sheet: Sheet) -> Outcome:
    return Outcome(replace(draft, pending=Pending(draft.at, "cancel", "")))


def _discard(draft: Draft, sheet: Sheet) -> Outcome:
    if not is_leaving(draft):
        return _cancel(draft, sheet)
    return Outcome(draft, (Note("discarded", {"subject": sheet.name}),), end=End.DISCARDED)


def _again(draft: Draft, _sheet: Sheet) -> Outcome:
    return Outcome(draft.moved(draft.at) if is_leaving(draft) else draft)


def _help(draft: Draft, _sheet: Sheet) -> Outcome:
    return Outcome(draft, (Note("help"),))


def _submit(draft: Draft, sheet: Sheet) -> Outcome:
    """Only from the summary, where the person sees the whole, and with nothing missing."""
    if missing := sheet.missing(draft):
        named = "、".join(one.label for one in missing)
        return Outcome(draft.moved(missing[0].key), (Note("missing", {"steps": named}),))
    if draft.at != SUMMARY:
        return Outcome(draft.moved(SUMMARY), (Note("look_first"),))
    return Outcome(draft, end=End.SUBMITTED)


def _keep(draft: Draft, sheet: Sheet) -> Outcome:
    """The answer that is there, else last year's."""
    here = sheet.step(draft, draft.at)
    answer = draft.answer(draft.at) or (kept(sheet, here) if here else None)
    if here is None or answer is None:
        return Outcome(draft, (Note("nothing_to_keep"),))
    return (
        commented(draft, sheet, here, answer.text)
        if here.kind == "comment"
        else take(draft, sheet, here, answer)
    )


def kept(sheet: Sheet, here: Step) -> Answer | None:
    """What stood there last year: the comment, or for an actual the forecast; why what was returned is corrected."""
    if here.key == "why":
        is_returned = sheet.corrects is not None and sheet.corrects.is_returned
        return Answer(sheet.form.why_returned) if is_returned else None
    if here.kind == "comment":
        comment = sheet.last_comment(here.key)
        return Answer(comment) if comment else None
    last = here.figure.last if here.figure else None
    return Answer(value=last.value) if last and last.is_set else None


def _target(draft: Draft, sheet: Sheet) -> Outcome:
    here = sheet.step(draft, draft.at)
    value = here.figure.target_value if here and here.figure else None
    if here is None or value is None:
        return Outcome(draft, (Note("no_target"),))
    return take(draft, sheet, here, Answer(value=value))


def _unset(draft: Draft, sheet: Sheet) -> Outcome:
    here = sheet.step(draft, draft.at)
    if here is None or here.kind != "figure":
        return Outcome(draft, (Note("no_figure_here"),))
    return take(draft, sheet, here, Answer(text="未定"))


def _rest(draft: Draft, sheet: Sheet) -> Outcome:
    """Everything not answered yet as it was last year and as the plan has it; the person sees it in the summary."""
    if draft.answer("state") is None:
        return Outcome(draft, (Note("state_first"),))
    usual = sheet.unchanged()
    for one in sheet.steps(draft):
        if one.key not in draft.answers and one.key in usual:
            if one.kind == "comment" and (asked := asked_back(draft, sheet, one, usual[one.key].text)):
                return Outcome(asked)
            draft = draft.answered(one.key, usual[one.key])
        elif one.key not in draft.answers and not one.words.is_required:
            draft = draft.answered(one.key, Answer(is_skipped=True))
    return Outcome(advanced(draft, sheet), (Note("rest_taken"),))


def _yes(draft: Draft, sheet: Sheet) -> Outcome:
    """Yes to what was asked back, where there is one way to take it."""
    if draft.pending is not None and len(draft.pending.options) == 1:
        return chosen(draft, sheet, 0)
    return Outcome(draft, (Note("nothing_to_affirm"),))


def _no(draft: Draft, _sheet: Sheet) -> Outcome:
    return Outcome(draft.moved(draft.at))


MOVES: dict[str, Callable[[Draft, Sheet], Outcome]] = {
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
