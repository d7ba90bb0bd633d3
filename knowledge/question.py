"""What was asked, as plain values: a Question says what was understood, Unclear and OutOfPlan say why nothing was.

Made by `reading`, answered by `answers`. Nothing here reads a text or knows a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from knowledge.plan.fiscal_year import FiscalYear

PLAN = "計画"
Language = Literal["ja", "en"]
Level = Literal["initiatives", "items", "pillars"]
Why = Literal["code", "year", "actual", "absent", "reason", "words", "topic"]


class Ask(StrEnum):
    """The kinds of question."""

    FIGURES = "figures"
    INDICATORS = "indicators"
    SUM = "sum"
    AVERAGE = "average"
    RANK = "rank"
    RANK_YEARS = "rank_years"
    YEARS = "years"
    COUNT = "count"
    LIST = "list"
    CHANGE = "change"
    COMPARE = "compare"
    SHARE = "share"
    INCLUDED = "included"
    DESCRIBE = "describe"
    MAIN_MEASURES = "main_measures"
    PURPOSE = "purpose"
    ACCOUNT = "account"
    PROCESS = "process"
    TERM = "term"
    PAGE = "page"
    PASSAGE = "passage"
    GREETING = "greeting"
    TWO = "two"


class Accounts(StrEnum):
    """Which accounts a sum counts. DEFAULT is what the plan's own item targets count."""

    DEFAULT = "default"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    ONLY_SPECIAL = "only_special"
    ONLY_ENTERPRISE = "only_enterprise"


@dataclass(frozen=True, slots=True)
class Years:
    """Which columns are asked for: single years, the total (5年計), every year; `outside` are years the plan lacks.

    `is_sum`: the years are meant added up (R3からR5の累計); `is_since`: that year and later.
    """

    single: tuple[FiscalYear, ...] = ()
    total: bool = False
    every: bool = False
    outside: tuple[FiscalYear, ...] = ()
    is_span: bool = False

    @property
    def is_named(self) -> bool:
        return bool(self.single or self.total or self.every or self.outside)


@dataclass(frozen=True, slots=True)
class Facet:
    """A condition on initiatives: its `name`, with its year, its words or its amount in yen.

    `until` is the year that `year` is held against.
    `in_any_year`: an amount that one of the years meets, instead of the year named or the total; `is_excluded`:
    those that meet the condition are left out.
    """

    name: str
    year: FiscalYear | None = None
    words: tuple[str, ...] = ()
    yen: int = 0
    in_any_year: bool = False
    until: FiscalYear | None = None
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Which words of the person gave what."""

    words: str
    gave: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was understood.

    `subjects` are codes (3-1-2, 3-1, 柱3), PLAN, or indicators (1-1#2: the second of 1-1). `unit` is the unit asked for
    (円, 万円); `claimed` an amount in yen that the person put forward; `topic` the words that are looked for in the
    document; `month` a calendar month; `parts` the questions of a double question.
    """

    asks: Ask
    subjects: tuple[str, ...] = ()
    years: Years = Years()
    effect: bool = False
    accounts: Accounts = Accounts.DEFAULT
    facets: tuple[Facet, ...] = ()
    order: Literal["largest", "smallest"] = "largest"
    first: int = 1
    level: Level = "initiatives"
    what: str = ""
    unit: str = ""
    claimed: tuple[int, ...] = ()
    topic: str = ""
    months: tuple[int, int] | None = None
    language: Language = "ja"
    parts: tuple[Question, ...] = ()
    readings: tuple[Reading, ...] = ()
    left_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Two readings are close, or half was understood: what to ask back. Each candidate is a subject and its question."""

    why: Literal["ambiguous", "half", "no_subject", "nothing"]
    candidates: tuple[str, ...] = ()
    about: Question | None = None
    words: tuple[str, ...] = ()
    language: Language = "ja"
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfPlan:
    """The plan does not hold it: what was asked, and the nearest that it holds."""

    why: Why
    words: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    years: tuple[FiscalYear, ...] = ()
    language: Language = "ja"
    readings: tuple[Reading, ...] = ()


Understood = Question | Unclear | OutOfPlan
