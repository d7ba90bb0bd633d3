"""The passage search behind a pipe, for judging it on passages and questions from elsewhere.

One JSON object a line on standard input: {"op": "add", "id", "title", "text"} for each passage, {"op": "index"},
then {"op": "query", "id", "query", "k"} until {"op": "stop"}. On standard output {"ready": true} for the index,
and for a query {"id", "ids" (best first), "confidence" (higher: surer that the first answers)}.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from knowledge.clues import Said
from knowledge.meaning import encoder
from knowledge.search.index import Encoder, IndexedPassage, PassageIndex, confidence


@dataclass(frozen=True)
class Found:
    """The keys of the passages found, best first, and how surely the first answers."""

    keys: list[str]
    confidence: float


Searcher = Callable[[str, int], Found]
Builder = Callable[[Sequence[IndexedPassage]], Searcher]


def kaikaku(meaning: Encoder | None) -> Builder:
    """The project's own search."""

    def build(passages: Sequence[IndexedPassage]) -> Searcher:
        index = PassageIndex(passages, meaning)

        def search(question: str, limit: int) -> Found:
            hits = index.search(question, max(limit, 2))
            return Found([hit.passage.key for hit in hits[:limit]], confidence(hits))

        return search

    return build


def plain_bm25(passages: Sequence[IndexedPassage]) -> Searcher:
    """BM25 (k1 1.2, b 0.75) over the same words, its score as the confidence: what the search is held against."""
    counts = [Counter(Said.by(f"{passage.title}。{passage.text}").words) for passage in passages]
    usual = sum(count.total() for count in counts) / len(counts)
    standing = Counter(word for count in counts for word in count)
    rarity = {word: log(1 + (len(counts) - n + 0.5) / (n + 0.5)) for word, n in standing.items()}

    def weight(word: str, count: Counter[str]) -> float:
        return rarity[word] * count[word] * 2.2 / (count[word] + 1.2 * (0.25 + 0.75 * count.total() / usual))

    def search(question: str, limit: int) -> Found:
        words = Said.by(question).words
        scores = [sum(weight(word, count) for word in words if word in count) for count in counts]
        best = nlargest(limit, range(len(scores)), key=scores.__getitem__)
        return Found([passages[at].key for at in best if scores[at]], max(scores))

    return search


def replies(lines: Iterable[str], build: Builder) -> Iterator[dict[str, object]]:
    """What is said to each line that wants an answer."""
    passages: list[IndexedPassage] = []
    search: Searcher | None = None
    for line in lines:
        said = json.loads(line)
        match said["op"]:
            case "add":
                passages.append(IndexedPassage(said["id"], said["title"], said["text"]))
            case "index":
                search = build(passages)
                yield {"ready": True}
            case "query" if search is not None:
                found = search(said["query"], said["k"])
                yield {"id": said["id"], "ids": found.keys, "confidence": found.confidence}
            case "stop":
                return
            case other:
                raise ValueError(f"not possible here: {other}")


def main(arguments: Sequence[str]) -> int:
    """Answer standard input; 1 when --semantic is wanted and its extra is not installed."""
    parser = argparse.ArgumentParser(description="the passage search behind a pipe")
    parser.add_argument("--semantic", action="store_true", help="with likeness of meaning")
    parser.add_argument("--plain-bm25", action="store_true", help="plain BM25 instead, to compare with")
    wanted = parser.parse_args(arguments)
    meaning = encoder() if wanted.semantic else None
    if wanted.semantic and meaning is None:
        print("the extra `semantic` is not installed", file=sys.stderr)
        return 1
    for reply in replies(sys.stdin, plain_bm25 if wanted.plain_bm25 else kaikaku(meaning)):
        print(json.dumps(reply), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
