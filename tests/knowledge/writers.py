"""Writes amounts and years in the ways of people, independently of the readers that are held against it.

`choose` picks one of a list; a test passes hypothesis' or a seeded random one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

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


def amount(yen: int, choose: Choose) -> str:
    """A sum in one of the writings that say it completely, with its unit."""
    sign = (
        choose(["△", "▲", "−", "-", "－", "‐", "ー", "マイナス", "△ "])
        if yen < 0
        else choose(["", "", "", "+"])
    )
    way = choose(["in a unit", "in a unit", "spoken", "kanji", "mixed", "without 円"])
    if way == "kanji":
        body = _in_kanji(abs(yen), choose)
    elif way == "spoken":
        body = _spoken(abs(yen), choose) + "円"
    elif way == "mixed":
        body = _mixed(abs(yen), choose)
    elif way == "without 円":
        body = _in_unit(abs(yen), choose(["万", "億"]), choose)
    else:
        body = _in_unit(abs(yen), choose(list(MONEY)), choose)
    return sign + choose([body, body, body.translate(_WIDE)])


MONEY = {"円": 0, "千円": 3, "万円": 4, "十万円": 5, "百万円": 6, "千万円": 7, "億円": 8, "万": 4, "億": 8}
"""Units and their powers of ten."""


def _in_unit(yen: int, unit: str, choose: Choose) -> str:
    return _decimal(yen, MONEY[unit], choose) + choose(["", "", " "]) + unit


def _decimal(yen: int, power: int, choose: Choose) -> str:
    number = Decimal(yen).scaleb(-power)
    return choose(
        [f"{number:f}", f"{number:,f}", _without_zeros(f"{number:,f}"), _without_zeros(f"{number:f}")]
    )


def _without_zeros(written: str) -> str:
    return written.rstrip("0").rstrip(".") if "." in written else written


def _spoken(yen: int, choose: Choose) -> str:
    """1億2,767万6千, with 0 as it is."""
    written = ""
    for scale, name in ((10**8, "億"), (10**4, "万")):
        part, yen = divmod(yen, scale)
        if part:
            written += choose([f"{part:,}", str(part)]) + name
    if yen and yen % 1000 == 0 and yen < 10_000:
        written += choose([f"{yen // 1000}千", f"{yen:,}", str(yen)])
    elif yen or not written:
        written += choose([f"{yen:,}", str(yen)])
    return written


def _mixed(yen: int, choose: Choose) -> str:
    """14百万561千円 as far as the sum is whole thousands, 1千4百56万1,000円 otherwise."""
    millions, rest = divmod(yen, 10**6)
    if yen % 1000 == 0 and millions and rest:
        return f"{choose([f'{millions:,}', str(millions)])}百万{rest // 1000}千円"
    return _spoken(yen, choose) + "円"


def _in_kanji(yen: int, choose: Choose) -> str:
    thousands, ones = divmod(yen, 1000)
    if thousands and not ones:
        return choose([kanji(yen) if yen != 1000 else "一千", kanji_digits(thousands) + "千"]) + "円"
    return kanji(yen) + "円"


def year(start: int, choose: Choose) -> str:
    """The fiscal year that starts in that western year (1926 to 2099), in one of its writings."""
    western = [
        *(
            f"{start}",
            f"{start}年度",
            f"{start}年",
            f"FY{start}",
            f"fy {start}",
            f"fiscal {start}",
            f"西暦{start}年度",
        ),
        *(f"{kanji_digits(start)}年度", f"{kanji_digits(start)}年"),
    ]
    if start >= 2020:
        western += [f"'{start % 100}", f"’{start % 100}年度", f"FY{start % 100}", f"{start % 100}年度"]
    written = choose(western + _in_era(start))
    return choose([written, written, written.translate(_WIDE)])


def _in_era(start: int) -> list[str]:
    era, short, letter, first = next(era for era in _ERAS if start >= era[3])
    number = start - first + 1
    figures = [str(number), kanji(number), *(["元"] if number == 1 else []), f"{number:02}"]
    written = [f"{era}{figure}{tail}" for figure in figures for tail in ("年度", "年", "")]
    written += [f"{short}{number}"]
    if letter != "S" or number > 9:
        written += [f"{letter}{number}{tail}" for tail in ("年度", "年", "")] + [f"{letter}.{number}"]
    if letter != "S":
        written += [f"{letter.lower()}{number}", f"{letter}{number:02}"]
    if era == "令和":
        written += [f"れいわ{number}", f"レイワ{number}年度", f"Reiwa {number}"]
    if era == "令和" and 1 < number < 20:
        written += [f"{number}年度", f"{kanji(number)}年度"]
    return written


_ERAS = (("令和", "令", "R", 2019), ("平成", "平", "H", 1989), ("昭和", "昭", "S", 1926))


def years(first: int, last: int, choose: Choose) -> str:
    """A range of two different years from 2019 on, in one of its writings."""
    joint = choose(["～", "〜", "~", "-", "－", "から", "ー"])
    one, two = first - 2018, last - 2018
    written = [
        *(f"R{one}{joint}R{two}", f"R{one}{joint}{two}", f"r{one}{joint}r{two}年度", f"{first}{joint}{last}"),
        *(
            f"令和{one}{joint}{two}年度",
            f"令和{one}年度{joint}令和{two}年度",
            f"令和{one}年度{joint}{two}年度",
        ),
        *(
            f"令和{kanji(one)}年度{joint}{kanji(two)}年度",
            f"{first}年度{joint}{last}年度",
            f"FY{first}{joint}FY{last}",
        ),
    ]
    if one > 1 and two < 20:
        written += [f"{one}{joint}{two}年度", f"{one}年度{joint}{two}年度"]
    text = choose(written) + choose(["", "", "まで"])
    return choose([text, text.translate(_WIDE)])
