"""Citations: the row or the passage of the edition that a statement rests on."""

from __future__ import annotations

from knowledge.answers.answer import Citation
from knowledge.known import Known
from knowledge.plan.amount import grouped
from knowledge.plan.plan import Initiative, Target
from knowledge.search.passages import DocumentPassage

_LONGEST_QUOTE = 200


def row(known: Known, initiative: Initiative) -> Citation:
    """An initiative's row with its cells, as printed."""
    quote = f"{initiative.code}. {initiative.title}" + "".join(
        f"【{mark.printed}】" for mark in initiative.marks
    )
    if initiative.targets is not None:
        cells = [f"{year.label} {_cell(cell)}" for year, cell in initiative.targets.cells]
        quote += f"｜{'｜'.join(cells)}｜{len(cells)}年計 {_cell(initiative.targets.total)}"
    return _cite(known, initiative.code, initiative.page, quote)


def _cell(cell: Target) -> str:
    if cell.value is None:
        return cell.printed or "（空欄）"
    return cell.printed or grouped(cell.value)


def _cite(known: Known, code: str, page: int, quote: str) -> Citation:
    passage = known.passage[code]
    return Citation(known.edition.title, code, page, passage.section, quote[:_LONGEST_QUOTE], code)


def passage(known: Known, reference: str) -> Citation:
    """A passage as printed."""
    return of_passage(known, known.passage[reference])


def of_passage(known: Known, found: DocumentPassage) -> Citation:
    """A passage as printed, shortened to a quote."""
    return Citation(
        known.edition.title,
        found.code,
        found.page,
        found.section,
        found.text[:_LONGEST_QUOTE],
        found.reference,
    )


def table(known: Known, code: str) -> Citation:
    """A reform item's table as a whole."""
    item = known.item(code)
    if item is None:
        raise ValueError(f"改革項目ではありません: {code}")
    codes = [initiative.code for initiative in item.initiatives]
    span = f"（{codes[0]}～{codes[-1]}の表）" if codes else ""
    return _cite(known, code, item.page, f"{code} {item.title}{span}")
