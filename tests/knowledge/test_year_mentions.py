"""Which fiscal years a sentence names, and what only looks like one."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.japanese import fold, plain
from knowledge.plan.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.year_mentions import YearMention, find_years, read_year
from tests.knowledge import writers

MAY_2023 = date(2023, 5, 1)
SENTENCES = (
    "{}",
    "{}の文化会館の効果額は？",
    "3-1-2の{}の効果額を教えてください",
    "３－１－２　{}",
    "三の一の二、{}はいくらですか",
    "公民連携の取組で{}に何件増えますか",
    "柱3について、{}の目標は14,561千円で合っていますか",
    "RPAで減る時間は {} でどのくらい？",
)


def years_in(sentence: str, today: date = MAY_2023) -> list[str]:
    return [said(mention) for mention in find_years(plain(sentence), today)]


def said(mention: YearMention) -> str:
    """R6, R3-R5, and dates in brackets."""
    names = [year.short for year in mention.years]
    text = names[0] if len(names) == 1 else "-".join([names[0], names[-1]]) if names else ""
    return f"[{text}]" if mention.calendar else text + {"later": "..", "earlier": "", "": ""}[mention.beyond]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "R6",
            "r6",
            "Ｒ６",
            "R06",
            "R.6",
            "R 6",
            "R6年度",
            "令和6年度",
            "令和６年",
            "令和6",
            "令和六年度",
            "令6",
        ),
        *(
            "れいわ6",
            "レイワ6年度",
            "Reiwa 6",
            "2024",
            "２０２４年度",
            "2024年",
            "西暦2024年",
            "二〇二四年度",
        ),
        *(
            "二千二十四年",
            "FY2024",
            "ＦＹ24",
            "fiscal 2024",
            "fiscal year 2024",
            "6年度",
            "六年度",
            "'24年度",
            "’24",
        ),
        *(
            "24年度",
            "来年度",
            "来年",
            "next year",
            "next fiscal year",
            "令和6年度（2024年度）",
            "2024年（令和6年）",
        ),
    ],
)
def test_one_year_is_read_in_every_writing(written: str) -> None:
    text = plain(f"文化会館の{written}の効果額")
    (mention,) = find_years(text, MAY_2023)
    assert mention.year == FiscalYear.reiwa(6)
    assert text[mention.start : mention.end] == plain(written)


@pytest.mark.parametrize(
    ("written", "year"),
    [
        *(
            ("今年度", "R5"),
            ("本年度", "R5"),
            ("今年", "R5"),
            ("ことし", "R5"),
            ("当年度", "R5"),
            ("this year", "R5"),
        ),
        *(
            ("来年度", "R6"),
            ("翌年度", "R6"),
            ("次年度", "R6"),
            ("らいねん", "R6"),
            ("再来年度", "R7"),
            ("再来年", "R7"),
        ),
        *(
            ("昨年度", "R4"),
            ("去年", "R4"),
            ("前年度", "R4"),
            ("last year", "R4"),
            ("previous fiscal year", "R4"),
        ),
        *(
            ("一昨年", "R3"),
            ("おととし", "R3"),
            ("前々年度", "R3"),
            ("2年前", "R3"),
            ("三年前", "R2"),
            ("2年後", "R7"),
        ),
    ],
)
def test_relative_words_are_seen_from_today(written: str, year: str) -> None:
    (mention,) = find_years(plain(f"{written}の効果額"), MAY_2023)
    assert (said(mention), mention.relative) == (year, True)


def test_january_to_march_still_belong_to_the_year_before() -> None:
    assert years_in("今年度と来年度", date(2024, 3, 31)) == ["R5", "R6"]
    assert years_in("今年度と来年度", date(2024, 4, 1)) == ["R6", "R7"]


def test_the_year_before_and_after_follow_the_year_named_last() -> None:
    assert years_in("R7と前年度の差") == ["R7", "R6"]
    assert years_in("令和3年度と、その翌々年度") == ["R3", "R5"]
    assert years_in("令和7年度と昨年度") == ["R7", "R4"]


def test_the_year_before_says_so_when_no_year_was_named() -> None:
    (before,), (last,) = find_years("前年度は?", MAY_2023), find_years("昨年度は?", MAY_2023)
    assert (before.year, before.shift) == (last.year, -1)
    assert last.shift == 0
    assert [mention.shift for mention in find_years(plain("R6の翌々年度"), MAY_2023)] == [0, 0]


@pytest.mark.parametrize(
    ("written", "years"),
    [
        *(
            ("R3～R5", "R3-R5"),
            ("令和3～5年度", "R3-R5"),
            ("令和3年度から5年度まで", "R3-R5"),
            ("R3からR7", "R3-R7"),
        ),
        *(("3～5年度", "R3-R5"), ("三～五年度", "R3-R5"), ("Ｒ４～６", "R4-R6"), ("2021-2025", "R3-R7")),
        *(("2021年度－2025年度", "R3-R7"), ("令和三年から五年", "R3-R5"), ("FY2022 to FY2024", "R4-R6")),
        *(("今年度から令和7年度まで", "R5-R7"), ("令和3年度より令和5年度まで", "R3-R5"), ("R7〜R3", "R3-R7")),
        *(("平成28年度から30年度", "H28-H30"), ("令和3年度（2021年度）～令和7年度（2025年度）", "R3-R7")),
        *(("昨年度～来年度", "R4-R6"), ("R3→R5", "R3-R5"), ("令和元年度ないし3年度", "R1-R3")),
    ],
)
def test_a_range_is_one_mention_of_all_its_years(written: str, years: str) -> None:
    text = plain(f"文化会館の{written}の効果額")
    (mention,) = find_years(text, MAY_2023)
    assert said(mention) == years
    assert mention.is_range and mention.year is None
    assert text[mention.start : mention.end] == plain(written)


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("R5とR6の差", ["R5", "R6"]),
        ("令和3・4・5年度", ["R3", "R4", "R5"]),
        ("３年度、４年度、５年度", ["R3", "R4", "R5"]),
        ("R6と7の比較", ["R6", "R7"]),
        ("令和3年と4年", ["R3", "R4"]),
        ("2024年と25年", ["R6", "R7"]),
        ("令和6/7年度", ["R6", "R7"]),
        ("平成28年度と30年度", ["H28", "H30"]),
        ("R3、R5～R7", ["R3", "R5-R7"]),
        ("R4よりR5が多いのは", ["R4", "R5"]),
        ("昨年度と今年度", ["R4", "R5"]),
    ],
)
def test_years_in_a_list_are_mentions_of_their_own(sentence: str, years: list[str]) -> None:
    assert years_in(sentence) == years


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("R6以降の効果額", ["R6.."]),
        ("令和5年度～", ["R5.."]),
        ("令和4年度から指定管理にする施設", ["R4"]),
        ("令和4年度中に策定", ["R4"]),
        ("令和7年度末の団体数", ["R7"]),
        ("5年度分", ["R5"]),
        ("R6の5年計に占める割合", ["R6"]),
        ("6年度前半", ["R6"]),
        ("令和10年度と令和2年度", ["R10", "R2"]),
        ("令和99年度", ["R99"]),
        ("昭和63年度", ["S63"]),
        ("平成元年度", ["H1"]),
        ("3-1-2R6", ["R6"]),
        ("R6-3-1-2", ["R6"]),
        ("R6、3-1-2", ["R6"]),
        ("R5、3の1の2", ["R5"]),
        ("3の1の2の4年度", ["R4"]),
        ("3－1－2 5年度", ["R5"]),
        ("3-1、5年度", ["R5"]),
        ("柱3と4年度", ["R4"]),
        ("令和4年度から3校", ["R4"]),
        ("令和4年度に2名", ["R4"]),
        ("2024効果額", ["R6"]),
    ],
)
def test_what_stands_beside_a_year_is_left_alone(sentence: str, years: list[str]) -> None:
    assert years_in(sentence) == years


def test_until_is_told_apart() -> None:
    (mention,) = find_years(plain("R5までの累計"), MAY_2023)
    assert (mention.year, mention.beyond) == (FiscalYear.reiwa(5), "earlier")


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("令和3年3月25日の答申", ["[R2]"]),
        ("2021年4月1日", ["[R3]"]),
        ("R3.3.25", ["[R2]"]),
        ("2021/4/1から", ["[R3]"]),
        ("2021-03-25", ["[R2]"]),
        ("令和6年7月に自己評価", ["[R6]"]),
        ("令和3年度の3月", ["[R3]"]),
        ("来年3月", ["[R5]"]),
        ("昨年の7月", ["[R4]"]),
        ("3月25日", ["[]"]),
        ("7月24日と令和6年度", ["[]", "R6"]),
    ],
)
def test_dates_of_the_calendar_are_no_fiscal_years_and_say_so(sentence: str, dates: list[str]) -> None:
    assert years_in(sentence) == dates


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "",
            "3-1-2",
            "３ー１ー２の効果額",
            "3の1の2",
            "三の一の二",
            "5-2の合計",
            "柱3",
            "第6回",
            "p.10",
            "図3",
        ),
        *(
            "3年間",
            "5年計",
            "５年間の合計",
            "5年度計",
            "3カ年計画",
            "1年度中の達成目標",
            "2年度連続",
            "5年目",
            "第3年度",
        ),
        *("2,300人以上", "7,350時間", "2024件", "2024人", "14,561千円", "20.24", "120241", "0463-82-2024"),
        *(
            "第3四半期",
            "50%以上",
            "6年",
            "24",
            "R",
            "令和",
            "年度",
            "初年度",
            "最終年度",
            "各年度",
            "年度ごと",
            "単年度",
        ),
        *(
            "政令6条",
            "法令2",
            "水平3",
            "SDGs 3",
            "昭一さん",
            "日本年金機構",
            "将来年",
            "前年比",
            "3年前倒し",
            "IPv6",
        ),
        *(
            "4月",
            "10月～翌2月",
            "毎年",
            "例年",
            "word6",
            "99年",
            "一二十年度",
            "令和0年度",
            "平成40年度",
            "一緒に",
        ),
    ],
)
def test_what_only_looks_like_a_year_is_none(sentence: str) -> None:
    assert years_in(sentence) == []


@pytest.mark.parametrize(
    ("text", "year"), [("R6", "R6"), ("令和6年度", "R6"), ("今年度", "R5"), ("2024", "R6")]
)
def test_a_text_that_is_one_year_and_nothing_else_is_read(text: str, year: str) -> None:
    found = read_year(plain(text), MAY_2023)
    assert found is not None and found.short == year


@pytest.mark.parametrize("text", ["", "R3～R5", "R6の", "R6以降", "R5とR6", "令和6年7月", "3"])
def test_a_text_that_is_anything_more_is_not_one_year(text: str) -> None:
    assert read_year(plain(text), MAY_2023) is None


def holds_the_year(start: int, sentence: str, choose: writers.Choose) -> None:
    written = writers.year(start, choose)
    text = plain(sentence.format(written))
    mentions = find_years(text, MAY_2023)
    assert [(mention.year, mention.calendar) for mention in mentions] == [(FiscalYear(start), False)], text
    assert text[mentions[0].start : mentions[0].end] == plain(written), text


def holds_the_range(first: int, last: int, sentence: str, choose: writers.Choose) -> None:
    written = writers.years(first, last, choose)
    text = plain(sentence.format(written))
    (mention,) = find_years(text, MAY_2023)
    assert mention.years == tuple(FiscalYear(start) for start in range(first, last + 1)), text
    assert text[mention.start : mention.end] == plain(written), text


def choosing(data: st.DataObject) -> writers.Choose:
    return lambda options: data.draw(st.sampled_from(options))


@given(st.integers(1927, 2099), st.sampled_from(SENTENCES), st.data())
def test_every_writing_of_a_year_is_read_in_every_sentence(
    start: int, sentence: str, data: st.DataObject
) -> None:
    holds_the_year(start, sentence, choosing(data))


@given(st.integers(2019, 2036), st.integers(1, 9), st.sampled_from(SENTENCES), st.data())
def test_every_writing_of_a_range_is_read_in_every_sentence(
    first: int, more: int, sentence: str, data: st.DataObject
) -> None:
    holds_the_range(first, first + more, sentence, choosing(data))


@pytest.mark.slow
def test_a_hundred_thousand_writings_of_years_are_read() -> None:
    drawn = random.Random(20240401)
    for _ in range(70_000):
        holds_the_year(drawn.randint(1927, 2099), drawn.choice(SENTENCES), drawn.choice)
    for _ in range(30_000):
        first = drawn.randint(2019, 2036)
        holds_the_range(first, first + drawn.randint(1, 9), drawn.choice(SENTENCES), drawn.choice)


@given(st.lists(st.integers(1, 30), min_size=2, max_size=3), st.sampled_from("-－ー‐の−"))
def test_a_code_is_never_a_year(numbers: list[int], joint: str) -> None:
    assert years_in(f"{joint.join(map(str, numbers))}の効果額は？") == []


@given(
    st.dates(date(1989, 4, 1), date(2099, 12, 31)),
    st.sampled_from(["{0.year}年{0.month}月{0.day}日", "{0:%Y-%m-%d}"]),
)
def test_a_date_is_always_a_date(day: date, writing: str) -> None:
    (mention,) = find_years(plain(f"締切は{writing.format(day)}です"), MAY_2023)
    assert mention.calendar
    assert mention.years == (fiscal_year_of(day),)


@given(
    st.text(
        st.sampled_from(
            "0123456789一二十元年度月日RrHhs令和平成昭-～~から・、のと 3'.,/今来前翌昨まで以降計間()fy"
        ),
        max_size=30,
    )
)
def test_whatever_is_typed_the_mentions_stand_in_order_and_apart(typed: str) -> None:
    folded = fold(typed)
    mentions = find_years(folded.text, MAY_2023)
    ends = [0, *(mention.end for mention in mentions)]
    for before, mention in zip(ends, mentions, strict=False):
        assert before <= mention.start < mention.end <= len(folded.text)
        assert mention.years or mention.calendar
        assert list(mention.years) == sorted(mention.years)
