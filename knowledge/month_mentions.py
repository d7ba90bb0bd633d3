"""Months in a text: where it speaks of one or of a span of them, in Japanese or in English."""

from __future__ import annotations

import re

from knowledge.plan.fiscal_year import read_months

NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_BY_LETTERS = {name[:3].lower(): number for number, name in enumerate(NAMES, start=1)}
_NAME = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?"
    r"|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_LED = r"(?:in|during|of|by|for|until|since|every|each|from|between) "
_SPAN = re.compile(rf"(?:{_LED})?(?<![a-z]){_NAME}(?: (?:to|through|until|till|and) |-|~){_NAME}")
_SINGLE = re.compile(rf"{_LED}{_NAME}|(?<![a-z])(?!may|march){_NAME}")
_MONTHS = re.compile(
    r"(?<![0-9年])(?:1[0-2]|[1-9])月?(?:[~-]|から)(?:翌年?の?)?(?:1[0-2]|[1-9])月(?!\d|日)|(?<![0-9年度])(?:1[0-2]|[1-9])月(?!\d*日)"
)


def find_months(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first and last month that a folded text speaks of, and where; 7月3日 is a day."""
    if match := _MONTHS.search(text):
        span = read_months(match[0])
        return ((span.first, span.last), match.span()) if span else None
    return _in_english(text)


def _in_english(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """march and may alone are verbs."""
    if match := _SPAN.search(text):
        return (_number(match[1]), _number(match[2])), match.span()
    if match := _SINGLE.search(text):
        month = _number(match[1] or match[2])
        return (month, month), match.span()
    return None


def _number(name: str) -> int:
    return _BY_LETTERS[name[:3]]
