"""The structure of a reform plan: pillars, items, initiatives, indicators, targets, the document around them.

Holds what the plan prints and nothing inferred from it. Reads no file: `sources` make a Plan, `checks` look
for what does not add up in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from knowledge.plan.fiscal_year import FiscalYear

EFFECT_AMOUNT = "effect_amount"


class State(StrEnum):
    """Whether a figure stands in its place, or the reason why there is none."""

    SET = "set"
    BLANK = "blank"
    UNDER_ADJUSTMENT = "under_adjustment"
    PLACEHOLDER = "placeholder"
    TO_BE_PLACED = "to_be_placed"


@dataclass(frozen=True, slots=True)
class Target:
    """One figure in its printed unit, or the reason there is none (`value` is None exactly then)."""

    state: State
    value: int | None = None
    printed: str = ""

    def __post_init__(self) -> None:
        if (self.state is State.SET) != (self.value is not None):
            raise ValueError(f"数値と状態が合いません: {self.state} {self.value}")

    @property
    def is_set(self) -> bool:
        return self.state is State.SET


BLANK = Target(State.BLANK)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a row of targets counts: the effect amount in 千円, or a named indicator in its own unit."""

    key: str
    name: str
    unit: str
    definition: str = ""

    @property
    def is_effect_amount(self) -> bool:
        return self.key == EFFECT_AMOUNT


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row of the plan's tables: one cell a year of the plan, in order, and the total column (5年計)."""

    measure: Measure
    cells: tuple[tuple[FiscalYear, Target], ...]
    total: Target

    def of(self, year: FiscalYear) -> Target:
        """The cell of that year; KeyError when the plan has no such column."""
        return dict(self.cells)[year]

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        return tuple(year for year, _ in self.cells)

    @property
    def all_cells(self) -> tuple[Target, ...]:
        """The years' cells in order and, last, the total."""
        return (*(cell for _, cell in self.cells), self.total)

    @property
    def is_set(self) -> bool:
        """Whether any figure stands in the row."""
        return any(cell.is_set for cell in self.all_cells)


class MarkKind(StrEnum):
    """What a 【…】 behind a title says."""

    RELISTED = "relisted"
    PARTLY_RELISTED = "partly_relisted"
    SPECIAL_ACCOUNT = "special_account"
    ENTERPRISE_ACCOUNT = "enterprise_account"


@dataclass(frozen=True, slots=True)
class Mark:
    """A 【…】 as printed; `refers_to` is the code or individual plan where the relisted text also stands."""

    kind: MarkKind
    printed: str
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A term and what the plan says it means; `page` is the chapter's (0 where its owner has the page)."""

    term: str
    text: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Initiative:
    """A 取組. `id` is the same across editions, the code may change; `targets` is None without a table."""

    id: str
    code: str
    title: str
    summary: str
    page: int
    main_measures: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    targets: TargetRow | None = None
    summary_state: State = State.SET

    def has(self, *kinds: MarkKind) -> bool:
        return any(mark.kind in kinds for mark in self.marks)

    @property
    def is_special_account(self) -> bool:
        """Outside the general account: the plan's own item targets leave such rows out."""
        return self.has(MarkKind.SPECIAL_ACCOUNT, MarkKind.ENTERPRISE_ACCOUNT)


class IndicatorKind(StrEnum):
    """活動指標（アウトプット） or 成果指標（アウトカム）."""

    ACTIVITY = "activity"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One ・ line of a reform item's indicators.

    `printed` is the whole line, `name` what stands before the arrow; `bound` is 以上 or empty, `when` the
    words in parentheses (令和7年度まで累積). An indicator in words alone has a blank target and no unit.
    """

    kind: IndicatorKind
    name: str
    printed: str
    target: Target
    unit: str = ""
    bound: str = ""
    when: str = ""
    is_cumulative: bool = False

    @property
    def is_in_words(self) -> bool:
        return self.target.state is State.BLANK and "→" not in self.printed


@dataclass(frozen=True, slots=True)
class ReformItem:
    """A 改革項目 with its purpose, indicators and initiatives; `lead` is the sentence above its table.

    `to_be_placed` holds the plan's words where an item has no initiatives yet.
    """

    code: str
    title: str
    purpose: str
    page: int
    indicators: tuple[Indicator, ...]
    initiatives: tuple[Initiative, ...]
    lead: str = ""
    to_be_placed: str = ""
    measure_heading: str = ""

    @property
    def effect_target(self) -> Indicator | None:
        """The outcome indicator that prints the item's effect amount, if the item has one."""
        return next((i for i in self.indicators if i.name.startswith("効果額")), None)


@dataclass(frozen=True, slots=True)
class Pillar:
    """A 柱 with its reform items."""

    number: int
    title: str
    items: tuple[ReformItem, ...]

    @property
    def code(self) -> str:
        return f"柱{self.number}"

    @property
    def initiatives(self) -> tuple[Initiative, ...]:
        return tuple(initiative for item in self.items for initiative in item.initiatives)

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(item.page for item in self.items)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered chapter (or a named part) of the document: its printed page, its paragraphs as printed."""

    number: str
    title: str
    page: int
    paragraphs: tuple[str, ...]
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in a phase: who does it, in the plan's words, with its ①②③ number where it has one."""

    actor: str
    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A column of the yearly cycle; months run from first to last, across the year's end when first > last.

    `drawn` holds the months of the figure above the table where they differ from the phase's own (4～6月);
    `heading` is the line in bold above its steps (引継ぎ).
    """

    stage: str
    name: str
    months: tuple[int, int]
    months_printed: str
    steps: tuple[Step, ...]
    page: int
    drawn: str = ""
    heading: str = ""

    @property
    def actors(self) -> tuple[str, ...]:
        """Who acts in it, in order; nobody where the plan names nobody."""
        return tuple(dict.fromkeys(step.actor for step in self.steps if step.actor))

    def covers(self, month: int) -> bool:
        first, last = self.months
        return first <= month <= last if first <= last else month >= first or month <= last


@dataclass(frozen=True, slots=True)
class IndividualPlan:
    """An individual plan run together with this one, and who follows it up, in the plan's words."""

    name: str
    text: str
    page: int
    evaluated_by: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the chronology. `when` is completed from the rows above (2月 -> 令和3年2月) where left out."""

    when: str
    printed_when: str
    text: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the subcommittee (第1回 ...) or its reply (答申)."""

    name: str
    when: str
    printed_when: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One of those who met over the plan, by role and name as the appendix prints them."""

    role: str
    name: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """附属資料: how the plan came about."""

    page: int
    events: tuple[Event, ...]
    body: str
    meetings: tuple[Meeting, ...]
    members: tuple[Member, ...]
    members_as_of: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """A line of the table of contents: title and printed page."""

    title: str
    page: int


@dataclass(frozen=True)
class Plan:
    """A whole plan as one edition prints it."""

    title: str
    status: str
    established: str
    issuer: str
    first_year: FiscalYear
    last_year: FiscalYear
    pillars: tuple[Pillar, ...]
    sections: tuple[Section, ...] = ()
    contents: tuple[Contents, ...] = ()
    phases: tuple[Phase, ...] = ()
    renewal: tuple[str, ...] = ()
    individual_plans: tuple[IndividualPlan, ...] = ()
    terms: tuple[Note, ...] = ()
    appendix: Appendix | None = None

    @cached_property
    def items(self) -> tuple[ReformItem, ...]:
        return tuple(item for pillar in self.pillars for item in pillar.items)

    @cached_property
    def initiatives(self) -> tuple[Initiative, ...]:
        return tuple(initiative for pillar in self.pillars for initiative in pillar.initiatives)

    @cached_property
    def by_code(self) -> dict[str, Initiative | ReformItem | Pillar]:
        """Everything that has a code: 3-1-2, 3-1, 柱3."""
        parts: list[Initiative | ReformItem | Pillar] = [*self.initiatives, *self.items, *self.pillars]
        return {part.code: part for part in parts}

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        return tuple(FiscalYear(start) for start in range(self.first_year.start, self.last_year.start + 1))

    def item_of(self, initiative: Initiative) -> ReformItem:
        return next(item for item in self.items if initiative in item.initiatives)

    def pillar_of(self, item: ReformItem) -> Pillar:
        return next(pillar for pillar in self.pillars if item in pillar.items)

    def rows(self) -> Iterator[tuple[Initiative, TargetRow]]:
        """Every initiative that stands in a table with year columns, in the plan's order."""
        for initiative in self.initiatives:
            if initiative.targets is not None:
                yield initiative, initiative.targets


def code_order(code: str) -> tuple[int, ...]:
    """A key that sorts 5-2-10 behind 5-2-9."""
    return tuple(int(part) for part in re.findall(r"\d+", code))
