"""A linear model over short texts: which class is likely, from characters alone. Plain data, no training library.

Trained by `training.py` from the corpus; texts are masked first (κ a code, ν a name, η a year ...), so that what it
learns holds for any plan.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.compiled import MODELS, SortedLines, read

LONGEST_GRAM = 3


def grams(text: str) -> list[str]:
    """Runs of one to four characters, with the text's edges marked, each once."""
    marked = f"^{text}$"
    return list(
        dict.fromkeys(
            marked[at : at + length]
            for length in range(1, LONGEST_GRAM + 1)
            for at in range(len(marked) - length + 1)
        )
    )


@dataclass(frozen=True)
class LinearModel:
    """Weights of features for each class; those of a feature are read when it is first met."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: SortedLines[tuple[float, ...]]

    def log_probabilities(self, text: str) -> dict[str, float]:
        """The logarithm of each class's probability."""
        found = grams(text)
        norm = math.sqrt(len(found)) or 1.0
        rows = filter(None, map(self.weights.get, found))
        scores = [bias + sum(column) / norm for bias, *column in zip(self.bias, *rows, strict=True)]
        highest = max(scores)
        total = math.log(sum(math.exp(score - highest) for score in scores)) + highest
        return {name: score - total for name, score in zip(self.classes, scores, strict=True)}


@lru_cache(maxsize=4)
def model(name: str, folder: Path = MODELS) -> LinearModel:
    """The model of that name."""
    _, classes, bias, lines = read(f"{name}.tsv", folder).split(b"\n", 3)
    weights = SortedLines(lines, _numbers)
    return LinearModel(tuple(_values(classes).split(" ")), _numbers(_values(bias)), weights)


def _values(line: bytes) -> str:
    return line.decode("utf-8").partition("\t")[2]


def _numbers(written: str) -> tuple[float, ...]:
    return tuple(map(_number, written.split(" ")))


@lru_cache(maxsize=4096)
def _number(written: str) -> float:
    """One object for each of the few different weights, of which there are half a million."""
    return float(written)
