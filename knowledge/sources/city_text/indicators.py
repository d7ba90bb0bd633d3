"""The indicators of a reform item: ・name → target（when）."""

from __future__ import annotations

import re

from knowledge.faults import Faults
from knowledge.plan.plan import BLANK, Indicator, IndicatorKind, State, Target
from knowledge.sources.city_text.lines import bullets
from knowledge.sources.city_text.printed_cells import read_number

_ARROW = re.compile(r"\s*→\s*")
_WHEN = re.compile(r"\s*（([^）]*)）$")
_BOUNDS = "以上|以下|以内|未満"
_TARGET = re.compile(
    rf"(?:年間)?(?P<figure>[△▲−-]?[\d,]+|[〇○]+)(?P<unit>[%％]|(?:(?!{_BOUNDS}).)*)(?P<bound>{_BOUNDS}|)(?P<rest>.*)"
)


def read_indicators(kind: IndicatorKind, cell: str, place: str, faults: Faults) -> tuple[Indicator, ...]:
    """The ・ lines of a cell; a cell without any, or a target that is no figure, is a fault."""
    if not cell.startswith("・"):
        faults.add(place, f"{_words(kind)}に「・」で始まる行がありません")
        return ()
    return tuple(_read(kind, printed, place, faults) for printed in bullets(cell))


def _words(kind: IndicatorKind) -> str:
    return "活動指標" if kind is IndicatorKind.ACTIVITY else "成果指標"


def _read(kind: IndicatorKind, printed: str, place: str, faults: Faults) -> Indicator:
    name, arrow, rest = _split(printed)
    if not arrow:
        return Indicator(kind, printed, printed, BLANK)
    when = match[1] if (match := _WHEN.search(rest)) else ""
    target = _WHEN.sub("", rest)
    found = _TARGET.fullmatch(target)
    value = read_number(found["figure"]) if found else None
    if not found or (value is None and found["figure"].strip("〇○")):
        faults.add(place, f"{_words(kind)}「{name}」の目標が読み取れません: {rest}")
        return Indicator(kind, name, printed, BLANK)
    state = State.PLACEHOLDER if value is None else State.SET
    return Indicator(
        kind, name, printed, Target(state, value, target), _unit(found), found["bound"], when, "累積" in when
    )


def _split(printed: str) -> tuple[str, bool, str]:
    name, *rest = _ARROW.split(printed, maxsplit=1)
    return name, bool(rest), rest[0] if rest else ""


def _unit(found: re.Match[str]) -> str:
    return found["unit"].replace("％", "%")
