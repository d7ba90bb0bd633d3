"""What the trainer of the ranking is taught with, and that the same lessons give the same weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from knowledge.reading.knowing import spoken_of
from tests.test_questions import known
from tests.training.corpus_lines import NEED_NO_SUBJECT, Filler, lines
from tests.training.labelled import Labelled, Reading, asked, labelled

if TYPE_CHECKING:
    from tests.training.fit import Table


def test_every_line_is_filled_with_parts_of_the_plan_and_always_alike() -> None:
    one, another = Filler(spoken_of(known())), Filler(spoken_of(known()))
    for kind, marked in lines():
        text, codes = one.filled(kind, marked)
        assert (text, codes) == another.filled(kind, marked)
        assert set(codes) <= known().plan.by_code.keys()
        assert not set("κιπνηα{}[]") & set(text), text
        assert codes or kind in NEED_NO_SUBJECT or not set("κιπν") & set(marked)


def test_a_question_is_labelled_by_its_answer() -> None:
    question = next(one for one in asked() if one.source == "a")
    readings = labelled(question, known(), {}).readings
    assert {True, False} == {one.is_right for one in readings}


def test_a_plain_choice_is_learned_and_always_alike() -> None:
    fit = pytest.importorskip("tests.training.fit", reason="only make train brings numpy and scipy")
    data: Table = fit.table([_choice("a", "right", "wrong")] * 20 + [_choice("b", "right", "wrong")] * 20)
    weights: Mapping[str, float] = fit.fit(data, {"b"})
    assert weights["right"] > 1 > -1 > weights["wrong"]
    assert weights == fit.fit(data, {"b"})
    assert not data.is_first_right({}).any()
    assert data.is_first_right(weights).all()


def _choice(source: str, right: str, wrong: str) -> Labelled:
    """By hand the wrong one is likelier."""
    return Labelled(source, (Reading(0.0, {right: 1.0}, True), Reading(1.0, {wrong: 1.0}, False)))
