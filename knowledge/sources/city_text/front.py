"""The front of a plan: its title page, and the table of contents from which every printed page is taken."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.faults import Faults
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Contents
from knowledge.sources.city_text.lines import TextLine

_YEAR = r"令和(\d+|元)年度(?:（(\d{4})年度）)?"
_PERIOD = re.compile(_YEAR + r"[～〜~]" + _YEAR)
_STATUS = re.compile(r"[(（](.+)[)）]")
_ESTABLISHED = re.compile(r"(?:令和|平成).+(?:策定|改定|改訂)")
_ENTRY = re.compile(r"(.+?)\t(\d+)")


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the table of contents and the line of the text that it stands in."""

    line: TextLine
    entry: Contents


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the body."""

    title: str
    status: str
    established: str
    issuer: str
    first_year: FiscalYear
    last_year: FiscalYear
    contents: tuple[ContentsLine, ...]
    body: tuple[TextLine, ...]

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        return tuple(FiscalYear(start) for start in range(self.first_year.start, self.last_year.start + 1))


def read_front(lines: tuple[TextLine, ...], faults: Faults) -> Front:
    """The title page and the table of contents; `body` holds the lines behind them."""
    at = next((index for index, line in enumerate(lines) if line.words == "目次"), None)
    if at is None:
        faults.add("先頭", "「目次」の行がありません")
        at = 0
    contents, end = _read_contents(lines, at + 1, faults)
    page = [line for line in lines[:at] if not line.is_blank]
    first, last = _read_period(page, faults)
    rest = [line for line in page if not _PERIOD.fullmatch(line.words)]
    status = next((m[1] for line in rest if (m := _STATUS.fullmatch(line.words))), "")
    established = next((line.words for line in rest if _ESTABLISHED.fullmatch(line.words)), "")
    named = [line for line in rest if not _STATUS.fullmatch(line.words) and line.words != established]
    if len(set(line.words for line in named)) < 2:
        faults.add("表紙", "計画の名称と策定者（市町村名）の2行が読み取れません")
    title = named[0].words if named else ""
    issuer = re.sub(r"\s", "", named[-1].words) if named else ""
    return Front(title, status, established, issuer, first, last, contents, lines[end:])


def _read_period(page: list[TextLine], faults: Faults) -> tuple[FiscalYear, FiscalYear]:
    found = [(line, match) for line in page if (match := _PERIOD.fullmatch(line.words))]
    if not found:
        faults.add("表紙", "計画期間（令和○年度～令和○年度）の行がありません")
        return FiscalYear(0), FiscalYear(0)
    line, match = found[0]
    first, last = _year(line, match[1], match[2], faults), _year(line, match[3], match[4], faults)
    if not first.start <= last.start < first.start + 20:
        faults.add(line.place, f"計画期間の始まりと終わりが合いません: {line.words}")
        return first, first
    return first, last


def _year(line: TextLine, reiwa: str, western: str | None, faults: Faults) -> FiscalYear:
    year = FiscalYear.reiwa(1 if reiwa == "元" else int(reiwa))
    if western and int(western) != year.start:
        faults.add(line.place, f"令和{reiwa}年度と西暦{western}年度が合いません")
    return year


def _read_contents(
    lines: tuple[TextLine, ...], start: int, faults: Faults
) -> tuple[tuple[ContentsLine, ...], int]:
    while start < len(lines) and lines[start].is_blank:
        start += 1
    end = start
    found: list[ContentsLine] = []
    while end < len(lines) and not lines[end].is_blank:
        line = lines[end]
        end += 1
        match = _ENTRY.fullmatch(line.words)
        if not match:
            faults.add(line.place, f"目次の行に題とページがありません: {line.start}")
            continue
        entry = Contents(match[1].strip(), int(match[2]))
        if found and entry.page < found[-1].entry.page:
            faults.add(line.place, f"目次のページが前の行より小さくなっています: {entry.title}")
        found.append(ContentsLine(line, entry))
    if not found:
        faults.add("目次", "目次に行がありません")
    return tuple(found), end
