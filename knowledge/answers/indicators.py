"""Indicators of reform items, as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.answers import sources
from knowledge.answers.answer import Answer, AnswerKind, Citation, Fact
from knowledge.known import Known
from knowledge.plan.plan import Indicator, ReformItem
from knowledge.question import Question


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator and the item it belongs to."""

    code: str
    title: str
    kind: str
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class Indicators:
    """Indicators in the plan's order; `without` are subjects that have none of the kind asked for.

    `lacks_amounts`: effect amounts were asked for, and none of these counts money.
    """

    lines: tuple[IndicatorLine, ...]
    kind: str
    unit: str
    without: tuple[str, ...]
    lacks_amounts: bool = False


def indicators(question: Question, known: Known) -> Answer:
    """One indicator, all of an item, or those of a kind."""
    chosen = [pair for ref in question.subjects for pair in _chosen(ref, question.what, known)]
    lines = tuple(IndicatorLine(item.code, item.title, one.kind.value, one) for item, one, _ in chosen)
    facts = tuple(_indicator_fact(item, one) for item, one, _ in chosen)
    cited: list[Citation] = [sources.passage(known, reference) for _, _, reference in chosen]
    if not lines:
        cited = [sources.passage(known, ref) for ref in question.subjects if ref in known.passage]
    without = tuple(question.subjects) if not lines else ()
    of_money = question.what == "effect" or any("円" in one.unit for _, one, _ in chosen)
    lacks_amounts = question.effect and bool(lines) and not of_money
    content = Indicators(lines, question.what, question.unit, without, lacks_amounts)
    return Answer(AnswerKind.FACT, "indicators", content, facts, tuple(cited), language=question.language)


def _chosen(ref: str, what: str, known: Known) -> list[tuple[ReformItem, Indicator, str]]:
    if found := known.indicator(ref):
        return [(*found, ref)]
    pillar, item = known.pillar(ref), known.item(ref)
    items = pillar.items if pillar else ((item,) if item else ())
    numbered = [
        (one, indicator, f"{one.code}#{n}") for one in items for n, indicator in enumerate(one.indicators, 1)
    ]
    if what == "effect":
        return [entry for entry in numbered if entry[1] is entry[0].effect_target]
    return [entry for entry in numbered if what in ("", entry[1].kind)]


def _indicator_fact(item: ReformItem, indicator: Indicator) -> Fact:
    year = re.search(r"令和([0-9]+)年度", indicator.when)
    fiscal_year = f"R{year[1]}" if year else ""
    return Fact.of(item.code, f"indicator:{indicator.name}", fiscal_year, indicator.target, indicator.unit)
