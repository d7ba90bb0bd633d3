from pathlib import Path

import pytest

from bot.evaluation.form import SHIPPED, read_form, shipped_form
from bot.refusal import Refusal
from bot.storage.entry import EntryState

FORM = shipped_form()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("自己評価", ""),
        ("入力", ""),
        ("自己評価を始める。", ""),
        ("3-1-2の自己評価", "3-1-2"),
        ("３－１－２ 自己評価", "3-1-2"),
        ("1-1#2の入力", "1-1#2"),
        ("1-1の自己評価", "1-1"),
        ("３ー１ー２の自己評価をしたい", "3-1-2"),
        ("自己評価をお願いします", ""),
        ("文化会館の自己評価", "文化会館"),
        ("自己評価はいつ？", None),
        ("3-1-2の効果額", None),
        ("文化会館の自己評価の期限", None),
        ("", None),
    ],
)
def test_a_self_evaluation_is_begun_by_its_words_and_by_nothing_else(text: str, code: str | None) -> None:
    assert FORM.started(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("確認一覧", ""), ("3-1-2の確認", "3-1-2"), ("3-1-2を受理", "3-1-2"), ("確認します", None)],
)
def test_a_sign_off_is_begun_by_its_words(text: str, code: str | None) -> None:
    assert FORM.signed(text) == code


def test_a_return_carries_its_reason() -> None:
    assert FORM.returned("3-1-2を差戻し 要因を詳しく") == ("3-1-2", "要因を詳しく")
    assert FORM.returned("3-1-2を差戻し") is None


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("順調です", EntryState.ON_TRACK),
        ("順調ですか", None),
        ("順調", EntryState.ON_TRACK),
        ("ﾁﾕｳｼ", None),
        ("中止・見直し。", EntryState.UNDER_REVIEW),
    ],
)
def test_a_state_is_read_only_as_a_whole(text: str, state: EntryState | None) -> None:
    assert FORM.state(text) is state


@pytest.mark.parametrize(
    ("text", "is_vague"),
    [
        ("検討する", True),
        ("利用の拡大が望ましい", True),
        ("引き続き周知に努める", True),
        ("道路課が9月までに検討する", False),
        ("来年度に受付の方法を見直す", False),
        ("委託先と契約を結び直した", False),
    ],
)
def test_a_comment_that_only_considers_is_told_from_one_that_says_who_and_when(
    text: str, is_vague: bool
) -> None:
    assert FORM.is_vague(text) is is_vague


def test_every_fault_of_a_form_is_named_with_its_place(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8")
    for right, wrong in (
        ("gap_percent = 10", 'gap_percent = "10"'),
        ("doubt_times = 10", ""),
        ('label = "差の要因"', "label = 3"),
        ('words = ["state", "causes", "success", "problems"]', 'words = ["causes", "cause", "causes"]'),
        ('no = ["いいえ"', 'nein = ["いいえ"'),
    ):
        assert right in text
        text = text.replace(right, wrong)
    file = tmp_path / "form.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(Refusal) as refusal:
        read_form(file)
    said = str(refusal.value)
    assert "7件の誤り" in said
    for words in (
        "doubt_times がありません",
        "gap_percent は1以上の整数にしてください",
        "steps.causes.label は文にしてください",
        "order.words: 「cause」という欄はありません",
        "order.words: 同じ欄が二度あります",
        "order.words: state がありません",
        "words.no がありません",
    ):
        assert words in said


def test_a_form_that_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "form.toml"
    file.write_text("phase = 「自己評価」", "utf-8")
    with pytest.raises(Refusal, match=r"form\.toml を読めません"):
        read_form(file)
