"""Every table of the database, in the order in which they may refer to one another."""

from __future__ import annotations

from bot.storage import (
    audit,
    draft_store,
    entry_tables,
    feedback,
    inbox,
    question_history,
    roster_tables,
    unanswered,
    work_records,
)
from knowledge.storage import edition_store
from knowledge.storage.migration import Migration
from reminders.storage import deadlines, delivery_failures, notices, outbox_message, responses

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
