"""Numbers written in kanji."""

from __future__ import annotations

import re

_KANJI_DIGITS = "〇一二三四五六七八九"
_DIGITS = {char: value for value, char in enumerate(_KANJI_DIGITS)} | {"零": 0, "壱": 1, "弐": 2, "参": 3}


def kansuji(text: str) -> int:
    """三 -> 3, 十二 -> 12, 一億四千万 -> 140000000, 二〇二四 -> 2024; ValueError for other text."""
    if re.fullmatch(r"[〇零一二三四五六七八九]{1,20}", text):
        return int("".join(str(_DIGITS[char]) for char in text))
    sections = re.fullmatch(r"(?:(.+)兆)?(?:(.+)億)?(?:(.+)万)?(.*)", text)
    if not text or not sections:
        raise ValueError(f"漢数字ではありません: {text}")
    value = 0
    for section, scale in zip(sections.groups(), (10**12, 10**8, 10**4, 1), strict=True):
        value += _below_myriad(section) * scale if section else 0
    return value


_BELOW_MYRIAD = re.compile(
    r"(?:(?P<n1000>[一二三四五六七八九壱弐参]?)千)?(?:(?P<n100>[一二三四五六七八九壱弐参]?)百)?"
    r"(?:(?P<n10>[一二三四五六七八九壱弐参]?)[十拾])?(?P<n1>[一二三四五六七八九壱弐参]?)"
)


def _below_myriad(section: str) -> int:
    match = _BELOW_MYRIAD.fullmatch(section)
    if not match:
        raise ValueError(f"漢数字ではありません: {section}")
    places = ((match["n1000"], 1000), (match["n100"], 100), (match["n10"], 10), (match["n1"] or None, 1))
    return sum((_DIGITS[digit] if digit else 1) * scale for digit, scale in places if digit is not None)
