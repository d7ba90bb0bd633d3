"""Print the run: python -m tests.simulation. 1 when anything was breached."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.simulation.invariants import CHECKS
from tests.simulation.life import Life
from tests.simulation.people import FIRST, LAST
from tests.simulation.report import report


def main() -> int:
    """Live through all of it and print what came of it."""
    with TemporaryDirectory() as folder:
        life = Life(Path(folder), FIRST, LAST).live()
    for line in report(life):
        print(line)
    return int(any(True for check in CHECKS.values() for _ in check(life)))


if __name__ == "__main__":
    sys.exit(main())
