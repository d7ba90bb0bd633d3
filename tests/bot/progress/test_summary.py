from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.progress.amounts import Reached
from bot.progress.lags import Reason
from bot.progress.reported_figures import Basis
from bot.progress.scope import Scope
from bot.progress.summary import Summary, summarise, year_on
from bot.storage.entry import Entry, EntryState, SignOffStep
from knowledge.answers.reckoning import percent
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.roster.duties import all_duties
from reminders.calendar import Moved
from tests.bot.progress.invented import (
    AUGUST,
    CALENDAR,
    JULY,
    R5,
    entries,
    known,
    line_of,
    roster,
    rows_of,
    summary,
    with_version,
    yen,
)


@pytest.mark.parametrize(
    "row", rows_of("reckoned_by_hand.csv"), ids=lambda row: f"{row['scope']} {row['fiscal_year']}"
)
def test_the_amounts_are_those_reckoned_by_hand(row: dict[str, str]) -> None:
    amounts = summary(row["scope"]).amounts
    is_cumulative = row["fiscal_year"].startswith("～")
    sums = amounts.cumulative if is_cumulative else amounts.of(FiscalYear.from_short(row["fiscal_year"]))
    assert sums.target == yen(row["target"])
    assert sums.actual == yen(row["actual"])
    assert sums.result == yen(row["result"])
    assert sums.compared_target == yen(row["compared_target"])
    rate = sums.rate
    assert (percent(rate.numerator, rate.denominator) if rate is not None else "") == row["rate"]


def test_the_years_that_make_up_a_cumulative_sum_add_up_to_it() -> None:
    amounts = summary().amounts
    for name in ("target", "actual", "forecast", "result", "compared_target", "compared_result"):
        years = [getattr(sums, name) or 0 for year, sums in amounts.years if year <= R5]
        assert sum(years) == getattr(amounts.cumulative, name), name


def test_what_has_no_figure_is_named_and_is_no_zero() -> None:
    sums = summary().amounts.of(R5)
    assert sums.not_reported == ("3-1-4", "3-1-5", "5-2-5")
    assert summary().amounts.of(FiscalYear.reiwa(4)).not_set == ("3-1-3", "3-1-4", "3-1-5")
    undecided = line_of(summary(), "3-1-4").of(R5)
    assert undecided.forecast is not None
    assert (undecided.value, undecided.forecast.printed) == (None, "未定")


def test_other_accounts_stay_out_and_relisted_rows_count() -> None:
    amounts = summary().amounts
    assert [line.code for line in amounts.left_out] == ["3-1-6", "5-1-6", "5-2-7", "5-2-8"]
    assert amounts.relisted == ("5-1-3", "5-2-6")
    assert {"5-1-3", "5-2-6"} < {line.code for line in amounts.lines}
    assert [(one.item, one.printed, one.summed) for one in amounts.roundings] == [("5-2", 461390, 461389)]


def test_every_figure_can_be_followed_to_its_entry_and_version() -> None:
    several = with_version(entries(), "5-1-1")
    one = summarise(known(), roster(), several, Scope(), R5, AUGUST, CALENDAR)
    figure = line_of(one, "5-1-1").of(R5).result
    assert figure is not None and figure.basis is Basis.FORECAST
    assert (figure.source.entry, figure.source.version, figure.source.round) == (1000, 2, "R5")
    by_number = {entry.number: entry for entry in several}
    for line in (*one.amounts.lines, *one.indicators):
        for cell in line.cells:
            for found in (cell.actual, cell.forecast):
                if found:
                    entry = by_number[found.source.entry]
                    assert (found.printed, found.value) in {(x.printed, x.value) for x in entry.figures}


def test_a_returned_entry_does_not_count_and_its_work_is_open_again() -> None:
    cell = line_of(summary(), "5-2-5").of(R5)
    assert cell.result is None
    standing = next(one for one in summary().standings if one.code == "5-2-5")
    assert standing.is_open and standing.step is SignOffStep.RETURNED


def test_an_actual_takes_the_place_of_the_forecast() -> None:
    cell = line_of(summary(), "5-1-1").of(FiscalYear.reiwa(4))
    assert cell.forecast is not None and cell.result is cell.actual
    assert (cell.forecast.value, cell.value) == (46_000_000, 47_000_000)


def test_the_steps_add_up_to_what_was_asked_for_in_every_department() -> None:
    one = summary()
    for counts in (one.counts, *(part.counts for part in one.departments)):
        steps = (counts.submitted, counts.confirmed, counts.accepted, counts.returned, counts.missing)
        assert sum(steps) == counts.total
    assert sum(part.counts.total for part in one.departments) == one.counts.total == len(one.standings)
    written = [row for row in rows_of("invented_year.csv") if row["round"] == "R5"]
    assert one.counts.accepted == sum(row["step"] == "accepted" for row in written)
    assert one.counts.confirmed == sum(row["step"] == "confirmed" for row in written)
    assert one.counts.returned == 1
    assert one.counts.total - one.counts.missing == len(written)


def parts_equal_whole(one: Summary) -> None:
    def total(name: str, several: list[Reached]) -> int | None:
        values = [value for sums in several if (value := getattr(sums, name)) is not None]
        return sum(values) if values else None

    for name in ("target", "forecast", "actual", "result", "compared_target", "compared_result"):
        assert total(name, [part.year for part in one.pillars]) == getattr(one.amounts.of(one.year), name)
        assert total(name, [part.cumulative for part in one.pillars]) == getattr(one.amounts.cumulative, name)
    for name in asdict(one.counts):
        assert sum(getattr(part.counts, name) for part in one.pillars) == getattr(one.counts, name)
    for state, number in one.states:
        assert sum(dict(part.states).get(state, 0) for part in one.pillars) == number


@settings(max_examples=25, deadline=None)
@given(
    chosen=st.sets(st.sampled_from(range(len(rows_of("invented_year.csv"))))),
    year=st.sampled_from(["R3", "R4", "R5", "R6", "R7", "R8"]),
    ref=st.sampled_from(["計画", "柱1", "柱3", "柱5", "3-2", "5-2", "5-1-3"]),
)
def test_sums_by_pillar_equal_the_whole(chosen: set[int], year: str, ref: str) -> None:
    some = [entries()[at] for at in chosen]
    parts_equal_whole(
        summarise(known(), roster(), some, Scope(ref), FiscalYear.from_short(year), AUGUST, CALENDAR)
    )


def test_the_order_of_entries_does_not_matter() -> None:
    several = with_version(entries(), "5-1-1")
    backwards = tuple(reversed(several))
    assert summarise(known(), roster(), several, Scope(), R5, AUGUST, CALENDAR) == summarise(
        known(), roster(), backwards, Scope(), R5, AUGUST, CALENDAR
    )


def test_what_lags_is_said_with_every_rule_that_it_meets() -> None:
    reasons = {lag.code: lag.reasons for lag in summary().lags if lag.source}
    assert reasons == {
        "1-1-1": (Reason.BEHIND,),
        "1-1-2": (Reason.LATE,),
        "3-1-2": (Reason.UNDER_RATE, Reason.FALLING),
        "5-1-5": (Reason.UNDER_RATE, Reason.FALLING),
        "5-2-5": (Reason.BEHIND, Reason.SILENT),
    }
    silent = [lag.code for lag in summary().lags if lag.source is None]
    assert {"3-1-5", "5-2-7"} < set(silent)
    assert all(lag.reasons == (Reason.SILENT,) for lag in summary().lags if lag.code in silent)


def test_nobody_is_silent_while_the_round_goes_on() -> None:
    one = summary(today=JULY)
    assert one.last_day == date(2023, 7, 31)
    assert all(Reason.SILENT not in lag.reasons for lag in one.lags)


def test_what_changed_since_last_year_is_named_with_both_entries() -> None:
    changes = {change.code: (change.before, change.after) for change in summary().changes}
    assert changes == {
        "1-1-1": (EntryState.ON_TRACK, EntryState.BEHIND),
        "3-1-1": (EntryState.ON_TRACK, EntryState.AHEAD),
        "5-2-5": (EntryState.NOT_STARTED, EntryState.BEHIND),
    }
    assert all(one.source.round == "R5" and one.source_before.round == "R4" for one in summary().changes)


def test_the_next_deadlines_are_the_citys_own() -> None:
    due = [(term.phase.id, term.deadline) for term in summary(today=JULY).deadlines]
    assert due[:2] == [("self_evaluation", date(2023, 7, 31)), ("internal_evaluation", date(2023, 8, 31))]
    change = Moved(date(2023, 8, 10), date(2023, 7, 31), datetime(2023, 7, 3, tzinfo=UTC))
    moved = replace(CALENDAR, moved={("R5", "self_evaluation"): change})
    one = summarise(known(), roster(), entries(), Scope(), R5, AUGUST, moved)
    assert one.last_day == date(2023, 8, 10) == one.deadlines[0].deadline
    assert all(Reason.SILENT not in lag.reasons for lag in one.lags)
    assert summary(today=date(2030, 1, 1)).deadlines == ()


def test_indicators_stand_beside_their_targets() -> None:
    halls = line_of(summary(), "3-2-3")
    assert [cell.value for cell in halls.cells] == [35, 34, 36, None, None]
    assert [cell.target for cell in halls.cells] == [35, 35, 36, 36, 37]
    hours = line_of(summary(), "1-1#2")
    assert (hours.goal, hours.of(R5).value, hours.of(R5).target) == ("7,350時間", 2000, None)
    assert hours.of(FiscalYear.reiwa(7)).target == 7350


def test_a_department_has_what_it_answers_for_alone_whoever_leads() -> None:
    one = summary(departments=frozenset({"joho"}))
    own = all_duties(roster(), known().plan)["joho"]
    assert [standing.title for standing in one.standings] == [duty.title for duty in own]
    assert "joho" in {part.id for part in one.departments}
    assert 0 < one.counts.total < summary().counts.total
    nobody = summary(departments=frozenset())
    assert (nobody.counts.total, nobody.amounts.lines, nobody.indicators) == (0, (), ())


def test_the_round_after_the_last_year_counts_its_own_steps_and_the_last_figures() -> None:
    one = summary(year=FiscalYear.reiwa(8))
    assert (one.round, one.year) == ("R8", FiscalYear.reiwa(7))


def test_a_year_without_a_round_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="令和3年度から令和8年度"):
        summary(year=FiscalYear.reiwa(2))


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2021, 6, 30), "R3"),
        (date(2023, 6, 30), "R4"),
        (date(2023, 7, 2), "R4"),
        (date(2023, 7, 3), "R5"),
        (date(2024, 3, 31), "R5"),
        (date(2026, 8, 1), "R8"),
        (date(2030, 1, 1), "R8"),
    ],
)
def test_the_year_is_that_of_the_latest_round_begun(today: date, year: str) -> None:
    assert year_on(known().plan, CALENDAR, today).short == year


def test_without_any_entry_all_is_missing_and_nothing_is_zero() -> None:
    one = summarise(known(), roster(), (), Scope(), R5, JULY, CALENDAR)
    assert one.counts.missing == one.counts.total
    sums = one.amounts.of(R5)
    assert (sums.result, sums.rate, sums.basis) == (None, None, "")


def test_unassigned_initiatives_are_named() -> None:
    some = replace(roster(), responsibilities=())
    one = summarise(known(), some, (), Scope("3-1"), R5, JULY, CALENDAR)
    assert one.unassigned == tuple(f"3-1-{number}" for number in range(1, 7))


def test_figures_of_entries_are_those_of_their_latest_version() -> None:
    older = next(one for one in entries() if (one.round, one.subject) == ("R5", "5-1-1"))
    newer: Entry = replace(older, version=2, number=1000, forecast=())
    one = summarise(known(), roster(), (newer, older), Scope(), R5, AUGUST, CALENDAR)
    assert line_of(one, "5-1-1").of(R5).result is None
