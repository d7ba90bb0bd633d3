"""A conditional logit over the readings of each question, fitted by L-BFGS with L2; several readings may be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tests.training.labelled import Labelled, Weights

SEEN_AT_LEAST, STRENGTH = 5, 2.0
COUNTS: Mapping[str, float] = {"own": 0.7, "corpus": 0.3}
"""How much a question of each source counts; one of a judged set counts one."""


@dataclass(frozen=True)
class Table:
    """The readings of all questions, a row each; `starts` is where each question's rows begin."""

    sources: tuple[str, ...]
    names: tuple[str, ...]
    features: csr_matrix
    by_hand: numpy.ndarray
    is_right: numpy.ndarray
    starts: numpy.ndarray

    def counts(self, held_out: Collection[str]) -> numpy.ndarray:
        """How much each question counts: nothing when it is held out, or when it can teach nothing."""
        some, every = self._right()
        each = [0.0 if source in held_out else COUNTS.get(source, 1.0) for source in self.sources]
        counted: numpy.ndarray = numpy.array(each) * (some & ~every)
        return counted

    def is_first_right(self, weights: Weights) -> numpy.ndarray:
        """For each question whether the likeliest reading is right; the first of several that are equally likely."""
        scores = self.by_hand + self.features @ numpy.array([weights.get(name, 0.0) for name in self.names])
        ends = [*self.starts[1:], len(scores)]
        best = [start + int(scores[start:end].argmax()) for start, end in zip(self.starts, ends, strict=True)]
        first: numpy.ndarray = self.is_right[best] > 0
        return first

    def _right(self) -> tuple[numpy.ndarray, numpy.ndarray]:
        right = numpy.add.reduceat(self.is_right, self.starts)
        return right > 0, right == numpy.add.reduceat(numpy.ones_like(self.is_right), self.starts)


def table(questions: Sequence[Labelled]) -> Table:
    """The questions that have readings, and the features that several of them have, in order."""
    questions = [one for one in questions if one.readings]
    seen = Counter(name for one in questions for name in {name for r in one.readings for name in r.features})
    names = tuple(sorted(name for name, times in seen.items() if times >= SEEN_AT_LEAST))
    index = {name: at for at, name in enumerate(names)}
    readings = [reading for one in questions for reading in one.readings]
    cells = [
        (row, index[name], value)
        for row, reading in enumerate(readings)
        for name, value in reading.features.items()
        if name in index
    ]
    rows, columns, values = zip(*cells, strict=True)
    sizes = [len(one.readings) for one in questions]
    return Table(
        tuple(one.source for one in questions),
        names,
        csr_matrix((values, (rows, columns)), shape=(len(readings), len(names))),
        numpy.array([one.by_hand for one in readings]),
        numpy.array([float(one.is_right) for one in readings]),
        numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]]),
    )


def fit(data: Table, held_out: Collection[str] = ()) -> dict[str, float]:
    """The weights that make right readings likely, learned without the sources held out."""
    counts = data.counts(held_out)
    sizes = numpy.diff([*data.starts, len(data.by_hand)])

    def loss(weights: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        scores = data.by_hand + data.features @ weights
        scores -= numpy.repeat(numpy.maximum.reduceat(scores, data.starts), sizes)
        likely = numpy.exp(scores)
        right = likely * data.is_right
        whole, good = numpy.add.reduceat(likely, data.starts), numpy.add.reduceat(right, data.starts)
        good = numpy.where(counts > 0, good, 1.0)
        lost = STRENGTH / 2 * weights @ weights - counts @ (numpy.log(good) - numpy.log(whole))
        pull = numpy.repeat(counts / whole, sizes) * likely - numpy.repeat(counts / good, sizes) * right
        return float(lost), STRENGTH * weights + data.features.T @ pull

    options = {"maxiter": 2000, "maxfun": 4000, "ftol": 1e-13, "gtol": 1e-7}
    found = minimize(loss, numpy.zeros(len(data.names)), jac=True, method="L-BFGS-B", options=options)
    return {name: float(value) for name, value in zip(data.names, found.x, strict=True)}
