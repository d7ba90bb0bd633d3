"""What the decisions look at: the text's mentions, its subjects and years, and what was asked before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.known import Known
from knowledge.mentions import Mentions
from knowledge.question import PLAN, Accounts, Ask, Language, Question, Reading, Years
from knowledge.understanding.conditions import Condition, accounts_of, conditions
from knowledge.understanding.subjects import Subject, Subjects


@dataclass(frozen=True)
class Scene:
    """One text in front of one edition, on one day, after earlier questions (oldest first)."""

    mentions: Mentions
    known: Known
    today: date
    subjects: Subjects
    years: Years
    claimed: tuple[int, ...] = ()
    history: tuple[Question, ...] = ()

    def says(self, *names: str) -> bool:
        return self.mentions.says(*names)

    @property
    def last(self) -> Question | None:
        return self.history[-1] if self.history else None

    @property
    def language(self) -> Language:
        """That of the text; where it holds no words of either (R7?), that of the question before."""
        if self.last and not self.mentions.has_words:
            return self.last.language
        return "en" if self.mentions.english else "ja"

    @property
    def refs(self) -> tuple[str, ...]:
        """The subjects' references; the whole plan where the text says so."""
        if self.subjects.refs:
            return self.subjects.refs
        return (PLAN,) if self.means_whole_plan else ()

    @property
    def means_whole_plan(self) -> bool:
        """Whether the whole plan is meant; 全体 right behind a subject means all of that subject."""
        way = self.mentions.way("whole_plan")
        behind = way is not None and any(subject.end == way.start for subject in self.subjects.all)
        return way is not None and not (behind and self.mentions.text.startswith("全体", way.start))

    @property
    def accounts(self) -> Accounts:
        """Which accounts the text wants counted."""
        return accounts_of(self.conditions)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The accounts and marks that are named, with what is said of them."""
        named = [(one.start, one.end) for one in self.subjects.all]
        named += [(one.start, one.end) for one in self.mentions.years]
        return conditions(self.mentions, tuple(named))

    @property
    def wants_amount(self) -> bool:
        """Whether money or a target is asked for, in whatever words."""
        return self.says("effect", "target") or bool(self.mentions.unit) or bool(self.claimed)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Which words gave what, in the person's own words."""
        folded = self.mentions.folded
        gave = [(one.start, one.end, one.code) for one in self.mentions.codes]
        gave += [(one.start, one.end, " ".join(y.short for y in one.years)) for one in self.mentions.years]
        gave += [(way.start, way.end, way.name) for way in self.mentions.ways if way.name != "polite"]
        gave += [(start, end, found.ref) for found in self.subjects.found for start, end in found.runs]
        return tuple(Reading(folded.as_written(start, end), what) for start, end, what in sorted(gave))

    def left_over(self) -> tuple[str, ...]:
        """Words that carry meaning and that nothing explains."""
        return self.mentions.left_over(self.subjects.found)

    def left_over_beside(self, named: Sequence[Subject]) -> tuple[str, ...]:
        """Words that carry meaning and that neither these subjects nor anything else explains."""
        return self.mentions.left_over(tuple(found for one in named for found in one.found))

    def asks(self, ask: Ask, **fields: object) -> Question:
        """A question of that kind with what the scene knows already."""
        question = Question(
            ask,
            subjects=self.refs,
            years=self.years,
            effect=self.says("effect"),
            accounts=self.accounts,
            unit=self.mentions.unit,
            claimed=() if self.says("over", "at_least", "under", "at_most") else self.claimed,
            language=self.language,
            readings=self.readings,
        )
        return replace(question, **fields)  # type: ignore[arg-type]  # the fields are those of Question, named by the callers
