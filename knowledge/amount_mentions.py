"""Reads the amounts that people type, alone (an answer) or inside a sentence.

What is no amount is None, what is said not to be set stays so, and what could mean two things is Doubtful:
the caller asks. Nothing is guessed from the size of a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from knowledge.japanese import narrow
from knowledge.kansuji import kansuji
from knowledge.plan.amount import UNITS, Amount, Doubtful, NotSet, Reading, whole_yen


@dataclass(frozen=True, slots=True)
class AmountMention:
    """An amount inside a sentence, at [start, end) of the text as given."""

    start: int
    end: int
    reading: Amount | Doubtful


def read_amount(text: str, default_unit: str | None = None) -> Reading | None:
    """The amount that the whole text is (14,561千円です), or None: a question that holds one is not one.

    A figure without a unit counts `default_unit`, or is Doubtful where that is left out.
    """
    if len(text) > _LONGEST_AMOUNT:
        return None
    words = _WRAPPING.fullmatch(narrow(text).text.strip())
    core = words["core"] if words else ""
    if reason := _not_set(core):
        return NotSet(text.strip(), reason)
    match = _EXPRESSION.fullmatch(core)
    reading = _reading(match, text.strip()) if match else None
    if default_unit and isinstance(reading, Doubtful):
        reading = reading.counted_in(default_unit)
    return None if isinstance(reading, Amount) and abs(reading.yen) >= _TOO_LARGE else reading


def find_amounts(text: str) -> list[AmountMention]:
    """The amounts inside a sentence; figures of codes, years, dates, counts and 第3四半期 are none.

    A figure without a unit is reported (as Doubtful) only where it looks like money: 14,561 or △2413.
    """
    narrowed = narrow(text)
    found = []
    for match in _EXPRESSION.finditer(narrowed.text):
        if _stands_alone(match) and (reading := _reading(match, narrowed.as_written(*match.span()))):
            start, end = narrowed.span_in_source(*match.span())
            found.append(AmountMention(start, end, reading))
    return found


def unit_asked(text: str) -> str:
    """The unit in which a folded text asks for amounts (千円単位で, in million yen); "" where it says none."""
    found = _UNIT.search(text)
    asked = next((group for group in found.groups() if group), "") if found else ""
    return _UNITS.get(asked.split(" ")[0], asked)


_UNIT = re.compile(
    r"(億円|百万円|万円|千円|円)(?:単位|で(?!す)|だと|に直す|に換算|換算|表記|にする|なら|にすると)"
    r"|何(億円|万円|千円|円)|(?:in|how many) (yen|(?:thousand|million|hundred million)s?(?: of)? yen)"
)
_UNITS = {
    "yen": "円",
    "thousand": "千円",
    "thousands": "千円",
    "million": "百万円",
    "millions": "百万円",
    "hundred": "億円",
}
_DASHES = r"−‐‑‒–—―ー\-"
_MINUS = rf"△▲▵∆{_DASHES}"
_DIGITS = r"[0-9]+(?:,[0-9]+|、[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?"
_KANJI = "〇零一二三四五六七八九壱弐参"
_SCALES = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12}
_ENGLISH = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALE = "[十拾百千万億兆]"
_EXPRESSION = re.compile(
    rf"(?:(?P<sign>[{_MINUS}+]|マイナス|まいなす|プラス) ?)?(?:¥ ?)?"
    rf"(?P<value>(?:(?:(?:{_DIGITS}|[{_KANJI}]+) ?)?{_SCALE})*(?:{_DIGITS}|[{_KANJI}]+|ゼロ)?)"
    r"(?: (?P<english>thousand|million|billion)(?= yen))?(?: ?(?P<yen>円(?![滑卓形満高安周グ])|yen))?"
)
_PART = re.compile(rf"(?P<figures>{_DIGITS}|[{_KANJI}]+)?(?P<scale>[十拾百千])?")
# 1.4億, 14,561千 and 1,456万1千 are complete without 円; 1億4千 is not.
_WITHOUT_YEN = re.compile(r"[万億兆]$|[0-9]{2}\s?千$|万[^万億兆]*千$")
_LONGEST_NUMBER = 30
_LONGEST_AMOUNT = 100
_TOO_LARGE = 10**16  # ten times what all of Japan earns in a year, and still an integer to any database
_GROUPED = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_WRAPPING = re.compile(
    r"(?:約|およそ|おおよそ|おおむね|概ね|だいたい|大体|計|合計|金)?\s*(?P<core>.*?)\s*"
    r"(?:也|(?:の|な)?(?:見込み?|予定|程度|くらい|ぐらい|ほど))?"
    r"(?:です(?:かね|ね|よ)?|でした|になります|となります|となりました|でお願いします|だと思います|かな)?[。.!]*",
    re.DOTALL,
)
_Reason = Literal["undecided", "none", "placeholder"]
_NOT_SET: dict[_Reason, re.Pattern[str]] = {
    "undecided": re.compile(
        r"(?:まだ)?(?:未定|未確定|未設定|未算定|調整中|算定中|算出中|集計中|精査中|検討中|確認中|不明)"
        r"|(?:まだ)?(?:(?:分|わ)か(?:りません|らない)|決ま(?:って(?:い)?(?:ません|ない)|りません))|まだ"
    ),
    "none": re.compile(rf"(?:特に)?(?:なし|無し|ナシ|無|ありません)|該当なし|[{_DASHES}]+"),
    "placeholder": re.compile(
        r"[〇○◯●]{2,}|[〇○◯●][,〇○◯●]*(?:円|[十百千万億]+円?)|[x*]{2,}(?:円|[十百千万億]+円)"
    ),
}


def _not_set(core: str) -> _Reason | None:
    return next((reason for reason, pattern in _NOT_SET.items() if pattern.fullmatch(core)), None)


def _reading(match: re.Match[str], written: str) -> Amount | Doubtful | None:
    value = match["value"]
    if value == "ゼロ":
        return Amount(0)
    number = _number(value)
    if number is not None and match["english"]:
        number *= _ENGLISH[match["english"]]
    if number is None or number >= _TOO_LARGE or value == "千":  # 千円 alone names the unit
        return None
    signed = -number if match["sign"] and match["sign"] not in ("+", "プラス") else number
    return _judged(value, signed, bool(match["yen"]) or "¥" in match[0], written)


def _judged(value: str, number: Fraction, has_unit: bool, written: str) -> Amount | Doubtful:
    if any(not _GROUPED.fullmatch(digits.replace("、", ",")) for digits in re.findall(_DIGITS, value)):
        return Doubtful(written, "grouping", number)
    if has_unit or number == 0 or _WITHOUT_YEN.search(value):
        return whole_yen(number, written)
    if value[-1] == "千" or any(myriad in value for myriad in _MYRIADS):
        return Doubtful(written, "cut_short", number)
    return Doubtful(written, "no_unit", number)


def _number(value: str) -> Fraction | None:
    """1億2,767万6千 -> 127676000; None where the parts do not go down in size."""
    total, rest, room = Fraction(0), value.replace(" ", ""), Fraction(0)
    for name, scale in (*reversed(_MYRIADS.items()), ("", 1)):
        head, found, tail = rest.partition(name) if name else (rest, "end", "")
        if not found or (not name and not head and room):
            continue
        section = _section(head)
        if section is None or (room and section.value * scale >= room):
            return None
        total, rest, room = total + section.value * scale, tail, section.counts_in * scale
    return total


@dataclass(frozen=True, slots=True)
class _Section:
    """Figures before a 万 or 億, and the smallest scale in which they count: 百 in 14百, 1 in 1,456."""

    value: Fraction
    counts_in: Fraction


def _section(text: str) -> _Section | None:
    """14,561千 -> 14561000, 3百50 -> 350, 百二十 -> 120: figures with 千, 百, 十 in falling order."""
    total, room = Fraction(0), Fraction(0)
    parts = [part for part in _PART.finditer(text) if part[0]]
    if not parts or "".join(part[0] for part in parts) != text:
        return None
    for part in parts:
        figures = _figures(part["figures"]) if part["figures"] else Fraction(1)
        scale = Fraction(_SCALES[part["scale"]] if part["scale"] else 1)
        if figures is None or (room and figures * scale >= room):
            return None
        total, room = total + figures * scale, scale
    return _Section(total, room)


def _figures(text: str) -> Fraction | None:
    """14,561 or 一四五六一; 〇〇 is a placeholder and no figure."""
    if len(text) > _LONGEST_NUMBER or not text.strip("〇"):
        return None
    return Fraction(kansuji(text) if text[0] in _KANJI else text.replace(",", "").replace("、", ""))


_BEFORE = re.compile(r"(?:[0-9a-z][.\-]?|[第柱令和平成昭]\s?)$")
_COUNTED = re.compile(r"\s?[a-z%々一-龯ァ-ヺ〇]|[.,~\-/:][0-9]|の[0-9]")
_COUNTED_IN_MYRIADS = re.compile(r"(?!程度|以上|以下|未満|前後|超|弱|強|増|減|見込|位)\s?[a-z%々一-龯ァ-ヺ]")


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether the figures are an amount of their own, not part of a code, a year, a date or a count."""
    text, (start, end) = match.string, match.span()
    if not match["value"] or match[0].strip() in UNITS:
        return False
    if _BEFORE.search(text[max(0, start - 3) : start]) and not match[0].startswith(
        ("△", "▲", "¥", "マイナス")
    ):
        return False
    if match["yen"]:
        return True
    if _WITHOUT_YEN.search(match["value"]):
        return not _COUNTED_IN_MYRIADS.match(text, end)
    looks_like_money = re.search(r"[0-9],[0-9]{3}", match["value"]) or match["sign"] or "¥" in match[0]
    return bool(looks_like_money and match["value"][0].isdecimal() and not _COUNTED.match(text, end))
