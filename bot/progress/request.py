"""Reads what is asked about progress: what is to be seen, of which part, which year, and whose work.

The words are data (`ways.toml`). A text that holds anything else is no request and is left to the plan's answers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from bot.leftover import Leftover
from knowledge.fiscal_year import FiscalYear
from knowledge.japanese import plain
from knowledge.question import PLAN
from knowledge.roster import Roster
from knowledge.year_mentions import find_years


class View(StrEnum):
    """What is to be seen of the progress."""

    OVERVIEW = "overview"
    AMOUNTS = "amounts"
    LAGS = "lags"
    MISSING = "missing"
    INDICATORS = "indicators"
    CHANGES = "changes"


OWN = "own"
"""In place of departments: whatever the asker answers for."""


@dataclass(frozen=True, slots=True)
class Request:
    """`departments` are ids, `(OWN,)`, or () for all that the asker may see; `year` None is the present one."""

    view: View = View.OVERVIEW
    ref: str = PLAN
    year: FiscalYear | None = None
    departments: tuple[str, ...] = ()

    @property
    def pressed(self) -> str:
        """As a button carries it: lags;柱5;R5;own."""
        year = self.year.short if self.year else ""
        return ";".join((self.view.value, self.ref, year, ",".join(self.departments)))

    @classmethod
    def from_pressed(cls, value: str) -> Request | None:
        """What a button carries; None for what no button of ours does."""
        try:
            view, ref, year, departments = value.split(";")
            named = tuple(filter(None, departments.split(",")))
            return cls(View(view), ref, FiscalYear.from_short(year) if year else None, named)
        except ValueError:
            return None


_CODE = re.compile(r"柱[0-9]+|第?[0-9]+の?柱|[0-9]+-[0-9]+(?:-[0-9]+)?")


def read_request(text: str, roster: Roster, today: date) -> Request | None:
    """What the whole text asks of the progress; None where it is about anything else."""
    said = Leftover(plain(text))
    way = said.take(_by_way())
    if way is None:
        return None
    ref, year = _part(said), _year(said, today)
    departments = _departments(said, roster)
    if ref is None and said.take(dict.fromkeys(_plain_ways()["whole"], PLAN)):
        ref = PLAN
    said.take_all(_plain_ways()["fillers"])
    if not said.is_empty or (way[1] and not departments):
        return None
    return Request(way[0], ref or PLAN, year, departments)


def _part(said: Leftover) -> str | None:
    match = _CODE.search(said.rest)
    if match is None:
        return None
    said.cut(match.start(), len(match[0]))
    digits = re.sub(r"[^0-9-]", "", match[0])
    return f"柱{digits}" if "柱" in match[0] else digits


def _year(said: Leftover, today: date) -> FiscalYear | None:
    years = find_years(said.rest, today)
    if len(years) != 1 or years[0].calendar or years[0].beyond:
        return None
    said.cut(years[0].start, years[0].end - years[0].start)
    return years[0].year


def _departments(said: Leftover, roster: Roster) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for one in roster.current_departments:
        for name in (one.name, *one.former_names, one.name.rpartition("：")[2]):
            names[plain(name)] = one.id
    taken: list[str] = []
    while (found := said.take(names)) is not None:
        taken.append(found)
    if taken:
        return tuple(dict.fromkeys(taken))
    return (OWN,) if said.take(dict.fromkeys(_plain_ways()["own"], OWN)) else ()


@cache
def _ways() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("ways.toml").read_text("utf-8"))


@cache
def _plain_ways() -> Mapping[str, tuple[str, ...]]:
    return {name: _plain(words) for name, words in _ways().items() if name != "views"}


@cache
def _by_way() -> Mapping[str, tuple[View, bool]]:
    """Each word for a view, and whether it needs a department beside it."""
    return {
        way: (View(view), way in _plain_ways()["needs_department"])
        for view, ways in _ways()["views"].items()
        for way in _plain(ways)
    }


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(plain, words))
