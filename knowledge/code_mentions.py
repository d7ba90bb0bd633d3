"""Codes in a text: 3-1-2, 3-1 or 柱3 in any writing, ranges written out. Found, whether or not the plan holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.kansuji import kansuji

_DIGIT = r"[0-9]{1,3}|[一二三四五六七八九十]{1,3}"
_CODE = re.compile(
    rf"(?<![0-9a-z年月.\-])(?:取組|項目|施策|コード)?({_DIGIT})(?:[-.・−/]|の)({_DIGIT})(?:(?:[-.・−/]|の)({_DIGIT}))?"
    r"(?![0-9年月日%]|[.-][0-9]|倍|つ|年度|番目|位|回|ヵ年|か年|個|件|館|校|台)"
)
_PILLAR = re.compile(
    rf"(?:第({_DIGIT})の?柱|柱の?({_DIGIT})(?![0-9\-]|つ|本|個)|({_DIGIT})(?:番目の|本目の)柱|pillars? ?({_DIGIT}))"
)
# 柱3と5, pillars 3, 4 and 5: more numbers that can be nothing but pillars.
_MORE_PILLARS = re.compile(
    r"(?:[、,・/と]|及び|および|, | and |, and | or | ?& ?)([1-9])"
    r"(?=$|[ 、,・/?!.。と及お]|[のをはで](?![0-9]))(?!\.[0-9])"
)
_CODE_RANGE = re.compile(r"~|から|-|through|to")


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A code at [start, end): 3-1-2, 3-1 or 柱3, whether or not the plan holds it."""

    code: str
    start: int
    end: int


def find_codes(text: str) -> Iterator[CodeMention]:
    """Codes in any writing (3の1の2, 三の一の二, 3.1.2, 第3の柱), ranges (3-1-1~3-1-4) written out."""
    found: list[CodeMention] = []
    for match in _PILLAR.finditer(text):
        number = next(group for group in match.groups() if group)
        found.append(CodeMention(f"柱{_number(number)}", match.start(), match.end()))
        found += _more_pillars(text, match.end())
    for match in _CODE.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        code = "-".join(str(_number(group)) for group in match.groups() if group)
        found.append(CodeMention(code, match.start(), match.end()))
    return _with_ranges(sorted(found, key=lambda one: one.start), text)


def _more_pillars(text: str, at: int) -> Iterator[CodeMention]:
    while match := _MORE_PILLARS.match(text, at):
        yield CodeMention(f"柱{match[1]}", match.start(1), match.end())
        at = match.end()


def _with_ranges(found: list[CodeMention], text: str) -> Iterator[CodeMention]:
    previous: CodeMention | None = None
    for one in found:
        if previous and _CODE_RANGE.fullmatch(text[previous.end : one.start].strip()):
            yield from _between(previous, one)
        yield one
        previous = one


def _between(first: CodeMention, last: CodeMention) -> Iterator[CodeMention]:
    head, _, low = first.code.rpartition("-")
    same_head, _, high = last.code.rpartition("-")
    if head and head == same_head and low.isdigit() and high.isdigit():
        for number in range(int(low) + 1, int(high)):
            yield CodeMention(f"{head}-{number}", last.start, last.end)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else kansuji(text)
