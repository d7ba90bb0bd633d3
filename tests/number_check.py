"""Does every number that an answer prints stand in what it cites, or follow from it by plain arithmetic?

An independent reading of the printed text: numbers of three digits and more (and all amounts of money) must be a fact,
stand in a cited place, be a sum, difference or average of facts, or be the person's own number quoted back.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from knowledge.amount_mentions import find_amounts
from knowledge.known import Known
from knowledge.plan.amount import Amount

Fact = Mapping[str, Any]
"""A fact as it stands in an answer's JSON."""

_YEN = {
    "円": 1,
    "千円": 10**3,
    "万円": 10**4,
    "十万円": 10**5,
    "百万円": 10**6,
    "千万円": 10**7,
    "億円": 10**8,
}
_ENGLISH_YEN = {"yen": 1, "thousand yen": 10**3, "million yen": 10**6}
_DIGITS = r"[0-9][0-9,]*"
_MONEY = re.compile(
    rf"(?P<minus>[△▲-])?(?:(?P<oku>{_DIGITS})億)?(?:(?P<man>{_DIGITS})万)?"
    rf"(?:(?P<number>{_DIGITS}(?:\.[0-9]+)?)(?P<unit>億円|千万円|百万円|十万円|万円|千円|円| thousand yen| million yen| yen)"
    r"|(?<=[億万])円)"
)
_NOT_QUANTITIES = re.compile(
    r"[0-9]+-[0-9]+(?:-[0-9]+)*|柱[0-9]+"  # codes
    r"|(?<![0-9])(?:19|20)[0-9]{2}(?=年)|FY[0-9]{4}"  # years by the western calendar
    r"|R[0-9]{1,2}(?![0-9])|令和[0-9]+年"
)
_NUMBER = re.compile(rf"(?P<minus>[△▲-])?(?P<number>{_DIGITS}(?:\.[0-9]+)?)")
_SHORTEST = 3
_MOST_PAIRED = 14
_YEARS = 5  # an average is taken over all years of the plan, also where fewer have a figure


def unexplained(answer: Mapping[str, Any], texts: Sequence[str], known: Known) -> list[str]:
    """The numbers of the answer's text that nothing explains."""
    facts = [one for one in answer["facts"] if one["value"] is not None]
    cited = "\n".join(_cited_texts(answer["citations"], known))
    yen = (
        {amount for _, amount in _money(cited)} | _as_thousands(cited) | set(_reckoned(facts, known, answer))
    )
    raw = {number for _, number in _numbers(cited)} | set(_counts(facts))
    own = _quoted_back(answer["text"], texts)
    text = unicodedata.normalize("NFKC", answer["text"])
    left = [said for said, amount in _money(text) if not _among(amount, yen) and said not in own]
    rest = _MONEY.sub(" ", text)
    left += [said for said, number in _numbers(rest) if not _among(number, raw | yen) and said not in own]
    return left


def _money(text: str) -> Iterator[tuple[str, Fraction]]:
    """Every amount as it is written, and in yen."""
    for match in _MONEY.finditer(unicodedata.normalize("NFKC", text)):
        if not any(char.isdigit() for char in match[0]):
            continue
        unit = (match["unit"] or "円").strip()
        amount = Fraction((match["number"] or "0").replace(",", "")) * {**_YEN, **_ENGLISH_YEN}[unit]
        amount += int((match["oku"] or "0").replace(",", "")) * 10**8
        amount += int((match["man"] or "0").replace(",", "")) * 10**4
        yield match[0], -amount if match["minus"] else amount


def _numbers(text: str) -> Iterator[tuple[str, Fraction]]:
    """Every other number of three digits and more; codes and western years are none."""
    for match in _NUMBER.finditer(_NOT_QUANTITIES.sub(" ", unicodedata.normalize("NFKC", text))):
        digits = match["number"].rstrip(",").replace(",", "")
        if len(digits.replace(".", "")) >= _SHORTEST:
            yield match[0], Fraction(digits) * (-1 if match["minus"] else 1)


def _cited_texts(citations: Iterable[Mapping[str, Any]], known: Known) -> Iterator[str]:
    """The quotes, the whole of each passage that is quoted in part, and what a cited item prints as its indicators."""
    for one in citations:
        yield one["quote"]
        yield from (
            p.text for p in known.passages if p.page == one["page"] and p.text.startswith(one["quote"])
        )
        item = known.item(one["code"] or "")
        if item is not None:
            yield from (f"{indicator.name} {indicator.printed}" for indicator in item.indicators)


def _as_thousands(cited: str) -> set[Fraction]:
    """The cells of the plan's tables are printed in 千円 without saying so in each."""
    return {number * 1000 for _, number in _numbers(cited)}


def _counts(facts: Sequence[Fact]) -> Iterator[Fraction]:
    values = [Fraction(one["value"]) for one in facts if one["unit"] not in _YEN]
    yield from values
    yield from _arithmetic([values])


def _reckoned(facts: Sequence[Fact], known: Known, answer: Mapping[str, Any]) -> Iterator[Fraction]:
    """Facts in money, their sums by year, code, item and pillar, then differences, averages and ratios of these."""
    money = [(one, Fraction(one["value"]) * _YEN[one["unit"]]) for one in facts if one["unit"] in _YEN]
    cells = [(one, amount) for one, amount in money if known.initiative(one["code"])]
    printed = _printed_targets(known, answer)
    once = {(one["code"], one["fiscal_year"]): amount for one, amount in cells}
    levels: list[Sequence[Fraction]] = [[amount for _, amount in money], printed]
    for key in _GROUPINGS:
        groups: dict[Any, list[Fraction]] = defaultdict(list)
        for one, amount in cells:
            groups[key(one)].append(amount)
        sums = [sum(group, Fraction()) for group in groups.values()]
        levels += [sums, *groups.values()]
        levels += [[whole, sum(printed, Fraction())] for whole in sums]
    whole = sum(once.values(), Fraction())
    levels += [[rest, amount] for amount in once.values() for rest in (whole, whole - amount)]
    yield from _arithmetic(levels)


_GROUPINGS: tuple[Callable[[Fact], object], ...] = (
    lambda one: None,
    lambda one: one["fiscal_year"],
    lambda one: one["code"],
    lambda one: one["code"][:3],
    lambda one: one["code"][:1],
    lambda one: (one["code"][:3], one["fiscal_year"]),
    lambda one: (one["code"][:1], one["fiscal_year"]),
)


def _printed_targets(known: Known, answer: Mapping[str, Any]) -> list[Fraction]:
    """The effect amounts that the cited items print as their own targets."""
    codes = dict.fromkeys(one["code"] for one in answer["citations"])
    items = [item for code in codes if (item := known.item(code or ""))]
    return [
        Fraction(one.target.value) * _YEN[one.unit]
        for item in items
        for one in item.indicators
        if one.unit in _YEN and one.target.value is not None
    ]


def _arithmetic(levels: Sequence[Sequence[Fraction]]) -> Iterator[Fraction]:
    for level in levels:
        yield from level
        if level:
            total = sum(level, Fraction())
            yield total
            yield from (total / count for count in range(2, max(len(level), _YEARS) + 1))
        if len(level) <= _MOST_PAIRED:
            for one, two in combinations(level, 2):
                yield from (one - two, two - one)
                yield from (a / b * scale for a, b in ((one, two), (two, one)) if b for scale in (1, 100))
                yield from (100 * (a - b) / b for a, b in ((one, two), (two, one)) if b)


def _among(amount: Fraction, allowed: set[Fraction]) -> bool:
    """Exactly, or rounded to one decimal in 千円 (averages) or in percent."""
    if amount in allowed:
        return True
    if amount.denominator == 1 and amount % 100 and amount > 1000:
        return False
    return any(abs(amount - one) <= (50 if abs(amount) > 1000 else Fraction(1, 20)) for one in allowed)


_ECHOED = re.compile(r"「[^」]*」|お尋ねの[^\n。]*|[^\n]*in your question[^\n]*")
_THRESHOLD = re.compile(
    r"[^\n]*?(?:を超える|以上の|未満の|以下の)|(?:more|less) than [^\n]*|at (?:least|most) [^\n]*"
)


def _quoted_back(text: str, texts: Sequence[str]) -> set[str]:
    """Amounts and numbers that the person wrote and the answer repeats: quoted, denied, or as a condition."""
    said = unicodedata.normalize("NFKC", text)
    echoes = "\n".join(match[0] for pattern in (_ECHOED, _THRESHOLD) for match in pattern.finditer(said))
    asked = unicodedata.normalize("NFKC", "\n".join(texts)).replace(",", "")
    found_in = [one.reading for text in texts for one in find_amounts(text)]
    meant = {Fraction(one.yen) for one in found_in if isinstance(one, Amount)}
    repeated = {found for found, amount in _money(echoes) if amount in meant}
    return repeated | {found for found, _ in _numbers(echoes) if found.replace(",", "") in asked}
