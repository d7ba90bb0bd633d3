"""Searching small invented passages: what must be found, what must not be believed, and what it may cost."""

import sys
from collections.abc import Callable, Sequence
from functools import cache, partial
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clues import Said
from knowledge.search.index import Hit, IndexedPassage, Likeness, PassageIndex, confidence
from tests.bench.invented import title_of

TOWN = (
    IndexedPassage(
        "library", "図書館の開館時間の延長", "平日の夜も本を借りられるよう、開館時間を午後9時まで延長します。"
    ),
    IndexedPassage("shelter", "防災倉庫の整備", "地震に備え、各地区に防災倉庫を置き、毛布と水を蓄えます。"),
    IndexedPassage("meals", "学校給食の公会計化", "給食費を市の会計で扱い、先生が集金する手間をなくします。"),
    IndexedPassage(
        "paper",
        "打合せのペーパーレス化",
        "会議の資料を電子化し、タブレット端末で見ることで、紙と印刷費を減らします。",
    ),
    IndexedPassage(
        "bus", "コミュニティバスの運行", "令和5年度から、駅と病院を結ぶバスを1日に12便走らせます。"
    ),
    IndexedPassage(
        "nursery", "待機児童の解消", "保育所を2か所増やし、待機児童を令和7年度までに0人にします。"
    ),
    IndexedPassage(
        "article",
        "使用料条例 第21条",
        "市長は、特別の理由があると認めるときは、使用料を減免することができます。",
    ),
    IndexedPassage(
        "other-article",
        "使用料条例 第12条",
        "使用料は、21日以内に、1条の納付書により納めなければなりません。",
    ),
)


@pytest.fixture(scope="module")
def town() -> PassageIndex:
    return PassageIndex(TOWN)


def first(index: PassageIndex, question: str) -> str:
    return index.search(question)[0].passage.key


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("防災", "shelter"),
        ("給食", "meals"),
        ("保育", "nursery"),
        ("先生", "meals"),
        ("図書館は何時まで開いていますか", "library"),
        ("バスは1日に何便ですか", "bus"),
        ("待機児童はいつまでに何人になる？", "nursery"),
    ],
)
def test_words_of_two_characters_and_whole_questions_find_their_passage(
    town: PassageIndex, question: str, key: str
) -> None:
    assert first(town, question) == key


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("図所館の開館", "library"),
        ("コミュニテイバス", "bus"),
        ("待機児の解消", "nursery"),
        ("給職費の集金", "meals"),
        ("ペーバーレス", "paper"),
        ("ボウサイ倉庫", "shelter"),
    ],
)
def test_a_slip_is_forgiven(town: PassageIndex, question: str, key: str) -> None:
    assert first(town, question) == key


def test_other_spellings_of_a_word_are_the_same_word(town: PassageIndex) -> None:
    assert Said.by("打ち合わせ").words == Said.by("打合せ").words
    assert first(town, "打ち合わせの電子化") == "paper"


def test_a_synonym_finds_what_the_word_itself_does_not() -> None:
    index = PassageIndex(
        [IndexedPassage("meeting", "", "会議を短くします。"), IndexedPassage("bus", "", "バスを走らせます。")]
    )
    assert {group for word in Said.by("ミーティング").content for group in word.synonyms}
    hits = index.search("ミーティング")
    assert [hit.passage.key for hit in hits] == ["meeting"]
    assert 0 < hits[0].coverage < 1


def test_full_and_half_width_are_the_same(town: PassageIndex) -> None:
    assert town.search("ｺﾐｭﾆﾃｨﾊﾞｽ １２便") == town.search("コミュニティバス 12便")
    assert town.search("ＲＰＡ　タブレット") == town.search("rpa タブレット")


def test_words_that_follow_each_other_are_looked_for_in_that_order() -> None:
    index = PassageIndex(
        [IndexedPassage("library", "", "図書館、本。"), IndexedPassage("book", "", "本、図書館。")]
    )
    assert first(index, "図書館の本") == "library"
    assert first(index, "本の図書館") == "book"


def test_a_number_is_not_the_same_number_elsewhere(town: PassageIndex) -> None:
    assert first(town, "使用料条例の第21条") == "article"
    assert first(town, "使用料条例の第12条") == "other-article"


@pytest.mark.parametrize("question", ["", "   ", "？！。、…「」", "\n\t", "(・_・)"])
def test_nothing_and_punctuation_find_nothing(town: PassageIndex, question: str) -> None:
    assert town.search(question) == []
    assert confidence([]) == 0


def test_words_of_asking_alone_find_nothing_to_believe(town: PassageIndex) -> None:
    for question in ("教えてください", "それについて詳しくお願いします", "どうですか"):
        assert confidence(town.search(question)) < 0.1


def test_words_of_asking_change_no_coverage(town: PassageIndex) -> None:
    bare = town.search("防災倉庫の整備")[0]
    polite = town.search("すみません、防災倉庫の整備について教えてください。よろしくお願いします。")[0]
    assert polite.passage == bare.passage
    assert polite.coverage == bare.coverage == 1


def test_equals_stand_in_the_order_they_were_given() -> None:
    same = [IndexedPassage(str(number), "同じ題", "同じ本文です。") for number in range(30)]
    for passages in (same, same[::-1]):
        hits = PassageIndex(passages).search("同じ本文", limit=12)
        assert [hit.passage for hit in hits] == passages[:12]
        assert len({hit.score for hit in hits}) == 1


def test_no_more_hits_than_wanted_and_best_first(town: PassageIndex) -> None:
    hits = town.search("使用料の減免", limit=3)
    assert len(hits) <= 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert town.search("使用料", limit=0) == []
    many = PassageIndex([IndexedPassage(str(number), "駅", f"駅の{number}番") for number in range(900)])
    assert len(many.search("駅の番", limit=200)) == 200


def test_no_passages_find_nothing() -> None:
    assert PassageIndex([]).search("防災") == []
    assert PassageIndex([IndexedPassage("empty", "", "")]).search("防災") == []


@given(st.text(max_size=60))
def test_whatever_is_asked_the_measures_hold(town: PassageIndex, question: str) -> None:
    hits = town.search(question)
    assert all(0 <= hit.coverage <= 1 and hit.score > 0 and hit.likeness == 0 for hit in hits)
    assert len({hit.passage.key for hit in hits}) == len(hits)
    assert 0 <= confidence(hits) <= 1.2 + 1e-9


ANSWERED = (
    "図書館は夜何時まで開いていますか",
    "防災倉庫には何を蓄えますか",
    "給食費は誰が集金しますか",
    "バスは一日に何便走りますか",
    "待機児童を0人にするのはいつですか",
    "会議の資料はどう見ますか",
)
NOT_ANSWERED = (
    "水道料金はいくらですか",
    "図書館の職員の給与はいくらですか",
    "プールの入場者数を教えてください",
    "隣の市の人口は何人ですか",
    "ごみ袋はどこで買えますか",
    "住民票の写しの取り方を知りたい",
)


def test_one_that_is_not_answered_is_believed_less_than_any_that_is(town: PassageIndex) -> None:
    answered = [confidence(town.search(question)) for question in ANSWERED]
    not_answered = [confidence(town.search(question)) for question in NOT_ANSWERED]
    assert min(answered) > max(not_answered)


def test_a_lead_over_the_second_makes_surer() -> None:
    one, other = Hit(TOWN[0], 4.0, 0.5), Hit(TOWN[1], 3.0, 0.5)
    assert confidence([one, other]) > confidence([one, Hit(TOWN[1], 4.0, 0.5)])
    assert confidence([Hit(TOWN[0], 4.0, 0.5, likeness=0.6), other]) > confidence([one, other])


def fake_encoder(likeness: dict[str, float]) -> Callable[[Sequence[IndexedPassage]], Likeness]:
    """Knows for each key how like its passage is to any question."""
    return lambda passages: lambda question: [likeness.get(passage.key, 0.0) for passage in passages]


def test_meaning_finds_what_shares_no_word() -> None:
    index = PassageIndex(TOWN, fake_encoder({"meals": 0.5, "bus": 0.2, "paper": -0.3}))
    hits = index.search("school lunch")
    assert [hit.passage.key for hit in hits] == ["meals", "bus"]
    assert [hit.likeness for hit in hits] == [0.5, 0.2]


def test_meaning_does_not_outweigh_words_that_say_it_all() -> None:
    index = PassageIndex(TOWN, fake_encoder({"meals": 0.5}))
    assert first(index, "防災倉庫の整備") == "shelter"


def test_meaning_is_not_asked_about_noise() -> None:
    def never(passages: Sequence[IndexedPassage]) -> Likeness:
        def fail(question: str) -> Sequence[float]:
            raise AssertionError(f"asked about {question!r}")

        return fail

    assert PassageIndex(TOWN, never).search("……？") == []
    assert PassageIndex([], never).search("防災") == []


@cache
def invented(times: int) -> PassageIndex:
    titles = [title_of(number) for number in range(39 * times)]
    return PassageIndex(
        IndexedPassage(str(number), title, f"{title}を進め、年間{number}件の利用を目指します。")
        for number, title in enumerate(titles)
    )


def steps_of(work: Callable[[], object]) -> int:
    """Lines and calls that Python goes through: the same on every machine, however busy."""
    steps = 0

    def count(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps


QUESTIONS = (
    "北野図書館の使用料の見直しはいつですか",
    "公民館",
    "予約の電子化はどこで進めますか",
    "年間の利用件数",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_hundred_times_more_passages_are_not_read_for_a_question(question: str) -> None:
    small, large = (steps_of(partial(index.search, question)) for index in (invented(1), invented(100)))
    assert large < 5 * small  # every passage that has a word of these: 20 times the steps and more


def test_among_thousands_of_passages_the_one_named_is_found() -> None:
    large = invented(100)
    for number in (0, 1234, 3899):
        assert first(large, f"{title_of(number)}について教えてください") == str(number)
