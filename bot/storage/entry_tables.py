"""The tables of submitted self-evaluations: the database itself refuses to change or drop any of it."""

from __future__ import annotations

from knowledge.storage.migration import Migration


def _kept_for_ever(table: str) -> str:
    return f"""
        CREATE TRIGGER {table}_are_not_changed BEFORE UPDATE ON {table} BEGIN
            SELECT RAISE(ABORT, '{table} are never changed');
        END;
        CREATE TRIGGER {table}_are_not_dropped BEFORE DELETE ON {table} BEGIN
            SELECT RAISE(ABORT, '{table} are never dropped');
        END;
    """


MIGRATIONS = (
    Migration(
        "entries-1",
        """
        CREATE TABLE entries (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            round TEXT NOT NULL CHECK (round <> ''),
            subject TEXT NOT NULL CHECK (subject <> ''),
            version INTEGER NOT NULL CHECK (version >= 1),
            code TEXT NOT NULL CHECK (code <> ''),
            title TEXT NOT NULL,
            edition TEXT NOT NULL CHECK (edition <> ''),
            department TEXT NOT NULL CHECK (department <> ''),
            state TEXT NOT NULL CHECK (
                state IN ('ahead', 'on_track', 'behind', 'not_started', 'completed', 'under_review')
            ),
            causes TEXT NOT NULL,
            success TEXT NOT NULL,
            problems TEXT NOT NULL,
            submitted_by TEXT NOT NULL CHECK (submitted_by <> ''),
            submitted_at TEXT NOT NULL,
            is_late INTEGER NOT NULL CHECK (is_late IN (0, 1)),
            why TEXT NOT NULL CHECK (version > 1 OR why = ''),
            UNIQUE (round, subject, version)
        ) STRICT;
        CREATE TABLE entry_figures (
            entry INTEGER NOT NULL REFERENCES entries,
            kind TEXT NOT NULL CHECK (kind IN ('actual', 'forecast')),
            position INTEGER NOT NULL,
            subject TEXT NOT NULL,
            code TEXT NOT NULL,
            measure TEXT NOT NULL,
            name TEXT NOT NULL,
            unit TEXT NOT NULL,
            fiscal_year TEXT NOT NULL,
            value INTEGER,
            written TEXT NOT NULL CHECK (value IS NULL OR written = ''),
            target_state TEXT NOT NULL,
            target_value INTEGER CHECK ((target_value IS NULL) = (target_state <> 'set')),
            target_printed TEXT NOT NULL,
            PRIMARY KEY (entry, kind, position),
            UNIQUE (entry, kind, subject, measure)
        ) STRICT;
        CREATE TABLE entry_sign_offs (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            entry INTEGER NOT NULL REFERENCES entries,
            step TEXT NOT NULL CHECK (step IN ('confirmed', 'returned', 'accepted')),
            by TEXT NOT NULL CHECK (by <> ''),
            at TEXT NOT NULL,
            reason TEXT NOT NULL CHECK ((step = 'returned') = (reason <> '')),
            in_place_of_head INTEGER NOT NULL CHECK (in_place_of_head IN (0, 1))
        ) STRICT;
        CREATE INDEX entry_sign_offs_entry ON entry_sign_offs (entry, number);
        CREATE TRIGGER entries_follow_one_another BEFORE INSERT ON entries
        WHEN NEW.version <> 1 + (
            SELECT count(*) FROM entries WHERE round = NEW.round AND subject = NEW.subject
        ) BEGIN
            SELECT RAISE(ABORT, 'a version follows the one before it');
        END;
        """
        + _kept_for_ever("entries")
        + _kept_for_ever("entry_figures")
        + _kept_for_ever("entry_sign_offs"),
    ),
)
