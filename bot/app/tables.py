"""Every table of the database, in the order in which they may refer to one another."""

from __future__ import annotations

from bot.conversation import feedback, inbox, question_history, unanswered
from bot.evaluation import draft_store, entry_tables
from bot.identity import roster_tables
from bot.notices import work_records
from bot.storage import audit
from knowledge.editions import edition_store
from knowledge.migration import Migration
from reminders import deadlines, delivery_failures, notices, outbox_message, responses

MIGRATIONS: tuple[Migration, ...] = (
    *edition_store.MIGRATIONS,
    *roster_tables.MIGRATIONS,
    *outbox_message.MIGRATIONS,
    *inbox.MIGRATIONS,
    *question_history.MIGRATIONS,
    *unanswered.MIGRATIONS,
    *feedback.MIGRATIONS,
    *audit.MIGRATIONS,
    *entry_tables.MIGRATIONS,
    *notices.MIGRATIONS,
    *deadlines.MIGRATIONS,
    *responses.MIGRATIONS,
    *delivery_failures.MIGRATIONS,
    *draft_store.MIGRATIONS,
    *work_records.MIGRATIONS,
)
