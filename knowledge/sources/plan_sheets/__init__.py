"""A whole plan, with what we add to it, as sheets that an officer can edit, and such sheets as a plan again.

Writing and reading back gives the same draft; sheets with faults are refused whole, with all of the faults.
"""

from __future__ import annotations

from knowledge.sources.plan_sheets.reader import draft_of
from knowledge.sources.plan_sheets.writer import sheets_of

__all__ = ["draft_of", "sheets_of"]
