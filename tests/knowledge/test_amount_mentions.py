"""Amounts as people type them, alone and inside a sentence."""

from __future__ import annotations

import random
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.amount_mentions import find_amounts, read_amount
from knowledge.plan.amount import UNITS, Amount, Doubtful, NotSet
from tests.knowledge import writers

SENTENCES = (
    "{}",
    "3-1-2は{}で合ってますか",
    "令和6年度の効果額、{}ですよね？",
    "第3四半期に（{}）を見込み、35団体が利用します。",
    "R6は {} でした",
    "7月24日の会議では「{}」と言われた",
)


@pytest.mark.parametrize(
    "written",
    [
        *("14,561千円", "１４，５６１千円", "１４５６１千円", "１４、５６１千円", "14,561 千円", "14,561千"),
        *("1,456万1千円", "1456万1千円", "1,456万1,000円", "1456万1千", "14.561百万円", "14百万561千円"),
        *(
            "1456.1万円",
            "1,456.1万",
            "0.14561億円",
            "0.14561億",
            "14,561,000円",
            "￥14,561,000",
            "14561千 円",
        ),
        *(
            "一千四百五十六万一千円",
            "千四百五十六万千円",
            "一四五六一千円",
            "壱千四百五拾六万壱千円",
            "145.61十万円",
        ),
        *("約14,561千円", "14,561千円です。", "14,561千円の見込みです", "計14,561千円", "+14,561千円"),
        *("金14,561,000円也", "だいたい14,561千円くらい", "1千4百56万1千円", " 14,561千円\n", "14561000yen"),
    ],
)
def test_one_amount_is_read_in_every_writing(written: str) -> None:
    assert read_amount(written) == Amount(14_561_000)


@pytest.mark.parametrize(
    "written",
    [
        *("△2,413千円", "▲2413千円", "−2,413千円", "-2413千円", "マイナス2413千円", "ー２４１３千円"),
        *("△241万3千円", "△ 2,413 千円", "－２，４１３千円", "▲2.413百万円", "約△2,413千円"),
    ],
)
def test_a_minus_is_read_in_every_writing(written: str) -> None:
    assert read_amount(written) == Amount(-2_413_000)


@pytest.mark.parametrize(
    ("written", "yen"),
    [
        *(
            ("14.6百万円", 14_600_000),
            ("1.4億", 140_000_000),
            ("1億4千万円", 140_000_000),
            ("2千万円", 20_000_000),
        ),
        *(
            ("二千五百円", 2500),
            ("十二億七千万円", 1_270_000_000),
            ("百万円", 1_000_000),
            ("１億", 100_000_000),
        ),
        *(("1兆2億円", 1_000_200_000_000), ("5百万円", 5_000_000), ("3円", 3), ("0.5千円", 500)),
    ],
)
def test_round_sums_are_read_to_the_yen(written: str, yen: int) -> None:
    assert read_amount(written) == Amount(yen)


@pytest.mark.parametrize("written", ["0", "０", "0円", "0千円", "ゼロ", "零円", "ゼロ円", "0です", "△0"])
def test_nothing_is_a_sum_when_it_is_said_as_one(written: str) -> None:
    assert read_amount(written) == Amount(0)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        *(
            ("未定", "undecided"),
            ("未定です", "undecided"),
            ("調整中", "undecided"),
            ("まだ未定です。", "undecided"),
        ),
        *(
            ("算定中", "undecided"),
            ("不明", "undecided"),
            ("わかりません", "undecided"),
            ("まだ決まっていません", "undecided"),
        ),
        *(
            ("なし", "none"),
            ("無し", "none"),
            ("特になし", "none"),
            ("ありません", "none"),
            ("ー", "none"),
            ("－", "none"),
        ),
        *(
            ("〇〇〇千円", "placeholder"),
            ("○○", "placeholder"),
            ("〇万円", "placeholder"),
            ("xx千円", "placeholder"),
        ),
    ],
)
def test_what_is_not_set_is_never_zero(written: str, reason: str) -> None:
    reading = read_amount(written, default_unit="千円")
    assert isinstance(reading, NotSet)
    assert (reading.written, reading.reason) == (written, reason)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("14,561", 14561),
        ("１４５６１", 14561),
        ("△2,413", -2413),
        ("▲2413", -2413),
        ("−2,413", -2413),
        ("-5", -5),
    ],
)
def test_a_figure_without_its_unit_is_doubtful_until_the_unit_is_known(written: str, number: int) -> None:
    assert read_amount(written) == Doubtful(written, "no_unit", Fraction(number))
    assert read_amount(written, default_unit="千円") == Amount(number * 1000)
    assert read_amount(written, default_unit="円") == Amount(number)


@pytest.mark.parametrize(
    ("written", "reason", "number"),
    [
        ("0.5円", "part_of_a_yen", Fraction(1, 2)),
        ("14.5614567百万円", "part_of_a_yen", Fraction(145_614_567, 10)),
        ("1億4千", "cut_short", Fraction(100_004_000)),
        ("1億2767", "cut_short", Fraction(100_002_767)),
        ("3千", "cut_short", Fraction(3000)),
        ("14,56千円", "grouping", Fraction(1_456_000)),
        ("1,4561", "grouping", Fraction(14561)),
        ("1234,567千円", "grouping", Fraction(1_234_567_000)),
    ],
)
def test_what_could_mean_two_things_is_doubtful_even_with_a_unit_in_mind(
    written: str, reason: str, number: Fraction
) -> None:
    assert read_amount(written, default_unit="千円") == Doubtful(written, reason, number)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "第3四半期",
            "3-1-2",
            "令和6年度",
            "7月24日",
            "R6",
            "35団体",
            "2,300人",
            "2万人",
            "50%",
            "千円",
            "円",
        ),
        *(
            "万円",
            "億",
            "△",
            "マイナス",
            "〇",
            "はい",
            "戻る",
            "スキップ",
            "修正 2",
            "1万1万円",
            "1万2億円",
            "14,561円滑",
        ),
        *(
            "1億12,767万6千円",
            "14,561千円と14,600千円",
            "14,561千円で合ってますか",
            "去年はいくら？",
            "14,561千円増",
        ),
        *(
            "2,413千円の減",
            "1.2.3千円",
            "1e5円",
            "5-3",
            "1,000千円/年",
            "1京円",
            "1" + "0" * 16 + "円",
            "9" * 30 + "円",
            "1" * 5000,
            "千" * 90,
        ),
    ],
)
def test_what_is_no_amount_is_none(typed: str) -> None:
    assert read_amount(typed, default_unit="千円") is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("3-1-2は14,651千円で合ってますか", [("14,651千円", 14_651_000)]),
        ("令和6年度に2,300人、１，４５６万１千円です", [("１，４５６万１千円", 14_561_000)]),
        ("年間5万件で1.4億の効果", [("1.4億", 140_000_000)]),
        ("5年計５８，２４４千円と14,561千円", [("５８，２４４千円", 58_244_000), ("14,561千円", 14_561_000)]),
        ("第3四半期に△2,413千円", [("△2,413千円", -2_413_000)]),
        ("p.10の461,390千円（令和7年度）", [("461,390千円", 461_390_000)]),
        ("年間約2千万円の歳入", [("2千万円", 20_000_000)]),
        ("14,000～15,000千円", [("15,000千円", 15_000_000)]),
        ("マイナス2,413千円になった", [("マイナス2,413千円", -2_413_000)]),
        ("1億円以上", [("1億円", 100_000_000)]),
    ],
)
def test_amounts_in_a_sentence_are_found_where_they_stand(
    sentence: str, found: list[tuple[str, int]]
) -> None:
    mentions = find_amounts(sentence)
    assert [(sentence[m.start : m.end], m.reading) for m in mentions] == [
        (written, Amount(yen)) for written, yen in found
    ]


def test_a_figure_that_looks_like_money_is_found_with_its_doubt() -> None:
    sentence = "R6は△2,413でR7は26,090です"
    found = find_amounts(sentence)
    assert [sentence[mention.start : mention.end] for mention in found] == ["△2,413", "26,090"]
    assert [mention.reading for mention in found] == [
        Doubtful("△2,413", "no_unit", Fraction(-2413)),
        Doubtful("26,090", "no_unit", Fraction(26090)),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "",
            "3-1-2の効果額は？",
            "３の１の２",
            "令和6年度",
            "2024年",
            "7月24日",
            "第3四半期",
            "2,300人以上",
            "7,350時間",
        ),
        *(
            "百万円単位で教えて",
            "千円で",
            "万円だといくら",
            "1校あたり",
            "50%以上",
            "p.10",
            "電子申請〇〇〇手続数以上",
        ),
        *(
            "5万件",
            "2万人",
            "円滑に進める",
            "18館のうち6館",
            "1.2倍",
            "一千人",
            "120億人",
            "R3-R7",
            "10月～翌2月",
            "14,561-3",
        ),
    ],
)
def test_other_figures_in_a_sentence_are_no_amounts(sentence: str) -> None:
    assert find_amounts(sentence) == []


def reads_the_same(yen: int, sentence: str, choose: writers.Choose) -> None:
    written = writers.amount(yen, choose)
    typed = choose(["", "約", "計 "]) + written + choose(["", "です", "の見込みです。"])
    assert read_amount(typed) == Amount(yen), typed
    if written.strip("+") in UNITS:  # 百万円 inside a sentence names the unit
        return
    said = sentence.format(written)
    (mention,) = find_amounts(said)
    assert mention.reading == Amount(yen), said
    assert said[mention.start : mention.end] == written, said


def choosing(data: st.DataObject) -> writers.Choose:
    return lambda options: data.draw(st.sampled_from(options))


SUMS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.integers(-(10**8), 10**8).map(lambda thousands: thousands * 1000),
    st.integers(-9999, 9999).map(lambda myriads: myriads * 10_000),
)


@given(SUMS, st.sampled_from(SENTENCES), st.data())
def test_every_writing_of_a_sum_is_read_to_the_yen(yen: int, sentence: str, data: st.DataObject) -> None:
    reads_the_same(yen, sentence, choosing(data))


@given(st.integers(1 - 10**8, 10**8 - 1), st.sampled_from(list(UNITS)))
def test_a_figure_counts_the_unit_that_the_caller_has_in_mind(number: int, unit: str) -> None:
    for written in (f"{number}", f"{number:,}"):
        assert read_amount(written, default_unit=unit) == Amount(number * UNITS[unit])


@pytest.mark.slow
def test_a_hundred_thousand_writings_of_sums_are_read_to_the_yen() -> None:
    drawn = random.Random(14561)
    for _ in range(100_000):
        size = 10 ** drawn.randint(1, 12)
        yen = drawn.randint(1 - size, size - 1) * drawn.choice([1, 1, 1000, 10_000])
        reads_the_same(yen, drawn.choice(SENTENCES), drawn.choice)


@given(st.text(st.sampled_from("0123456789.,、〇一二十百千万億兆円 △-ー¥マイナスゼロ〇約です年月第人の")))
def test_whatever_is_typed_the_amounts_stand_in_order_and_apart(typed: str) -> None:
    read_amount(typed, default_unit="千円")
    ends = 0
    for mention in find_amounts(typed):
        assert ends <= mention.start < mention.end <= len(typed)
        ends = mention.end


@pytest.mark.parametrize("piece", ["千", "1", "1,", "一", "。", "1千", " ", "-", "1.1.", "△", "〇千"])
def test_a_long_text_is_looked_through_at_once(piece: str) -> None:
    begun = time.process_time()
    find_amounts(piece * 3000)
    read_amount(piece * 3000)
    assert time.process_time() - begun < 1
