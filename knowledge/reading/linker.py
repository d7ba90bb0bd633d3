"""Which parts of the plan a text names: by title, by people's own names for them, by what their text says.

A text is cut into chunks where it names several things (里湯と表丹沢); each chunk is held against everything that the
plan's parts are spoken of as. A compound is explained as a whole or not at all: 市民税 is not explained by 市民.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.reading.evidence import NAME, QUESTION, TITLE, WORDS, Evidence
from knowledge.reading.text import Token, compounds

KINDS_TELL: Mapping[str, float] = {TITLE: 1.0, NAME: 0.92, QUESTION: 0.72, WORDS: 0.72}
_OF_PLACES = frozenset("市町村県区")
NAMED, LIKE = 0.56, 0.40
CLOSE = 0.93
WHOLE_RUN = 0.12
NEAR = 0.72
HALF = 0.42
HINTED, HINT_COUNTS = 0.33, 0.6
LEAST_WEIGHT, LEAST_ALONE, DISTINCT = 0.55, 0.75, 0.85
PLACE_COUNTS = 0.25
MOST_REFS = 5


@dataclass(frozen=True, slots=True)
class Link:
    """A part of the plan that a chunk of text names; several refs where names are equally close.

    `score` from 0 to 1; `by_name`: a title or a name for it was said, and not merely words of its text;
    `missing` are the tokens of the chunk that nothing of the (first) part explains.
    """

    refs: tuple[str, ...]
    start: int
    end: int
    score: float
    by_name: bool
    missing: tuple[Token, ...]
    others: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = ()
    titled: tuple[Token, ...] = ()
    in_title: bool = False
    whole_run: bool = False

    @property
    def ref(self) -> str:
        return self.refs[0]

    @property
    def is_ambiguous(self) -> bool:
        return len(self.refs) > 1


def link(tokens: Sequence[Token], text: str, evidence: Evidence, runs: Mapping[str, Sequence[tuple[int, int]]]) -> Link | None:
    """What one chunk names, or None. `runs` are spans of the text that stand letter for letter in a name of a ref."""
    content = [token for token in tokens if token.carries_meaning or token.joins]
    if all(token.is_place or token.text in _OF_PLACES for token in content):
        return None
    weights = _weights(content, evidence)
    total = sum(weights.values()) or 1.0
    start, end = content[0].start, content[-1].end
    held = _held(content, evidence, runs)
    scores: dict[str, tuple[float, float, bool]] = {}
    likeness = _likeness(content, text[start:end], evidence)
    for ref in held.keys() | likeness.keys():
        kinds = held.get(ref, {})
        like = likeness.get(ref, 0.0)
        told = {at: share if share >= 1.0 or like >= HINTED else share * HINT_COUNTS for at, share in kinds.items()}
        contained = sum(weights[at] * told[at] for at in told) / total
        by_name = like >= LIKE or any(value >= KINDS_TELL[NAME] for value in kinds.values())
        score = max(contained, like) + 0.2 * min(contained, like)
        if _is_a_hint(kinds, content, weights, like, evidence):
            continue
        least = LEAST_WEIGHT if len(kinds) > 1 else LEAST_ALONE
        score *= min(1.0, sum(weights[at] for at in kinds) / (evidence.rarest * least)) if kinds else 1.0
        if by_name and _stands_in(content, runs.get(ref, ())):
            score += WHOLE_RUN
        scores[ref] = score, contained, by_name
    if not scores:
        return None
    best = max(score for score, _, _ in scores.values())
    close = [ref for ref, (score, _, _) in scores.items() if score >= best * CLOSE]
    if best < LIKE or len(close) > MOST_REFS or not any(scores[ref][1] >= HALF or likeness.get(ref, 0.0) >= NAMED for ref in close):
        return None
    close.sort(key=lambda ref: (-scores[ref][0], ref))
    first = close[0]
    missing = tuple(token for at, token in enumerate(content) if at not in held.get(first, {}))
    if likeness.get(first, 0.0) >= NAMED:
        missing = tuple(token for token in missing if not evidence.knows(token.lemma))
    others = tuple(ref for ref, (score, _, named) in scores.items() if named and best * NEAR <= score < best * CLOSE)
    explained = tuple(token for at, token in enumerate(content) if at in held.get(first, {}) or token not in missing)
    in_title = all(held.get(first, {}).get(at, 0.0) >= KINDS_TELL[TITLE] for at in range(len(content)))
    whole = _stands_in(content, runs.get(first, ()))
    titled = tuple(token for at, token in enumerate(content) if held.get(first, {}).get(at, 0.0) >= KINDS_TELL[TITLE])
    return Link(tuple(close), start, end, best, scores[first][2], missing, others, explained, titled, in_title, whole)


def _is_a_hint(
    kinds: Mapping[int, float], content: Sequence[Token], weights: Mapping[int, float], like: float, evidence: Evidence
) -> bool:
    """Whether what is shared is too little to name anything: one common word of somebody's phrase, or verbs alone."""
    if like >= NAMED or not kinds:
        return False
    untitled = max(kinds.values()) < KINDS_TELL[TITLE]
    if all(content[at].is_place or content[at].text in _OF_PLACES for at in kinds):
        return True
    index = {id(token): at for at, token in enumerate(content)}
    groups = [[index[id(token)] for token in group if id(token) in index] for group in compounds(content)]
    if all(any(at in group and not all(other in kinds for other in group) for group in groups) for at in kinds):
        return True
    foreign = [at for at in kinds if content[at].text.isascii()]
    if len(foreign) == len(kinds) == 1 and untitled:
        return True
    alone = len(kinds) == 1 and untitled and max(weights[at] for at in kinds) < evidence.rarest * DISTINCT
    return alone or not any(content[at].is_noun for at in kinds)


def _stands_in(content: Sequence[Token], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a compound of several tokens stands letter for letter in a name."""
    groups = [group for group in compounds(content) if len(group) > 1]
    return any(start <= group[0].start and group[-1].end <= end for group in groups for start, end in spans)


def _weights(content: Sequence[Token], evidence: Evidence) -> dict[int, float]:
    return {at: evidence.weight(token.lemma) * (PLACE_COUNTS if token.is_place else 1.0) for at, token in enumerate(content)}


def _held(
    content: Sequence[Token], evidence: Evidence, runs: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[str, dict[int, float]]:
    """For each ref which tokens it holds, and how much that tells; a compound held in part counts a third."""
    held: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for at, token in enumerate(content):
        for ref, lemmas in evidence.lemmas_of.items():
            if kinds := lemmas.get(token.lemma):
                held[ref][at] = max(KINDS_TELL[kind] for kind in kinds)
    for ref, spans in runs.items():
        for at, token in enumerate(content):
            if any(start <= token.start and token.end <= end for start, end in spans):
                held[ref][at] = 1.0
    index = {id(token): at for at, token in enumerate(content)}
    groups = [[index[id(token)] for token in group if id(token) in index] for group in compounds(content)]
    for kinds in held.values():
        for group in groups:
            inside = [at for at in group if at in kinds]
            if inside and len(inside) < len(group):
                for at in inside:
                    kinds[at] /= 3
    return held


def _likeness(content: Sequence[Token], text: str, evidence: Evidence) -> dict[str, float]:
    best: dict[str, float] = {}
    for match in evidence.matches(text, content, (TITLE, NAME, QUESTION)):
        counts = 1.0 if match.unit.kind in (TITLE, NAME) else 0.85
        ref = match.unit.ref
        best[ref] = max(best.get(ref, 0.0), match.likeness * counts)
    return best
