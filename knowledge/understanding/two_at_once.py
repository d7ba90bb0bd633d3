"""Two questions in one sentence: each half is read for itself, the second leaning on the first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from knowledge.question import Ask, Question, Understood

_JOINT = re.compile(
    r"[。！!\n]+|[?？]+(?=.)|、|(?<=内容)と|(?<=概要)と| and (?=(?:what|who|when|where|which|how) )"
)
# 3-1-2の概要と効果額: two sides of one thing
_SIDE = r"概要|内容|目的|効果額|目標額?|指標|主な取組み?|取組一覧"
_SIDES = re.compile(rf"(?P<first>{_SIDE})(?P<joint>と|及び|および|や|、)(?=(?:{_SIDE}))")
_SELF_SUFFICIENT = frozenset(
    {
        Ask.FIGURES,
        Ask.INDICATORS,
        Ask.SUM,
        Ask.PROCESS,
        Ask.TERM,
        Ask.DESCRIBE,
        Ask.MAIN_MEASURES,
        Ask.PURPOSE,
        Ask.LIST,
        Ask.PASSAGE,
        Ask.PAGE,
    }
)
_IN_WORDS = frozenset({Ask.PROCESS, Ask.TERM, Ask.PASSAGE})
_SHORTEST = 4


def parts(text: str, read: Callable[[str, tuple[Question, ...]], Understood]) -> Question | None:
    """The question with its two halves as parts, when both stand for themselves and ask different things."""
    for match in _SIDES.finditer(text):
        first, second = text[: match.end("first")], text[: match.start()] + text[match.end() :]
        question = _both(first, second, read)
        if question is not None:
            return question
    for match in _JOINT.finditer(text):
        first, second = text[: match.start()].strip(), text[match.end() :].strip()
        if min(len(first), len(second)) < _SHORTEST:
            continue
        question = _both(first, second, read)
        if question is not None:
            return question
    return None


def _both(
    first: str, second: str, read: Callable[[str, tuple[Question, ...]], Understood]
) -> Question | None:
    one = read(first, ())
    if not isinstance(one, Question) or one.asks not in _SELF_SUFFICIENT:
        return None
    if one.asks is Ask.PASSAGE and not _has_question_word(first):
        return None
    two = read(second, (one,))
    if not isinstance(two, Question) or two.asks not in _SELF_SUFFICIENT:
        return None
    if {one.asks, two.asks} == {Ask.DESCRIBE, Ask.MAIN_MEASURES} and one.subjects == two.subjects:
        return replace(one, asks=Ask.DESCRIBE)
    same = one.asks is two.asks and (one.asks not in _IN_WORDS or one.subjects == two.subjects)
    if same or not (_has_question_word(first) and _has_question_word(second)):
        return None
    return replace(one, asks=Ask.TWO, subjects=(), parts=(one, two))


_QUESTION_WORD = re.compile(
    r"誰|だれ|いつ|どこ|何|なに|いくら|どう|どれ|どの|どん|なぜ|内容|概要|目的|指標|主な取組|一覧|効果額|目標|教えて|\?|？|what|who|when|how|where|which",
    re.I,
)


def _has_question_word(text: str) -> bool:
    return bool(_QUESTION_WORD.search(text))
