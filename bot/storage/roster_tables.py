"""The tables of rosters: each import stands whole beside the ones before it, and refers to nothing outside itself."""

from __future__ import annotations

from knowledge.storage.migration import Migration

MIGRATIONS = (
    Migration(
        "rosters-1",
        """
        CREATE TABLE rosters (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            imported_at TEXT NOT NULL,
            imported_by TEXT NOT NULL CHECK (imported_by <> ''),
            source TEXT NOT NULL,
            effective TEXT NOT NULL CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
            is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1))
        ) STRICT;
        CREATE TABLE roster_bureaus (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            id TEXT NOT NULL CHECK (id <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            PRIMARY KEY (roster, id)
        ) STRICT;
        CREATE TABLE roster_departments (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            id TEXT NOT NULL CHECK (id <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            bureau TEXT,
            mailbox TEXT NOT NULL,
            former_names TEXT NOT NULL CHECK (json_valid(former_names)),
            merged_into TEXT CHECK (merged_into <> id),
            is_closed INTEGER NOT NULL CHECK (is_closed = 0 OR (is_closed = 1 AND merged_into IS NULL)),
            PRIMARY KEY (roster, id),
            FOREIGN KEY (roster, bureau) REFERENCES roster_bureaus (roster, id),
            FOREIGN KEY (roster, merged_into) REFERENCES roster_departments (roster, id)
                DEFERRABLE INITIALLY DEFERRED
        ) STRICT;
        CREATE TABLE roster_persons (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            id TEXT NOT NULL CHECK (id <> ''),
            name TEXT NOT NULL,
            PRIMARY KEY (roster, id)
        ) STRICT;
        CREATE TABLE roster_posts (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('owner', 'deputy_head', 'head', 'director', 'manager',
                'secretariat', 'administrator')),
            department TEXT CHECK (department IS NOT NULL OR kind NOT IN ('owner', 'deputy_head', 'head')),
            bureau TEXT CHECK (bureau IS NULL OR department IS NULL),
            person TEXT,
            first_day TEXT,
            last_day TEXT CHECK (last_day >= first_day),
            PRIMARY KEY (roster, position),
            FOREIGN KEY (roster, department) REFERENCES roster_departments (roster, id),
            FOREIGN KEY (roster, bureau) REFERENCES roster_bureaus (roster, id),
            FOREIGN KEY (roster, person) REFERENCES roster_persons (roster, id)
        ) STRICT;
        CREATE TABLE roster_addresses (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            person TEXT NOT NULL,
            channel TEXT NOT NULL CHECK (channel IN ('slack', 'mail', 'page')),
            value TEXT NOT NULL CHECK (value <> ''),
            key TEXT NOT NULL,
            PRIMARY KEY (roster, channel, key),
            FOREIGN KEY (roster, person) REFERENCES roster_persons (roster, id)
        ) STRICT;
        CREATE TABLE roster_responsibilities (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            department TEXT NOT NULL,
            initiative TEXT,
            item TEXT CHECK ((item IS NULL) <> (initiative IS NULL)),
            indicator TEXT CHECK ((indicator IS NULL) = (item IS NULL)),
            leads INTEGER NOT NULL CHECK (leads IN (0, 1)),
            first_day TEXT,
            last_day TEXT CHECK (last_day >= first_day),
            PRIMARY KEY (roster, position),
            FOREIGN KEY (roster, department) REFERENCES roster_departments (roster, id)
        ) STRICT;
        CREATE TABLE roster_absences (
            roster INTEGER NOT NULL REFERENCES rosters,
            position INTEGER NOT NULL,
            person TEXT NOT NULL,
            first_day TEXT,
            last_day TEXT CHECK (last_day >= first_day),
            PRIMARY KEY (roster, position),
            FOREIGN KEY (roster, person) REFERENCES roster_persons (roster, id)
        ) STRICT;
        """,
    ),
)
