"""Sums, changes, comparisons, averages, shares and rankings, asked in words put together at random, are reckoned right.

The oracle reads the plan's cells and knows nothing of how the bot understands or reckons.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from bot.conversation.plan_reply import ask
from knowledge.plan.fiscal_year import FiscalYear
from tests.test_questions import known

_ASKED = 120
_SCOPES = {
    "3-1-": ("3-1", "公民連携の推進"),
    "5-1-": ("5-1", "歳入改革"),
    "5-2-": ("5-2", "歳出改革"),
    "5-": ("柱5", "歳入・歳出の改革"),
    "": ("計画全体", "この計画全体"),
}
YEARS = known().plan.years
ROWS = {one.code: row for one, row in known().plan.rows() if row.measure.is_effect_amount}
SPECIAL = {one.code for one in known().plan.initiatives if any("会計" in mark.printed for mark in one.marks)}
SET = [code for code, row in ROWS.items() if row.total.value is not None]

Asked = tuple[str, list[str]]
"""A question, and what its answer must hold, without commas and with - for △."""


def value(code: str, year: FiscalYear) -> int:
    """A cell in 千円, a blank one adding nothing."""
    return ROWS[code].of(year).value or 0


def said(year: FiscalYear, random: Random) -> str:
    reiwa = year.start - 2018
    return random.choice((f"令和{reiwa}年度", f"R{reiwa}", f"{year.start}年度", f"Ｒ{reiwa}"))


def rounded(number: Fraction) -> str:
    tenths = (number * 10 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}" + (f".{tenths % 10}" if tenths % 10 else "")


def inside(start: str, with_special: bool) -> list[str]:
    return [code for code in SET if code.startswith(start) and (with_special or code not in SPECIAL)]


def a_sum(random: Random) -> Asked:
    start = random.choice(list(_SCOPES))
    accounts = random.choice(("", "", "特別会計も含めて", "特別会計込みで", "特別会計を除いて"))
    first, last = sorted(random.sample(range(len(YEARS)), 2))
    years, words = random.choice(
        (
            (YEARS[last : last + 1], said(YEARS[last], random)),
            (YEARS[first : last + 1], f"{said(YEARS[first], random)}から{said(YEARS[last], random)}まで"),
            (YEARS[: last + 1], f"{said(YEARS[last], random)}までの累計"),
            (YEARS[first:], f"{said(YEARS[first], random)}以降"),
            (YEARS, "5年計"),
        )
    )
    text = random.choice(
        ("{0}の{1}の効果額の合計{2}", "{2}{0}、{1}、合計いくら", "{0} {1} 合計 {2}", "{0}の{1}を{2}合計して")
    )
    codes = inside(start, "も含め" in accounts or "込み" in accounts)
    amount = sum(value(code, year) for code in codes for year in years)
    return text.format(random.choice(_SCOPES[start]), words, accounts), [f"{amount}千円"] if amount else []


def a_change(random: Random) -> Asked:
    code = random.choice(SET)
    one, two = sorted(random.sample(YEARS, 2))
    text = random.choice(
        ("{0}の{1}と{2}の差は", "{0}は{1}から{2}でいくら変わる？", "{0}、{1}に比べて{2}はどれだけ増えますか")
    )
    blank = None in (ROWS[code].of(one).value, ROWS[code].of(two).value)
    change = abs(value(code, two) - value(code, one))
    expected = ["記載"] if blank else ([f"{change}千円"] if change else [])
    return text.format(code, said(one, random), said(two, random)), expected


def a_comparison(random: Random) -> Asked:
    one, two = random.sample(SET, 2)
    text = random.choice(
        ("{0}と{1}の5年計の差", "{0}と{1}はどっちが効果額が大きい？", "5年間だと{0}と{1}でどちらが上")
    )
    totals = [ROWS[code].total.value or 0 for code in (one, two)]
    return text.format(one, two), [f"{abs(totals[0] - totals[1])}千円"]


def an_average(random: Random) -> Asked:
    code = random.choice(SET)
    text = random.choice(("{0}の年平均", "{0}を1年あたりにすると", "{0}は平均すると毎年いくら"))
    return text.format(code), [f"{rounded(Fraction(ROWS[code].total.value or 0, len(YEARS)))}千円"]


def a_share(random: Random) -> Asked:
    code = random.choice([code for code in SET if code not in SPECIAL])
    year = random.choice([year for year in YEARS if value(code, year) > 0])
    text = random.choice(("{1}の{0}は{2}の何％", "{0}が{2}に占める割合（{1}）", "{2}のうち{0}は{1}で何割"))
    whole = sum(value(other, year) for other in inside(code[:4], with_special=False))
    percent = rounded(Fraction(100 * value(code, year), whole))
    return text.format(code, said(year, random), code[:3]), [
        f"{percent}" if "." in percent else f"{percent}.0"
    ]


def a_ranking(random: Random) -> Asked:
    start, year = random.choice(list(_SCOPES)), random.choice(YEARS[1:])
    text = random.choice(
        (
            "{0}で{1}に一番額が{2}取組は",
            "{1}、{0}の中で最も効果額が{2}のはどれ",
            "{0}の{1}で効果額がいちばん{2}もの",
        )
    )
    how, best = random.choice((("大きい", max), ("小さい", min)))
    codes = [code for code in inside(start, with_special=False) if ROWS[code].of(year).value is not None]
    first = best(codes, key=lambda code: value(code, year))
    expected = [first, f"{value(first, year)}千円"]
    return text.format(random.choice(_SCOPES[start]), said(year, random), how), expected


KINDS: Iterable[Callable[[Random], Asked]] = (a_sum, a_change, a_comparison, an_average, a_share, a_ranking)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_reckoned_is_right_however_it_is_asked(kind: Callable[[Random], Asked]) -> None:
    random = Random(kind.__name__)
    wrong = []
    for _ in range(_ASKED):
        text, expected = kind(random)
        answer = json.loads(ask([text], known(), date(2024, 7, 3)).answer)["text"]
        plainly = unicodedata.normalize("NFKC", answer).replace(",", "").replace("△", "-")
        wrong += [f"{text} {expected}: {answer}"] if not all(one in plainly for one in expected) else []
    assert wrong == []
