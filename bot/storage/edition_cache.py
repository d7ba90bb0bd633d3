"""The edition in force on a day, made ready to be asked about, and made anew only when another takes its place."""

from __future__ import annotations

import threading
from datetime import date

from bot.storage.database import DatabaseFile
from knowledge.editions.edition import in_force, shipped_head
from knowledge.known import Known, shipped_known
from knowledge.search.index import Encoder
from knowledge.storage import edition_store


class EditionCache:
    """Gives the edition of a day. May be asked from any thread, outside units of work; an import is seen at once."""

    def __init__(self, database: DatabaseFile, meaning: Encoder | None = None) -> None:
        self._database = database
        self._meaning = meaning
        self._latest: Known | None = None
        self._making = threading.Lock()

    def on(self, day: date) -> Known:
        """The edition in force on that day. Raises DatabaseFault."""
        with self._database.reading() as inside:
            id = in_force(edition_store.heads(inside), day).id
        with self._making:
            latest = self._latest
            if latest is None or latest.edition.id != id:
                latest = self._latest = self._made_ready(id)
            return latest

    def _made_ready(self, id: str) -> Known:
        if id == shipped_head().id:
            return shipped_known(self._meaning)
        with self._database.reading() as inside:
            return Known(edition_store.edition(inside, id), self._meaning)
