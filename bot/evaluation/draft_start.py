"""How somebody comes to a draft: a new one, one that was left, a correction, or one that another is at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled
from bot.evaluation import overview, sign_off
from bot.evaluation.context import EvaluationContext, draft_from
from bot.evaluation.dialogue import step
from bot.evaluation.draft_effects import OpenDraft, at_draft, going_on, keeping, next_revision, sit
from bot.evaluation.open_work import EvaluationWork
from bot.evaluation.outcome import Given, TurnNote
from bot.evaluation.prompts import ACTION, NOT_TAKEN, prompt, summary_rows
from bot.evaluation.sheet import EvaluationSheet
from bot.evaluation.whole_form import whole_reply
from bot.identity.rights import Act, Granted, Refused
from bot.message import Choice, Message, Reply
from bot.storage import draft_store
from bot.storage.draft import Draft
from bot.wording.wording import say

if TYPE_CHECKING:
    from sqlite_utils import Database

Shown = Callable[[Draft, EvaluationSheet, Sequence[TurnNote], EvaluationContext], Reply]
"""How a draft is put before the person: step by step, or as the whole form."""


def step_by_step(
    draft: Draft, sheet: EvaluationSheet, notes: Sequence[TurnNote], context: EvaluationContext
) -> Reply:
    """What is asked now."""
    return prompt(draft, sheet, notes, context.passed)


def as_a_whole(
    draft: Draft, sheet: EvaluationSheet, _notes: Sequence[TurnNote], _context: EvaluationContext
) -> Reply:
    """Everything at once."""
    return whole_reply(draft, sheet)


def begun(
    message: Message,
    context: EvaluationContext,
    work: EvaluationWork,
    paused: Sequence[TurnNote],
    shown: Shown = step_by_step,
    is_correction: bool = False,
) -> Handled:
    """The person comes to that work. `paused` says what they were at before; what was submitted is shown first."""
    right = context.may(Act.ENTER, work)
    entry = context.entries.get(work.subject)
    if isinstance(right, Refused):
        if entry is not None and isinstance(context.may(Act.SEE, work), Granted):
            return sign_off.shown(context, entry)
        return Reply(str(right), kind="refused", is_confidential=True)
    kept = context.drafts.get(work.subject)
    if kept is not None:
        return sat_down(message, at_draft(context, work, kept), paused, shown)
    if entry is None:
        draft, note = Draft(context.next_draft, context.round.name, work.subject), TurnNote("help")
    elif is_correction or entry.is_returned:
        draft = draft_from(entry, context.sheet(work, entry.version), context.next_draft)
        note = TurnNote("prefilled", {"version": str(entry.version)})
    else:
        return overview.entered(context, work, entry)
    return _began(message, context, context.sheet(work, draft.follows), draft, (*paused, note), shown)


def sat_down(
    message: Message,
    at: OpenDraft,
    paused: Sequence[TurnNote],
    shown: Shown = step_by_step,
    is_taken_over: bool = False,
) -> Handled:
    """Go on with a draft that is there; while somebody else is at it, it is only shown."""
    context, kept = at.context, at.kept
    other = kept.at_it if kept.at_it != context.person.id else None
    if other is not None and not is_taken_over:
        return occupied(at, other)
    notes = [*paused, TurnNote("resumed")]
    if other is not None:
        notes.append(TurnNote("taken_over", {"who": context.label(other)}))
    # Whoever was at it must not go on with what they last saw.
    draft = next_revision(kept.draft) if other else kept.draft
    return going_on(message, at, draft, shown(draft, at.sheet, notes, context))


def occupied(at: OpenDraft, other: str) -> Reply:
    """Somebody else is at it: who, since when, and what the draft says."""
    draft, since = at.kept.draft, at.kept.since
    text = say(
        "evaluation/occupied",
        who=at.context.label(other),
        since=since,
        subject=at.sheet.name,
        round=at.sheet.round.label,
        rows=summary_rows(draft, at.sheet),
    )
    take = Choice(say("evaluation/buttons/take"), f"{draft.number}:take", ACTION, draft.revision)
    return Reply(text, choices=(take,), kind=NOT_TAKEN, is_confidential=True)


def _began(
    message: Message,
    context: EvaluationContext,
    sheet: EvaluationSheet,
    draft: Draft,
    notes: Sequence[TurnNote],
    shown: Shown,
) -> Handled:
    draft = step(draft, sheet, Given(press="resume")).draft
    reply = shown(draft, sheet, notes, context)

    def begin(database: Database) -> None:
        draft_store.begin(database, draft, context.person.id, context.asker.at)
        sit(database, message, context, draft.number)

    return keeping(begin, reply)
