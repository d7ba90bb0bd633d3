"""Reads what a person types where a figure is asked for, and says what about it must be asked back."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from bot.evaluation.form import plain
from bot.storage.draft import FieldAnswer, Option
from bot.storage.entry import EntryRow
from knowledge.amount_mentions import read_amount
from knowledge.japanese import narrow
from knowledge.plan.amount import UNITS, Amount, Doubtful, NotSet, grouped, in_unit, whole_yen

_SIGNS = frozenset({"マイナス", "まいなす", "△", "▲"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is not taken yet: why, and what may be meant by it (nothing: it is to be written anew)."""

    reason: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What figure would surprise nobody: that year's target or last forecast (None: neither), and how far off doubts begin.

    `target` is the plan's own, maybe of a later year: a figure may well be far below that one, and hardly far above.
    """

    value: int | None
    times: int
    target: int | None = None

    def fits(self, value: int) -> bool:
        """Whether it is of the same size and sign."""
        return self.value is not None and not self.doubt(value)

    def doubt(self, value: int) -> str:
        """sign, times, or nothing to doubt."""
        if self.value is None and self.target:
            return "times" if value >= abs(self.target) * self.times else ""
        if not self.value:
            return ""
        if value * self.value < 0:
            return "sign"
        small, large = sorted((abs(value), abs(self.value)))
        return "times" if large >= small * self.times else ""

    def rounded(self, number: Fraction) -> int:
        """To the nearest whole, halves up; but what misses the target is not made to reach it."""
        nearest = floor(number + Fraction(1, 2))
        return floor(number) if self.target is not None and number < self.target <= nearest else nearest


def read_figure(text: str, row: EntryRow, expected: Expected) -> FieldAnswer | Doubt | None:
    """What the text says for that row: an answer, a doubt, or None where it is no figure at all."""
    if plain(text) in _SIGNS:
        return Doubt("sign_alone")
    reading = read_amount(text) if row.is_money else _count(text, row.unit)
    match reading:
        case None:
            return None
        case NotSet():
            return FieldAnswer(text=reading.written)
        case Amount():
            return _judged(reading.yen, row, expected)
        case Doubtful():
            return _doubted(reading, row, expected)


def printed(value: int, row: EntryRow) -> str:
    """14,561千円; 36団体."""
    return in_unit(value, "円", row.unit) if row.is_money else f"{grouped(value)}{row.unit}"


def _judged(value: int, row: EntryRow, expected: Expected) -> FieldAnswer | Doubt:
    reason = expected.doubt(value)
    if not reason:
        return FieldAnswer(value=value)
    return Doubt(reason, (Option(printed(value, row), FieldAnswer(value=value)),))


def _doubted(reading: Doubtful, row: EntryRow, expected: Expected) -> FieldAnswer | Doubt:
    if reading.reason == "no_unit" and row.is_money:
        return _without_unit(reading, row, expected)
    if reading.reason == "part_of_a_yen" and not row.is_money:
        rounded = expected.rounded(reading.number)
        return Doubt("fraction", (Option(printed(rounded, row), FieldAnswer(value=rounded)),))
    return Doubt(reading.reason)


def _without_unit(reading: Doubtful, row: EntryRow, expected: Expected) -> FieldAnswer | Doubt:
    """Counted in the plan's unit where that fits what is expected; otherwise the person says which it is."""
    counted = reading.counted_in(row.unit)
    if isinstance(counted, Amount) and expected.fits(counted.yen):
        return FieldAnswer(value=counted.yen)
    units = dict.fromkeys((row.unit, "円"))
    meant = [(unit, reading.counted_in(unit)) for unit in units]
    options = tuple(
        Option(f"{_as_said(reading.number)}{unit}", FieldAnswer(value=one.yen))
        for unit, one in meant
        if isinstance(one, Amount)
    )
    return Doubt("no_unit", options)


def _as_said(number: Fraction) -> str:
    return grouped(int(number)) if number.denominator == 1 else str(float(number))


def _count(text: str, unit: str) -> Amount | NotSet | Doubtful | None:
    """A count: read as an amount would be, but for its unit; money is no count."""
    said = narrow(text).text.strip().rstrip("。.")
    for ending in ("です", "の見込み", "見込み", "くらい", "程度"):
        said = said.removesuffix(ending)
    for counter in dict.fromkeys((unit, narrow(unit).text, "％" if unit == "%" else unit)):
        said = said.removesuffix(counter) if counter else said
    if any(word in said for word in ("円", "¥", "yen")):
        return None
    scale, counter = _scale(unit)
    in_single = bool(scale > 1 and said.endswith(counter))
    reading = _number(said.removesuffix(counter) if in_single else said)
    if in_single and isinstance(reading, Amount):
        return _scaled(reading.yen, scale, text)
    return reading


def _number(said: str) -> Amount | NotSet | Doubtful | None:
    """Read as so many yen would be; 千 and 五千 are whole, since no 円 is missing behind them."""
    reading = read_amount("一千" if said.strip() in ("千", "約千") else said, "円")
    if isinstance(reading, Doubtful) and reading.reason == "cut_short" and "億" not in said:
        return whole_yen(reading.number, reading.written)
    return reading


def _scale(unit: str) -> tuple[int, str]:
    """万件 counts in tens of thousands of 件."""
    for name, scale in (("万", 10_000), ("千", 1_000)):
        if unit.startswith(name) and unit not in UNITS and len(unit) > 1:
            return scale, unit.removeprefix(name)
    return 1, unit


def _scaled(single: int, scale: int, written: str) -> Amount | Doubtful:
    value = Fraction(single, scale)
    return Amount(int(value)) if value.denominator == 1 else Doubtful(written, "part_of_a_yen", value)
