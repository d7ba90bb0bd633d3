"""The pillars from their pages: each has one or more (①, ②), and each page its reform items."""

from __future__ import annotations

from dataclasses import replace

from knowledge.faults import Faults
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Pillar, ReformItem
from knowledge.sources.city_text.item_lines import sort_lines
from knowledge.sources.city_text.items import read_item
from knowledge.sources.city_text.parts import TextPart


def read_pillars(parts: list[TextPart], years: tuple[FiscalYear, ...], faults: Faults) -> tuple[Pillar, ...]:
    """The pillars in order, each from its one or more pages (①, ②)."""
    pillars: list[Pillar] = []
    for part in parts:
        number, title = int(part.heading.number), part.heading.title
        before = pillars[-1] if pillars else None
        items = _read_page(
            part, years, len(before.items) if before and before.number == number else 0, faults
        )
        if before and before.number == number:
            if before.title != title:
                faults.add(
                    part.line.place, f"柱{number}の題が前のページ（{before.title}）と違います: {title}"
                )
            pillars[-1] = replace(before, items=(*before.items, *items))
            continue
        if number != len(pillars) + 1:
            faults.add(part.line.place, f"柱{len(pillars) + 1}がなく、柱{number}があります")
        pillars.append(Pillar(number, title, items))
    if not pillars:
        faults.add("本文", "柱のページが一つもありません")
    return tuple(pillars)


def _read_page(
    part: TextPart, years: tuple[FiscalYear, ...], items_before: int, faults: Faults
) -> tuple[ReformItem, ...]:
    """The items of a page, whose codes must go on from the items on the pillar's pages before."""
    found = sort_lines(part, faults)
    if not found:
        faults.add(part.line.place, f"「{part.line.words}」に改革項目の見出しがありません")
    pillar, number = int(part.heading.number), items_before + 1
    for lines in found:
        if (lines.pillar, lines.number) != (pillar, number):
            faults.add(lines.heading.place, f"改革項目{pillar}-{number}のはずですが、{lines.code}とあります")
        number = lines.number + 1
    return tuple(read_item(lines, part.page, years, faults) for lines in found)
