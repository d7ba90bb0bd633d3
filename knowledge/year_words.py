"""The words and figures that are fiscal years, one at a time, in every way in which staff write them.

Their neighbours (ranges, lists, dates) are looked at in `year_mentions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.kansuji import kansuji
from knowledge.plan.fiscal_year import LONGEST, FiscalYear, fiscal_year_of

_ERAS = {
    "令和": "令和", "れいわ": "令和", "レイワ": "令和", "reiwa": "令和", "令": "令和", "r": "令和",
    "平成": "平成", "へいせい": "平成", "ヘイセイ": "平成", "heisei": "平成", "平": "平成", "h": "平成",
    "昭和": "昭和", "しょうわ": "昭和", "ショウワ": "昭和", "showa": "昭和", "昭": "昭和", "s": "昭和",
}  # fmt: skip
ERA_NAMES = (
    r"令和|れいわ|レイワ|平成|へいせい|ヘイセイ|昭和|しょうわ|ショウワ|(?<![a-z])(?:reiwa|heisei|showa)"
)
# 政令6, 法令6 and 水平3 are other words, SDGs 3 is no 昭和, and 昭一 is a name. R may follow a code: 3-1-2R6.
_SHORT_ERA = (
    r"(?<![政法省司号勅辞指命禁訓条])令|(?<![公水太泰不])平|昭"
    r"|(?<![a-z])r|(?<![a-z0-9])(?:h|s(?=[ .]?[0-9]{2}))"
)
_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|元)"
WESTERN = r"(?:19|20|21)[0-9]{2}"
_WESTERN_KANJI = (
    r"(?:[一二][〇零一二九][〇零一二三四五六七八九]{2}|二千(?:[二三四五六七八九]?十)?[一二三四五六七八九]?)"
)

# 前年 and 翌年 follow the year that was named last; all others are seen from today.
_RELATIVE = (
    (r"再来年|さらいねん", 2, "today"),
    (r"一昨年|一昨々年|おととし|year before last", -2, "today"),
    (r"(?<![将従古元以本])来年|明年(?=度)|らいねん|next (?:fiscal |financial )?year", 1, "today"),
    (r"昨年|(?<!過)去年|きょねん|(?:last|previous) (?:fiscal |financial )?year", -1, "today"),
    (
        r"今年|ことし|(?<!日)本年|[当現]年(?=度)|(?:this|current) (?:fiscal |financial )?year",
        0,
        "today",
    ),
    (r"翌々年|翌翌年", 2, "named"),
    (r"前々年|前前年", -2, "named"),
    (r"翌年|次年(?=度)", 1, "named"),
    (r"(?<![以午事])前年", -1, "named"),
)
_RELATIVE_WORD = "|".join(
    f"(?P<shift{number}>{words.replace(' ', '[ ]')})" for number, (words, _, _) in enumerate(_RELATIVE)
)

# What makes 3年 or 3年度 a length of time, or the third year of something.
_LENGTH = (
    r"間|計|目|後(?![半期])|前(?![半期])|連続|続け|ごと|毎|単位|あたり|当たり|以内|未満|程度|ぶり|生|半"
    r"|にわた|に渡|に[1一]|[か以]上"
)
_COUNTED = r"(?:[千万億百円件人名回個台部館校時%団所区歳世月日分秒点冊枚本種]|[かカヵヶケ箇][所月国])"

_WORD = re.compile(
    rf"""
    (?: (?P<era>{ERA_NAMES}) [ .]? (?P<era_number>{_NUMBER})
      | (?P<short_era>{_SHORT_ERA}) [ .]? (?P<short_number>[0-9]{{1,2}} | 元 | {_NUMBER}(?=年)) )
      (?![0-9a-z%]|,[0-9]{{3}}) (?:年度?(?!間))?
    | (?:fy|fiscal(?:[ ]years?)?) [ ]? '? (?P<fiscal>{WESTERN}|[0-9]{{2}}) (?![0-9]) (?:年度?)?
    | (?<![a-z0-9])['’] (?P<two_digits>[2-9][0-9]) (?![0-9]) (?:年度?)?
    | (?:西暦)? (?<![0-9a-z.,]) (?:(?<![0-9]-)|(?<=(?:19|20|21)[0-9]{{2}}-))
      (?P<western>{WESTERN}) (?: 年度?(?!間) | (?![0-9a-z]|[,.][0-9]|{_COUNTED}) )
    | (?:西暦)? (?P<western_kanji>{_WESTERN_KANJI}) 年度?(?!間)
    | (?: {_RELATIVE_WORD} ) 度? (?![金比並同])
    | (?<![0-9.第一二三四五六七八九十])
      (?P<years_ago>[1-9一二三四五六七八九]) 年度? (?P<ago>[前後])(?![半期倒進向])
    | (?<![0-9.第一二三四五六七八九十]) (?P<plain>{_NUMBER}) (?![0-9a-z%]|[.,][0-9]{{3}})
      (?P<tail>年度?(?!{_LENGTH}))?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class YearWord:
    """A number or word at [start, end) that is a year, or may be one beside another (`year` is then None).

    named: 令和6, 2024. plain: 6年度, or 6 alone. relative: 今年度, with `shift` from this year; 前年 and 翌年
    with no year named before them are `unanchored`. calendar: 令和6年7月.
    """

    start: int
    end: int
    kind: Literal["named", "plain", "relative", "calendar"]
    year: FiscalYear | None
    era: str = ""
    number: int = 0
    shift: int = 0
    unanchored: bool = False


def year_words(text: str, today: date) -> Iterator[YearWord]:
    """All that is or may be a year in a folded text, in order."""
    named: FiscalYear | None = None
    for match in _WORD.finditer(text):
        word = _word(match, fiscal_year_of(today), named)
        if word:
            named = word.year or named
            yield word


def year_of(era: str, number: int) -> FiscalYear:
    """The year of an era in any of its writings: れいわ, 6."""
    return FiscalYear.of_era(_ERAS[era], number)


def year_of_plain(number: int) -> FiscalYear:
    """6年度 is 令和6年度; from 20 on the two last digits of a western year are meant (24年度)."""
    return FiscalYear.reiwa(number) if number < 20 else FiscalYear(2000 + number)


def _word(match: re.Match[str], this_year: FiscalYear, named: FiscalYear | None) -> YearWord | None:
    start, end = match.span()
    if era := match["era"] or match["short_era"]:
        number = _number(match["era_number"] or match["short_number"])
        within_era = 1 <= number <= LONGEST[_ERAS[era]]
        return YearWord(start, end, "named", year_of(era, number), _ERAS[era], number) if within_era else None
    if western := match["fiscal"] or match["two_digits"] or match["western"] or match["western_kanji"]:
        number = _number(western)
        return YearWord(
            start, end, "named", FiscalYear(number if number > 99 else 2000 + number), "西暦", number
        )
    if match["plain"]:
        return _plain(match)
    return _relative(match, this_year, named)


def _plain(match: re.Match[str]) -> YearWord | None:
    """6年度 is a year as it stands; 6 and 6年 only beside one, and 1年度中 is a length of time."""
    number = _number(match["plain"])
    rest = match.string[match.end() : match.end() + 2]
    if not number or rest == "年度":
        return None
    is_year = match["tail"] == "年度" and not (number == 1 and rest.startswith("中"))
    return YearWord(*match.span(), "plain", year_of_plain(number) if is_year else None, "", number)


def _relative(match: re.Match[str], this_year: FiscalYear, named: FiscalYear | None) -> YearWord:
    if match["years_ago"]:
        shift, seen_from = _number(match["years_ago"]) * (-1 if match["ago"] == "前" else 1), "today"
    else:
        found = next(number for number in range(len(_RELATIVE)) if match[f"shift{number}"])
        _, shift, seen_from = _RELATIVE[found]
    if seen_from == "named" and named:
        return YearWord(*match.span(), "named", named + shift)
    unanchored = seen_from == "named"
    return YearWord(*match.span(), "relative", this_year + shift, shift=shift, unanchored=unanchored)


def _number(text: str) -> int:
    """Its value, or 0 where kanji stand in no readable order (一二十)."""
    if text == "元":
        return 1
    try:
        return int(text) if text.isdecimal() else kansuji(text)
    except ValueError:
        return 0
