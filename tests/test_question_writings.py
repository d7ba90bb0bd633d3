"""However a question is written - width, spaces, politeness, punctuation - it is understood alike or asked back."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest

from bot.conversation.plan_reply import ask
from knowledge.question import Ask, Question, Understood
from knowledge.reading import read_all
from tests.test_questions import ALL, known
from tests.written_questions import Written

_LAST_MARKS = re.compile(r"[?？。.!！…\s]+$")
_BESIDE_ASCII = re.compile(r"(?<=[!-~])(?=[ぁ-んァ-ヶ一-龠])|(?<=[ぁ-んァ-ヶ一-龠])(?=[!-~])")
_DASH = re.compile(r"(?<=[0-9０-９])-(?=[0-9０-９])")
_MOST_ASKED_BACK = 0.03
# Words of courtesy put behind whatever was asked, even behind a sentence that is over (…なのお願いします): the
# share of questions that they may turn into others. It may only fall. What only changes how a thing is written turns none.
_MOST_OTHERWISE: Mapping[str, float] = {
    "half_width_kana": 0.004, "desuka": 0.007, "oshiete": 0.04, "onegai": 0.03, "politely": 0.05,
    "no_mark": 0.004, "marks": 0.004,
}  # fmt: skip


def _half_width_kana() -> Mapping[str, str]:
    kana = [chr(code) for code in range(0xFF66, 0xFF9E)]
    whole = {unicodedata.normalize("NFKC", one + mark): one + mark for mark in ("ﾞ", "ﾟ") for one in kana}
    return {one: half for one, half in whole.items() if len(one) == 1} | {
        unicodedata.normalize("NFKC", one): one for one in kana
    }


# Japanese words of courtesy are put to Japanese questions alone.
JAPANESE = tuple(one for one in ALL if not one.fails and re.search("[ぁ-んァ-ヶ一-龠]", one.texts[-1]))
HALF_WIDTH = _half_width_kana()


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def half_width_kana(text: str) -> str:
    return "".join(HALF_WIDTH.get(char, char) for char in text)


def spaced(text: str) -> str:
    return f" {_BESIDE_ASCII.sub('　', text.replace('、', '、 '))}　"


def ending(words: str) -> Callable[[str], str]:
    return lambda text: _LAST_MARKS.sub("", text) + words


WRITINGS: Mapping[str, Callable[[str], str]] = {
    "full_width": full_width,
    "half_width_kana": half_width_kana,
    "spaced": spaced,
    "desuka": ending("ですか"),
    "oshiete": ending("教えて"),
    "onegai": ending("お願いします"),
    "politely": lambda text: "すみません、" + ending("　教えていただけますか。")(text),
    "no_mark": ending(""),
    "marks": ending("！？"),
    "narrow_marks": lambda text: text.replace("？", "?").replace("、", "､").replace("。", "｡"),
    "long_dash": lambda text: _DASH.sub("ー", text),
    "minus_sign": lambda text: _DASH.sub("−", text),
    "upper_case": str.upper,
}


@cache
def understood(texts: tuple[str, ...], block: Written) -> Understood:
    return read_all(texts, known(), block.today)


def written_so(block: Written, writing: str) -> tuple[str, ...]:
    """The conversation with its last question in that writing."""
    return (*block.texts[:-1], WRITINGS[writing](block.texts[-1]))


def asked(question: Question) -> set[tuple[Any, ...]]:
    """What is asked of which subject in which years; of a double question of both halves."""
    if question.parts:
        return {one for part in question.parts for one in asked(part)}
    return {(question.asks, ref, question.years) for ref in question.subjects or ("",)}


def is_asked_back(one: Understood) -> bool:
    """Unclear, out of the plan, or greeted: no figure can follow."""
    return not isinstance(one, Question) or one.asks is Ask.GREETING


def set_facts(texts: tuple[str, ...], block: Written) -> set[tuple[Any, ...]]:
    answer = json.loads(ask(texts, known(), block.today).answer)
    return {(f["code"], f["fiscal_year"], f["value"]) for f in answer["facts"] if f["state"] == "set"}


def is_another(block: Written, writing: str) -> str:
    """How it is understood otherwise, if it is; empty where it is understood alike or asked back."""
    plainly, texts = understood(block.texts, block), written_so(block, writing)
    otherwise = understood(texts, block)
    if not isinstance(otherwise, Question) or is_asked_back(otherwise):
        return ""
    if isinstance(plainly, Question):
        return "" if asked(plainly) == asked(otherwise) else f"{sorted(map(str, asked(otherwise)))}"
    new = set_facts(texts, block)
    return f"{otherwise.asks} gives figures: {sorted(new)[:3]}" if new else ""


@pytest.mark.parametrize("writing", WRITINGS)
def test_another_writing_is_understood_alike_or_asked_back(writing: str) -> None:
    others = {written_so(block, writing)[-1]: is_another(block, writing) for block in JAPANESE}
    found = {text: how for text, how in others.items() if how}
    assert len(found) <= _MOST_OTHERWISE.get(writing, 0) * len(JAPANESE), found


@pytest.mark.parametrize("writing", WRITINGS)
def test_hardly_any_question_is_asked_back_for_its_writing(writing: str) -> None:
    plainly = [block for block in JAPANESE if not is_asked_back(understood(block.texts, block))]
    again = [(written_so(block, writing), block) for block in plainly]
    back = [texts[-1] for texts, block in again if is_asked_back(understood(texts, block))]
    assert len(back) <= _MOST_ASKED_BACK * len(plainly), back


def test_half_width_kana_is_what_people_mean_by_it() -> None:
    assert half_width_kana("ペーパーレス化のデータ") == "ﾍﾟｰﾊﾟｰﾚｽ化のﾃﾞｰﾀ"
    assert all(
        unicodedata.normalize("NFKC", half_width_kana(text)) == text for text in ("ガギグ", "パピプ", "ヴァ")
    )
