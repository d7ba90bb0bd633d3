"""Makes everything that is derived from the project's own files: `make train`. The only user of scikit-learn.

Models from the corpus, then what `derived` makes. The same corpus under the same version gives the same weights to two
decimals; nothing is random.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from knowledge.compiled import MODELS, write
from knowledge.reading import derived
from knowledge.reading.corpus import CORPUS, asked_in_english, examples, labelled_clauses, ordinary_texts
from knowledge.reading.model import grams
from knowledge.reading.text import tokens_of

SEEN_AT_LEAST, STRENGTH, NEGLIGIBLE = 2, 30.0, 0.5


def vocabulary_of(texts: Sequence[str]) -> list[str]:
    """The features that stand in several texts, in order."""
    seen: dict[str, int] = {}
    for text in texts:
        for gram in grams(text):
            seen[gram] = seen.get(gram, 0) + 1
    return sorted(gram for gram, times in seen.items() if times >= SEEN_AT_LEAST)


def train(pairs: Sequence[tuple[str, str]], strength: float = STRENGTH) -> list[str]:
    """The model of texts with their classes, as lines: the classes, the bias, a line a feature."""
    texts = [text for text, _ in pairs]
    features = vocabulary_of(texts)
    index = {feature: at for at, feature in enumerate(features)}
    rows, columns, values = zip(*_cells(texts, index), strict=True)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(texts), len(features)))
    fitted = LogisticRegression(C=strength, max_iter=400, class_weight="balanced")
    fitted.fit(matrix, [label for _, label in pairs])
    weights, bias = fitted.coef_.tolist(), fitted.intercept_.tolist()
    if len(bias) == 1:
        weights = [[sign * value / 2 for value in weights[0]] for sign in (-1, 1)]
        bias = [sign * bias[0] / 2 for sign in (-1, 1)]
    of_feature = {feature: [row[at] for row in weights] for feature, at in index.items()}
    kept = {name: values for name, values in of_feature.items() if max(map(abs, values)) >= NEGLIGIBLE}
    return model_lines(list(fitted.classes_), bias, kept)


def _cells(texts: Sequence[str], index: Mapping[str, int]) -> Iterable[tuple[int, int, float]]:
    """(row, column, value): a row a text, each of length one."""
    for row, text in enumerate(texts):
        found = grams(text)
        norm = len(found) ** 0.5 or 1.0
        yield from ((row, index[gram], 1.0 / norm) for gram in found if gram in index)


def model_lines(
    classes: Sequence[str], bias: Sequence[float], weights: Mapping[str, Sequence[float]]
) -> list[str]:
    """A model as lines (see `model`)."""
    features = sorted(f"{feature}\t{_rounded(values, 2)}" for feature, values in weights.items())
    return [f"classes\t{' '.join(classes)}", f"bias\t{_rounded(bias, 4)}", *features]


def _rounded(values: Sequence[float], decimals: int) -> str:
    return " ".join(f"{round(value, decimals):.{decimals}f}".rstrip("0").rstrip(".") for value in values)


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
    """Train and write everything that is learned from the corpus, then compile the rest, which rests on it."""
    corpus = tuple(sorted(CORPUS.glob("*.txt")))
    words = json.dumps(ordinary_words(), ensure_ascii=False, indent=0)
    (MODELS / "ordinary.json").write_text(words + "\n", encoding="utf-8")
    write("clauses.tsv", train(list(labelled_clauses())), corpus)
    write("kinds.tsv", train([(one.focus, one.kind) for one in examples()]), corpus)
    derived.main()


if __name__ == "__main__":
    main()
