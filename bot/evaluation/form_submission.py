"""The whole form as it was sent: kept as far as it goes, and shown again with what is wrong, or left for later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.conversation import Handled
from bot.evaluation.draft_effects import OpenDraft, ended, going_on, next_revision
from bot.evaluation.moves import paused
from bot.evaluation.prompts import prompt
from bot.evaluation.whole_form import LATER, MEANT, SAVED, whole_reply
from bot.evaluation.whole_form_intake import fill
from bot.message import Message

WAYS = {LATER: "later", SAVED: "saved"}
"""What stands behind the draft's number, and how the form is then taken; otherwise fill."""


def filled(message: Message, at: OpenDraft, way: str, fields: Mapping[str, str]) -> Handled:
    """What can be taken is; what is wrong stands beside its field, and nothing that was written is lost."""
    if way == "saved":
        return _saved(message, at, fields)
    done = fill(at.kept.draft, at.sheet, fields)
    draft = replace(done.draft, revision=at.kept.draft.revision + 1)
    errors = done.faults if way == "later" else done.errors
    if errors:
        return going_on(message, at, draft, whole_reply(draft, at.sheet, errors, fields))
    if way == "later":
        return ended(at, paused(draft, at.sheet))
    return going_on(message, at, draft, prompt(draft, at.sheet, (), at.context.passed))


def _saved(message: Message, at: OpenDraft, fields: Mapping[str, str]) -> Handled:
    """The page's form: kept field by field, and shown again with everything that is wrong in it."""
    meant = {name.removeprefix(MEANT): value for name, value in fields.items() if name.startswith(MEANT)}
    done = fill(at.kept.draft, at.sheet, fields, meant)
    draft = at.kept.draft if done.draft == at.kept.draft else next_revision(done.draft)
    return going_on(message, at, draft, whole_reply(draft, at.sheet, done.errors, fields))
