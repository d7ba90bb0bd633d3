"""附属資料: the chronology, the meetings and the members, with dates completed from the rows above them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.faults import Faults
from knowledge.plan.plan import Appendix, Event, Meeting, Member
from knowledge.sources.city_text.lines import TextLine, bullets
from knowledge.sources.city_text.parts import TextPart

_EVENTS = ("年月", "記事")
_MEETINGS = ("回", "年月", "審議内容")
_MEMBERS = ("職名", "氏名", "区分")
_KINDS = (_EVENTS, _MEETINGS, _MEMBERS)
_DATE = re.compile(r"(?P<year>(?:令和|平成)(?:\d+|元)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2}日)?")
_NUMBERED = re.compile(r"[(（]\d+[)）].*")
_AS_OF = re.compile(r"[(（](.+現在)[)）]")
_MEETING = re.compile(r"第(\d+)回")


def read_appendix(part: TextPart, faults: Faults) -> Appendix:
    """The appendix; the body that met is the caption above the first table of meetings or members."""
    tables = _tables(part, faults)
    captions = [line for line in part.lines if not (line.is_blank or line.is_row)]
    as_of = next((match[1] for line in captions if (match := _AS_OF.fullmatch(line.words))), "")
    return Appendix(
        part.page,
        tuple(_events(tables[_EVENTS])),
        _body(part, captions),
        tuple(_meetings(tables[_MEETINGS], faults)),
        tuple(Member(*line.cells) for line in tables[_MEMBERS]),
        as_of,
    )


def _tables(part: TextPart, faults: Faults) -> dict[tuple[str, ...], list[TextLine]]:
    """The rows of each table; one without a heading above it, or with empty or surplus cells, is a fault."""
    tables: dict[tuple[str, ...], list[TextLine]] = {kind: [] for kind in _KINDS}
    current: tuple[str, ...] | None = None
    for line in part.lines:
        if not line.is_row:
            continue
        if line.cells in _KINDS:
            current = line.cells
        elif current is None or len(line.cells) != len(current) or not all(line.cells):
            faults.add(line.place, f"附属資料の表の行として読み取れません: {line.start}")
        else:
            tables[current].append(line)
    return tables


def _body(part: TextPart, captions: list[TextLine]) -> str:
    """The last caption before the numbered ones."""
    named = [line.words for line in captions]
    first = next((index for index, words in enumerate(named) if _NUMBERED.fullmatch(words)), 0)
    return named[first - 1] if first else ""


def _events(rows: list[TextLine]) -> Iterator[Event]:
    for row, when in zip(rows, _completed([row.cells[0] for row in rows]), strict=True):
        yield Event(when, row.cells[0], row.cells[1])


def _meetings(rows: list[TextLine], faults: Faults) -> Iterator[Meeting]:
    number = 0
    names: set[str] = set()
    for row, when in zip(rows, _completed([row.cells[1] for row in rows]), strict=True):
        name, printed, topics = row.cells
        if match := _MEETING.fullmatch(name):
            if int(match[1]) != number + 1 and name not in names:
                faults.add(row.place, f"第{number + 1}回のはずですが、{name}とあります")
            number = int(match[1])
        if name in names:
            faults.add(row.place, f"{name}が二度あります")
        names.add(name)
        yield Meeting(name, when, printed, bullets(topics))


def _completed(printed: list[str]) -> Iterator[str]:
    """Each date with the year of the rows above where it has none: 2月 below 令和3年1月 is 令和3年2月.

    A date without a month stays empty; one that would go back in time is left as printed.
    """
    year, month = "", 0
    for words in printed:
        match = _DATE.fullmatch(words)
        if not match:
            yield ""
            continue
        goes_back = not match["year"] and int(match["month"]) < month
        year, month = match["year"] or year, int(match["month"])
        yield words if match["year"] or goes_back else year + words
