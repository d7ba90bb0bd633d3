"""An edition with everything that people say of it: its titles, their names for its parts, the questions it answers.

Of the shipped edition this was compiled; of any other, and after a change to the files, it is made when first needed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.compiled import MODELS, decoded, joined, kept
from knowledge.editions.edition import SHIPPED, shipped_head
from knowledge.known import Known, shipped_known
from knowledge.language_files import LANGUAGE
from knowledge.reading import units
from knowledge.reading.evidence import Evidence, index_lines
from knowledge.reading.text import tokens_of
from knowledge.reading.units import ASKED, Line
from knowledge.terms import Term


@lru_cache(maxsize=8)
def spoken_of(known: Known) -> Spoken:
    """What people say of an edition; made once for each."""
    return Spoken(known)


def sources() -> tuple[Path, ...]:
    """What is said of the shipped edition is made from these."""
    files = (*ASKED.iterdir(), *SHIPPED.glob("*.txt"), *SHIPPED.glob("*.toml"), *LANGUAGE.glob("*.toml"))
    return (*sorted(files), MODELS / "clauses.tsv")


@dataclass(frozen=True)
class Spoken:
    """`parts` tells which part of the plan is meant, `passages` which passage answers."""

    known: Known
    folder: Path = ASKED
    _families: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def parts(self) -> Evidence:
        """Initiatives, reform items and pillars by what they are called and what is asked of them."""
        return Evidence(self._compiled("parts.tsv", self.part_lines))

    @cached_property
    def passages(self) -> Evidence:
        """Passages by their words and the questions that they answer."""
        return Evidence(self._compiled("passages.tsv", self.passage_lines))

    @cached_property
    def readings(self) -> Mapping[str, str]:
        """The plan's own nouns of several characters by how they sound, where only one sounds so."""
        return dict(
            line.split("\t")
            for line in decoded(self._compiled("sounds.tsv", self.sound_lines)).split("\n")
            if line
        )

    def _compiled(self, name: str, make: Callable[[], list[str]]) -> bytes:
        lines = kept(name, sources()) if self._is_shipped else None
        return joined(make()) if lines is None else lines

    @cached_property
    def _is_shipped(self) -> bool:
        edition = self.known.edition
        return (
            self.folder == ASKED and edition.id == shipped_head().id and edition.plan == shipped_known().plan
        )

    def part_lines(self) -> list[str]:
        """The index of parts, made anew."""
        return index_lines(units.part_units(self.known, self.lines))

    def passage_lines(self) -> list[str]:
        """The index of passages, made anew."""
        return index_lines(units.passage_units(self.known, self.lines))

    def sound_lines(self) -> list[str]:
        """The plan's nouns by their sounds, made anew."""
        return [f"{sound}\t{word}" for sound, word in sorted(units.sounds(self.known).items())]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """What is written beside the plan: (kind, reference, words); nothing beside any plan but its own."""
        return units.lines_beside(self.known, self.folder)

    @cached_property
    def _said_of(self) -> dict[str, str]:
        made: dict[str, list[str]] = {}
        for ref, text in self.passages.texts_by_ref():
            for said in {ref, _family(ref)}:
                made.setdefault(said, []).append(text)
        return {ref: "\n".join(texts) for ref, texts in made.items()}

    def said_of(self, ref: str) -> str:
        """Everything written of a passage, or of an initiative's passages together."""
        return self._said_of.get(ref, "")

    def families_holding(self, lemma: str) -> frozenset[str]:
        """The passages of which a lemma is said, those of one code together under it."""
        if lemma not in self._families:
            if not (held := self.passages.holders(lemma)):
                return frozenset()
            self._families[lemma] = frozenset(map(_family, held))
        return self._families[lemma]

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        return frozenset(json.loads((MODELS / "ordinary.json").read_text(encoding="utf-8")))

    @cached_property
    def measured(self) -> str:
        """Every title, measure and indicator in one text: what the plan itself counts."""
        plan = self.known.plan
        said = [*(one.title for one in plan.initiatives), *(one.title for one in plan.items)]
        said += [indicator.printed for item in plan.items for indicator in item.indicators]
        said += [row.measure.name for _, row in plan.rows()]
        said += [row.measure.definition for _, row in plan.rows()]
        return self.fold("\n".join(said))

    def names_of(self, term: Term) -> tuple[str, ...]:
        """The folded names of a term that are no ordinary words."""
        return self._names_of_terms[term.name]

    @cached_property
    def _names_of_terms(self) -> dict[str, tuple[str, ...]]:
        plain = self.known.vocabulary.plain
        return {
            term.name: tuple(plain(name) for name in (term.name, *term.also) if self._is_telling(name))
            for term in self.known.terms
        }

    def _is_telling(self, name: str) -> bool:
        return len(name) > 2 and not self.is_ordinary(self.fold(name))

    def knows(self, word: str) -> bool:
        """Whether a word stands in the plan or in what is said of it."""
        return any(self.parts.knows(token.lemma) for token in tokens_of(self.fold(word)))

    def is_ordinary(self, lemma: str) -> bool:
        """Whether a word stands in talk about any plan: it names nothing by itself."""
        return lemma in self._ordinary

    def fold(self, words: str) -> str:
        """The form in which texts of this plan are compared; the plan's own words are folded once."""
        return self._fold(words)

    @cached_property
    def _fold(self) -> Callable[[str], str]:
        return lru_cache(maxsize=8192)(units.folding(self.known))


def _family(ref: str) -> str:
    code = ref.partition(":")[0]
    return code if code[:1].isdigit() else ref
