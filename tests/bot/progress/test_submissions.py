from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.progress.reported_figures import FigureSource
from bot.progress.submission_state import SubmissionState
from bot.progress.submissions import MOST_MARKS, submissions
from bot.storage.entry import SignOffStep

OPENS = date(2023, 7, 3)


def standing(days: int | None, step: SignOffStep = SignOffStep.SUBMITTED) -> SubmissionState:
    """Work submitted so many days after the opening; None: not yet."""
    if days is None:
        return SubmissionState("d", "課", "s", "1-1-1", "取組", "柱1", (), ())
    source = FigureSource(1, "R5", "s", 1, step)
    on = OPENS + timedelta(days=days)
    return SubmissionState("d", "課", "s", "1-1-1", "取組", "柱1", (), (), None, source, False, on)


def test_the_count_grows_week_by_week_until_today() -> None:
    several = [standing(days) for days in (0, 3, 7, 9, None)]
    found = submissions(several, OPENS, date(2023, 7, 12))
    assert [(one.day.day, one.count) for one in found] == [(3, 1), (10, 3), (12, 4)]


def test_what_was_returned_is_not_counted() -> None:
    several = [standing(1), standing(1, SignOffStep.RETURNED)]
    assert submissions(several, OPENS, date(2023, 7, 5))[-1].count == 1


def test_nothing_is_drawn_before_the_round_opens() -> None:
    assert submissions([standing(None)], OPENS, date(2023, 7, 2)) == ()


def test_the_quiet_years_after_a_round_are_not_drawn() -> None:
    found = submissions([standing(3)], OPENS, date(2030, 1, 1))
    assert found[-1].day == OPENS + timedelta(weeks=MOST_MARKS - 1)


@given(st.lists(st.none() | st.integers(-10, 900)), st.integers(0, 900))
def test_the_last_mark_holds_every_entry_that_stands(days: list[int | None], today: int) -> None:
    several = [standing(one) for one in days]
    found = submissions(several, OPENS, OPENS + timedelta(days=today))
    assert found[-1].count == sum(one is not None for one in days)
    assert 1 <= len(found) <= MOST_MARKS
    assert [one.day for one in found] == sorted({one.day for one in found}) and found[0].day == OPENS
    assert [one.count for one in found] == sorted(one.count for one in found)
