"""Finds the fiscal years that a text names, in every way in which staff write them.

Reads any year, inside a plan or not: whoever knows the plan refuses those outside it. Words that depend on
a plan (初年度, 最終年度, 前半) are not read here. Codes (3-1-2) and durations (3年間, 5年計) are not years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from knowledge.fiscal_year import LONGEST, FiscalYear, fiscal_year_of, range_of
from knowledge.japanese import kansuji


@dataclass(frozen=True, slots=True)
class YearMention:
    """Words at [start, end) that name a fiscal year, or several in order for a range (R3～R5).

    `calendar`: a date or month of the calendar (令和3年3月25日), not a fiscal year; `years` then holds the
    fiscal year it lies in, or nothing where the words leave the year out. `relative`: it depends on today
    (今年度). `beyond`: 以降 (later) or まで (earlier), the year itself included.
    """

    start: int
    end: int
    years: tuple[FiscalYear, ...]
    calendar: bool = False
    relative: bool = False
    beyond: Literal["", "later", "earlier"] = ""

    @property
    def year(self) -> FiscalYear | None:
        """The year, where it is a single one."""
        return self.years[0] if len(self.years) == 1 else None

    @property
    def is_range(self) -> bool:
        return len(self.years) > 1


def find_years(text: str, today: date) -> list[YearMention]:
    """The years named in a folded text (see `japanese.fold`), in order; 今年度 is seen from `today`."""
    days = list(_days(text))
    rest = _blanked(text, days)
    atoms = [_as_calendar(rest, atom, today) for atom in _atoms(rest, today)]
    mentions = list(_ranges(rest, _together(rest, _carried(rest, atoms))))
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}
    return sorted(
        mentions + [day for day in days if day.start not in taken], key=lambda mention: mention.start
    )


def read_year(text: str, today: date) -> FiscalYear | None:
    """The single fiscal year that the whole of a folded text names, or None."""
    mentions = find_years(text, today)
    if len(mentions) != 1 or mentions[0].calendar or mentions[0].beyond:
        return None
    return mentions[0].year if (mentions[0].start, mentions[0].end) == (0, len(text)) else None


_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|元)"
_WESTERN = r"(?:19|20|21)[0-9]{2}"
_ERAS = {
    "令和": "令和", "れいわ": "令和", "レイワ": "令和", "令": "令和", "r": "令和",
    "平成": "平成", "へいせい": "平成", "ヘイセイ": "平成", "平": "平成", "h": "平成",
    "昭和": "昭和", "しょうわ": "昭和", "ショウワ": "昭和", "昭": "昭和", "s": "昭和",
}  # fmt: skip
_LONG_ERA = r"令和|れいわ|レイワ|平成|へいせい|ヘイセイ|昭和|しょうわ|ショウワ"
# 政令6, 法令6 and 水平3 are other words, SDGs 3 is no 昭和, and 昭一 is a name.
_SHORT_ERA = (
    r"(?<![政法省司号勅辞指命禁訓条])令|(?<![公水太泰不])平|昭|(?<![a-z0-9])(?:[rh]|s(?=[ .]?[0-9]{2}))"
)

_RELATIVE = (
    (r"(?:再来|さらい|翌々|翌翌)年|再来年", 2),
    (r"(?:一昨|前々|前前|一昨々)年|おととし", -2),
    (r"(?<![将従古元以本])来年|翌年|次年(?=度)|明年(?=度)|らいねん|next (?:fiscal |financial )?year", 1),
    (r"昨年|(?<!過)去年|(?<![以午事])前年|きょねん|(?:last|previous) (?:fiscal |financial )?year", -1),
    (r"今年|ことし|(?<!日)本年|当年(?=度)|現年(?=度)|(?:this|current) (?:fiscal |financial )?year", 0),
)
_RELATIVE_WORD = "|".join(
    f"(?P<shift{number}>{words.replace(' ', '[ ]')})" for number, (words, _) in enumerate(_RELATIVE)
)

# What makes 3年 or 3年度 a length of time, or the third year of something.
_LENGTH = (
    r"間|計|目|後(?![半期])|前(?![半期])|連続|続け|ごと|毎|単位|あたり|当たり|以内|未満|程度|ぶり|生|半"
    r"|にわた|に渡|に[1一]|[か以]上"
)
_COUNTED = r"[千万億百円件人名回個台部館校時%団ヶか箇所名区歳世年月日分秒点冊枚本種]"

_ATOM = re.compile(
    rf"""
    (?: (?P<era>{_LONG_ERA}) [ .]? (?P<era_number>{_NUMBER})
      | (?P<short_era>{_SHORT_ERA}) [ .]? (?P<short_number>[0-9]{{1,2}} | {_NUMBER}(?=年)) )
      (?![0-9a-z%]|,[0-9]{{3}}) (?:年度?(?!間))?
    | (?:fy|fiscal(?:[ ]year)?) [ ]? '? (?P<fiscal>{_WESTERN}|[0-9]{{2}}) (?![0-9]) (?:年度?)?
    | (?<![a-z0-9])['’] (?P<two_digits>[2-9][0-9]) (?![0-9]) (?:年度?)?
    | (?:西暦)? (?<![0-9a-z.,]) (?:(?<!-)|(?<=(?:19|20|21)[0-9]{{2}}-))
      (?P<western>{_WESTERN}) (?: 年度?(?!間) | (?![0-9a-z]|[,.][0-9]|{_COUNTED}) )
    | (?: {_RELATIVE_WORD} ) 度? (?![金比並同])
    | (?<![0-9.第一二三四五六七八九十]) (?P<plain>{_NUMBER}) (?![0-9a-z%]|[.,][0-9]{{3}})
      (?P<tail>年度?(?!{_LENGTH}))?
    """,
    re.VERBOSE,
)

_DAY = re.compile(
    rf"""
    (?:(?P<era>r|h|{_LONG_ERA}) (?P<number>[0-9]{{1,2}}) | (?<![0-9])(?P<western>{_WESTERN}))
    (?P<dot>[./-]) (?P<month>1[0-2]|0?[1-9]) (?P=dot) (?P<day>3[01]|[12][0-9]|0?[1-9]) (?![0-9./-])
    """,
    re.VERBOSE,
)
_MONTH_AFTER_YEAR = re.compile(r"の?(1[0-2]|0?[1-9])月(?:[0-9]{1,2}日)?")
_MONTH_AND_DAY = re.compile(r"(?<![0-9])(?:1[0-2]|[1-9])月[0-9]{1,2}日")
_CODE = re.compile(
    r"(?<![0-9.,-])(?<![0-9][.,-])(?:(?<![rhs])[0-9]{1,2}(?:-[0-9]{1,2}){2,}(?![0-9])"
    r"|(?<![rhs令和平成昭])[0-9]{1,2}-[0-9]{1,2}(?![0-9-]|年))"
    r"|(?<![rhs令和平成昭0-9一二三四五六七八九十])(?:[0-9]{1,2}|[一二三四五六七八九十])"
    r"(?:[の-](?:[0-9]{1,2}|[一二三四五六七八九十])(?![0-9一二三四五六七八九十]|[年月])){1,2}"
)
_RANGE = re.compile(r" ?(?:~|から|->|→|ないし|乃至| to |to| through ) ?")
_DASH = re.compile(r" ?- ?")
_LIST = re.compile(r" ?(?:[、,・/&]|と|や|か|及び|および|並びに|又は|または|もしくは|and|or|vs\.?|対) ?")
_UNTIL = re.compile(r" ?まで")
_LATER = re.compile(r"以降|以後|~(?![0-9])| ?or later| ?onwards?")
_EARLIER = re.compile(r"まで|以前|迄")
_AFTER_BARE = re.compile(
    r"$|[\s、。,・/~?!()「」のはをにでがともへや年]|-(?![0-9])|まで|から|および|及び|以降|以前"
)
_BEFORE_BARE = re.compile(r"(?:^|[^柱第項目章回番号条頁問表図a-z0-9.\-])$")


@dataclass(frozen=True, slots=True)
class _Atom:
    """A number or word that is a year, or may be one beside another (`year` is None until that is found)."""

    start: int
    end: int
    kind: Literal["named", "relative", "plain", "calendar"]
    year: FiscalYear | None
    era: str = ""
    number: int = 0

    def mention(self) -> YearMention:
        years = (self.year,) if self.year else ()
        return YearMention(
            self.start, self.end, years, calendar=self.kind == "calendar", relative=self.kind == "relative"
        )


def _days(text: str) -> Iterator[YearMention]:
    for match in _DAY.finditer(text):
        western = int(match["western"] or _of_era(match["era"], match["number"]).start)
        day = date(western, int(match["month"]), 1)
        yield YearMention(*match.span(), (fiscal_year_of(day),), calendar=True)
    for match in _MONTH_AND_DAY.finditer(text):
        yield YearMention(*match.span(), (), calendar=True)


def _blanked(text: str, days: list[YearMention]) -> str:
    """The text with codes and written-out days made unreadable, so that their figures are no years."""
    spans = [(day.start, day.end) for day in days if day.years] + [
        match.span() for match in _CODE.finditer(text)
    ]
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def _atoms(text: str, today: date) -> Iterator[_Atom]:
    for match in _ATOM.finditer(text):
        groups = match.groupdict()
        if era := groups["era"] or groups["short_era"]:
            number = _number(groups["era_number"] or groups["short_number"])
            if 1 <= number <= LONGEST[_ERAS[era]]:
                yield _Atom(*match.span(), "named", _of_era(era, str(number)), _ERAS[era], number)
        elif western := groups["fiscal"] or groups["two_digits"] or groups["western"]:
            start = int(western) if len(western) == 4 else 2000 + int(western)
            yield _Atom(*match.span(), "named", FiscalYear(start), "western", start)
        elif groups["plain"]:
            yield from _plain_atom(match)
        else:
            shift = next(years for number, (_, years) in enumerate(_RELATIVE) if groups[f"shift{number}"])
            yield _Atom(*match.span(), "relative", fiscal_year_of(today) + shift, number=shift)


def _plain_atom(match: re.Match[str]) -> Iterator[_Atom]:
    """6年度 is a year as it stands; 6 and 6年 only beside one."""
    number = _number(match["plain"])
    within_one_year = number == 1 and match.string.startswith("中", match.end())
    if number and match["tail"] == "年度" and not within_one_year:
        yield _Atom(*match.span(), "plain", _of_plain(number), "", number)
    elif number and not match.string.startswith("年度", match.end()):
        yield _Atom(*match.span(), "plain", None, "", number)


def _number(text: str) -> int:
    if text == "元":
        return 1
    try:
        return int(text) if text.isdecimal() else kansuji(text)
    except ValueError:
        return 0


def _of_era(era: str, number: str) -> FiscalYear:
    return FiscalYear.of_era(_ERAS[era], int(number))


def _of_plain(number: int) -> FiscalYear:
    """6年度 is 令和6年度; from 20 on the two last digits of a western year are meant (24年度)."""
    return FiscalYear.reiwa(number) if number < 20 else FiscalYear(2000 + number)


def _as_calendar(text: str, atom: _Atom, today: date) -> _Atom:
    """令和3年3月 and 来年の3月 are months of the calendar; 令和3年度の3月 lies in that fiscal year."""
    month = _MONTH_AFTER_YEAR.match(text, atom.end)
    if not month or atom.year is None:
        return atom
    year = atom.year
    if not text.endswith("度", atom.start, atom.end):
        western = today.year + atom.number if atom.kind == "relative" else year.start
        year = fiscal_year_of(date(western, int(month[1]), 1))
    return replace(atom, end=month.end(), kind="calendar", year=year)


def _carried(text: str, atoms: list[_Atom]) -> list[_Atom]:
    """Only the years: a bare number beside one (令和3と4) is read like that one, others fall away."""
    for at in range(1, len(atoms)):
        atoms[at] = _after(text, atoms[at - 1], atoms[at])
    for at in range(len(atoms) - 2, -1, -1):
        atoms[at] = _before(text, atoms[at], atoms[at + 1])
    return [atom for atom in atoms if atom.year is not None]


def _after(text: str, left: _Atom, atom: _Atom) -> _Atom:
    if (
        atom.kind != "plain"
        or left.year is None
        or left.kind not in ("named", "plain")
        or not _are_joined(text, left, atom)
    ):
        return atom
    if atom.year is None and not _AFTER_BARE.match(text, atom.end):
        return atom
    if left.era in ("平成", "昭和") and left.number < atom.number <= LONGEST[left.era]:
        return replace(atom, year=FiscalYear.of_era(left.era, atom.number), era=left.era)
    return replace(atom, year=atom.year or _of_plain(atom.number))


def _before(text: str, atom: _Atom, right: _Atom) -> _Atom:
    readable = atom.kind == "plain" and atom.year is None and right.kind == "plain" and right.year is not None
    if not readable or not _are_joined(text, atom, right) or not _BEFORE_BARE.search(text[: atom.start]):
        return atom
    return replace(atom, year=_of_plain(atom.number))


def _are_joined(text: str, left: _Atom, right: _Atom) -> bool:
    between = text[left.end : right.start]
    return _is_range(text, left, right) or _LIST.fullmatch(between) is not None


def _is_range(text: str, left: _Atom, right: _Atom) -> bool:
    between = text[left.end : right.start]
    a_code_follows = re.compile(r"-[0-9]").match(text, right.end)
    return _RANGE.fullmatch(between) is not None or (
        _DASH.fullmatch(between) is not None and not a_code_follows
    )


def _ranges(text: str, atoms: list[_Atom]) -> Iterator[YearMention]:
    """Pairs joined by ～ or から made one mention, all others one each, with 以降 and まで."""
    waiting = list(reversed(atoms))
    while waiting:
        left = waiting.pop()
        if waiting and left.kind != "calendar" != waiting[-1].kind and _is_range(text, left, waiting[-1]):
            yield _range(text, left, waiting.pop())
        else:
            yield _single(text, left)


def _range(text: str, left: _Atom, right: _Atom) -> YearMention:
    assert left.year and right.year
    until = _UNTIL.match(text, right.end)
    years = range_of(min(left.year, right.year), max(left.year, right.year))
    relative = "relative" in (left.kind, right.kind)
    return YearMention(left.start, until.end() if until else right.end, years, relative=relative)


def _single(text: str, atom: _Atom) -> YearMention:
    mention = atom.mention()
    if atom.kind == "calendar":
        return mention
    if later := _LATER.match(text, atom.end):
        return replace(mention, end=later.end(), beyond="later")
    if earlier := _EARLIER.match(text, atom.end):
        return replace(mention, end=earlier.end(), beyond="earlier")
    return mention


def _together(text: str, atoms: list[_Atom]) -> list[_Atom]:
    """令和3年度(2021年度) names one year twice: one of them is enough."""
    kept: list[_Atom] = []
    for atom in atoms:
        last = kept[-1] if kept else None
        if last and last.year == atom.year and text[last.end : atom.start] == "(":
            kept[-1] = replace(last, end=atom.end + text.startswith(")", atom.end))
        else:
            kept.append(atom)
    return kept
