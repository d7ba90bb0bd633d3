"""What differs between two plans, cell by cell, an initiative being found again under its new code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from knowledge.sources.draft import PlanDraft
from knowledge.sources.plan_sheets import layout as on
from knowledge.sources.plan_sheets.writer import sheets_of

_OF_INITIATIVES = (on.INITIATIVES, on.MAIN_MEASURES, on.MARKS, on.NOTES, on.TARGETS)
_NOT_COMPARED = {
    (on.INITIATIVES, on.CONTINUES),
    (on.SECTIONS, on.CHAPTER),
    *((name, on.CODE) for name in _OF_INITIATIVES if name != on.INITIATIVES),
}

Key = tuple[str, ...]
Cells = dict[str, str]


class PlanChangeKind(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One row added or removed (`column` empty, its cells in `after` or `before`), or one cell changed.

    `part` is the sheet's name (取組), `place` what tells the row (3-1-2).
    """

    kind: PlanChangeKind
    part: str
    place: str
    column: str
    before: str
    after: str


def changes(before: PlanDraft, after: PlanDraft, same: Mapping[str, str]) -> tuple[PlanChange, ...]:
    """All changes in the order of the sheets; `same` gives for a code of `after` that of the same initiative before.

    A code that it does not hold is a new initiative, even when the plan before had one of that code.
    """
    return tuple(
        change
        for old, new in zip(_tables(before, None), _tables(after, same), strict=True)
        for change in _table_changes(old, new)
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet's rows as text, gathered under what identifies them in both plans."""

    name: str
    columns: tuple[str, ...]
    groups: Mapping[Key, list[Cells]]


def _tables(draft: PlanDraft, same: Mapping[str, str] | None) -> Iterator[_Table]:
    sheets = sheets_of(draft)
    chapters = {str(order): section.title for order, section in enumerate(draft.plan.sections, 1)}
    for sheet in sheets:
        header, *rows = (tuple("" if value is None else str(value) for value in row) for row in sheet.rows)
        groups: dict[Key, list[Cells]] = {}
        for row in rows:
            cells = dict(zip(header, row, strict=True))
            if sheet.name == on.PARAGRAPHS:
                cells[on.CHAPTER] = chapters[cells[on.CHAPTER]]
            groups.setdefault(_key(sheet.name, cells, same), []).append(cells)
        columns = tuple(column for column in header if (sheet.name, column) not in _NOT_COMPARED)
        yield _Table(sheet.name, columns, groups)


def _key(name: str, cells: Cells, same: Mapping[str, str] | None) -> Key:
    first, *rest = (cells[column] for column in on.IDENTIFYING[name])
    if same is not None and name in _OF_INITIATIVES:
        first = same.get(first, f"{first} (new)")
    return first, *rest


def _table_changes(before: _Table, after: _Table) -> Iterator[PlanChange]:
    for key in dict.fromkeys((*before.groups, *after.groups)):
        old, new = before.groups.get(key, []), after.groups.get(key, [])
        place = " ".join(filter(None, ((new or old)[0][column] for column in on.IDENTIFYING[before.name])))
        columns = tuple(dict.fromkeys((*before.columns, *after.columns)))
        for kind, pairs in _paired(old, new, columns):
            for one, other in pairs:
                yield from _row_changes(kind, before.name, place, columns, one, other)


def _paired(
    old: Sequence[Cells], new: Sequence[Cells], columns: Sequence[str]
) -> Iterator[tuple[PlanChangeKind, list[tuple[Cells, Cells]]]]:
    """The rows of one group that differ: those that face each other, and those that only one side has."""
    matcher = SequenceMatcher(a=_shown(old, columns), b=_shown(new, columns), autojunk=False)
    for _, first, end, other_first, other_end in matcher.get_opcodes():
        lost, won = old[first:end], new[other_first:other_end]
        facing = list(zip(lost, won, strict=False))
        yield PlanChangeKind.CHANGED, facing
        yield PlanChangeKind.REMOVED, [(row, {}) for row in lost[len(facing) :]]
        yield PlanChangeKind.ADDED, [({}, row) for row in won[len(facing) :]]


def _shown(rows: Sequence[Cells], columns: Sequence[str]) -> list[Key]:
    return [tuple(row.get(column, "") for column in columns) for row in rows]


def _row_changes(
    kind: PlanChangeKind, part: str, place: str, columns: Sequence[str], old: Cells, new: Cells
) -> Iterator[PlanChange]:
    if kind is not PlanChangeKind.CHANGED:
        yield PlanChange(kind, part, place, "", _listed(old, columns), _listed(new, columns))
        return
    for column in columns:
        if old.get(column, "") != new.get(column, ""):
            yield PlanChange(kind, part, place, column, old.get(column, ""), new.get(column, ""))


def _listed(cells: Cells, columns: Sequence[str]) -> str:
    return "、".join(cells[column] for column in columns if cells.get(column))
