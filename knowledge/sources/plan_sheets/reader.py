"""Sheets as a draft again; every fault is told with its sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from knowledge.faults import Faults
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import (
    Appendix,
    Contents,
    Event,
    IndividualPlan,
    Meeting,
    Member,
    Note,
    Phase,
    Plan,
    Section,
    Step,
)
from knowledge.sources.draft import PlanDraft
from knowledge.sources.plan_sheets import layout as on
from knowledge.sources.plan_sheets.annotations_reader import read_annotations
from knowledge.sources.plan_sheets.book import Book, distinct
from knowledge.sources.plan_sheets.cells import chosen, needed, needed_whole, read_year, whole
from knowledge.sources.plan_sheets.pillars_reader import read_pillars
from knowledge.sources.sheets import Sheet
from knowledge.sources.table_rows import TableRow

_CONTENT = "内容"
_LONGEST_PERIOD = 20


def draft_of(sheets: Sequence[Sheet]) -> PlanDraft:
    """The draft that the sheets hold; PlanFaults with every fault and its cell."""
    faults = Faults()
    book = Book(sheets, faults)
    front = dict(distinct(book.rows(on.FRONT), "項目"))
    for name in _missing(front):
        faults.add(on.FRONT, f"項目「{name}」がありません")
    faults.refuse_if_any()
    plan = _read_plan(book, front)
    annotations = read_annotations(book, plan)
    draft = PlanDraft(
        plan,
        annotations,
        front[on.FRONT_CITED_AS].text(_CONTENT),
        front[on.FRONT_EFFECTIVE].day(_CONTENT),
        chosen(front[on.FRONT_IS_ASSUMED], _CONTENT, {True: on.YES, False: on.NO}),
        _read_continues(book),
    )
    faults.refuse_if_any()
    return draft


def _missing(front: Mapping[str, TableRow]) -> list[str]:
    return [name for name in on.FRONT_ITEMS if name not in front]


def _read_plan(book: Book, front: Mapping[str, TableRow]) -> Plan:
    first, last = _read_period(front)
    years = tuple(FiscalYear(start) for start in range(first.start, last.start + 1))
    phases = _read_phases(book)
    return Plan(
        title=needed(front[on.FRONT_TITLE], _CONTENT),
        status=front[on.FRONT_STATUS].text(_CONTENT),
        established=front[on.FRONT_ESTABLISHED].text(_CONTENT),
        issuer=needed(front[on.FRONT_ISSUER], _CONTENT),
        first_year=first,
        last_year=last,
        pillars=read_pillars(book, years),
        sections=_read_sections(book),
        contents=tuple(
            Contents(needed(row, "題"), needed_whole(row, on.PAGE)) for row in book.rows(on.CONTENTS)
        ),
        phases=phases,
        renewal=_read_renewal(book),
        individual_plans=tuple(
            IndividualPlan(
                needed(row, on.TITLE),
                needed(row, "説明"),
                needed_whole(row, on.PAGE),
                row.text("評価する組織"),
            )
            for row in book.rows(on.INDIVIDUAL_PLANS)
        ),
        terms=tuple(
            Note(needed(row, "用語"), needed(row, "説明"), needed_whole(row, on.PAGE))
            for row in book.rows(on.TERMS)
        ),
        appendix=_read_appendix(book, front),
    )


def _read_period(front: Mapping[str, TableRow]) -> tuple[FiscalYear, FiscalYear]:
    first = read_year(front[on.FRONT_FIRST_YEAR], _CONTENT)
    last = read_year(front[on.FRONT_LAST_YEAR], _CONTENT)
    if first is None or last is None:
        return (first or last or FiscalYear(0),) * 2
    if not first.start <= last.start < first.start + _LONGEST_PERIOD:
        front[on.FRONT_LAST_YEAR].fault("開始年度と終了年度が合いません")
        return first, first
    return first, last


def _read_renewal(book: Book) -> tuple[str, ...]:
    """The steps of the stream; a row without a heading goes on with the step above it."""
    found: list[str] = []
    for row in book.rows(on.RENEWAL):
        heading, text = row.text("見出し"), row.text(_CONTENT)
        if heading or not found:
            found.append("\n".join(filter(None, (heading, text))))
        else:
            found[-1] = f"{found[-1]}\n{text}"
    return tuple(found)


def _read_sections(book: Book) -> tuple[Section, ...]:
    sections = {needed_whole(row, on.CHAPTER): row for row in book.rows(on.SECTIONS)}
    texts = book.by_order(on.PARAGRAPHS, on.CHAPTER, sections, on.SECTIONS)
    words = {True: on.PARAGRAPH, False: on.PICTURE}
    found = []
    for order, row in sections.items():
        kinds = [(chosen(one, "種類", words), needed(one, "文")) for one in texts.get(order, ())]
        paragraphs = tuple(text for is_paragraph, text in kinds if is_paragraph)
        pictures = tuple(text for is_paragraph, text in kinds if not is_paragraph)
        page = needed_whole(row, on.PAGE)
        found.append(Section(row.text("番号"), needed(row, "題"), page, paragraphs, pictures))
    return tuple(found)


def _read_phases(book: Book) -> tuple[Phase, ...]:
    phases = {needed_whole(row, "順"): row for row in book.rows(on.PHASES)}
    steps = book.by_order(on.STEPS, "順", phases, on.PHASES)
    return tuple(
        Phase(
            needed(row, "段階"),
            needed(row, on.TITLE),
            (_month(row, "始まりの月"), _month(row, "終わりの月")),
            needed(row, "月の記載"),
            tuple(
                Step(step.text("主体"), needed(step, _CONTENT), whole(step, "番号"))
                for step in steps.get(order, ())
            ),
            needed_whole(row, on.PAGE),
            row.text("図の月"),
            row.text("見出し"),
        )
        for order, row in phases.items()
    )


def _month(row: TableRow, header: str) -> int:
    month = needed_whole(row, header)
    if not 1 <= month <= 12:
        row.fault(f"月は1から12です: {month}")
    return month


def _read_appendix(book: Book, front: Mapping[str, TableRow]) -> Appendix | None:
    """The appendix, None when the front gives it no page."""
    events = tuple(
        Event(row.text("年月"), row.text("年月の記載"), needed(row, _CONTENT)) for row in book.rows(on.EVENTS)
    )
    members = tuple(
        Member(needed(row, "職名"), needed(row, "氏名"), row.text("区分")) for row in book.rows(on.MEMBERS)
    )
    meetings = _read_meetings(book)
    page = whole(front[on.FRONT_APPENDIX_PAGE], _CONTENT)
    if page is None:
        if events or members or meetings:
            front[on.FRONT_APPENDIX_PAGE].fault("附属資料があるのにページが空です")
        return None
    body, as_of = front[on.FRONT_BODY].text(_CONTENT), front[on.FRONT_MEMBERS_AS_OF].text(_CONTENT)
    return Appendix(page, events, body, meetings, members, as_of)


def _read_meetings(book: Book) -> tuple[Meeting, ...]:
    meetings = dict(distinct(book.rows(on.MEETINGS), "回"))
    topics: dict[str, list[str]] = {}
    for row in book.rows(on.TOPICS):
        name = needed(row, "回")
        if name and name not in meetings:
            row.fault(f"シート「{on.MEETINGS}」にない回です: {name}")
        topics.setdefault(name, []).append(needed(row, _CONTENT))
    return tuple(
        Meeting(name, row.text("年月"), row.text("年月の記載"), tuple(topics.get(name, ())))
        for name, row in meetings.items()
    )


def _read_continues(book: Book) -> dict[str, tuple[str, ...]]:
    """For each initiative the codes that it continues; empty for a new one."""
    found = {}
    for row in book.rows(on.INITIATIVES):
        codes = tuple(filter(None, re.split(r"[、,，\s]+", row.text(on.CONTINUES))))
        if wrong := [code for code in codes if not re.fullmatch(r"\d+-\d+-\d+", code)]:
            row.fault(f"継続元はコードで書いてください: {'、'.join(wrong)}")
        found[row.text(on.CODE)] = codes
    return found
