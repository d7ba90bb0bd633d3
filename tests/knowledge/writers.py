"""Writes amounts and years in the ways of people, independently of the readers that are held against it.

`choose` picks one of a list; a test passes hypothesis' or a seeded random one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Choose = Callable[[Sequence[str]], str]

_KANJI = "〇一二三四五六七八九"
_WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


def kanji(number: int) -> str:
    """140000000 -> 一億四千万."""
    if number == 0:
        return "零"
    written = ""
    for scale, name in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        part, number = divmod(number, scale)
        if part:
            written += _kanji_below_myriad(part, bool(name)) + name
    return written


def _kanji_below_myriad(part: int, before_a_name: bool) -> str:
    written = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, part = divmod(part, scale)
        one_is_said = not name or (name == "千" and before_a_name)
        if digit:
            written += ("" if digit == 1 and not one_is_said else _KANJI[digit]) + name
    return written


def kanji_digits(number: int) -> str:
    """2024 -> 二〇二四."""
    return "".join(_KANJI[int(digit)] for digit in str(number))
