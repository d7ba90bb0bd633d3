"""The expected outbox messages of a year, as an officer writes them down: `2024-07-01 phase step: who who`."""

from collections.abc import Iterable
from pathlib import Path

from tests.simulation.life import Arrived

Row = tuple[str, str, str, str]
"""Day, phase, step, recipient."""


def expected(round: str) -> list[Row]:
    """What the table of the round says, in order."""
    lines = (Path(__file__).parent / f"{round}.txt").read_text("utf-8").splitlines()
    rows = []
    for line in lines:
        what, _, who = line.partition(": ")
        if what and not what.startswith("#"):
            day, phase, step = what.split()
            rows += [(day, phase, step, one) for one in who.split()]
    return sorted(rows)


def told(arrived: Iterable[Arrived], round: str, phases: Iterable[str] = ()) -> list[Row]:
    """What was told in the round, of those phases or of all."""
    wanted = frozenset(phases)
    return sorted(
        (one.day.isoformat(), one.item.term.phase.id, one.item.step, one.to)
        for one in arrived
        if one.item.term.round == round and (not wanted or one.item.term.phase.id in wanted)
    )
