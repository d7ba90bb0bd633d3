"""What a draft asks now, as a Reply: words, buttons and fields, each carrying the draft's revision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.evaluation.figure_input import printed
from bot.evaluation.moves import kept
from bot.evaluation.outcome import TurnNote, settled, shown
from bot.evaluation.sheet import EvaluationSheet, FormStep, SheetFigure
from bot.message import Choice, Reply
from bot.storage.draft import SUMMARY, Draft
from bot.storage.entry import EntryState
from bot.wording.wording import say

ACTION = "evaluate"
"""The action of every button of a dialogue; its value is 12:back, the draft's number and the word."""

KIND = "evaluation"

NOT_TAKEN = "not_taken"
"""The kind of a reply to what changed nothing, as to a stale button or form."""

_HARMFUL = "danger"
_MAIN = "primary"


def prompt(
    draft: Draft, sheet: EvaluationSheet, notes: Sequence[TurnNote] = (), deadline: date | None = None
) -> Reply:
    """What is asked now. `deadline` is given when it is over."""
    draft = settled(draft, sheet)
    said = [words(note) for note in notes]
    if draft.at == SUMMARY and draft.pending is None:
        return _summary(draft, sheet, said, deadline)
    steps = sheet.steps(draft)
    here = sheet.step(draft, draft.at)
    text = say(
        "evaluation/prompt",
        notes=said,
        subject=sheet.name,
        round=sheet.round.label,
        at=steps.index(here) + 1 if here else len(steps),
        of=len(steps),
        label=here.label if here else say("evaluation/check"),
        doubt=_doubt(draft, here, sheet),
        question=here.words.question if here else "",
        lines=list(_lines(draft, sheet, here)) if here else [],
        hint=here.words.hint if here else "",
        offers=[],
    )
    return _reply(text, tuple(_pressable(draft, sheet, here)))


def words(note: TurnNote) -> str:
    """A note in words."""
    return say(f"evaluation/{note.says}", **note.facts)


def with_answer(reply: Reply, answer: Reply) -> Reply:
    """The answer to a question put in the middle, and after it the same step again.

    A table or chart would stand between the step and its buttons; the text says it all.
    """
    return replace(
        reply,
        text=f"{answer.text}\n\n{reply.text}",
        sources=answer.sources,
        notes=answer.notes,
        answer=answer.answer,
    )


def button(draft: Draft, label: str, word: str, style: str = "") -> Choice:
    """A button of this draft, at its revision."""
    return Choice(label, f"{draft.number}:{word}", ACTION, draft.revision, style)


def _button(draft: Draft, word: str, label: str = "", style: str = "") -> Choice:
    """A button with the label that the catalogue has for it: the word's own, unless another is named."""
    return button(draft, say(f"evaluation/buttons/{label or word}"), word, style)


def same_as_last(step: FormStep, last: str) -> str:
    """What a button says that keeps last year's forecast or words."""
    return (
        say("evaluation/buttons/as_forecast", value=last)
        if step.figure
        else say("evaluation/buttons/as_last")
    )


def as_target(target: str) -> str:
    """What a button says that takes the plan's target."""
    return say("evaluation/buttons/as_target", value=target)


def summary_rows(draft: Draft, sheet: EvaluationSheet) -> list[str]:
    """Each step with its answer."""
    return [
        say("evaluation/row", label=step.label, answer=_answered(draft, step)) for step in sheet.steps(draft)
    ]


def _answered(draft: Draft, step: FormStep) -> str:
    answer = draft.answers.get(step.key)
    return say("evaluation/not_entered") if answer is None else shown(step, answer)


def _reply(text: str, choices: tuple[Choice, ...]) -> Reply:
    return Reply(text, choices=choices, kind=KIND, is_confidential=True)


def _summary(draft: Draft, sheet: EvaluationSheet, notes: Sequence[str], deadline: date | None) -> Reply:
    missing = sheet.missing(draft)
    text = say(
        "evaluation/summary",
        notes=notes,
        subject=sheet.name,
        round=sheet.round.label,
        rows=summary_rows(draft, sheet),
        gaps=list(gap_lines(draft, sheet)),
        missing=[step.label for step in missing],
        is_late=deadline is not None,
        deadline=deadline,
    )
    corrections = [
        button(draft, say("evaluation/buttons/correct_step", number=number), f"step:{step.key}")
        for number, step in enumerate(sheet.steps(draft), start=1)
    ]
    first = button(draft, missing[0].label, f"step:{missing[0].key}") if missing else None
    submit = first or _button(draft, "submit", style=_MAIN)
    return _reply(text, (submit, *corrections, _button(draft, "pause")))


def _doubt(draft: Draft, here: FormStep | None, sheet: EvaluationSheet) -> str:
    pending = draft.pending
    if pending is None:
        return ""
    figure = here.figure if here else None
    return say(
        f"evaluation/doubt/{pending.reason}",
        said=pending.said,
        unit=figure.row.unit if figure else "",
        meant=pending.options[0].label if pending.options else "",
        expected=expected(figure, sheet) if figure else "",
    )


def expected(figure: SheetFigure, sheet: EvaluationSheet) -> str:
    """What the figure was held against: 目標 14,561千円."""
    usual = figure.expected(sheet.form.doubt_times)
    value = usual.target if usual.value is None else usual.value
    if value is None:
        return ""
    name = "last_forecast" if figure.last and figure.last.is_set else "target"
    return say(f"evaluation/expected/{name}", value=printed(value, figure.row))


def _lines(draft: Draft, sheet: EvaluationSheet, here: FormStep) -> Iterator[str]:
    """What the person needs to see before answering."""
    if here.figure is not None:
        yield say("evaluation/seen/target", target=here.figure.shown_target)
        if here.figure.last is not None:
            yield say("evaluation/seen/last_forecast", forecast=here.figure.last.printed)
    if here.key in ("causes", "success", "problems"):
        yield from (
            say("evaluation/seen/gap", gap=gap) for gap in gap_lines(draft, sheet) if here.key == "causes"
        )
        if last := sheet.last_comment(here.key):
            yield say("evaluation/seen/last_comment", comment=last)
    if sheet.corrects is not None and sheet.corrects.is_returned:
        yield say("evaluation/seen/why_returned", reason=sheet.corrects.sign_off.reason)
    answer = draft.answers.get(here.key)
    if answer is not None:
        yield say("evaluation/seen/answer", answer=shown(here, answer))


def gap_lines(draft: Draft, sheet: EvaluationSheet) -> Iterator[str]:
    """令和5年度 効果額 12,000千円（目標 14,561千円、△18%）, for each figure far from its target."""
    for gap in sheet.gaps(draft):
        figure = gap.figure
        sign = "△" if gap.percent < 0 else "+"
        yield say(
            "evaluation/gap",
            year=figure.year,
            measure=figure.row.name,
            value=gap.printed,
            target=figure.shown_target,
            percent=f"{sign}{abs(gap.percent)}",
        )


def _pressable(draft: Draft, sheet: EvaluationSheet, here: FormStep | None) -> Iterator[Choice]:
    pending = draft.pending
    if pending is not None and pending.reason == "cancel":
        yield _button(draft, "pause", "keep_draft", _MAIN)
        yield _button(draft, "discard", style=_HARMFUL)
        yield _button(draft, "no", "go_on")
        return
    if pending is not None:
        yield from (button(draft, one.label, f"option:{at}") for at, one in enumerate(pending.options))
        yield _button(draft, "no", "rewrite")
        yield _button(draft, "pause")
        return
    if here is not None:
        yield from _answers(draft, sheet, here)
    if can_take_the_rest(draft, sheet):
        yield _button(draft, "rest")
    if draft.at != sheet.steps(draft)[0].key:
        yield _button(draft, "back")
    elif not draft.answers:
        yield _button(draft, "whole")
    yield _button(draft, "pause")


def _answers(draft: Draft, sheet: EvaluationSheet, here: FormStep) -> Iterator[Choice]:
    """What can be answered by a press."""
    if here.kind == "state":
        yield from (button(draft, state.label, f"state:{state.value}") for state in EntryState)
    elif draft.answer(here.key) is not None:
        yield _button(draft, "keep")
    elif (last := kept(sheet, here)) is not None:
        yield button(draft, last.text if here.key == "why" else same_as_last(here, shown(here, last)), "keep")
    if here.figure is not None:
        target = here.figure.target_value
        if target is not None and here.figure.is_compared and here.name == "forecast":
            yield button(draft, as_target(printed(target, here.figure.row)), "target")
        yield _button(draft, "unset")
    if not here.words.is_required:
        yield _button(draft, "skip")


def can_take_the_rest(draft: Draft, sheet: EvaluationSheet) -> bool:
    """Whether everything required that is still open can be as it was last year and as the plan has it."""
    waiting = [step.key for step in sheet.missing(draft) if step.key not in draft.answers]
    usual = sheet.unchanged()
    return "state" not in waiting and len(waiting) > 1 and all(key in usual for key in waiting)
