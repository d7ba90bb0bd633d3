"""One form of text for comparing, kanji numerals, and words."""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.japanese import content_words, fold, narrow, plain, words
from knowledge.kansuji import kansuji
from knowledge.language_files import read_language, read_pairs
from tests.knowledge.writers import kanji

DASHES = "-－ー−‐‑‒–—―─ｰ"
TYPED = st.text(
    st.sampled_from(
        "0１一二十百ーｰ-－―~〜～ 　\t\nａB取り組みの見なおしセンターサーバｶﾞﾊﾟｻ"
        "引継寄附・、。()㈱①ヴァがき\u3099\u200b🙂"
    ),
    max_size=30,
)


@pytest.mark.parametrize("dash", DASHES)
def test_a_code_is_one_whatever_stands_between_its_figures(dash: str) -> None:
    for written in (f"3{dash}1{dash}2", f"３{dash}１{dash}２", f"3 {dash} 1 {dash} 2"):
        assert plain(f"{written}の効果額") == "3-1-2の効果額"


def test_a_wave_dash_is_a_dash_only_inside_a_code() -> None:
    assert plain("3〜1〜2") == "3-1-2"
    assert plain("令和３～５年度") == "令和3~5年度"
    assert plain("R3〜R5") == plain("R3∼R5") == "r3~r5"


def test_the_long_vowel_mark_stays_where_it_is_one() -> None:
    assert plain("データ・ペーパーレス") == "データ・ペーパーレス"
    assert plain("カルチャ－パ-ク") == "カルチャーパーク"
    assert plain("ＡＩーＯＣＲ") == "ai-ocr"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ｻｰﾊﾞｰ", "サーバ"),
        ("サポートセンター", "ｻﾎﾟｰﾄｾﾝﾀ"),
        ("取り組み", "取組み"),
        ("引き継ぎ", "引継"),
        ("見なおし", "見直し"),
        ("ふるさと寄附金", "ふるさと寄付金"),
        ("指定菅理者", "指定管理者"),
        ("文化会舘", "文化会館"),
        ("ＩＣＴ　活用", "ict活用"),
        ("カ\u3099イト\u3099", "ガイド"),
        ("ﾍﾟｰﾊﾟﾚｽ化", "ペーパーレス化"),
        ("公民\u200b連携\n", " 公民 連携"),
        ("Ｗｉ－Ｆｉ", "WiFi"),
    ],
)
def test_writings_of_the_same_words_become_one(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"), [("データ一覧", "データー覧"), ("ビル", "ビール"), ("カード", "カド"), ("3-1", "31")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_spaces_part_latin_words_only() -> None:
    assert plain("  next   fiscal year の 効果額 ") == "next fiscal yearの効果額"
    assert plain("3-1-2　R6") == "3-1-2 r6"


def test_kana_are_one_only_when_asked() -> None:
    assert plain("めーる") != plain("メール")
    assert fold("めーる", kana=True).text == fold("メール", kana=True).text


@pytest.mark.parametrize(
    ("source", "part", "written"),
    [
        ("３－１－２ の 取り組み は？", "取組", "取り組み"),
        ("３－１－２ の 取り組み は？", "3-1-2", "３－１－２"),
        ("ｶﾙﾁｬｰﾊﾟｰｸの件", "カルチャーパーク", "ｶﾙﾁｬｰﾊﾟｰｸ"),
        ("㈱三恵", "株", "㈱"),
        ("サポートセンターのあり方", "センタ", "センタ"),
        ("市民　活動", "市民活動", "市民　活動"),
    ],
)
def test_what_was_typed_can_be_shown_again(source: str, part: str, written: str) -> None:
    folded = fold(source)
    at = folded.text.index(part)
    assert folded.as_written(at, at + len(part)) == written


@given(TYPED)
def test_every_character_comes_from_somewhere_in_order(source: str) -> None:
    folded = fold(source)
    assert len(folded.text) == len(folded.origin) == len(folded.until)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(
        0 <= start < end <= len(source) for start, end in zip(folded.origin, folded.until, strict=True)
    )
    assert folded.span_in_source(len(folded.text), len(folded.text)) == (len(source), len(source))


@given(TYPED)
def test_folded_text_stays_as_it_is(source: str) -> None:
    assert plain(plain(source)) == plain(source)


@given(TYPED)
def test_half_and_full_width_are_one(source: str) -> None:
    assert plain(unicodedata.normalize("NFKC", source)) == plain(source)


@given(st.text())
def test_any_text_at_all_can_be_folded(source: str) -> None:
    assert fold(source).source == source
    assert len(narrow(source).text) == len(narrow(source).origin)


def test_no_variant_is_written_twice_or_changed_again() -> None:
    pairs = read_pairs("variants.toml", "variants")
    assert len(pairs) > 50
    for written, form in pairs:
        assert written != form
        assert plain(written) == plain(form) == plain(plain(form))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("〇", 0), ("三", 3), ("十", 10), ("十二", 12), ("二千五百", 2500), ("一億四千万", 140_000_000)),
        *(("二〇二四", 2024), ("一四五六一", 14561), ("千四百五十六万一千", 14_561_000), ("壱百弐拾参", 123)),
        *(("三兆", 3 * 10**12), ("一億一", 100_000_001)),
    ],
)
def test_kanji_numerals_are_read(text: str, number: int) -> None:
    assert kansuji(text) == number


@given(st.integers(1, 10**15))
def test_every_kanji_numeral_is_read_as_it_was_written(number: int) -> None:
    assert kansuji(kanji(number)) == number


@pytest.mark.parametrize(
    "text", ["", "万", "億", "十百", "一万二億", "3", "三年", "百〇", "一" * 5000, "三 "]
)
def test_what_is_no_kanji_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="漢数字ではありません"):
        kansuji(text)


def test_words_have_their_normal_form_and_their_place() -> None:
    text = "引継ぎと取り組み、 ｻｰﾊﾞの見なおし"
    found = words(text)
    assert [(word.written, word.normal) for word in found if word.part_of_speech[0] == "名詞"] == [
        ("引継ぎ", "引き継ぎ"),
        ("取り組み", "取り組み"),
        ("ｻｰﾊﾞ", "サーバー"),
        ("見なおし", "見直し"),
    ]
    assert all(text[word.start : word.end] == word.written for word in found)


def test_only_words_that_carry_meaning_are_kept() -> None:
    kept = [word.normal for word in content_words("指定管理者制度を導入したのはどの施設か教えてください")]
    assert kept == ["指定", "管理", "制度", "導入", "施設"]


@given(st.text(max_size=40))
def test_words_never_fail_and_stay_in_place(text: str) -> None:
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)


def test_a_long_text_is_read_whole() -> None:
    text = "公共施設の再配置を進めます。\n" * 5000 + "あ" * 30_000
    found = words(text)
    assert found[-1].end == len(text)
    assert sum(word.normal == "施設" for word in found) == 5000


def test_threads_share_one_tokenizer() -> None:
    texts = [f"第{number}回の施設の見直しについて" for number in range(40)]
    alone = [words(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(words, texts)) == alone


def test_asking_for_a_fold_loads_no_dictionary() -> None:
    code = "import sys, knowledge.japanese as j; j.plain('３ー１'); sys.exit('sudachipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_folding_takes_no_time_to_speak_of() -> None:
    long = "３－１－２の取り組みの効果額は、サーバーとセンターで令和６年度に１４，５６１千円です。" * 500
    begun = time.process_time()
    fold(long)
    assert time.process_time() - begun < 2


def test_every_light_word_is_written_as_the_dictionary_writes_it() -> None:
    light = read_language("light_words.toml")["light"]
    spoken = {word: [found.normal for found in words(f"それについて{word}")] for word in light}
    assert [word for word, normals in spoken.items() if word not in normals] == []
    assert len(set(light)) == len(light)
