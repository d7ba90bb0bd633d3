"""What comes next in a self-evaluation: from a draft and what was said or pressed to the draft after it. Pure.

Nothing that was answered is lost on the way, and nothing is taken that was not meant as an answer.
"""

from __future__ import annotations

import re
import unicodedata

from bot.evaluation.answer_intake import chosen, take, typed
from bot.evaluation.form import plain
from bot.evaluation.moves import MOVES
from bot.evaluation.outcome import Given, TurnNote, TurnOutcome, settled
from bot.evaluation.sheet import EvaluationSheet
from bot.storage.draft import SUMMARY, Draft, FieldAnswer
from bot.storage.entry import EntryState, Evaluation


def step(draft: Draft, sheet: EvaluationSheet, given: Given) -> TurnOutcome:
    """One turn. What is neither an answer nor a known word comes out as `question`, for others to answer."""
    draft = settled(draft, sheet)
    word = given.press or sheet.form.word(given.text)
    if (move := MOVES.get(word)) is not None:
        return move(draft, sheet)
    if (place := _named_place(given, sheet)) is not None:
        return _go_to(draft, sheet, place)
    if given.press:
        return _pressed(draft, sheet, given.press)
    return typed(draft, sheet, given.text.strip())


def _named_place(given: Given, sheet: EvaluationSheet) -> str | None:
    """2 of 修正 2 and 2を修正; the key after step: of a button; empty for a mere 修正."""
    if given.press.startswith("step:"):
        return given.press.removeprefix("step:")
    said = unicodedata.normalize("NFKC", given.text).strip()
    words = "|".join(map(re.escape, sheet.form.words["correct"]))
    found = re.fullmatch(rf"(?:{words})(?:\s+(.+)|([0-9]+))?|([0-9]+)(?:番)?を?(?:{words})", said)
    return (found[1] or found[2] or found[3] or "") if found else None


def _go_to(draft: Draft, sheet: EvaluationSheet, place: str) -> TurnOutcome:
    steps = sheet.steps(draft)
    if place.isdecimal() and len(place) < 4 and 1 <= int(place) <= len(steps):
        return TurnOutcome(draft.moved(steps[int(place) - 1].key))
    named = [one for one in steps if place and (one.key == place or plain(place) in plain(one.label))]
    if len(named) == 1:
        return TurnOutcome(draft.moved(named[0].key))
    return TurnOutcome(draft.moved(SUMMARY), (TurnNote("which_step", {"most": str(len(steps))}),))


def _pressed(draft: Draft, sheet: EvaluationSheet, press: str) -> TurnOutcome:
    name, _, value = press.partition(":")
    if name == "option" and draft.pending is not None and value.isdecimal():
        return chosen(draft, sheet, int(value))
    if name == "state" and draft.at == "state" and value in list(EntryState):
        return take(draft, sheet, sheet.steps(draft)[0], FieldAnswer(value))
    return TurnOutcome(draft, (TurnNote("not_here"),))


def evaluation_of(draft: Draft, sheet: EvaluationSheet) -> Evaluation:
    """What the draft comes to when nothing is missing; what its steps no longer ask for is left out."""
    asked = {one.key: answer for one in sheet.steps(draft) if (answer := draft.answer(one.key)) is not None}
    figures = [(one, one.reported(asked[one.key])) for one in sheet.figures if one.key in asked]
    comments = {name: asked[name].text for name in ("causes", "success", "problems") if name in asked}
    return Evaluation(
        round=sheet.round.name,
        subject=sheet.work.subject,
        code=sheet.code,
        title=sheet.title,
        edition=sheet.edition,
        department=sheet.work.department,
        state=EntryState(asked["state"].text),
        forecast=tuple(reported for figure, reported in figures if figure.name == "forecast"),
        actual=tuple(reported for figure, reported in figures if figure.name == "actual"),
        **comments,
    )
