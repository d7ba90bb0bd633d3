"""What a text names: strict first, then likeness.

Strict means runs of characters that stand in a name letter for letter (two or more, long-vowel marks aside), weighed by
how few names hold them, so that 体育館 finds 総合体育館 and 指定管理 alone finds four initiatives at once. Likeness
(RapidFuzz) only ever proposes: the nearest names to offer where nothing was found.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest

from knowledge.japanese import plain
from knowledge.name_runs import GRAMMAR, SHORTEST_RUN, TELLING, Pieces, Run, Span, overlap, pairs, widened

_LONG_VOWEL = "ー"
_PUNCTUATION = re.compile("[、。・,()（）「」【】~]")
_PART = re.compile(r"[(（「【].*?[)）」】]")
_OUTSIDE, _ASIDE = 0.95, 0.9

# However many names there are: rare pairs propose names until there are ENOUGH, common pairs only weigh those, and the
# best of them are looked at. A plan of the usual size has fewer names, and all are looked at.
ENOUGH, LOOKED_AT = 200, 100


class Kind(StrEnum):
    """What sort of thing a name belongs to."""

    INITIATIVE = "initiative"
    ITEM = "item"
    PILLAR = "pillar"
    INDICATOR = "indicator"
    PHASE = "phase"
    BODY = "body"
    INDIVIDUAL_PLAN = "individual_plan"
    SECTION = "section"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with a name: `ref` is what the plan knows it by, `says` the ways of writing its name."""

    ref: str
    kind: Kind
    name: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text: the runs of the folded text that it explains, their weight, and how much of the name they are."""

    named: Named
    runs: tuple[tuple[int, int], ...]
    weights: tuple[float, ...]
    coverage: float

    @property
    def weight(self) -> float:
        return sum(self.weights)

    def without(self, taken: Sequence[tuple[int, int]]) -> Found | None:
        """What remains of it when these runs have been explained by something else."""
        left = [at for at, run in enumerate(self.runs) if not any(overlap(run, other) for other in taken)]
        if not left:
            return None
        weights = tuple(self.weights[at] for at in left)
        coverage = self.coverage * sum(weights) / self.weight
        return Found(self.named, tuple(self.runs[at] for at in left), weights, coverage)

    @property
    def ref(self) -> str:
        return self.named.ref

    @property
    def kind(self) -> Kind:
        return self.named.kind


@dataclass(frozen=True, slots=True)
class _Form:
    named: Named
    text: str
    weight: float
    total: float


class Names:
    """All the names of an edition, ready to be looked for. Building is linear in their length."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._forms: list[_Form] = []
        self._places: dict[str, dict[int, list[int]]] = defaultdict(dict)
        self._rarity: dict[str, float] = {}
        self._index(tuple(named))
        self._every = frozenset(range(len(self._forms)))
        self.rarest = max(self._rarity.values(), default=0.0)
        """The weight of two characters that only one name holds."""

    def _index(self, named: Sequence[Named]) -> None:
        forms = [(one, text, weight) for one in named for text, weight in _forms(one)]
        holders: dict[str, set[str]] = defaultdict(set)
        for one, text, _ in forms:
            for pair in pairs(text):
                holders[pair].add(one.ref)
        count = max(len({one.ref for one in named}), 1)
        self._rarity = {
            pair: _share(pair) * math.log(1 + count / len(refs)) for pair, refs in holders.items()
        }
        for one, text, weight in forms:
            self._add(one, text, weight)

    def _add(self, named: Named, text: str, weight: float) -> None:
        total = sum(self._rarity.get(pair, 0.0) for pair in pairs(text))
        if not total:
            return
        number = len(self._forms)
        self._forms.append(_Form(named, text, weight, total))
        for at, pair in enumerate(pairs(text)):
            if TELLING.match(pair):
                self._places[pair].setdefault(number, []).append(at)

    def find(self, text: str, said: Sequence[tuple[int, int]] = ()) -> list[Found]:
        """Every name that the folded text holds a part of, heaviest first; one entry for each named thing.

        Runs that lie within one of `said` (spans that mean something else) do not count.
        """
        short, places = _without_long_vowels(text)
        inside = {at for at, place in enumerate(places) for start, end in said if start <= place < end}
        pieces = Pieces(short, inside, self._rarity)
        best: dict[str, Found] = {}
        for number, runs in self._runs(short).items():
            form = self._forms[number]
            kept = pieces.chosen(tuple(run.span for run in runs if pieces.counts(run, form.text)))
            if not kept:
                continue
            found = _found(form, kept, places)
            known = best.get(found.ref)
            if known is None or (found.weight, found.coverage) > (known.weight, known.coverage):
                best[found.ref] = found
        return sorted(best.values(), key=lambda found: (-found.weight, -found.coverage))

    def _runs(self, text: str) -> dict[int, list[Run]]:
        """For each form the maximal runs of `text` that stand in it and are more than grammar.

        Only pairs that tell something lead to a form: 館の stands in every fourth name of a large plan.
        """
        told = pairs(text)
        looked_at = self._proposed(told)
        runs: dict[int, list[Run]] = defaultdict(list)
        read_until: dict[tuple[int, int], int] = {}
        for at, pair in enumerate(told):
            for number, place in self._at(pair, looked_at):
                if read_until.get((number, place - at), 0) <= at:
                    run = widened(text, self._forms[number].text, at, place)
                    read_until[number, place - at] = run.end
                    runs[number].append(run)
        return runs

    def _at(self, pair: str, looked_at: Set[int]) -> Iterator[tuple[int, int]]:
        """Where in which of the forms the pair stands, in the order of the forms."""
        entries = self._places.get(pair, {})
        for number in sorted(entries.keys() & looked_at):
            for place in entries[number]:
                yield number, place

    def _proposed(self, told: Iterable[str]) -> Set[int]:
        """The forms to look at: those that the rarest of the pairs lead to, the best of them (see ENOUGH)."""
        if len(self._forms) <= ENOUGH:
            return self._every
        gathered: defaultdict[int, float] = defaultdict(float)
        known = [pair for pair in dict.fromkeys(told) if pair in self._places]
        for pair in sorted(known, key=lambda pair: len(self._places[pair])):
            holding = self._places[pair].keys()
            for number in holding if len(gathered) < ENOUGH else holding & gathered.keys():
                gathered[number] += self._rarity[pair]
        return set(nlargest(LOOKED_AT, gathered, key=gathered.__getitem__))

    def alike(self, text: str, limit: int = 3, at_least: float = 60.0) -> list[Named]:
        """The names most like the text, for offering: never an answer by themselves."""
        short, _ = _without_long_vowels(text)
        if not short:
            return []
        from rapidfuzz import fuzz, process  # a tenth of a cold start that most questions never need

        looked_at = self._proposed(pairs(short))
        choices = {number: self._forms[number].text for number in sorted(looked_at)}
        hits = process.extract(short, choices, scorer=fuzz.WRatio, limit=limit * 4, score_cutoff=at_least)
        named = {self._forms[number].named.ref: self._forms[number].named for _, _, number in hits}
        return list(named.values())[:limit]


def _forms(named: Named) -> list[tuple[str, float]]:
    """The folded ways of writing a name, and its parts inside and outside brackets (which tell a little less)."""
    forms: dict[str, float] = {}
    for says in named.says:
        whole = plain(says)
        inside = [part[1:-1] for part in _PART.findall(whole)]
        for text, weight in [
            (whole, 1.0),
            (_PART.sub("", whole), _OUTSIDE),
            *[(part, _ASIDE) for part in inside],
        ]:
            short, _ = _without_long_vowels(text)
            if len(short) >= SHORTEST_RUN:
                forms[short] = max(forms.get(short, 0.0), weight)
    return list(forms.items())


def _without_long_vowels(text: str) -> tuple[str, list[int]]:
    places = [at for at, char in enumerate(text) if char != _LONG_VOWEL]
    return "".join(text[at] for at in places), places


def _found(form: _Form, kept: Sequence[tuple[Span, float]], places: Sequence[int]) -> Found:
    weights = tuple(gained * form.weight for _, gained in kept)
    where = tuple((places[start], places[end - 1] + 1) for (start, end), _ in kept)
    return Found(form.named, where, weights, min(sum(weights) / form.total, 1.0))


def _share(pair: str) -> float:
    """How much two characters can tell: grammar nothing, a particle beside a word half."""
    if _PUNCTUATION.search(pair):
        return 0.0
    grammar = sum(bool(GRAMMAR.fullmatch(char)) for char in pair)
    return 1.0 - grammar / 2
