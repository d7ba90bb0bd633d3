"""A linear model over short texts: which class is likely, from characters alone. Plain data, no training library.

Trained by `training.py` from the corpus; texts are masked first (κ a code, ν a name, η a year ...), so that what it
learns holds for any plan.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MODELS = Path(__file__).parent.parent / "lexicon" / "models"
LONGEST_GRAM = 3


def grams(text: str) -> list[str]:
    """Runs of one to four characters, with the text's edges marked, each once."""
    marked = f"^{text}$"
    return list(
        dict.fromkeys(
            marked[at : at + length] for length in range(1, LONGEST_GRAM + 1) for at in range(len(marked) - length + 1)
        )
    )


@dataclass(frozen=True)
class LinearModel:
    """Weights of features for each class."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, Sequence[float]]

    def log_probabilities(self, text: str) -> dict[str, float]:
        """The logarithm of each class's probability."""
        features = [self.weights[gram] for gram in grams(text) if gram in self.weights]
        norm = math.sqrt(len(grams(text))) or 1.0
        scores = list(self.bias)
        for weights in features:
            for at, weight in enumerate(weights):
                scores[at] += weight / norm
        highest = max(scores)
        total = math.log(sum(math.exp(score - highest) for score in scores)) + highest
        return {name: score - total for name, score in zip(self.classes, scores, strict=True)}


@lru_cache(maxsize=4)
def model(name: str, folder: Path = MODELS) -> LinearModel:
    """The model of that name."""
    known = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return LinearModel(tuple(known["classes"]), tuple(known["bias"]), known["weights"])
