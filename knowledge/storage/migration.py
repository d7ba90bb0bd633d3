"""What a module with tables brings: named steps of SQL. Order and applying are not its concern."""

from __future__ import annotations

from typing import NamedTuple


class Migration(NamedTuple):
    """One step, applied once per database and never changed after it has been released."""

    name: str
    sql: str
