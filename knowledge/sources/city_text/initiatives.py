"""The rows of a table of initiatives: code, title, marks; summary, main measures, notes; the row's cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.faults import Faults
from knowledge.plan.plan import Initiative, Mark, MarkKind, Measure, Note, Pillar, State, Target
from knowledge.sources.city_text.lines import TextLine, prose
from knowledge.sources.city_text.printed_cells import read_cells
from knowledge.sources.city_text.tables import Columns

_TITLE = re.compile(r"(\d+-\d+-\d+)[.．]\s*(.+?)((?:【[^】]*】)*)")
_MARK = re.compile(r"【([^】]*)】")
_MEASURES = re.compile(r"\s*主な取組み?[：:]\s*")
_NOTE_STARTS = re.compile(r"(?:^|\s)※(?=[^…、。]+…)")
_COMMA = re.compile(r"、(?![^（(]*[）)])")
_KINDS = (
    ("一部再掲", MarkKind.PARTLY_RELISTED),
    ("再掲", MarkKind.RELISTED),
    ("特別会計", MarkKind.SPECIAL_ACCOUNT),
    ("企業会計", MarkKind.ENTERPRISE_ACCOUNT),
)


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """An initiative without its targets, its line and its cells (years first, total last; or none)."""

    line: TextLine
    initiative: Initiative
    cells: tuple[Target, ...]


def is_initiative(line: TextLine) -> bool:
    """Whether a row opens with a code."""
    return bool(_TITLE.fullmatch(line.cells[0]))


def code_of(line: TextLine) -> str:
    """The code that a row opens with."""
    match = _TITLE.fullmatch(line.cells[0])
    return match[1] if match else ""


def read_row(line: TextLine, columns: Columns, page: int, faults: Faults) -> InitiativeRow | None:
    """One initiative; None when its row has too few or too many cells."""
    cells = line.cells
    match = _TITLE.fullmatch(cells[0])
    assert match
    code, title = match[1], match[2]
    if len(cells) != columns.width:
        faults.add(line.place, f"{code}の行は{columns.width}欄のはずですが、{len(cells)}欄あります")
        return None
    stray = [cell for index, cell in enumerate(cells) if cell and index > 1 and index not in columns.figures]
    if stray:
        faults.add(line.place, f"{code}に見出しのない欄があります: {stray[0]}")
    summary, measures, notes = _read_summary(cells[1])
    if not summary:
        faults.add(line.place, f"{code}の取組概要がありません")
    state = State.UNDER_ADJUSTMENT if summary == "調整中" else State.SET
    marks = tuple(_read_marks(match[3], line.place, code, faults))
    figures = [cells[index] for index in columns.figures]
    targets = read_cells(figures, line.place, code, faults) if figures else ()
    initiative = Initiative(code, code, title, summary, page, measures, marks, notes, None, state)
    return InitiativeRow(line, initiative, targets)


def _read_summary(cell: str) -> tuple[str, tuple[str, ...], tuple[Note, ...]]:
    """A summary, the main measures named at its end, and the notes behind it."""
    text, *notes = _NOTE_STARTS.split(cell)
    summary, *measures = _MEASURES.split(text, maxsplit=1)
    return (
        prose(summary),
        tuple(piece.strip() for piece in _COMMA.split(measures[0])) if measures else (),
        tuple(_read_note(note) for note in notes),
    )


def _read_note(printed: str) -> Note:
    term, _, text = printed.partition("…")
    return Note(term.strip(), prose(text.lstrip("…")))


def _read_marks(printed: str, place: str, code: str, faults: Faults) -> Iterator[Mark]:
    for words in _MARK.findall(printed):
        kind = next((kind for ending, kind in _KINDS if words.endswith(ending)), None)
        if kind is None:
            faults.add(place, f"{code}に知らない印があります: 【{words}】")
        else:
            yield Mark(kind, words)


def measures_of(rows: list[InitiativeRow], named: tuple[Measure, ...], unnamed: Measure) -> Iterator[Measure]:
    """The measures of an indicator table: those named below it belong, in order, to the rows with figures."""
    waiting = iter(named)
    for row in rows:
        yield next(waiting, unnamed) if has_figures(row) else unnamed


def has_figures(row: InitiativeRow) -> bool:
    """Whether any figure stands in a row."""
    return any(cell.is_set for cell in row.cells)


def with_references(pillars: tuple[Pillar, ...], individual_plans: tuple[str, ...]) -> tuple[Pillar, ...]:
    """The pillars with every relisting mark told what it refers to.

    That is the individual plan that the mark names, else the other initiative with the same title, else the
    one whose title holds this one's.
    """
    titles = {i.code: i.title for pillar in pillars for item in pillar.items for i in item.initiatives}

    def refer(initiative: Initiative, mark: Mark) -> Mark:
        if mark.kind not in (MarkKind.RELISTED, MarkKind.PARTLY_RELISTED):
            return mark
        named = [name for name in individual_plans if name in mark.printed]
        others = {code: title for code, title in titles.items() if code != initiative.code}
        same = [code for code, title in others.items() if title == initiative.title]
        holding = [code for code, title in others.items() if initiative.title in title]
        return replace(mark, refers_to=next(iter((*named, *same, *holding)), None))

    def with_marks(initiative: Initiative) -> Initiative:
        return replace(initiative, marks=tuple(refer(initiative, mark) for mark in initiative.marks))

    return tuple(
        replace(
            pillar,
            items=tuple(
                replace(item, initiatives=tuple(with_marks(initiative) for initiative in item.initiatives))
                for item in pillar.items
            ),
        )
        for pillar in pillars
    )
