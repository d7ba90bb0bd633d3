"""The roster of a day as the data folder has it: the imported one in force, or the sample while there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.storage import roster_store
from bot.storage.database import DatabaseFile
from bot.storage.roster_store import Import
from knowledge.editions.edition import shipped
from knowledge.roster.roster import Roster
from knowledge.sources.sample_roster import sample_roster


@dataclass(frozen=True, slots=True)
class RosterInForce:
    """A roster with all its days, and the import that it came in by; None for the sample."""

    roster: Roster
    came_by: Import | None


def standing(path: Path, day: date) -> RosterInForce:
    """What is in force on that day; there need not be a database at `path` yet. Raises DatabaseFault."""
    if path.exists():
        with DatabaseFile(path).reading() as database:
            if roster_store.is_prepared(database):
                found = roster_store.in_force(database, day)
                if found is not None:
                    return RosterInForce(roster_store.roster(database, found.number), found)
    return RosterInForce(sample_roster(shipped().plan), None)


def to_come(path: Path, day: date) -> tuple[Import, ...]:
    """The imports that come into force after that day, in that order. Raises DatabaseFault."""
    if not path.exists():
        return ()
    with DatabaseFile(path).reading() as database:
        known = roster_store.imports(database) if roster_store.is_prepared(database) else ()
    return tuple(sorted((one for one in known if one.effective > day), key=lambda one: one.effective))


def is_real(database: DatabaseFile, day: date) -> bool:
    """Whether a roster of the city's own is in force on that day."""
    with database.reading() as inside:
        found = roster_store.in_force(inside, day)
    return found is not None and not found.is_sample


class Rosters:
    """Gives the roster of a day, read anew only when another is in force. May be asked from any thread.

    Ask outside units of work; inside one, `roster_store` reads with the unit's own Database.
    """

    def __init__(self, database: DatabaseFile) -> None:
        self._database = database
        self._latest: tuple[tuple[int | None, date], Roster] | None = None

    def on(self, day: date) -> Roster:
        """Posts, responsibilities and absences as they are on that day. Raises DatabaseFault."""
        with self._database.reading() as database:
            found = roster_store.in_force(database, day)
            key = (found.number if found else None, day)
            latest = self._latest
            if latest is not None and latest[0] == key:
                return latest[1]
            whole = roster_store.roster(database, found.number) if found else None
        roster = (whole or sample_roster(shipped().plan)).on(day)
        self._latest = (key, roster)
        return roster
