"""All queries that the pieces of a text make: each module says what one kind of question would take them to mean.

May import the pieces, the plan and what a question is. `makers` are asked one after another; none reads a text itself.
"""

from __future__ import annotations

from knowledge.reading.queries.candidate import Maker
from knowledge.reading.queries.figures import (
    by_amount,
    by_value,
    crossed_years,
    figures,
    nth_in_scope,
    two_aspects,
)
from knowledge.reading.queries.follow_up import follow_ups
from knowledge.reading.queries.lists import lists
from knowledge.reading.queries.orders import rankings, years_where
from knowledge.reading.queries.pairs import changes, comparisons, inclusions, shares
from knowledge.reading.queries.passages import texts
from knowledge.reading.queries.refusals import refusals
from knowledge.reading.queries.small_talk import small_talk
from knowledge.reading.queries.sums import averages, no_subject, sums
from knowledge.reading.queries.words import cycle, descriptions, pages, period, terms, unknown_codes

MAKERS: tuple[Maker, ...] = (
    follow_ups,
    figures,
    sums,
    no_subject,
    averages,
    rankings,
    years_where,
    changes,
    comparisons,
    shares,
    inclusions,
    lists,
    descriptions,
    by_value,
    unknown_codes,
    by_amount,
    nth_in_scope,
    crossed_years,
    two_aspects,
    period,
    pages,
    terms,
    cycle,
    texts,
    refusals,
    small_talk,
)
