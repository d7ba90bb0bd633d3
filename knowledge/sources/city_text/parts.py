"""The body of a plan cut at its headings, each part with its printed page from the table of contents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.faults import Faults
from knowledge.sources.city_text.front import ContentsLine
from knowledge.sources.city_text.lines import TextLine

_CHAPTER = re.compile(r"(\d{1,2})[ 　](\S.*)")
_PILLAR = re.compile(r"「柱(\d{1,2})[ 　](.+)」([①-⑳]?)")
APPENDIX = re.compile(r"(?:附属|付属|参考)資料")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: a chapter's number or a pillar's, the title, and ①② where a pillar fills several pages."""

    number: str
    title: str
    of_pillar: bool = False
    sheet: str = ""

    @property
    def is_chapter(self) -> bool:
        return bool(self.number) and not self.of_pillar


@dataclass(slots=True)
class TextPart:
    """A heading, its printed page and the lines below it."""

    heading: Heading
    line: TextLine
    page: int
    lines: list[TextLine] = field(default_factory=list)

    @property
    def is_appendix(self) -> bool:
        return bool(APPENDIX.fullmatch(self.heading.title))


def heading_of(words: str) -> Heading:
    """The heading that these words make when they are one."""
    words = words.removeprefix("・").strip()
    if match := _PILLAR.fullmatch(words):
        return Heading(match[1], match[2], True, match[3])
    if match := _CHAPTER.fullmatch(words):
        return Heading(match[1], match[2])
    return Heading("", words)


def cut(
    body: tuple[TextLine, ...], contents: tuple[ContentsLine, ...], faults: Faults
) -> tuple[TextPart, ...]:
    """The parts in their order; a heading that only the contents or only the body has is a fault."""
    listed = _listed(contents, faults)
    parts: list[TextPart] = []
    seen: list[int] = []
    for line in body:
        heading = None if line.is_blank or line.is_row else heading_of(line.words)
        place = _listed_at(heading, listed) if heading else None
        if heading and place is not None:
            _hold_order(line, place, seen, faults)
            parts.append(TextPart(heading, line, contents[place].entry.page))
        elif heading and heading.number:
            faults.add(line.place, f"見出し「{line.words}」が目次になく、ページがわかりません")
            parts.append(TextPart(heading, line, 0))
        else:
            _put(line, parts, faults)
    for index, entry in enumerate(contents):
        if index not in seen:
            faults.add(entry.line.place, f"目次の「{entry.entry.title}」が本文にありません")
    return tuple(parts)


def _listed(contents: tuple[ContentsLine, ...], faults: Faults) -> dict[Heading, int]:
    """The headings of the contents with their places among its lines."""
    listed: dict[Heading, int] = {}
    for index, line in enumerate(contents):
        heading = heading_of(line.entry.title)
        if heading in listed:
            faults.add(line.line.place, f"目次に同じ題が二度あります: {line.entry.title}")
        listed.setdefault(heading, index)
    return listed


def _listed_at(heading: Heading, listed: Mapping[Heading, int]) -> int | None:
    """Where the contents list a heading; they may shorten a chapter's title."""
    if heading in listed or not heading.is_chapter:
        return listed.get(heading)
    shortened = (
        index
        for other, index in listed.items()
        if other.is_chapter and other.number == heading.number and heading.title.startswith(other.title)
    )
    return next(shortened, None)


def _hold_order(line: TextLine, place: int, seen: list[int], faults: Faults) -> None:
    if place in seen:
        faults.add(line.place, f"同じ見出しが二度あります: {line.words}")
    elif seen and place < seen[-1]:
        faults.add(line.place, f"見出しの順が目次と違います: {line.words}")
    seen.append(place)


def _put(line: TextLine, parts: list[TextPart], faults: Faults) -> None:
    if parts:
        parts[-1].lines.append(line)
    elif not line.is_blank:
        faults.add(line.place, f"見出しより前に文があります: {line.start}")
