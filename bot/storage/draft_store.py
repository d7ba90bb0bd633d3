"""The drafts of self-evaluations and who is at them: one draft for a subject in a round, one dialogue for a person.

The only module that speaks of the tables of drafts and dialogues.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.storage.draft import Draft, FieldAnswer, Option, Pending
from knowledge.storage.migration import Migration
from reminders.moment import read, written

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS = (
    Migration(
        "drafts-1",
        """
        CREATE TABLE drafts (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            subject TEXT NOT NULL CHECK (subject <> ''),
            state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'discarded')),
            revision INTEGER NOT NULL CHECK (revision >= 0),
            at TEXT NOT NULL,
            answers TEXT NOT NULL CHECK (json_valid(answers)),
            asked_back TEXT NOT NULL CHECK (json_valid(asked_back)),
            pending TEXT CHECK (pending IS NULL OR json_valid(pending)),
            follows INTEGER NOT NULL CHECK (follows >= 0),
            changed_by TEXT NOT NULL CHECK (changed_by <> ''),
            changed_at TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX drafts_open ON drafts (round, subject) WHERE state = 'open';
        CREATE TABLE dialogues (
            person TEXT PRIMARY KEY CHECK (person <> ''),
            draft INTEGER NOT NULL REFERENCES drafts,
            channel TEXT NOT NULL,
            conversation TEXT NOT NULL,
            since TEXT NOT NULL,
            taken_by TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE UNIQUE INDEX dialogues_draft ON dialogues (draft) WHERE taken_by = '';
        """,
    ),
)


FORM = "form"
"""The channel of the page's own form: its draft is filled in there, and takes nothing that is typed elsewhere."""


class StaleDraft(Exception):
    """Raised where a draft has changed since it was looked at: nothing is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is kept, with who changed it last (a person's id), and who is at it now, if anybody."""

    draft: Draft
    changed_by: str
    changed_at: datetime
    at_it: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Which draft a person is at, and in which conversation its present step was shown.

    `taken_by` is whoever has gone on with it in the person's place, until the person has been told.
    """

    person: str
    draft: int
    channel: str
    conversation: str
    taken_by: str = ""


_CHOSEN = """
    SELECT drafts.*, dialogues.person AS at_it, dialogues.since AS since
    FROM drafts LEFT JOIN dialogues ON dialogues.draft = drafts.number AND dialogues.taken_by = ''
    WHERE state = 'open' AND
"""


def kept(database: Database, number: int) -> Kept | None:
    """The open draft of that number; None when there is none, or it is submitted or discarded."""
    return next(map(_kept, database.query(f"{_CHOSEN} number = ?", [number])), None)


def kept_on(database: Database, round: str, subject: str) -> Kept | None:
    """The open draft on a subject, None while there is none."""
    return next(map(_kept, database.query(f"{_CHOSEN} round = ? AND subject = ?", [round, subject])), None)


def kept_in(database: Database, round: str) -> tuple[Kept, ...]:
    """Every open draft of a round, the latest changed first."""
    rows = database.query(f"{_CHOSEN} round = ? ORDER BY changed_at DESC, number DESC", [round])
    return tuple(map(_kept, rows))


def next_number(database: Database) -> int:
    """The number that the next draft gets."""
    rows = database.query("SELECT seq FROM sqlite_sequence WHERE name = 'drafts'")
    return next((int(row["seq"]) for row in rows), 0) + 1


def begin(database: Database, draft: Draft, by: str, now: datetime) -> None:
    """Keep a new draft under the next number; StaleDraft where that is taken or there is one on the subject."""
    if draft.number != next_number(database) or kept_on(database, draft.round, draft.subject) is not None:
        raise StaleDraft
    columns = {
        "number": draft.number,
        "round": draft.round,
        "subject": draft.subject,
        "state": "open",
        **_columns(draft, by, now),
    }
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    database.execute(f"INSERT INTO drafts ({names}) VALUES ({places})", list(columns.values()))


def save(database: Database, draft: Draft, before: int, by: str, now: datetime, state: str = "open") -> None:
    """Keep the draft in place of its revision `before`; StaleDraft where that is not the present one."""
    columns = _columns(draft, by, now) | {"state": state}
    places = ", ".join(f"{name} = ?" for name in columns)
    cursor = database.execute(
        f"UPDATE drafts SET {places} WHERE number = ? AND revision = ? AND state = 'open'",
        [*columns.values(), draft.number, before],
    )
    if cursor.rowcount != 1:
        raise StaleDraft


def dialogue_of(database: Database, person: str) -> Dialogue | None:
    """What the person is at, None where they are at nothing."""
    rows = database.query(
        "SELECT person, draft, channel, conversation, taken_by FROM dialogues WHERE person = ?", [person]
    )
    return next((Dialogue(**row) for row in rows), None)


def sit_down(database: Database, dialogue: Dialogue, now: datetime) -> None:
    """The person is at this draft now and at no other, and nobody else is at it."""
    database.execute(
        "UPDATE dialogues SET taken_by = ? WHERE person <> ? AND draft = ? AND taken_by = ''",
        [dialogue.person, dialogue.person, dialogue.draft],
    )
    database.execute(
        """
        INSERT INTO dialogues (person, draft, channel, conversation, since) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (person) DO UPDATE SET
            since = CASE WHEN draft = excluded.draft AND taken_by = '' THEN since ELSE excluded.since END,
            draft = excluded.draft,
            channel = excluded.channel,
            conversation = excluded.conversation,
            taken_by = ''
        """,
        [dialogue.person, dialogue.draft, dialogue.channel, dialogue.conversation, written(now)],
    )


def stand_up(database: Database, person: str) -> None:
    """The person is at nothing."""
    database.execute("DELETE FROM dialogues WHERE person = ?", [person])


def _columns(draft: Draft, by: str, now: datetime) -> dict[str, Any]:
    answers = {key: asdict(answer) for key, answer in draft.answers.items()}
    return {
        "revision": draft.revision,
        "at": draft.at,
        "answers": _json(answers),
        "asked_back": _json(list(draft.asked_back)),
        "pending": _json(asdict(draft.pending)) if draft.pending else None,
        "follows": draft.follows,
        "changed_by": by,
        "changed_at": written(now),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _kept(row: dict[str, Any]) -> Kept:
    answers = {key: FieldAnswer(**one) for key, one in json.loads(row["answers"]).items()}
    draft = Draft(
        row["number"],
        row["round"],
        row["subject"],
        row["revision"],
        row["at"],
        answers,
        tuple(json.loads(row["asked_back"])),
        _pending(json.loads(row["pending"])) if row["pending"] else None,
        row["follows"],
    )
    since = read(row["since"]) if row["since"] else None
    return Kept(draft, row["changed_by"], read(row["changed_at"]), row["at_it"], since)


def _pending(given: dict[str, Any]) -> Pending:
    options: Iterable[dict[str, Any]] = given["options"]
    made = tuple(Option(one["label"], FieldAnswer(**one["answer"])) for one in options)
    return Pending(given["at"], given["reason"], given["said"], made)
