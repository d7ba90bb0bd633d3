"""Forgets in time, as the settings say; what must not happen twice keeps its mark."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.progress import workbook_files
from bot.settings import Retention
from bot.storage import inbox, question_history, unanswered
from bot.storage.database import DatabaseFile
from reminders.storage import outbox


def forget(database: DatabaseFile, kept: Retention, now: datetime) -> None:
    """Empty or drop everything whose days are over. Doing it again changes nothing."""
    text = now - timedelta(days=kept.inbox_days)
    marks = now - timedelta(days=max(kept.letters_days, kept.inbox_days))
    with database.writing() as inside:
        inbox.forget(inside, text_before=text, before=marks)
        outbox.forget(inside, replies_before=text, before=marks)
        question_history.forget(inside, now - timedelta(days=kept.questions_days))
        unanswered.forget(inside, now - timedelta(days=kept.unanswered_days))
    workbook_files.forget(database.path.parent, text)
