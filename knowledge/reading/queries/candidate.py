"""A query that a text may mean, and what every query takes from its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.question import Ask, Question, Understood
from knowledge.reading.pieces import Pieces
from knowledge.reading.queries.conditions import accounts_meant
from knowledge.reading.queries.named import wants_money


def cues(names: str) -> frozenset[str]:
    """Names of cues, written with blanks between them."""
    return frozenset(names.split())


OPERATIONS = cues(
        "sum average largest smallest superlative largest_n smallest_n descending ascending nth_place "
        "difference year_on_year rate times share which count page meaning reason who when which_year "
        "account actual negative without_figure with_figure constant falling rising under_adjustment "
        "masked relisted special_account enterprise_account over at_least under at_most main_measures "
        "purpose activity_indicators outcome_indicators cost contact company procedure opening members "
        "meetings by_pillar by_item by_initiative included starts how responsible help greeting thanks "
        "this_month next_month whole_cycle summary what_is_counted every_year five_year_total how_many "
        "conditional indicators self cannot remaining"
    )  # fmt: skip


ALWAYS_USED = cues("carry money target list initiative polite both check big small among")


Order = Literal["largest", "smallest"]


@dataclass(frozen=True)
class Candidate:
    """A query that the text may mean: its kind among the corpus's, what it used, what speaks for it beside that."""

    kind: str
    meaning: Understood
    uses: frozenset[str] = frozenset()
    bonus: float = 0.0
    needs_all_words: bool = False
    measured: Mapping[str, float] = field(default_factory=dict)


Maker = Callable[[Pieces], Iterator[Candidate]]


ACCOUNT_CUES = cues("special_account enterprise_account general_account excluding including included")


def base(p: Pieces, asks: Ask, **fields: object) -> Question:
    """A question with what every kind takes from the text."""
    made = {
        "years": p.years, "unit": p.unit, "effect": wants_money(p), "accounts": accounts_meant(p), "claimed": p.claimed,
        "language": p.language,
    } | fields  # fmt: skip
    return Question(asks, **made)  # type: ignore[arg-type]
