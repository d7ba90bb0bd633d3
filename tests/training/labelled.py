"""Every reading of a question: its score by hand, what the learned corrections look at, and whether it is right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from unittest import mock

from bot.conversation.plan_reply import reply_to
from knowledge.known import Known
from knowledge.question import Ask, Question, Unclear, Understood
from knowledge.reading import LONGEST, WIDE, decide, rank, read, readings_of
from knowledge.reading.knowing import spoken_of
from knowledge.reading.pieces import find_pieces
from tests.fresh.cases import Case, cases, set_names
from tests.fresh.judge import Answer, lacks
from tests.written_questions import Written, all_written, plain, says

OWN = "own"

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """One candidate."""

    by_hand: float
    features: Weights
    is_right: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """The readings of one question; `source` is the set that it comes from."""

    source: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A conversation, its last text the question, with what tells whether an answer to it is right."""

    source: str
    texts: tuple[str, ...]
    today: date
    is_right: Callable[[Answer], bool]


def asked() -> Iterator[Asked]:
    """The judged sets, and the project's own questions that are not known to fail."""
    for name in set_names():
        for case in cases(name):
            yield Asked(name, case.texts, case.today, partial(_lacks_nothing, case))
    for block in all_written():
        if not block.fails:
            yield Asked(OWN, block.texts, block.today, partial(_is_as_written, block))


def labelled(question: Asked, known: Known, learned: Weights) -> Labelled:
    """The readings of a question, after a conversation that is read with what was `learned`."""
    spoken, judged = spoken_of(known), dict[Understood, bool]()
    with mock.patch.object(rank, "corrections", lambda: learned):
        history = _history(question, known)
        sharp = find_pieces(question.texts[-1][:LONGEST], spoken, question.today, history)
        found = readings_of(question.texts[-1], spoken, question.today, history)
    readings = []
    for pieces, ranked in found:
        understood = decide(pieces, ranked)
        if understood not in judged:
            judged[understood] = _is_right(question, understood, known)
        by_hand = rank.by_hand(ranked.candidate, pieces, ranked.unused)
        by_hand -= WIDE * (pieces.focus != sharp.focus)
        features = rank.features(ranked.candidate, pieces, ranked.unused)
        readings.append(Reading(by_hand, features, judged[understood]))
    return Labelled(question.source, tuple(readings))


def _history(question: Asked, known: Known) -> Sequence[Question]:
    """As `read_all` keeps it."""
    history: list[Question] = []
    for text in question.texts[:-1]:
        understood = read(text, spoken_of(known), question.today, history)
        if isinstance(understood, Question) and understood.asks is not Ask.GREETING:
            history.append(understood.parts[-1] if understood.asks is Ask.TWO else understood)
        elif isinstance(understood, Unclear) and understood.about is not None:
            history.append(understood.about)
    return history


def _is_right(question: Asked, understood: Understood, known: Known) -> bool:
    try:
        answer: Answer = json.loads(reply_to(understood, known, question.today).answer)
    except Exception:  # a reading that cannot be answered is a wrong one; nothing else may end the training
        return False
    return question.is_right(answer)


def _lacks_nothing(case: Case, answer: Answer) -> bool:
    return not lacks(case, answer)


def _is_as_written(block: Written, answer: Answer) -> bool:
    text = plain(answer["text"])
    cited = {one["code"] for one in answer["citations"]} | {f"p.{one['page']}" for one in answer["citations"]}
    return (
        all(any(says(text, word) for word in group) for group in block.says)
        and not any(says(text, word) for word in block.never)
        and all(cited.intersection(group) for group in block.cites)
        and (not block.kinds or answer["kind"] in block.kinds)
    )
