"""Reads what is asked about progress, in Japanese or English; the words are data (`request_words.toml`).

A text is a request only when every word of it is understood; anything else is left to the plan's answers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bot.conversation.leftover import Leftover
from bot.progress.request import OWN, Request, View
from knowledge.japanese import plain
from knowledge.known import Known
from knowledge.names import Found, Kind
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import PLAN, Language
from knowledge.roster.roster import Roster
from knowledge.year_mentions import find_years

_CODE = re.compile(r"柱[0-9]+|第?[0-9]+の?柱|pillar [0-9]+|[0-9]+-[0-9]+(?:-[0-9]+)?")
_KINDS = frozenset({Kind.INITIATIVE, Kind.ITEM, Kind.PILLAR})
_IN_FULL = 0.9
_LONG_VOWEL = "ー"

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Unsure:
    """A scrap of a title that fits several parts of the plan: each of these may be meant."""

    scrap: str
    requests: tuple[Request, ...]


def read_request(text: str, known: Known, roster: Roster, today: date) -> Request | Unsure | None:
    """What the whole text asks of the progress; None where it is about anything else."""
    said = Leftover(plain(text))
    way = said.take(_ways())
    if way is None:
        return None
    ref, year = _part(said), _year(said, today)
    departments = _departments(said, roster)
    if ref is None and said.take(_words("whole", PLAN)):
        ref = PLAN
    scrap = _scrap(said.rest, text)
    said.take_all(_words("fillers", True))
    if way.needs_department and not departments:
        return None
    request = Request(way.view, ref or PLAN, year, departments, way.language)
    if said.is_empty:
        return request
    return _meant(scrap, request, known) if scrap and ref is None and not departments else None


@dataclass(frozen=True, slots=True)
class _Way:
    """What a word asks to see, in which language, and whether it says so only beside somebody's department."""

    view: View
    language: Language
    needs_department: bool


def _part(said: Leftover) -> str | None:
    match = _CODE.search(said.rest)
    if match is None:
        return None
    said.cut(match.start(), len(match[0]))
    digits = re.sub(r"[^0-9-]", "", match[0])
    return digits if "-" in digits else f"柱{digits}"


def _year(said: Leftover, today: date) -> FiscalYear | None:
    years = find_years(said.rest, today)
    if len(years) != 1 or years[0].calendar or years[0].beyond:
        return None
    said.cut(years[0].start, years[0].end - years[0].start)
    return years[0].year


def _departments(said: Leftover, roster: Roster) -> tuple[str, ...]:
    """The ids of the departments named, by themselves or by their bureau."""
    names: dict[str, tuple[str, ...]] = {}
    for bureau in roster.bureaus:
        own = tuple(one.id for one in roster.current_departments if one.bureau == bureau.id)
        names |= dict.fromkeys(_called(bureau.name), own)
    for one in roster.current_departments:
        for name in (one.name, *one.former_names):
            names |= dict.fromkeys(_called(name), (one.id,))
    taken: list[str] = []
    while (found := said.take(names)) is not None:
        taken += found
    if not taken and said.take(_words("own", True)):
        return (OWN,)
    return tuple(dict.fromkeys(taken))


def _called(name: str) -> tuple[str, str]:
    """見本：総務課, and 総務課 alone."""
    return plain(name), plain(name.rpartition("：")[2])


def _scrap(rest: str, text: str) -> str:
    """What may be a part of a name: all that is left but the words around it; nothing where it is another word."""
    scrap = rest.strip()
    while bare := next(
        (one for filler in _words("fillers", True) if (one := _without(scrap, filler)) != scrap), ""
    ):
        scrap = bare
    # 進捗管理 is another word; 指定管理の進捗 and 進捗 指定管理 are not.
    return scrap if f"{scrap}の" in plain(text) or scrap in map(plain, text.split()) else ""


def _without(text: str, filler: str) -> str:
    """The text without a filler at its beginning and its end."""
    return text.removeprefix(filler).removesuffix(filler).strip()


def _meant(scrap: str, request: Request, known: Known) -> Request | Unsure | None:
    """The request for what has the scrap in its name."""
    folded = known.vocabulary.plain(scrap)
    found = [one for one in known.names.find(folded) if one.kind in _KINDS and _explains(one, folded)]
    named = [one for one in found if one.coverage >= _IN_FULL][:1] or found
    requests = tuple(replace(request, ref=one.ref) for one in named)
    return requests[0] if len(requests) == 1 else Unsure(scrap, requests) if requests else None


def _explains(found: Found, text: str) -> bool:
    """Whether every character of the text stands in the name."""
    inside = {at for start, end in found.runs for at in range(start, end)}
    return all(at in inside for at, char in enumerate(text) if char not in _LONG_VOWEL)


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("request_words.toml").read_text("utf-8"))


@cache
def _words(name: str, meaning: Meaning) -> Mapping[str, Meaning]:
    """The words of that name in both languages."""
    return dict.fromkeys(map(plain, (*_file()[name], *_file()["english"][name])), meaning)


@cache
def _ways() -> Mapping[str, _Way]:
    return {plain(way): meaning for way, meaning in _written_ways()}


def _written_ways() -> Iterator[tuple[str, _Way]]:
    beside_department = frozenset(_file()["needs_department"])
    languages: Iterable[tuple[Language, Mapping[str, list[str]]]] = (
        ("ja", _file()["views"]),
        ("en", _file()["english"]["views"]),
    )
    for language, views in languages:
        for view, ways in views.items():
            for way in ways:
                yield way, _Way(View(view), language, way in beside_department)
