"""From an Answer to words: templates in `templates/ja` and `templates/en`, one file for each thing said.

Templates loop and choose; what they need reckoned comes reckoned. Words are not escaped: what goes into a page is
escaped there, by the page's own templates.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.message import Chart, Choice, Reply, Series, Source, Table
from bot.wording import english
from bot.wording.rendering import text_templates
from knowledge.answers.answer import TOTAL, Answer, AnswerKind, Citation, Fact
from knowledge.plan.amount import UNITS, grouped, in_unit
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import EFFECT_AMOUNT

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")
_LONGEST_TEXT = 1400
_STATES = {
    "ja": {
        "blank": "記載なし",
        "under_adjustment": "調整中",
        "placeholder": "未記入",
        "to_be_placed": "位置付け予定",
    },
    "en": {
        "blank": "not set",
        "under_adjustment": "under adjustment",
        "placeholder": "left open",
        "to_be_placed": "to come",
    },
}


def word(answers: Sequence[Answer]) -> Reply:
    """What is said: the text of every answer, with table, chart, sources and choices beside it."""
    said = as_json(answers)
    facts = tuple(fact for answer in answers for fact in answer.facts)
    language, total = answers[0].language, total_of(answers[0].years_in_plan, answers[0].language)
    table = _table(facts, language, total) if answers[0].says in _WITH_TABLE else None
    return Reply(
        text=said["text"],
        table=table,
        chart=_chart(facts, language) if table else None,
        sources=tuple(
            Source(one.reference or one.code, _where(one, language), one.page, one.quote)
            for answer in answers
            for one in answer.citations
        ),
        choices=tuple(Choice(one.label, one.question) for answer in answers for one in answer.candidates),
        kind=answers[0].kind.value,
        answer=json.dumps(said, ensure_ascii=False),
        language=language,
    )


_WITH_TABLE = frozenset({"figures", "average", "comparison"})


def text_of(answer: Answer) -> str:
    """The words of one answer."""
    template = _environment(answer.language, answer.years_in_plan).get_template(f"{answer.says}.txt")
    text = template.render(content=answer.content, citations=answer.citations, candidates=answer.candidates)
    if answer.passed_over:
        passed_over = _environment(answer.language, answer.years_in_plan).get_template("passed_over.txt")
        text += "\n" + passed_over.render(words=answer.passed_over)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def say(name: str, language: str = "ja", **facts: Any) -> str:
    """What the conversation says around its answers: the words of that template in `conversation/`."""
    return _environment(language).get_template(f"conversation/{name}.txt").render(**facts).strip()


def remind(name: str, **facts: Any) -> str:
    """What outbox messages of our own account say: the words of that template in `reminders/`."""
    return _environment("ja").get_template(f"reminders/{name}.txt").render(**facts).strip()


def as_json(answers: Sequence[Answer]) -> dict[str, Any]:
    """The answer as the command line and other tools exchange it."""
    language = answers[0].language
    return {
        "kind": answers[0].kind.value,
        "text": _within("\n\n".join(text_of(answer) for answer in answers), language),
        "citations": [
            {
                "edition": one.edition,
                "code": one.code or None,
                "page": one.page,
                "section": one.section,
                "quote": one.quote,
            }
            for answer in answers
            for one in answer.citations
        ],
        "facts": [asdict(fact) for answer in answers for fact in answer.facts],
        "candidates": [asdict(one) for answer in answers for one in answer.candidates],
    }


def _where(one: Citation, language: str) -> str:
    """3-1-2、p.10; what has no code by its section, what stands before page 1 on the cover."""
    place = f"p.{one.page}" if one.page else "表紙"
    if language == "ja":
        return f"{one.code or one.section}、{place}"
    return f"{one.code or english.named(one.section)}, {english.english(place)}"


def _within(text: str, language: str) -> str:
    if len(text) <= _LONGEST_TEXT:
        return text
    more = "…（続きは出典をご覧ください）" if language == "ja" else "... (see the source for the rest)"
    return text[:_LONGEST_TEXT].rstrip() + more


@lru_cache(maxsize=4)
def _environment(language: str, years_in_plan: int = 5) -> Environment:
    environment = text_templates(TEMPLATES / language)
    environment.filters["grouped"] = grouped
    total = total_of(years_in_plan, language)
    environment.globals["total"] = total
    environment.filters["column"] = partial(column, total=total, language=language)
    environment.filters["column_named"] = partial(column_named, total=total, language=language)
    for in_language in (amount, spoken, year, years, quoted):
        environment.filters[in_language.__name__] = partial(in_language, language=language)
    for only_english in english.FILTERS:
        environment.filters[only_english.__name__] = only_english
    return environment


def amount(value: int, unit: str, asked: str = "", language: str = "ja") -> str:
    """A value with its unit, in the unit asked for where both are money."""
    if language == "en":
        return english.amount(value, unit, asked)
    if unit in UNITS:
        return in_unit(value, unit, asked if asked in UNITS else unit)
    return f"{grouped(value)}{unit}"


def spoken(yen: int, language: str = "ja") -> str:
    """An amount in yen as people say it: 1億2,000万円, or 120,000,000 yen (1億2,000万円)."""
    said = in_unit(yen, "円", "億円" if abs(yen) >= UNITS["億円"] else "万円")
    return said if language == "ja" else f"{yen:,} yen ({said})"


def year(one: FiscalYear, language: str = "ja") -> str:
    """令和5年度, or FY2023 (R5)."""
    return one.label if language == "ja" else english.year(one)


def years(several: Sequence[FiscalYear], language: str = "ja") -> str:
    """Years one after another."""
    return ("、" if language == "ja" else ", ").join(year(one, language) for one in several)


def total_of(years_in_plan: int, language: str = "ja") -> str:
    """What the column behind the years is called: 5年計."""
    return f"{years_in_plan}年計" if language == "ja" else f"{years_in_plan}-year total"


def column(one: FiscalYear | None, total: str, language: str = "ja") -> str:
    """A year, or the column behind the years."""
    return total if one is None else year(one, language)


def quoted(words: Sequence[str], language: str = "ja") -> str:
    """「…」「…」, or "...", "..."."""
    if language == "ja":
        return "".join(f"「{word}」" for word in words)
    return ", ".join(f'"{word}"' for word in words)


def _table(facts: Sequence[Fact], language: str, total: str) -> Table | None:
    """The facts as a table: a row for each code, a column for each year."""
    years_named = list(dict.fromkeys(fact.fiscal_year for fact in facts))
    codes = list(dict.fromkeys((fact.code, fact.measure, fact.unit) for fact in facts))
    if len(facts) < 2 or "" in years_named:
        return None
    years_named.sort(key=lambda name: (name == TOTAL, name))
    by_place = {(fact.code, fact.measure, fact.fiscal_year): fact for fact in facts}
    rows = []
    for code, measure, unit in codes:
        cells = [by_place.get((code, measure, name)) for name in years_named]
        rows.append((_row_head(code, unit, language), *(_cell(cell, language) for cell in cells)))
    head = "取組" if language == "ja" else "Initiative"
    labels = tuple(column_named(name, total, language) for name in years_named)
    return Table((head, *labels), tuple(rows), numeric=(False, *(True for _ in labels)))


def _row_head(code: str, unit: str, language: str) -> str:
    return f"{code}（{unit}）" if language == "ja" else f"{code} ({english.english(unit)})"


def column_named(name: str, total: str, language: str = "ja") -> str:
    """The column that a fact names: R6, or "total"."""
    return total if name == TOTAL else year(FiscalYear.from_short(name), language)


def _cell(fact: Fact | None, language: str) -> str:
    if fact is None:
        return ""
    return grouped(fact.value) if fact.value is not None else _STATES[language][fact.state.value]


def _chart(facts: Sequence[Fact], language: str) -> Chart | None:
    """The years of one row as bars, where there are several."""
    yearly = [fact for fact in facts if fact.fiscal_year not in ("", TOTAL)]
    codes = {(fact.code, fact.measure) for fact in yearly}
    if len(yearly) < 3 or len(codes) != 1 or not any(fact.value is not None for fact in yearly):
        return None
    labels = tuple(year(FiscalYear.from_short(fact.fiscal_year), language) for fact in yearly)
    effect = yearly[0].measure == EFFECT_AMOUNT
    name = "効果額目標" if effect else yearly[0].measure.removeprefix("indicator:")
    unit = yearly[0].unit
    if language == "en":
        name, unit = english.english(name), english.english(unit)
    return Chart(f"{yearly[0].code} {name}", labels, (Series(name, tuple(f.value for f in yearly)),), unit)


def kind_of(reply: Reply) -> AnswerKind:
    """The kind of answer a reply carries."""
    return AnswerKind(reply.kind)
