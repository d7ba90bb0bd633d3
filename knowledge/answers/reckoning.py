"""What is reckoned from the plan's figures: sums, averages, rankings, changes, comparisons, shares.

Every result keeps what it counted and what it left out, so that it can be explained; nothing is rounded but percentages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from knowledge.answers.select import counted, effect_row
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import BLANK, Initiative, ReformItem, Target, TargetRow
from knowledge.question import PLAN, Accounts, Question

Column = FiscalYear | None
"""A year's column, or None for the total column (5年計)."""


@dataclass(frozen=True, slots=True)
class Part:
    """An initiative in a sum: its cells in the columns asked for."""

    initiative: Initiative
    cells: tuple[Target, ...]

    @property
    def is_set(self) -> bool:
        return any(cell.is_set for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A subject's effect amounts in 千円 (the tables' own unit), one value for each column.

    `counted` went in, `left_out` has figures in accounts that do not count, `not_set` has no figure to count. A value is
    None where nothing at all could be counted.
    """

    ref: str
    columns: tuple[Column, ...]
    values: tuple[int | None, ...]
    counted: tuple[Part, ...]
    left_out: tuple[Part, ...]
    not_set: tuple[Part, ...]
    unit: str

    @property
    def total(self) -> int | None:
        set_values = [value for value in self.values if value is not None]
        return sum(set_values) if set_values else None


def columns_of(question: Question, known: Known) -> tuple[Column, ...]:
    """The columns that a question asks for; the total where it names none."""
    years = question.years
    if years.single:
        return (*years.single, None) if years.total else years.single
    return tuple(known.plan.years) if years.every else (None,)


def reckon(
    ref: str, columns: tuple[Column, ...], accounts: Accounts, known: Known, own_measure: bool = False
) -> Reckoned:
    """The effect amounts of the plan, a pillar, an item or an initiative, added up column by column.

    `own_measure`: an initiative's own row instead, whatever it counts.
    """
    row_of = _own_row if own_measure else effect_row
    parts = [_part(row_of(one), one, columns) for one in known.initiatives_in(ref)]
    single = known.initiative(ref) is not None
    inside = [part for part in parts if single or counted(part.initiative, accounts, known)]
    outside = [part for part in parts if part not in inside and part.is_set]
    return Reckoned(
        ref,
        columns,
        tuple(_sum([part.cells[at] for part in inside]) for at in range(len(columns))),
        tuple(part for part in inside if part.is_set),
        tuple(outside),
        tuple(part for part in inside if not part.is_set),
        _unit(parts if own_measure else [], row_of, known),
    )


def joined(reckoned: list[Reckoned]) -> Reckoned:
    """Several subjects as one sum."""
    first = reckoned[0]
    values = tuple(_plus([one.values[at] for one in reckoned]) for at in range(len(first.columns)))
    return Reckoned(
        "、".join(one.ref for one in reckoned),
        first.columns,
        values,
        tuple(part for one in reckoned for part in one.counted),
        tuple(part for one in reckoned for part in one.left_out),
        tuple(part for one in reckoned for part in one.not_set),
        first.unit,
    )


def _part(row: TargetRow | None, initiative: Initiative, columns: tuple[Column, ...]) -> Part:
    if row is None:
        return Part(initiative, (BLANK,) * len(columns))
    return Part(initiative, tuple(row.total if column is None else row.of(column) for column in columns))


def _own_row(initiative: Initiative) -> TargetRow | None:
    return initiative.targets


def _unit(parts: list[Part], row_of: Callable[[Initiative], TargetRow | None], known: Known) -> str:
    rows = [row_of(part.initiative) for part in parts] or [effect_row(one) for one in known.plan.initiatives]
    return next((row.measure.unit for row in rows if row is not None), "千円")


def _sum(cells: list[Target]) -> int | None:
    return _plus([cell.value for cell in cells])


def _plus(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def printed_targets(ref: str, known: Known) -> tuple[tuple[ReformItem, int], ...]:
    """The effect targets that the plan prints for the items of a subject, in the targets' unit."""
    items = known.plan.items if ref == PLAN else (pillar.items if (pillar := known.pillar(ref)) else ())
    single = known.item(ref)
    found = [(item, item.effect_target) for item in ((single,) if single else items)]
    return tuple(
        (item, one.target.value) for item, one in found if one is not None and one.target.value is not None
    )


def overlaps(parts: tuple[Part, ...], known: Known) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Amounts counted twice: an initiative that is the sum of others, counted beside any of them."""
    codes = {part.initiative.code for part in parts}
    return tuple(
        (overlap.whole, overlap.parts)
        for overlap in known.edition.annotations.overlaps
        if overlap.whole in codes and codes.intersection(overlap.parts)
    )


def percent(part: int, whole: int) -> str:
    """A percentage to one decimal, rounded half up (21.7)."""
    tenths = Fraction(part * 1000, whole)
    rounded = (tenths.numerator * 2 + tenths.denominator) // (tenths.denominator * 2)
    sign = "△" if rounded < 0 else ""
    return f"{sign}{abs(rounded) // 10}.{abs(rounded) % 10}"


def decimal(value: Fraction) -> str:
    """A number with at most one decimal, rounded half up, grouped as printed."""
    tenths = (abs(value) * 10 + Fraction(1, 2)).__floor__()
    whole, rest = divmod(tenths, 10)
    return f"{'△' if value < 0 else ''}{whole:,}" + (f".{rest}" if rest else "")
