"""Chapters of running text: paragraphs, pictures that the text does not hold, terms, individual plans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.faults import Faults
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import IndividualPlan, Note, Section
from knowledge.sources.city_text.lines import HOLE, TextLine, groups, prose
from knowledge.sources.city_text.parts import TextPart

_CAPTION = re.compile(r"【([^】]+)】")
_DRAWN = re.compile(r"\[.+\]")
_NOTE = re.compile(r"※([^…、。]+)…+\s*(.+)")
_STYLED = re.compile(r"【([^】]+)】[ 　]*(.+)")
_DEFINED = re.compile(r"(.+?)とは、(.+)")
_EVALUATED = re.compile(r"(?:「([^」]+)」|^([^、。「」]+?))において、[^。]*評価を行")
_OF_INDIVIDUAL_PLANS = re.compile(r"個別.*計画")


def read_section(part: TextPart, years: tuple[FiscalYear, ...], faults: Faults) -> Section:
    """A chapter's paragraphs in order; a row of a table reads 題：文.

    A 【…】 before a hole, or a hole without one, names a picture that only the print shows.
    """
    texts: list[str] = []
    pictures: list[str] = []
    for line, hole_follows in _with_holes(part.lines):
        caption = _CAPTION.fullmatch(line.words)
        if line.is_row:
            texts.extend(_row_text(line, years, faults))
        elif hole_follows and caption:
            pictures.append(caption[1])
        else:
            texts.append(prose(line.words) if line.words.endswith("。") else line.words)
            if hole_follows:
                pictures.append(part.heading.title)
    if _starts_with_hole(part.lines):
        pictures.append(part.heading.title)
    return Section(
        part.heading.number, part.heading.title, part.page, tuple(texts), tuple(dict.fromkeys(pictures))
    )


def _with_holes(lines: list[TextLine]) -> Iterator[tuple[TextLine, bool]]:
    """Every line that is not blank, and whether a hole follows it."""
    filled = [index for index, line in enumerate(lines) if not line.is_blank]
    for index, following in zip(filled, (*filled[1:], len(lines)), strict=False):
        yield lines[index], following - index > HOLE


def _starts_with_hole(lines: list[TextLine]) -> bool:
    return len(lines) >= HOLE and all(line.is_blank for line in lines[:HOLE])


def _row_text(line: TextLine, years: tuple[FiscalYear, ...], faults: Faults) -> list[str]:
    """A row of the planning-period table as 題：文; its heading row must name the plan's own years."""
    name, *cells = (cell.strip() for cell in line.cells)
    if not name:
        if cells != [year.label for year in years]:
            faults.add(line.place, f"計画期間の表の年度が計画の年度と合いません: {'、'.join(cells)}")
        return []
    if any(_DRAWN.fullmatch(cell) for cell in cells):
        return [f"{name}：{years[0].label}～{years[-1].label}"]
    return [f"{name}：{'、'.join(cell for cell in cells if cell)}"]


def read_terms(section: Section) -> Iterator[Note]:
    """What a chapter explains: ※term…text, 【term】 text and term とは、text."""
    for paragraph in section.paragraphs:
        for pattern in (_NOTE, _STYLED, _DEFINED):
            if match := pattern.fullmatch(paragraph):
                yield Note(match[1], match[2], section.page)
                break


def read_individual_plans(part: TextPart, faults: Faults) -> Iterator[IndividualPlan]:
    """The plans that a chapter on individual plans names: a line with the name, then what is said of it."""
    if not _OF_INDIVIDUAL_PLANS.search(part.heading.title):
        return
    _, *named = groups([line for line in part.lines if not (line.is_blank or line.is_row)])
    for name, *texts in named:
        if len(texts) != 1:
            faults.add(name.place, f"「{name.words}」の説明は1段落のはずですが、{len(texts)}段落あります")
        for text in texts[:1]:
            said = prose(text.words)
            yield IndividualPlan(name.words, said, part.page, _evaluated_by(said))


def _evaluated_by(text: str) -> str:
    match = _EVALUATED.search(text)
    return (match[1] or match[2]) if match else ""
