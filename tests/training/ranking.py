"""Learns the corrections of knowledge/reading/rank.py: python -m tests.training.ranking [FILE].

Writes knowledge/lexicon/models/ranking.json, or FILE, and prints how often the likeliest reading is right, each judged
set left out in turn. Nothing is random and nothing is taken from the weights that are there: conversations are read
with what the questions that stand alone have taught.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from knowledge.compiled import MODELS
from knowledge.known import shipped_known
from knowledge.reading.rank import corrections
from tests.fresh.cases import set_names
from tests.training.corpus_lines import labelled_lines
from tests.training.fit import Table, fit, table
from tests.training.labelled import Labelled, Weights, asked, labelled

NEGLIGIBLE, DECIMALS = 0.02, 6


def questions() -> list[Labelled]:
    """Everything that teaches: lines of the corpus, questions, and then conversations."""
    known, every = shipped_known(), list(asked())
    alone = [*labelled_lines(known), *(labelled(one, known, {}) for one in every if len(one.texts) == 1)]
    learned = kept(fit(table(alone)))
    return alone + [labelled(one, known, learned) for one in every if len(one.texts) > 1]


def kept(weights: Weights) -> dict[str, float]:
    """The weights that count, as they are written."""
    return {name: round(value, DECIMALS) for name, value in weights.items() if abs(value) > NEGLIGIBLE}


def accuracy(data: Table, weights: Weights, source: str) -> float:
    """The share of a source's questions whose likeliest reading is right."""
    right = data.is_first_right(weights)
    own = [bool(one) for one, of in zip(right, data.sources, strict=True) if of == source]
    return sum(own) / len(own)


def main(words: Sequence[str]) -> int:
    """Train, print and write."""
    shipped, data = corrections(), table(questions())
    learned = kept(fit(data))
    print(
        f"{len(data.starts)} questions, {len(data.by_hand)} readings, {len(data.names)} features, {len(learned)} kept"
    )
    print(f"{'':10}by hand  left out  learned  as shipped")
    for source in dict.fromkeys(data.sources):
        alone = (
            f"{accuracy(data, kept(fit(data, {source})), source):8.3f}"
            if source in set_names()
            else f"{'':8}"
        )
        cells = [accuracy(data, {}, source), accuracy(data, learned, source), accuracy(data, shipped, source)]
        print(f"{source:10}{cells[0]:7.3f}  {alone}  {cells[1]:7.3f}  {cells[2]:10.3f}", flush=True)
    target = Path(words[0]) if words else MODELS / "ranking.json"
    text = json.dumps(learned, ensure_ascii=False, indent=0, sort_keys=True)
    target.write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
