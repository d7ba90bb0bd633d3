"""One edition made ready to be asked about: its plan, the names in it, the words of its passages, the search over them.

Built once and shared; what is costly (the search) is built when first needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from knowledge.names import Kind, Named, Names
from knowledge.plan.plan import Indicator, Initiative, Pillar, Plan, ReformItem
from knowledge.question import PLAN
from knowledge.search.index import (
    Encoder,
    Hit,
    IndexedPassage,
    PassageIndex,
)
from knowledge.search.passages import DocumentPassage, passages_of, phase_reference
from knowledge.terms import Term, terms_of
from knowledge.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from knowledge.editions.edition import Edition


@dataclass(frozen=True, eq=False)
class Known:
    """An edition, and everything derived from it that questions need.

    With `meaning`, its passages are also found by what they mean.
    """

    edition: Edition
    meaning: Encoder | None = None

    @property
    def plan(self) -> Plan:
        return self.edition.plan

    def make_search_ready(self) -> None:
        """Build the search too: with `meaning` it takes seconds, for which the first to need it would wait."""
        _ = self._index

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary()

    @cached_property
    def names(self) -> Names:
        return Names(
            Named(one.ref, one.kind, one.name, tuple(self.vocabulary.plain(says) for says in one.says))
            for one in named_things(self)
        )

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return terms_of(self.plan, self.passages)

    @cached_property
    def passages(self) -> tuple[DocumentPassage, ...]:
        return passages_of(self.plan)

    @cached_property
    def passage(self) -> dict[str, DocumentPassage]:
        return {passage.reference: passage for passage in self.passages}

    @cached_property
    def passages_in(self) -> Mapping[str, Sequence[DocumentPassage]]:
        """The passages by the chapter, or other part of the document, that they stand in."""
        by_section: defaultdict[str, list[DocumentPassage]] = defaultdict(list)
        for passage in self.passages:
            by_section[passage.section].append(passage)
        return by_section

    @cached_property
    def referring_to(self) -> Mapping[str, Sequence[Initiative]]:
        """For a code the initiatives whose marks refer to it (【3-2-4の再掲】)."""
        referring: defaultdict[str, list[Initiative]] = defaultdict(list)
        for initiative in self.plan.initiatives:
            for code in dict.fromkeys(mark.refers_to for mark in initiative.marks if mark.refers_to):
                referring[code].append(initiative)
        return referring

    @cached_property
    def text_of(self) -> dict[str, str]:
        """For each initiative all its words, folded, to tell whether it mentions a thing."""
        return {one.code: self.vocabulary.plain(_all_words(one)) for one in self.plan.initiatives}

    @cached_property
    def _index(self) -> PassageIndex:
        fold = self.vocabulary.plain
        return PassageIndex(
            [IndexedPassage(one.reference, fold(one.title), fold(one.text)) for one in self.passages],
            self.meaning,
        )

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The passages nearest to a text, best first; `hit.passage.key` is the passage's reference."""
        return self._index.search(self.vocabulary.plain(text), limit)

    def initiative(self, ref: str) -> Initiative | None:
        part = self.plan.by_code.get(ref)
        return part if isinstance(part, Initiative) else None

    def item(self, ref: str) -> ReformItem | None:
        part = self.plan.by_code.get(ref)
        return part if isinstance(part, ReformItem) else None

    def pillar(self, ref: str) -> Pillar | None:
        part = self.plan.by_code.get(ref)
        return part if isinstance(part, Pillar) else None

    def indicator(self, ref: str) -> tuple[ReformItem, Indicator] | None:
        """The item and the indicator of a reference like 1-1#2."""
        code, _, number = ref.partition("#")
        item = self.item(code)
        if item is None or not number.isdigit() or not 1 <= int(number) <= len(item.indicators):
            return None
        return item, item.indicators[int(number) - 1]

    def title_of(self, ref: str) -> str:
        """The printed name of a code or reference; the reference itself where it has none."""
        if found := self.indicator(ref):
            return found[1].name
        part = self.plan.by_code.get(ref)
        return part.title if part else ref

    def initiatives_in(self, ref: str) -> tuple[Initiative, ...]:
        """The initiatives of the whole plan, a pillar, an item, or the one of that code."""
        if ref == PLAN:
            return self.plan.initiatives
        part = self.plan.by_code.get(ref)
        if isinstance(part, Pillar | ReformItem):
            return part.initiatives
        return (part,) if part else ()


def shipped_known(meaning: Encoder | None = None) -> Known:
    """The edition that the project carries; read once in a process."""
    known = _shipped()
    return known if meaning is None else Known(known.edition, meaning)


@lru_cache(maxsize=1)
def _shipped() -> Known:
    from knowledge.editions.edition import shipped

    return Known(shipped())


def named_things(known: Known) -> Iterator[Named]:
    """Everything in the plan that a person may call by name."""
    for initiative in known.plan.initiatives:
        row = initiative.targets
        own = (row.measure.name,) if row and row.is_set and not row.measure.is_effect_amount else ()
        yield Named(initiative.code, Kind.INITIATIVE, initiative.title, (initiative.title, *own))
    for item in known.plan.items:
        yield Named(item.code, Kind.ITEM, item.title, (item.title,))
        yield from _indicators(item)
    for pillar in known.plan.pillars:
        yield Named(pillar.code, Kind.PILLAR, pillar.title, (pillar.title,))
    yield from _document_parts(known.plan)
    for term in known.terms:
        yield Named(f"term:{term.name}", Kind.TERM, term.name, (term.name, *term.also))


def _indicators(item: ReformItem) -> Iterator[Named]:
    """Indicators with a name of their own; 実施状況 and 効果額達成状況 stand in every item."""
    for number, indicator in enumerate(item.indicators, start=1):
        if not indicator.name.endswith("状況"):
            yield Named(f"{item.code}#{number}", Kind.INDICATOR, indicator.name, (indicator.name,))


def _document_parts(plan: Plan) -> Iterator[Named]:
    for at, phase in enumerate(plan.phases):
        says = tuple(filter(None, (phase.name, phase.heading)))
        yield Named(phase_reference(at), Kind.PHASE, phase.name, says)
    for number, text in enumerate(plan.renewal, start=1):
        heading = text.partition("\n")[0]
        yield Named(f"renewal:{number}", Kind.PHASE, heading, (heading, heading.partition("等")[0]))
    for section in plan.sections:
        yield Named(f"section:{section.number}", Kind.SECTION, section.title, (section.title,))
    for body in dict.fromkeys(actor for phase in plan.phases for actor in phase.actors if actor):
        yield Named(f"body:{body}", Kind.BODY, body, (body,))
    for individual in plan.individual_plans:
        yield Named(f"plan:{individual.name}", Kind.INDIVIDUAL_PLAN, individual.name, (individual.name,))


def _all_words(initiative: Initiative) -> str:
    notes = [f"{note.term} {note.text}" for note in initiative.notes]
    marks = [mark.printed for mark in initiative.marks]
    row = initiative.targets
    measure = [row.measure.name, row.measure.definition] if row else []
    return "\n".join(
        [initiative.title, initiative.summary, *initiative.main_measures, *notes, *marks, *measure]
    )
