"""A question and its answer, from text to Reply; the same for the command line and for every channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.message import Reply
from bot.wording.wording import word
from knowledge.answers import answer
from knowledge.known import Known
from knowledge.question import Question, Understood
from knowledge.reading import read_all


def ask(texts: Sequence[str], known: Known, today: date) -> Reply:
    """The reply to the last of the texts, the others being the conversation before it, oldest first."""
    return reply_to(read_all(texts, known, today), known, today)


def reply_to(understood: Understood, known: Known, today: date) -> Reply:
    """The reply to what was understood."""
    return word(answer(understood, known, today))


def explain(texts: Sequence[str], known: Known, today: date) -> str:
    """Which words gave what, what was understood, and what was left over."""
    understood = read_all(texts, known, today)
    lines = [f"「{reading.words}」→ {reading.gave}" for reading in understood.readings]
    if isinstance(understood, Question):
        lines.append(f"読み取った質問：{understood.asks} {'、'.join(understood.subjects)}")
        lines += [f"二つの質問：{part.asks} {'、'.join(part.subjects)}" for part in understood.parts]
        left = understood.left_over
    else:
        lines.append(f"答えなかった理由：{understood.why}")
        left = understood.words
    lines.append(f"読み取れなかった言葉：{'、'.join(left) if left else 'なし'}")
    return "\n".join(lines)
