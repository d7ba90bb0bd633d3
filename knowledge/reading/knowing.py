"""An edition with everything that people say of it: its titles, their names for its parts, the questions it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.known import Known
from knowledge.reading.evidence import NAME, QUESTION, TITLE, WORDS, Evidence, Unit
from knowledge.reading.model import MODELS

ASKED = Path(__file__).parent.parent / "data" / "asked"
_NOT_TEXT = frozenset({"contents"})


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
    def _ordinary(self) -> frozenset[str]:
        return frozenset(json.loads((MODELS / "ordinary.json").read_text(encoding="utf-8")))

    def is_ordinary(self, lemma: str) -> bool:
        """Whether a word stands in talk about any plan: it names nothing by itself."""
        return lemma in self._ordinary

    @cached_property
    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """What is written beside the plan: (kind, reference, folded words)."""
        made = []
        for file in sorted(self.folder.glob("*.txt")):
            kind = NAME if file.name.startswith("names") else QUESTION
            for line in file.read_text(encoding="utf-8").splitlines():
                ref, _, words = line.partition("|")
                if words:
                    made.append((kind, ref, words))
        return tuple(made)

    def _parts(self) -> Iterator[Unit]:
        fold = self.known.vocabulary.plain
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
                yield Unit(code if code in plan.by_code else ref, kind, fold(words))

    def _passages(self) -> Iterator[Unit]:
        fold = self.known.vocabulary.plain
        for passage in self.known.passages:
            if passage.kind not in _NOT_TEXT:
                yield Unit(passage.reference, WORDS, fold(f"{passage.title}。{passage.text}"))
        for kind, ref, words in self.lines:
            if kind == QUESTION and (ref in self.known.passage or ref.startswith("term:")):
                yield Unit(ref, QUESTION, fold(words))
