"""What comes next in a self-evaluation: from a draft and what was said or pressed to the draft after it. Pure.

Nothing that was answered is lost on the way, and nothing is taken that was not meant as an answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from bot.self_evaluation.draft import SUMMARY, Answer, Draft, Option, Pending
from bot.self_evaluation.entry import EntryState, Evaluation
from bot.self_evaluation.figures import Doubt, read_figure
from bot.self_evaluation.form import plain
from bot.self_evaluation.sheet import Sheet, Step
from knowledge.amount import UNITS


@dataclass(frozen=True, slots=True)
class Given:
    """What came in: a typed text, or the word of a pressed button."""

    text: str = ""
    press: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say before what is asked next: the name of its words and what they need."""

    says: str
    facts: Mapping[str, str] = field(default_factory=dict)


class End(Enum):
    """How a dialogue is left."""

    PAUSED = auto()
    DISCARDED = auto()
    SUBMITTED = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The draft as it is now, what to say about it, a question that was put in the middle, and whether it ends.

    `question` may be no more than a remark: `is_asked` says that it has the form of a question.
    """

    draft: Draft
    notes: tuple[Note, ...] = ()
    question: str = ""
    is_asked: bool = False
    end: End | None = None


def step(draft: Draft, sheet: Sheet, given: Given) -> Outcome:
    """One turn. What is neither an answer nor a known word comes out as `question`, for others to answer."""
    draft = settled(draft, sheet)
    word = given.press or sheet.form.word(given.text)
    if (move := _MOVES.get(word)) is not None:
        return move(draft, sheet)
    if (place := _named_place(given, sheet)) is not None:
        return _go_to(draft, sheet, place)
    if given.press:
        return _pressed(draft, sheet, given.press)
    return _said(draft, sheet, given.text.strip())


def not_answered(outcome: Outcome, sheet: Sheet) -> Outcome:
    """What was no question after all is shown back: it may be meant as the comment that is asked for."""
    said, draft = outcome.question, outcome.draft
    here = sheet.step(draft, draft.at)
    if here is not None and here.kind == "comment" and not _is_leaving(draft):
        pending = Pending(here.key, "remark", said, (Option("このまま記録する", Answer(said)),))
        return replace(outcome, draft=replace(draft, pending=pending), question="")
    return replace(outcome, notes=(*outcome.notes, Note("remark", {"said": said})), question="")


def settled(draft: Draft, sheet: Sheet) -> Draft:
    """The draft standing at a step that there is: a form or a plan that changed may have none of that name."""
    if draft.at == SUMMARY or sheet.step(draft, draft.at) is not None:
        return draft
    return advanced(draft, sheet)


def advanced(draft: Draft, sheet: Sheet) -> Draft:
    """Moved to the first step that was neither answered nor passed over, or to the summary."""
    waiting = (one.key for one in sheet.steps(draft) if one.key not in draft.answers)
    return draft.moved(next(waiting, SUMMARY))


def evaluation_of(draft: Draft, sheet: Sheet) -> Evaluation:
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


def shown(step: Step, answer: Answer) -> str:
    """An answer in words: 計画どおり, 14,561千円, 未定, the comment itself."""
    if answer.is_skipped:
        return "（スキップ）"
    if step.kind == "state":
        return EntryState(answer.text).label
    return step.figure.reported(answer).printed if step.figure else answer.text


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
    if not _is_leaving(draft):
        return _cancel(draft, sheet)
    return Outcome(draft, (Note("discarded", {"subject": sheet.name}),), end=End.DISCARDED)


def _is_leaving(draft: Draft) -> bool:
    """Whether the person was asked what is to become of the draft."""
    return draft.pending is not None and draft.pending.reason == "cancel"


def _again(draft: Draft, _sheet: Sheet) -> Outcome:
    return Outcome(draft.moved(draft.at) if _is_leaving(draft) else draft)


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
        _commented(draft, sheet, here, answer.text)
        if here.kind == "comment"
        else _take(draft, sheet, here, answer)
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
    return _take(draft, sheet, here, Answer(value=value))


def _unset(draft: Draft, sheet: Sheet) -> Outcome:
    here = sheet.step(draft, draft.at)
    if here is None or here.kind != "figure":
        return Outcome(draft, (Note("no_figure_here"),))
    return _take(draft, sheet, here, Answer(text="未定"))


def _rest(draft: Draft, sheet: Sheet) -> Outcome:
    """Everything not answered yet as it was last year and as the plan has it; the person sees it in the summary."""
    if draft.answer("state") is None:
        return Outcome(draft, (Note("state_first"),))
    usual = sheet.unchanged()
    for one in sheet.steps(draft):
        if one.key not in draft.answers and one.key in usual:
            if one.kind == "comment" and (asked := _asked_back(draft, sheet, one, usual[one.key].text)):
                return Outcome(asked)
            draft = draft.answered(one.key, usual[one.key])
        elif one.key not in draft.answers and not one.words.is_required:
            draft = draft.answered(one.key, Answer(is_skipped=True))
    return Outcome(advanced(draft, sheet), (Note("rest_taken"),))


def _yes(draft: Draft, sheet: Sheet) -> Outcome:
    """Yes to what was asked back, where there is one way to take it."""
    if draft.pending is not None and len(draft.pending.options) == 1:
        return _chosen(draft, sheet, 0)
    return Outcome(draft, (Note("nothing_to_affirm"),))


def _no(draft: Draft, _sheet: Sheet) -> Outcome:
    return Outcome(draft.moved(draft.at))


_MOVES: dict[str, Callable[[Draft, Sheet], Outcome]] = {
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


def _named_place(given: Given, sheet: Sheet) -> str | None:
    """2 of 修正 2 and 2を修正; the key after step: of a button; empty for a mere 修正."""
    if given.press.startswith("step:"):
        return given.press.removeprefix("step:")
    said = unicodedata.normalize("NFKC", given.text).strip()
    words = "|".join(map(re.escape, sheet.form.words["correct"]))
    found = re.fullmatch(rf"(?:{words})(?:\s+(.+)|([0-9]+))?|([0-9]+)(?:番)?を?(?:{words})", said)
    return (found[1] or found[2] or found[3] or "") if found else None


def _go_to(draft: Draft, sheet: Sheet, place: str) -> Outcome:
    steps = sheet.steps(draft)
    if place.isdecimal() and len(place) < 4 and 1 <= int(place) <= len(steps):
        return Outcome(draft.moved(steps[int(place) - 1].key))
    named = [one for one in steps if place and (one.key == place or plain(place) in plain(one.label))]
    if len(named) == 1:
        return Outcome(draft.moved(named[0].key))
    return Outcome(draft.moved(SUMMARY), (Note("which_step", {"most": str(len(steps))}),))


def _pressed(draft: Draft, sheet: Sheet, press: str) -> Outcome:
    name, _, value = press.partition(":")
    if name == "option" and draft.pending is not None and value.isdecimal():
        return _chosen(draft, sheet, int(value))
    if name == "state" and draft.at == "state" and value in list(EntryState):
        return _take(draft, sheet, sheet.steps(draft)[0], Answer(value))
    return Outcome(draft, (Note("not_here"),))


def _chosen(draft: Draft, sheet: Sheet, number: int) -> Outcome:
    pending = draft.pending
    here = sheet.step(draft, draft.at)
    if pending is None or here is None or number >= len(pending.options):
        return Outcome(draft, (Note("not_here"),))
    option = pending.options[number]
    if pending.reason == "no_unit" and (reason := _doubt_left(sheet, here, option)):
        return Outcome(replace(draft, pending=Pending(here.key, reason, option.label, (option,))))
    return _take(draft, sheet, here, option.answer)


def _doubt_left(sheet: Sheet, here: Step, option: Option) -> str:
    """Saying the unit says nothing yet on a size or a sign that nobody expected."""
    value = option.answer.value
    if here.figure is None or value is None:
        return ""
    return here.figure.expected(sheet.form.doubt_times).doubt(value)


def _said(draft: Draft, sheet: Sheet, text: str) -> Outcome:
    """A typed text: one of the ways offered, a question, or an answer to what is asked."""
    if not text:
        return Outcome(draft)
    if len(text) > sheet.form.longest_comment:
        return Outcome(draft, (Note("too_long", {"most": str(sheet.form.longest_comment)}),))
    if (number := _option_named(draft.pending, text)) is not None:
        return _chosen(draft, sheet, number)
    here = sheet.step(draft, draft.at)
    is_asked = sheet.form.is_question(text)
    if here is None or is_asked or _is_leaving(draft):
        return Outcome(draft, question=text, is_asked=is_asked)
    if here.kind == "state":
        return _state(draft, sheet, here, text)
    return _figure(draft, sheet, here, text) if here.figure else _commented(draft, sheet, here, text)


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


def _state(draft: Draft, sheet: Sheet, here: Step, text: str) -> Outcome:
    said = unicodedata.normalize("NFKC", text)
    states = list(EntryState)
    if said.isdecimal() and len(said) < 3 and 1 <= int(said) <= len(states):
        return _take(draft, sheet, here, Answer(states[int(said) - 1]))
    if (state := sheet.form.state(text)) is not None:
        return _take(draft, sheet, here, Answer(state))
    return Outcome(draft, question=text)


def _figure(draft: Draft, sheet: Sheet, here: Step, text: str) -> Outcome:
    assert here.figure is not None
    read = read_figure(text, here.figure.row, here.figure.expected(sheet.form.doubt_times))
    match read:
        case None:
            return Outcome(draft, question=text)
        case Answer():
            return _take(draft, sheet, here, read)
        case Doubt():
            return Outcome(replace(draft, pending=Pending(here.key, read.reason, text, read.options)))


def _commented(draft: Draft, sheet: Sheet, here: Step, text: str) -> Outcome:
    """A comment, shown back first where it seems to be no answer or says nothing that can be followed up."""
    if (asked := _asked_back(draft, sheet, here, text)) is not None:
        return Outcome(asked)
    if sheet.form.is_remark(text):
        pending = Pending(here.key, "remark", text, (Option("このまま記録する", Answer(text)),))
        return Outcome(replace(draft, pending=pending))
    return _take(draft, sheet, here, Answer(text))


def _asked_back(draft: Draft, sheet: Sheet, here: Step, text: str) -> Draft | None:
    """Asking once for who, by when and what, where a comment only considers or wishes."""
    if here.key in draft.asked_back or here.key == "why" or not sheet.form.is_vague(text):
        return None
    pending = Pending(here.key, "vague", text, (Option("このまま記録する", Answer(text)),))
    return replace(draft, at=here.key, asked_back=(*draft.asked_back, here.key), pending=pending)


def _take(draft: Draft, sheet: Sheet, here: Step, answer: Answer) -> Outcome:
    taken = Note("taken", {"label": here.label, "answer": shown(here, answer)})
    return Outcome(advanced(draft.answered(here.key, answer), sheet), (taken,))
