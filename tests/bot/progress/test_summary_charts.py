from datetime import date

from bot.progress import summary_tables
from bot.progress.scope import Scope
from bot.progress.summary import summarise
from bot.progress.summary_charts import amounts_chart, rates_chart, submissions_chart
from tests.bot.progress.invented import CALENDAR, R5, known, roster, summary


def test_the_rate_of_each_pillar_is_the_one_that_the_table_prints() -> None:
    chart = rates_chart(summary())
    assert chart is not None
    printed = {row[0]: row[-1] for row in summary_tables.pillar_table(summary()).rows}
    assert dict(zip(chart.labels, chart.series[0].values, strict=True)) == {"柱3": 94.7, "柱5": 101.4}
    assert {code: f"{value}%" for code, value in zip(chart.labels, chart.series[0].values, strict=True)} == {
        code: printed[code] for code in chart.labels
    }


def test_one_pillar_alone_is_compared_with_nothing() -> None:
    assert rates_chart(summary("柱5")) is None
    assert rates_chart(summary("柱1")) is None and amounts_chart(summary("柱1")) is None


def test_target_forecast_and_actual_stand_beside_each_other_and_gaps_are_no_zeros() -> None:
    chart = amounts_chart(summary())
    assert chart is not None and [row.name for row in chart.series] == ["目標", "見込み", "実績"]
    actual = chart.series[2].values
    assert actual[2:] == (None, None, None) and actual[0] == 190_918


def test_the_submissions_end_at_the_number_that_the_steps_give() -> None:
    one = summary()
    chart = submissions_chart(one)
    assert chart is not None and chart.labels[0] == "7/3"
    assert chart.series[0].values[-1] == one.counts.total - one.counts.missing - one.counts.returned
    assert f"全{one.counts.total}件" in chart.title


def test_before_the_round_there_are_no_submissions_to_draw() -> None:
    june = summarise(known(), roster(), (), Scope(), R5, date(2023, 6, 30), CALENDAR)
    assert june.submissions == () and submissions_chart(june) is None
    assert submissions_chart(summary(departments=frozenset())) is None
