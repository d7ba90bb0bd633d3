"""Another city's plan is understood by the same words: other years, another overlap, another excluded account."""

from datetime import date
from functools import cache

import pytest

from bot.conversation.plan_reply import ask, explain
from knowledge.answers import answer
from knowledge.answers.answer import Answer, AnswerKind, Fact
from knowledge.known import Known
from knowledge.plan.plan import State
from knowledge.question import Ask, OutOfPlan, Question, Unclear
from knowledge.understanding import understand, understand_all
from tests.small_plan import small_edition

TODAY = date(2025, 5, 1)


@cache
def known() -> Known:
    return Known(small_edition())


def said(*texts: str) -> str:
    return ask(texts, known(), TODAY).text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("2-1-1の効果額は？", "令和7年度から令和8年度まで各500千円、3年計1,000千円"),
        ("市民館のR6", "令和6年度）は、計画に記載がありません"),
        ("2-1-3の効果額", "調整中"),
        ("3-1の合計は？", "3年計1,430千円"),
        ("3-1の3年計の合計", "3-1-2"),
        ("2-1-2と3-1-1の3年計を足すと", "660千円"),
        ("3-1-3のR8", "△20千円"),
        ("アプリの令和7年度は？", "150世帯"),
        ("手続の電子化の活動指標は", "〇〇手続以上"),
        ("公営企業会計の取組", "3-1-2"),
        ("縮充とは", "規模を小さく"),
        ("1月は何をする", "改革本部"),
        ("会長は誰", "山田太郎"),
        ("来年度の3-1-1", "300千円"),
    ],
)
def test_another_citys_plan_is_answered_from_its_own_data(question: str, says: str) -> None:
    assert says in said(question)


def test_an_overlap_is_said_where_money_would_be_counted_twice() -> None:
    assert "重複" in said("3-1-1と2-1-2と3-1-4の合計")


def test_the_special_account_counts_where_the_citys_targets_count_it() -> None:
    assert "含まれています" in said("3-1の目標に3-1-3は含まれていますか")
    assert "含まれていません" in said("3-1の目標に3-1-2は含まれていますか")


@pytest.mark.parametrize(
    "question", ["4-1-1の効果額", "令和5年度の3-1-1", "3-1-1の実績は", "図書館の効果額", "明日の天気は"]
)
def test_what_the_plan_lacks_is_refused_without_a_figure(question: str) -> None:
    understood = understand(question, known(), TODAY)
    assert isinstance(understood, OutOfPlan)
    (refusal,) = answer(understood, known(), TODAY)
    assert not any(fact.state is State.SET for fact in refusal.facts)


def test_two_close_names_are_asked_back() -> None:
    understood = understand("広告の令和6年度はいくら、それとも貸出し？", known(), TODAY)
    assert isinstance(understood, Unclear | Question)
    assert isinstance(understand("いくらですか", known(), TODAY), Unclear)


def test_a_follow_up_takes_over_what_it_leaves_out_and_nothing_more() -> None:
    asked = understand_all(["3-1-1のR6は？", "R7は？"], known(), TODAY)
    assert isinstance(asked, Question)
    assert asked.subjects == ("3-1-1",)
    other = understand_all(["3-1-1のR6は？", "縮充とは"], known(), TODAY)
    assert isinstance(other, Question)
    assert other.asks is Ask.TERM


def test_explaining_shows_the_persons_own_words() -> None:
    told = explain(["３－１－１の　Ｒ６は？"], known(), TODAY)
    assert "「３－１－１」→ 3-1-1" in told
    assert "「Ｒ６」→ R6" in told


def test_an_answer_without_a_source_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="出典のない答え"):
        Answer(AnswerKind.FACT, "figures", None)


def test_a_refusal_with_a_figure_cannot_be_made() -> None:
    fact = Fact("3-1-1", "effect_amount", "R6", 100, "千円", State.SET)
    with pytest.raises(ValueError, match="数値は付けられません"):
        Answer(AnswerKind.OUT_OF_PLAN, "out_of_plan", None, (fact,))
