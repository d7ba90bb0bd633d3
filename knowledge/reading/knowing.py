"""An edition with everything that people say of it: its titles, their names for its parts, the questions it answers."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.known import Known
from knowledge.language_files import read_pairs
from knowledge.reading.clauses import asking_clauses
from knowledge.reading.evidence import NAME, QUESTION, TITLE, WORDS, Evidence, Unit
from knowledge.reading.model import MODELS
from knowledge.reading.text import compounds, reading_of, settled, tokens_of

ASKED = Path(__file__).parent.parent / "data" / "asked"
_NOT_TEXT = frozenset({"contents"})


@lru_cache(maxsize=8)
def spoken_of(known: Known) -> Spoken:
    """What people say of an edition; made once for each."""
    return Spoken(known)


@dataclass(frozen=True)
class Spoken:
    """`parts` tells which part of the plan is meant, `passages` which passage answers."""

    known: Known
    folder: Path = ASKED

    @cached_property
    def parts(self) -> Evidence:
        """Initiatives, reform items and pillars by what they are called and what is asked of them."""
        return Evidence(self._parts())

    @cached_property
    def passages(self) -> Evidence:
        """Passages by their words and the questions that they answer."""
        return Evidence(self._passages())

    @cached_property
    def _said_of(self) -> dict[str, str]:
        made: dict[str, list[str]] = {}
        for unit in self.passages.units:
            code = unit.ref.partition(":")[0]
            for ref in {unit.ref, code if code[0].isdigit() else unit.ref}:
                made.setdefault(ref, []).append(unit.text)
        return {ref: "\n".join(texts) for ref, texts in made.items()}

    def said_of(self, ref: str) -> str:
        """Everything written of a passage, or of an initiative's passages together."""
        return self._said_of.get(ref, "")

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        return frozenset(json.loads((MODELS / "ordinary.json").read_text(encoding="utf-8")))

    @cached_property
    def measured(self) -> str:
        """Every title, measure and indicator in one text: what the plan itself counts."""
        plan = self.known.plan
        said = [part.title for part in (*plan.initiatives, *plan.items)]
        said += [indicator.printed for item in plan.items for indicator in item.indicators]
        said += [row.measure.name for _, row in plan.rows()]
        said += [row.measure.definition for _, row in plan.rows()]
        return self.fold("\n".join(said))

    @cached_property
    def readings(self) -> dict[str, str]:
        """The plan's own nouns of several characters by how they sound, where only one sounds so."""
        found: dict[str, set[str]] = {}
        titles = [unit.text for unit in self.parts.units if unit.kind == TITLE]
        titles += [self.fold(f"{passage.title} {passage.text}") for passage in self.known.passages if passage.kind in ("step", "event", "meeting")]
        for group in {g for text in titles for g in _nouns(text)}:
            if len(group) > 1 and len(sound := reading_of(group)) > 3:
                found.setdefault(sound, set()).add(group)
        return {sound: next(iter(words)) for sound, words in found.items() if len(words) == 1}

    def knows(self, word: str) -> bool:
        """Whether a word stands in the plan or in what is said of it."""
        return any(self.parts.knows(token.lemma) for token in tokens_of(self.fold(word)))

    def is_ordinary(self, lemma: str) -> bool:
        """Whether a word stands in talk about any plan: it names nothing by itself."""
        return lemma in self._ordinary

    @cached_property
    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """What is written beside the plan: (kind, reference, words); nothing beside any plan but its own."""
        about = tomllib.loads((self.folder / "about.toml").read_text(encoding="utf-8"))
        plan = self.known.plan
        if (plan.issuer, plan.title) != (about["issuer"], about["title"]):
            return ()
        made = []
        for file in sorted(self.folder.glob("*.txt")):
            kind = NAME if file.name.startswith("names") else QUESTION
            for line in file.read_text(encoding="utf-8").splitlines():
                ref, _, words = line.partition("|")
                if words:
                    made.append((kind, ref, words))
        return tuple(made)

    def fold(self, words: str) -> str:
        """The form in which texts of this plan are compared."""
        return settled(words, self.known.vocabulary).text

    def _asking(self, words: str) -> str:
        """Of a written question the clauses that ask: whoever wrote it may have said who is asking, and why."""
        text = self.fold(words)
        return "".join(text[clause.start : clause.end] for clause in asking_clauses(text))

    def _parts(self) -> Iterator[Unit]:
        fold = self.fold
        plan = self.known.plan
        for part in (*plan.initiatives, *plan.items, *plan.pillars):
            yield Unit(part.code, TITLE, fold(part.title))
        for initiative in plan.initiatives:
            row = initiative.targets
            if row and row.is_set and not row.measure.is_effect_amount:
                yield Unit(initiative.code, TITLE, fold(row.measure.name))
        for item in plan.items:
            for number, indicator in enumerate(item.indicators, start=1):
                if not indicator.name.endswith("状況"):
                    yield Unit(f"{item.code}#{number}", TITLE, fold(indicator.name))
        for passage in self.known.passages:
            if passage.code and passage.code.count("-") == 2:
                yield Unit(passage.code, WORDS, fold(passage.text))
        for kind, ref, words in self.lines:
            code = ref.partition(":")[0]
            if code in plan.by_code or ("#" in ref and self.known.indicator(ref)):
                yield Unit(code if code in plan.by_code else ref, kind, fold(words) if kind == NAME else self._asking(words))
        yield from self._nicknames()

    def _nicknames(self) -> Iterator[Unit]:
        """The city's own short names: for whatever title holds what they stand for."""
        titles = [(part.code, self.fold(part.title)) for part in (*self.known.plan.initiatives, *self.known.plan.items)]
        for nickname, stands_for in read_pairs("nicknames.toml", "nicknames"):
            meant = [code for code, title in titles if self.fold(stands_for) in title]
            for code in meant if len(meant) <= 4 else ():
                yield Unit(code, TITLE, self.fold(nickname))

    def _passages(self) -> Iterator[Unit]:
        fold = self.fold
        for passage in self.known.passages:
            if passage.kind not in _NOT_TEXT:
                yield Unit(passage.reference, WORDS, fold(f"{passage.title}。{passage.text}"))
        for kind, ref, words in self.lines:
            if kind == QUESTION and (ref in self.known.passage or ref.startswith("term:")):
                yield Unit(ref, QUESTION, self._asking(words))


def _nouns(text: str) -> Iterator[str]:
    """The nouns and compounds of a text that are written in kanji."""
    for group in compounds(tokens_of(text)):
        for first in range(len(group)):
            for last in range(first, min(len(group), first + 3)):
                if all(token.is_noun for token in group[first : last + 1]):
                    word = text[group[first].start : group[last].end]
                    if all("一" <= char <= "龠" for char in word):
                        yield word
