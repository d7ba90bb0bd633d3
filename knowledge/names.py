"""What a text names: strict first, then likeness.

Strict means runs of characters that stand in a name letter for letter (two or more, long-vowel marks aside), weighed by
how few names hold them, so that 体育館 finds 総合体育館 and 指定管理 alone finds four initiatives at once. Likeness
(RapidFuzz) only ever proposes: the nearest names to offer where nothing was found.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.japanese import plain

_LONG_VOWEL = "ー"
_ONLY_HIRAGANA = re.compile(r"[ぁ-ゖ、。・()「」~\s\-ー]*")
_PUNCTUATION = re.compile("[、。・,()（）「」【】~]")
_PART = re.compile(r"[(（「【].*?[)）」】]")
_TELLING = re.compile(r"[^ぁ-ゖ、。・()「」~\s\-]{2}")
_LATIN = re.compile("[a-z]+")
# A run of one script, shorter than this and going on in the same script, is a piece of another word.
_SNATCHES = ((re.compile("[ァ-ヺ]+"), 4), (re.compile("[一-龠々]+"), 3))
_WORD = re.compile("[一-龠々ァ-ヺa-z]")
_SHORTEST_RUN = 2
_OUTSIDE, _ASIDE = 0.95, 0.9


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
        left = [at for at, run in enumerate(self.runs) if not any(_overlap(run, other) for other in taken)]
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


@dataclass(frozen=True, slots=True)
class _Run:
    """Text at [start, end) that stands in a name from `in_name` on."""

    start: int
    end: int
    in_name: int


class Names:
    """All the names of an edition, ready to be looked for. Building is linear in their length."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._forms: list[_Form] = []
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._rarity: dict[str, float] = {}
        self._index(tuple(named))

    def _index(self, named: Sequence[Named]) -> None:
        forms = [(one, text, weight) for one in named for text, weight in _forms(one)]
        holders: dict[str, set[str]] = defaultdict(set)
        for one, text, _ in forms:
            for pair in _pairs(text):
                holders[pair].add(one.ref)
        count = max(len({one.ref for one in named}), 1)
        self._rarity = {
            pair: _share(pair) * math.log(1 + count / len(refs)) for pair, refs in holders.items()
        }
        for one, text, weight in forms:
            self._add(one, text, weight)

    def _add(self, named: Named, text: str, weight: float) -> None:
        total = sum(self._rarity.get(pair, 0.0) for pair in _pairs(text))
        if not total:
            return
        number = len(self._forms)
        self._forms.append(_Form(named, text, weight, total))
        for at, pair in enumerate(_pairs(text)):
            self._places[pair].append((number, at))

    @property
    def rarest(self) -> float:
        """The weight of two characters that only one name holds."""
        return max(self._rarity.values(), default=0.0)

    def find(self, text: str, said: Sequence[tuple[int, int]] = ()) -> list[Found]:
        """Every name that the folded text holds a part of, heaviest first; one entry for each named thing.

        Runs that lie within one of `said` (spans that mean something else) do not count.
        """
        short, places = _without_long_vowels(text)
        inside = {at for at, place in enumerate(places) for start, end in said if start <= place < end}
        best: dict[str, Found] = {}
        for number, runs in self._runs(short).items():
            form = self._forms[number]
            free = [
                run
                for run in runs
                if not inside.issuperset(_core(short, run))
                and _says_something(short, run, runs, form.text, inside)
            ]
            found = self._weighed(form, free, short, places)
            if found is None:
                continue
            known = best.get(found.ref)
            if known is None or (found.weight, found.coverage) > (known.weight, known.coverage):
                best[found.ref] = found
        return sorted(best.values(), key=lambda found: (-found.weight, -found.coverage))

    def _runs(self, text: str) -> dict[int, list[_Run]]:
        """For each form the maximal runs of `text` that stand in it."""
        runs: dict[int, list[_Run]] = defaultdict(list)
        open_runs: dict[tuple[int, int], int] = {}
        for at in range(len(text)):
            still: dict[tuple[int, int], int] = {}
            for number, place in self._places.get(text[at : at + 2], ()):
                still[number, place - at] = open_runs.pop((number, place - at), at)
            for (number, shift), start in open_runs.items():
                runs[number].append(_Run(start, at + 1, start + shift))
            open_runs = still
        for (number, shift), start in open_runs.items():
            runs[number].append(_Run(start, len(text), start + shift))
        return runs

    def _weighed(self, form: _Form, runs: list[_Run], text: str, places: Sequence[int]) -> Found | None:
        kept: dict[tuple[int, int], float] = {}
        for run in sorted(runs, key=lambda run: run.start - run.end):
            span = (run.start, run.end)
            if any(_overlap(span, other) for other in kept):
                continue
            gained = sum(self._rarity.get(pair, 0.0) for pair in _pairs(text[run.start : run.end]))
            if gained:
                kept[span] = gained * form.weight
        if not kept:
            return None
        spans = sorted(kept)
        where = tuple((places[start], places[end - 1] + 1) for start, end in spans)
        coverage = min(sum(kept.values()) / form.total, 1.0)
        return Found(form.named, where, tuple(kept[span] for span in spans), coverage)

    def alike(self, text: str, limit: int = 3, at_least: float = 60.0) -> list[Named]:
        """The names most like the text, for offering: never an answer by themselves."""
        short, _ = _without_long_vowels(text)
        if not short:
            return []
        from rapidfuzz import fuzz, process  # a tenth of a cold start that most questions never need

        choices = [form.text for form in self._forms]
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
            if len(short) >= _SHORTEST_RUN:
                forms[short] = max(forms.get(short, 0.0), weight)
    return list(forms.items())


def _without_long_vowels(text: str) -> tuple[str, list[int]]:
    places = [at for at, char in enumerate(text) if char != _LONG_VOWEL]
    return "".join(text[at] for at in places), places


def _core(text: str, run: _Run) -> range:
    """The run without the particles at its ends."""
    start, end = run.start, run.end
    while start < end and _ONLY_HIRAGANA.fullmatch(text[start]):
        start += 1
    while end > start and _ONLY_HIRAGANA.fullmatch(text[end - 1]):
        end -= 1
    return range(start, end)


def _says_something(text: str, run: _Run, runs: Sequence[_Run], name: str, said: Collection[int]) -> bool:
    """Whether a run is more than grammar, and more than a piece of another word.

    児童 in 児童手当 is a piece of a longer word in the text, 人口 in 関係人口 the tail of one in the name.
    Words that mean something else (`said`) end a word.
    """
    core = _core(text, run)
    words = text[core.start : core.stop]
    if not _TELLING.search(words):
        return False
    if _LATIN.fullmatch(words):
        around = text[max(core.start - 1, 0) : core.start] + text[core.stop : core.stop + 1]
        return not _LATIN.search(around)
    if not any(len(words) < shortest and script.fullmatch(words) for script, shortest in _SNATCHES):
        return True
    explained = {at for one in runs for at in range(one.start, one.end)} | set(said)
    beside = [at for at in (core.start - 1, core.stop) if 0 <= at < len(text) and at not in explained]
    return not _is_tail(run, core, runs, name) and not any(_WORD.match(text[at]) for at in beside)


def _is_tail(run: _Run, core: range, runs: Sequence[_Run], name: str) -> bool:
    """Whether the run ends a longer word of the name of which the text holds nothing else."""
    first = run.in_name + core.start - run.start
    before, after = first - 1, first + len(core)
    if before < 0 or not _WORD.match(name[before]) or (after < len(name) and _WORD.match(name[after])):
        return False
    return not any(one.in_name <= before < one.in_name + one.end - one.start for one in runs)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def _share(pair: str) -> float:
    """How much two characters can tell: grammar nothing, a particle beside a word half."""
    if _PUNCTUATION.search(pair):
        return 0.0
    grammar = sum(bool(_ONLY_HIRAGANA.fullmatch(char)) for char in pair)
    return 1.0 - grammar / 2
