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
        label=here.label if here else "確認",
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


def summary_rows(draft: Draft, sheet: EvaluationSheet) -> list[str]:
    """Each step with its answer."""
    return [f"{step.label}：{_answered(draft, step)}" for step in sheet.steps(draft)]


def _answered(draft: Draft, step: FormStep) -> str:
    answer = draft.answers.get(step.key)
    return "（未入力）" if answer is None else shown(step, answer)


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
        missing="、".join(step.label for step in missing),
        is_late=deadline is not None,
        deadline=f"{deadline.month}月{deadline.day}日" if deadline else "",
    )
    corrections = [
        button(draft, f"修正 {number}", f"step:{step.key}")
        for number, step in enumerate(sheet.steps(draft), start=1)
    ]
    first = button(draft, missing[0].label, f"step:{missing[0].key}") if missing else None
    submit = first or button(draft, "提出", "submit", _MAIN)
    return _reply(text, (submit, *corrections, button(draft, "中断", "pause")))


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
    name = "昨年の見込み" if figure.last and figure.last.is_set else "目標"
    return f"{name} {printed(value, figure.row)}" if value is not None else ""


def _lines(draft: Draft, sheet: EvaluationSheet, here: FormStep) -> Iterator[str]:
    """What the person needs to see before answering."""
    if here.figure is not None:
        yield f"目標：{here.figure.shown_target or '計画に記載なし'}"
        if here.figure.last is not None:
            yield f"昨年の見込み：{here.figure.last.printed}"
    if here.key in ("causes", "success", "problems"):
        yield from (f"目標との差：{gap}" for gap in gap_lines(draft, sheet) if here.key == "causes")
        if last := sheet.last_comment(here.key):
            yield f"昨年の内容：{last}"
    if sheet.corrects is not None and sheet.corrects.is_returned:
        yield f"差戻しの理由：{sheet.corrects.sign_off.reason}"
    answer = draft.answers.get(here.key)
    if answer is not None:
        yield f"いまの内容：{shown(here, answer)}"


def gap_lines(draft: Draft, sheet: EvaluationSheet) -> Iterator[str]:
    """令和5年度 効果額 12,000千円（目標 14,561千円、△18%）, for each figure far from its target."""
    for gap in sheet.gaps(draft):
        figure = gap.figure
        sign = "△" if gap.percent < 0 else "+"
        yield f"{figure.year.label} {figure.row.name} {gap.printed}（目標 {figure.shown_target}、{sign}{abs(gap.percent)}%）"


def _pressable(draft: Draft, sheet: EvaluationSheet, here: FormStep | None) -> Iterator[Choice]:
    pending = draft.pending
    if pending is not None and pending.reason == "cancel":
        yield button(draft, "下書きを残してやめる", "pause", _MAIN)
        yield button(draft, "下書きを消す", "discard", _HARMFUL)
        yield button(draft, "入力を続ける", "no")
        return
    if pending is not None:
        yield from (button(draft, one.label, f"option:{at}") for at, one in enumerate(pending.options))
        yield button(draft, "書き直す", "no")
        yield button(draft, "中断", "pause")
        return
    if here is not None:
        yield from _answers(draft, sheet, here)
    if can_take_the_rest(draft, sheet):
        yield button(draft, "残りは昨年・目標のとおり", "rest")
    if draft.at != sheet.steps(draft)[0].key:
        yield button(draft, "戻る", "back")
    elif not draft.answers:
        yield button(draft, "まとめて入力", "whole")
    yield button(draft, "中断", "pause")


def _answers(draft: Draft, sheet: EvaluationSheet, here: FormStep) -> Iterator[Choice]:
    """What can be answered by a press."""
    if here.kind == "state":
        yield from (button(draft, state.label, f"state:{state.value}") for state in EntryState)
    elif draft.answer(here.key) is not None:
        yield button(draft, "このまま", "keep")
    elif (last := kept(sheet, here)) is not None:
        same = f"見込みのまま（{shown(here, last)}）" if here.figure else "昨年と同じ"
        yield button(draft, last.text if here.key == "why" else same, "keep")
    if here.figure is not None:
        target = here.figure.target_value
        if target is not None and here.figure.is_compared and here.name == "forecast":
            yield button(draft, f"目標どおり（{printed(target, here.figure.row)}）", "target")
        yield button(draft, "未定", "unset")
    if not here.words.is_required:
        yield button(draft, "スキップ", "skip")


def can_take_the_rest(draft: Draft, sheet: EvaluationSheet) -> bool:
    """Whether everything required that is still open can be as it was last year and as the plan has it."""
    waiting = [step.key for step in sheet.missing(draft) if step.key not in draft.answers]
    usual = sheet.unchanged()
    return "state" not in waiting and len(waiting) > 1 and all(key in usual for key in waiting)
