"""Questions that got no answer, kept for a while to teach the bot by; what leads to a person is masked first.

The only module that speaks of the table of unanswered questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

from knowledge.storage.migration import Migration
from reminders.moment import read, written

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS = (
    Migration(
        "unanswered-1",
        """
        CREATE TABLE unanswered_questions (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind <> ''),
            asked_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX unanswered_questions_asked ON unanswered_questions (asked_at);
        """,
    ),
)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """One question, persons masked; `kind` says why there was no answer (unclear, out_of_plan)."""

    text: str
    kind: str
    asked_at: datetime


def keep(database: Database, text: str, kind: str, names: Iterable[str], now: datetime) -> None:
    """Keep a question without its mail addresses, telephone numbers and any of the roster's `names`."""
    database.execute(
        "INSERT INTO unanswered_questions (text, kind, asked_at) VALUES (?, ?, ?)",
        [masked(text, names), kind, written(now)],
    )


def listed(database: Database) -> list[Unanswered]:
    """All that are kept, oldest first."""
    rows = database.query("SELECT text, kind, asked_at FROM unanswered_questions ORDER BY id")
    return [Unanswered(row["text"], row["kind"], read(row["asked_at"])) for row in rows]


def forget(database: Database, before: datetime) -> None:
    """Drop what was asked before that moment."""
    database.execute("DELETE FROM unanswered_questions WHERE asked_at < ?", [written(before)])


def masked(text: str, names: Iterable[str]) -> str:
    """`text` with （メール）, （電話） and （氏名） in place of what would lead to a person."""
    text = _replaced(_MAIL, text, "（メール）")
    text = _replaced(_TELEPHONE, text, "（電話）")
    for name in sorted(names, key=len, reverse=True):
        if name.strip():
            text = _replaced(_name(name), text, "（氏名）")
    return text


_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
_TELEPHONE = re.compile(
    r"(?<!\d)(?:"
    r"\+81[- (]*\d(?:[- ()]{0,2}\d){7,10}"  # from abroad
    r"|\(?0(?:[- ()]{0,2}\d){9,10}"  # 0463-82-5111, 0463(82)5111, 09012345678
    r"|(?!(?:19|20)\d\d-(?:19|20)\d\d(?!\d))\d{2,4}-\d{4}"  # 82-5111, but not 2021-2025
    r")(?![-\d])"
    r"|内線[ :番号は]*\d{2,5}"
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー－"), "-")
_TITLES = (
    r"さん|様|さま|氏|くん|君|先生|担当|職員|主事|主任|主査|主幹|技師|参事|補佐"
    r"|係長|課長|部長|局長|館長|園長|所長"
)


def _name(name: str) -> re.Pattern[str]:
    """The whole name however it is spaced, and a part of it where somebody is addressed by it.

    A part alone stays: many a family name is also a place's.
    """
    parts = _folded(name).split()
    whole = r"\s*".join(re.escape(letter) for part in parts for letter in part)
    called = "|".join(re.escape(part) for part in parts)
    return re.compile(rf"{whole}|(?:{called})(?=\s*(?:{_TITLES}))")


def _replaced(pattern: re.Pattern[str], text: str, by: str) -> str:
    """Found in the folded text, replaced in the text as it was typed."""
    made, end = "", 0
    for found in pattern.finditer(_folded(text)):
        made += text[end : found.start()] + by
        end = found.end()
    return made + text[end:]


def _folded(text: str) -> str:
    """Wide and narrow letters as one, each in its place: the length stays."""
    letters = (normalize("NFKC", letter) for letter in text.translate(_DASHES))
    return "".join(
        folded if len(folded) == 1 else letter for folded, letter in zip(letters, text, strict=True)
    )
