"""How a turn at a draft is kept: the draft as it is now, who is at it, the entry that came of it.

Everything is worded before. Where what was decided on has changed, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled, Outdated
from bot.evaluation import overview
from bot.evaluation.context import EvaluationContext
from bot.evaluation.dialogue import evaluation_of
from bot.evaluation.open_work import EvaluationWork
from bot.evaluation.outcome import DraftEnd, TurnOutcome
from bot.evaluation.prompts import ACTION, KIND, words
from bot.evaluation.sheet import EvaluationSheet
from bot.message import Choice, Message, Reply
from bot.storage import audit, draft_store, entry_store
from bot.storage.draft import Draft, FieldAnswer
from bot.storage.draft_store import Dialogue, Kept, StaleDraft
from bot.storage.entry_store import Superseded

if TYPE_CHECKING:
    from sqlite_utils import Database

Change = Callable[["Database"], None]


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A kept draft with its sheet, in its round's scene."""

    context: EvaluationContext
    work: EvaluationWork
    kept: Kept
    sheet: EvaluationSheet


def at_draft(context: EvaluationContext, work: EvaluationWork, kept: Kept) -> OpenDraft:
    """The draft with the form that its subject has in that round."""
    return OpenDraft(context, work, kept, context.sheet(work, kept.draft.follows))


def keeping(change: Change, reply: Reply) -> Handled:
    """The change, and then the reply; on grounds that have changed neither."""

    def effect(database: Database) -> Reply:
        try:
            change(database)
        except (StaleDraft, Superseded) as fault:
            raise Outdated(str(fault)) from fault
        return reply

    return effect


def going_on(message: Message, at: OpenDraft, draft: Draft, reply: Reply) -> Handled:
    """The draft as it is now, and the person at it where the message came from."""

    def go_on(database: Database) -> None:
        save(database, at, draft)
        sit(database, message, at.context, draft.number)

    return keeping(go_on, reply)


def ended(at: OpenDraft, outcome: TurnOutcome) -> Handled:
    """The person leaves the draft: submitted, thrown away, or for later."""
    if outcome.end is DraftEnd.SUBMITTED:
        return _submitted(at, outcome.draft)
    draft, person = outcome.draft, at.context.person.id
    state = "discarded" if outcome.end is DraftEnd.DISCARDED else "open"
    again = Choice("再開", f"begin:{draft.round}:{draft.subject}", ACTION)
    text = "\n".join(map(words, outcome.notes))
    choices = (again,) if state == "open" else ()
    reply = Reply(text, choices=choices, kind=KIND, is_confidential=True)

    def leave(database: Database) -> None:
        changed = draft if draft.revision > at.kept.draft.revision else next_revision(draft)
        draft_store.save(database, changed, at.kept.draft.revision, person, at.context.asker.at, state)
        draft_store.stand_up(database, person)

    return keeping(leave, reply)


def _submitted(at: OpenDraft, draft: Draft) -> Handled:
    context, person = at.context, at.context.person.id
    evaluation = evaluation_of(draft, at.sheet)
    why = (draft.answer("why") or FieldAnswer()).text
    reply = overview.submitted(context, at.work, at.sheet.name, draft.follows + 1)

    def submit(database: Database) -> None:
        now = context.asker.at
        draft_store.save(database, next_revision(draft), at.kept.draft.revision, person, now, "submitted")
        entry = entry_store.submit(
            database,
            evaluation,
            by=person,
            now=now,
            is_late=context.is_late,
            follows=draft.follows,
            why=why,
        )
        draft_store.stand_up(database, person)
        subject = f"{entry.round} {entry.code} 第{entry.version}版"
        audit.record(database, audit.AuditLine(now, person, "自己評価の提出", subject, after=why))

    return keeping(submit, reply)


def next_revision(draft: Draft) -> Draft:
    """The same draft, so that what was shown before no longer counts."""
    return replace(draft, revision=draft.revision + 1)


def save(database: Database, at: OpenDraft, draft: Draft) -> None:
    """Keep what has changed; where nothing has, only that it is still what was looked at."""
    before = at.kept.draft
    if draft != before:
        draft_store.save(database, draft, before.revision, at.context.person.id, at.context.asker.at)
        return
    now = draft_store.kept(database, before.number)
    if now is None or now.draft != before or now.at_it != at.kept.at_it:
        raise StaleDraft


def sit(database: Database, message: Message, context: EvaluationContext, draft: int) -> None:
    """The person is at the draft, where the message came from."""
    dialogue = Dialogue(context.person.id, draft, message.channel, message.aside or message.conversation)
    draft_store.sit_down(database, dialogue, context.asker.at)
