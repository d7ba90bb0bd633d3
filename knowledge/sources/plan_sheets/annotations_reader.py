"""The annotations from their sheets, held against the plan that the same workbook holds."""

from __future__ import annotations

from knowledge.plan.annotations import (
    Annotations,
    Assumption,
    Misreading,
    Overlap,
    Rounding,
    TargetScope,
    hold_against,
)
from knowledge.plan.plan import MarkKind, Plan
from knowledge.sources.plan_sheets import layout as on
from knowledge.sources.plan_sheets.book import Book
from knowledge.sources.plan_sheets.cells import chosen, needed, needed_whole


def read_annotations(book: Book, plan: Plan) -> Annotations:
    """What the workbook adds to its plan; what the plan does not bear out is a fault."""
    annotations = Annotations(
        _overlaps(book),
        _target_scopes(book),
        tuple(
            Rounding(
                needed(row, on.CODE),
                needed_whole(row, "記載の額"),
                needed_whole(row, "合計の額"),
                row.text("説明"),
            )
            for row in book.rows(on.ROUNDINGS)
        ),
        tuple(
            Misreading(needed(row, "箇所"), needed(row, "記載"), needed(row, "読み"))
            for row in book.rows(on.MISREADINGS)
        ),
        tuple(Assumption(needed(row, "事項"), needed(row, "説明")) for row in book.rows(on.ASSUMPTIONS)),
    )
    if not book.faults.found:
        hold_against(annotations, plan, book.faults)
    return annotations


def _overlaps(book: Book) -> tuple[Overlap, ...]:
    parts: dict[tuple[str, str], list[str]] = {}
    for row in book.rows(on.OVERLAPS):
        parts.setdefault((needed(row, "全体"), row.text("説明")), []).append(needed(row, "内訳"))
    return tuple(Overlap(whole, tuple(codes), note) for (whole, note), codes in parts.items())


def _target_scopes(book: Book) -> tuple[TargetScope, ...]:
    kinds: dict[str, list[MarkKind]] = {}
    for row in book.rows(on.TARGET_SCOPES):
        kinds.setdefault(row.text("説明"), []).append(chosen(row, "除く印", on.MARK_KINDS))
    return tuple(TargetScope(tuple(marks), note) for note, marks in kinds.items())
