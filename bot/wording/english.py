"""How an English answer says what the plan says in Japanese: amounts, units, months, names.

The English words are data beside the English templates; what has none is said in the plan's own Japanese, and figures
and names always keep their Japanese form as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from knowledge.language_files import read_pairs
from knowledge.month_mentions import NAMES
from knowledge.plan.amount import UNITS, grouped, in_unit
from knowledge.plan.fiscal_year import FiscalYear

WORDS = Path(__file__).with_name("templates") / "en"
_SAID_IN_FULL = ("円", "千円", "百万円")
_ERA_YEAR = re.compile("令和([0-9]+)年度")
_CUMULATIVE = "まで累積"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERED = re.compile(r"([0-9]+) (.+)")


@lru_cache(maxsize=1)
def words() -> Mapping[str, str]:
    """The plan's words with their English."""
    return dict(read_pairs("words.toml", "words", WORDS))


def english(word: str) -> str:
    """The English for one of the plan's words, or the word itself."""
    return words().get(word, word)


def named(word: str) -> str:
    """self-evaluation (自己評価); a chapter keeps its number before it."""
    if word in words():
        return f"{words()[word]} ({word})"
    numbered = _NUMBERED.fullmatch(word)
    return f"{numbered[1]} {named(numbered[2])}" if numbered else word


def amount(value: int, unit: str, asked: str = "") -> str:
    """14,561 thousand yen (14,561千円), in the unit asked for where both are money; 35 organizations (35団体)."""
    printed = f"{grouped(value)}{unit}"
    if unit in UNITS:
        return f"{_money(value, unit, asked if asked in UNITS else unit)} ({printed})"
    return f"{_signed(value)} {words()[unit]} ({printed})" if unit in words() else printed


def _money(value: int, unit: str, asked: str) -> str:
    written = in_unit(value, unit, asked).replace("△", "-")
    return written.replace(asked, f" {words()[asked]}") if asked in _SAID_IN_FULL else written


def _signed(value: int) -> str:
    return grouped(value).replace("△", "-")


def months(span: tuple[int, int]) -> str:
    """July, or April to March."""
    first, last = (NAMES[month - 1] for month in span)
    return first if first == last else f"{first} to {last}"


def day(one: date) -> str:
    """31 July."""
    return f"{one.day} {NAMES[one.month - 1]}"


def weekday(one: date) -> str:
    """Monday 31 July."""
    return f"{_WEEKDAYS[one.weekday()]} {day(one)}"


def when(text: str) -> str:
    """令和7年度まで累積 -> cumulative to FY2025 (R7)."""
    years = _ERA_YEAR.sub(lambda match: year(FiscalYear.reiwa(int(match[1]))), text)
    cumulative = years.endswith(_CUMULATIVE)
    return f"cumulative to {years.removesuffix(_CUMULATIVE)}" if cumulative else years


def year(one: FiscalYear) -> str:
    """FY2023 (R5)."""
    return f"{one.english} ({one.short})"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


FILTERS = (english, named, months, when, capital, ordinal)
"""What only the English templates may call."""
