"""Plans as files: the workbook that an officer edits, read and written, and the text of a print, read."""

from __future__ import annotations

from knowledge.faults import PlanFaults, SourceFaults
from knowledge.sources.archives import is_archive
from knowledge.sources.city_text import read_city_text
from knowledge.sources.draft import PlanDraft
from knowledge.sources.plan_sheets import draft_of, layout, sheets_of
from knowledge.sources.safe_workbook import read_workbook, write_workbook
from knowledge.sources.sheets import Sheet, refused, within_bounds

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def write_plan(draft: PlanDraft) -> bytes:
    """The workbook of a draft: one value in a cell, states as words, nothing merged, text that stays text."""
    return write_workbook((*sheets_of(draft), Sheet(layout.GUIDE, layout.GUIDE_ROWS)), layout.CHOICES)


def read_plan(content: bytes) -> tuple[PlanDraft, bool]:
    """The draft that a file holds, and whether the file says what its initiatives continue (a text does not).

    Raises PlanFaults with every fault and its place, or with the reason why the file is not read at all.
    """
    try:
        return _read(within_bounds(content))
    except SourceFaults as refusal:
        raise PlanFaults(refusal.faults) from refusal


def _read(content: bytes) -> tuple[PlanDraft, bool]:
    if is_archive(content) or content.startswith(_OLD_WORKBOOK):
        return draft_of(read_workbook(content)), True
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise refused("Excel(.xlsx)か UTF-8 の文章ではないため読めません") from fault
    return PlanDraft(read_city_text(text)), False
