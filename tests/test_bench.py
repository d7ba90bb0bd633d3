import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.bench import __main__ as runner
from tests.bench import invented, machine
from tests.bench.figure import Figure


def test_every_figure_is_printed_beside_its_goal_and_missed_goals_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def bench() -> Iterator[Figure | str]:
        yield Figure("朝食", 2.0, "倍", 8, "40 ms")
        yield Figure("昼食", 12.34, "ms", 10)
        yield Figure("夕食", 1234.5, "MB")
        yield "夜食は別腹"

    monkeypatch.setattr(machine, "bench", bench, raising=False)
    assert runner.main(["machine"]) == 0
    heading, *lines, verdict = capsys.readouterr().out.splitlines()
    assert heading.startswith("machine: What the measurements share")
    assert [" ".join(line.split()) for line in lines] == [
        "✓ 朝食 2.00 倍 目標 8 以下 40 ms",
        "✗ 昼食 12.3 ms 目標 10 以下",
        "・ 夕食 1,234 MB",
        "・ 夜食は別腹",
    ]
    assert verdict == "目標 2 のうち 1 を満たしました（満たさなかったもの: 昼食）"


def test_an_unknown_name_is_told_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(["asq"]) == 2
    told = capsys.readouterr().err
    assert "asq" in told
    assert "machine" in told


def test_percentiles_are_measured_values() -> None:
    times = [float(one) for one in range(100, 0, -1)]
    assert machine.percentile(times, 0.5) == 51
    assert machine.percentile(times, 0.95) == 96
    assert machine.percentile([7.0], 0.95) == 7


def test_peak_memory_sees_what_a_process_holds() -> None:
    small = machine.peak_megabytes([sys.executable, "-c", "input()"], given="x\n")
    large = machine.peak_megabytes([sys.executable, "-c", "x = b'x' * 60_000_000"])
    assert 55 < large - small < 75


def test_a_failing_command_is_not_measured() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        machine.peak_megabytes([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(subprocess.CalledProcessError):
        machine.seconds_of([sys.executable, "-c", "raise SystemExit(3)"], runs=1)


@pytest.mark.parametrize("times", [1, 10, 100])
def test_an_invented_plan_grows_in_everything_and_repeats_no_title(times: int) -> None:
    plan = invented.invented_plan(times)
    titles = {initiative.title for initiative in plan.initiatives}
    assert len(titles) == len({initiative.code for initiative in plan.initiatives}) == 39 * times
    assert (len(plan.items), len(plan.sections)) == (8 * times, 7 * times)
    for _, row in plan.rows():
        assert sum(cell.value or 0 for _, cell in row.cells) == row.total.value


def test_an_invented_plan_does_not_outgrow_its_titles() -> None:
    with pytest.raises(ValueError, match="107倍"):
        invented.invented_plan(108)
