"""Exact amounts of money, and how they are written.

Whole yen as integers, fractions only on the way; nothing here is ever a float. What people type is read in
`amount_mentions`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

UNITS = {
    "円": 1,
    "千円": 1_000,
    "万円": 10_000,
    "十万円": 100_000,
    "百万円": 1_000_000,
    "千万円": 10_000_000,
    "億円": 100_000_000,
}
"""The units of money and what one of each is in yen."""


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A sum of money in whole yen; negative where the plan prints △."""

    yen: int

    def printed(self, unit: str = "千円") -> str:
        """14,561千円: the same sum written in that unit, exactly."""
        return in_unit(self.yen, "円", unit)


@dataclass(frozen=True, slots=True)
class NotSet:
    """The person says that there is no figure: yet (未定), at all (なし), or by a placeholder (〇〇千円)."""

    written: str
    reason: Literal["undecided", "none", "placeholder"]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A figure that must not be taken as it stands.

    `no_unit`: `number` counts an unknown unit. `part_of_a_yen`: finer than a yen. `cut_short`: 1億4千 or
    3千, where a 万 or 千円 may be meant. `grouping`: commas in the wrong places, so that a digit may be
    missing. `number` is in yen wherever a unit is written.
    """

    written: str
    reason: Literal["no_unit", "part_of_a_yen", "cut_short", "grouping"]
    number: Fraction

    def counted_in(self, unit: str) -> Amount | Doubtful:
        """What it is when the missing unit is this one; other doubts stay."""
        return whole_yen(self.number * UNITS[unit], self.written) if self.reason == "no_unit" else self


Reading = Amount | NotSet | Doubtful


def whole_yen(yen: Fraction, written: str) -> Amount | Doubtful:
    """The amount, or the doubt about what is finer than a yen."""
    return Amount(int(yen)) if yen.denominator == 1 else Doubtful(written, "part_of_a_yen", yen)


def grouped(number: int) -> str:
    """2413 -> 2,413; negative as the plan prints it: △2,413."""
    return f"{'△' if number < 0 else ''}{abs(number):,}"


def in_unit(value: int, unit: str, asked: str) -> str:
    """A value printed in `unit`, written exactly in the unit asked for: 14561千円 as 1,456万1千円.

    万円 and 億円 are written in full where the sum reaches one of them, other units with all decimals.
    """
    for name in (unit, asked):
        if name not in UNITS:
            raise ValueError(f"金額の単位ではありません: {name}")
    yen = value * UNITS[unit]
    sign = "△" if yen < 0 else ""
    if asked in ("万円", "億円") and abs(yen) >= UNITS[asked]:
        return sign + _spoken(abs(yen), asked)
    return f"{sign}{_decimal(abs(yen), UNITS[asked])}{asked}"


def _spoken(yen: int, largest: str) -> str:
    hundred_millions, rest = divmod(yen, UNITS["億円"]) if largest == "億円" else (0, yen)
    myriads, rest = divmod(rest, UNITS["万円"])
    thousands, ones = divmod(rest, 1_000)
    written = f"{hundred_millions:,}億" if hundred_millions else ""
    written += f"{myriads:,}万" if myriads else ""
    if ones:
        return f"{written}{rest:,}円"
    return f"{written}{thousands}千円" if thousands else f"{written}円"


def _decimal(yen: int, unit: int) -> str:
    whole, rest = divmod(yen, unit)
    places = len(str(unit)) - 1
    decimals = f"{rest:0{places}}".rstrip("0") if rest else ""
    return f"{whole:,}.{decimals}" if decimals else f"{whole:,}"


_PRINTED = re.compile(r"(?P<minus>[△▲−-])?(?P<digits>0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)")


def printed_number(cell: str) -> int:
    """The whole number that a cell of the plan's tables prints: △2,413 -> -2413.

    ValueError (in Japanese) for anything else: blank cells and 調整中 are not numbers.
    """
    match = _PRINTED.fullmatch(unicodedata.normalize("NFKC", cell).strip())
    if not match:
        raise ValueError(f"数値として読めません: 「{cell}」")
    number = int(match["digits"].replace(",", ""))
    return -number if match["minus"] else number
