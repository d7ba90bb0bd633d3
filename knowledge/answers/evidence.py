"""What a reckoned answer rests on: the cells that were counted, and the rows and tables they stand in."""

from __future__ import annotations

from knowledge.answers import sources
from knowledge.answers.answer import TOTAL, Citation, Fact
from knowledge.answers.reckoning import Reckoned
from knowledge.answers.select import effect_row
from knowledge.answers.subject import items_of
from knowledge.known import Known
from knowledge.plan.plan import Initiative, TargetRow

_MOST_FACTS = 250


def facts_of(whole: Reckoned) -> tuple[Fact, ...]:
    """The cells that were counted: what the sum can be checked against."""
    facts = []
    for part in whole.counted:
        row = effect_row(part.initiative)
        for column, cell in zip(whole.columns, part.cells, strict=True):
            if row is not None:
                year = TOTAL if column is None else column.short
                facts.append(Fact.of(part.initiative.code, row.measure.key, year, cell, row.measure.unit))
    return tuple(facts[:_MOST_FACTS])


def cited_for(refs: tuple[str, ...], whole: Reckoned, known: Known) -> tuple[Citation, ...]:
    """Rows for named initiatives, tables for items that went in."""
    rows = [sources.row(known, one) for ref in refs if (one := known.initiative(ref))]
    in_tables = [part for part in whole.not_set if has_amounts(part.initiative)]
    codes = {known.plan.item_of(part.initiative).code for part in (*whole.counted, *in_tables)}
    codes |= {ref for ref in refs if known.item(ref)}
    codes |= {item.code for ref in refs for item in items_of(ref, known)} if not codes else set()
    tables = [sources.table(known, item.code) for item in known.plan.items if item.code in codes]
    return tuple(rows) if rows and len(rows) == len(refs) else (*rows, *tables)


def has_amounts(initiative: Initiative) -> bool:
    """Whether the initiative stands in a table of effect amounts."""
    return effect_row(initiative) is not None


def effect_row_of_plan(known: Known) -> TargetRow:
    """A row of effect amounts: what they are called and counted in."""
    return next(row for one in known.plan.initiatives if (row := effect_row(one)))
