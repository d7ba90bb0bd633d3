"""Trains the models from the corpus: `python -m knowledge.reading.training`. The only user of scikit-learn.

The same corpus under the locked versions gives the same weights to six decimals; nothing is random.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from collections import Counter

from knowledge.reading.corpus import asked_in_english, examples, labelled_clauses, ordinary_texts
from knowledge.reading.model import MODELS, grams
from knowledge.reading.text import tokens_of

SEEN_AT_LEAST, STRENGTH, NEGLIGIBLE = 2, 30.0, 0.5


def vocabulary_of(texts: Sequence[str]) -> list[str]:
    """The features that stand in several texts, in order."""
    seen: dict[str, int] = {}
    for text in texts:
        for gram in grams(text):
            seen[gram] = seen.get(gram, 0) + 1
    return sorted(gram for gram, times in seen.items() if times >= SEEN_AT_LEAST)


def matrix(texts: Sequence[str], features: Sequence[str]) -> csr_matrix:
    """A row a text, each of length one."""
    index = {feature: at for at, feature in enumerate(features)}
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        found = grams(text)
        norm = len(found) ** 0.5 or 1.0
        for gram in found:
            if gram in index:
                rows.append(row)
                columns.append(index[gram])
                values.append(1.0 / norm)
    return csr_matrix((values, (rows, columns)), shape=(len(texts), len(features)))


def train(pairs: Sequence[tuple[str, str]], strength: float = STRENGTH) -> dict[str, object]:
    """The model of texts with their classes, as plain data."""
    texts = [text for text, _ in pairs]
    features = vocabulary_of(texts)
    fitted = LogisticRegression(C=strength, max_iter=400, class_weight="balanced")
    fitted.fit(matrix(texts, features), [label for _, label in pairs])
    weights, bias = fitted.coef_, fitted.intercept_
    classes = list(fitted.classes_)
    if len(classes) == 2:
        weights, bias = numpy.vstack([-weights[0] / 2, weights[0] / 2]), numpy.array([-bias[0] / 2, bias[0] / 2])
    kept = {
        feature: [round(float(value), 2) for value in weights[:, at]]
        for at, feature in enumerate(features)
        if abs(weights[:, at]).max() >= NEGLIGIBLE
    }
    return {"classes": classes, "bias": [round(float(value), 4) for value in bias], "weights": kept}


def write(name: str, trained: dict[str, object], folder: Path = MODELS) -> None:
    """Keep a model as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(trained, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def ordinary_words() -> list[str]:
    """The lemmas of ordinary talk: said around what is asked (twice at least), or by most of the corpus's writers."""
    around: Counter[str] = Counter()
    writers: dict[str, set[str]] = {}
    for writer, is_around, text in ordinary_texts():
        for lemma in {token.lemma for token in tokens_of(text) if token.carries_meaning}:
            around[lemma] += is_around
            writers.setdefault(lemma, set()).add(writer)
    for text in asked_in_english():
        for lemma in {token.lemma for token in tokens_of(text) if token.text.isascii()}:
            writers.setdefault(lemma, set()).add(text)
    return sorted(lemma for lemma, by in writers.items() if around[lemma] >= 3 or len(by) >= 3)


def main() -> None:
    """Train and write everything that is learned from the corpus."""
    words = json.dumps(ordinary_words(), ensure_ascii=False, indent=0)
    (MODELS / "ordinary.json").write_text(words + "\n", encoding="utf-8")
    write("clauses", train(list(labelled_clauses())))
    write("kinds", train([(one.focus, one.kind) for one in examples()]))


if __name__ == "__main__":
    sys.exit(main())
