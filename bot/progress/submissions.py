"""How the submissions of a round came in, week by week: pure, and ending at what the steps count as submitted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.progress.submission_state import SubmissionState

MOST_MARKS = 9
"""Weeks, or longer steps, between the first day and the last: as many as a small chart has room for."""

_WEEK = 7


@dataclass(frozen=True, slots=True)
class SubmissionCount:
    """How many of the entries that stand (the returned apart) had been submitted by the end of that day."""

    day: date
    count: int


def submissions(several: Iterable[SubmissionState], opens: date, today: date) -> tuple[SubmissionCount, ...]:
    """The count every so many weeks from the opening of the round until today; nothing before it has opened.

    Ends when two months have passed and nothing came in any more. The last mark holds every entry that stands.
    """
    days = [one.submitted_on for one in several if one.submitted_on is not None and not one.is_open]
    at_work = max([opens + timedelta(days=_WEEK * (MOST_MARKS - 1)), *days])
    last = min(max([today, *days]), at_work)
    return tuple(SubmissionCount(day, sum(one <= day for one in days)) for day in _marked(opens, last))


def _marked(opens: date, last: date) -> list[date]:
    """From the opening to the last day, both among them."""
    step = _WEEK
    while (last - opens).days > step * (MOST_MARKS - 1):
        step += _WEEK
    days = [opens + timedelta(days=at) for at in range(0, (last - opens).days + 1, step)]
    return days if not days or days[-1] == last else [*days, last]
