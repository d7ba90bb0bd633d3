"""What the measurements share: timing whole processes side by side, percentiles, peak memory of a process."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from statistics import median


def seconds_of(
    *commands: Sequence[str], runs: int = 9, environment: Mapping[str, str] | None = None
) -> list[float]:
    """The median wall time of each command in seconds; `environment` stands in place of ours.

    The commands take turns, so that what else the machine does slows all of them alike; the first turn, which
    fills the file cache, does not count.
    """
    taken: list[list[float]] = [[] for _ in commands]
    for turn in range(runs + 1):
        for times, command in zip(taken, commands, strict=True):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
            if turn:
                times.append(time.perf_counter() - start)
    return [median(times) for times in taken]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share (0 to 1) of the values lies, the nearest one measured."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


# A process counts the memory of the one that started it as its own peak, so a small one stands in between.
_IN_BETWEEN = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_megabytes(
    command: Sequence[str], given: str = "", environment: Mapping[str, str] | None = None
) -> float:
    """The most memory that the command held at once, in MB (10**6 bytes); `given` is its standard input.

    `environment` stands in place of ours.
    """
    between = [sys.executable, "-c", _IN_BETWEEN, *command]
    run = subprocess.run(between, input=given, check=True, capture_output=True, text=True, env=environment)
    told = run.stdout
    kilobytes = int(told) / 1024 if sys.platform == "darwin" else int(told)
    return kilobytes * 1024 / 1e6
