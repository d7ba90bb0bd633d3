"""Compiles what follows from the lexicon and from what is said of the shipped plan: `python -m knowledge.reading.derived`.

Needs nothing that the bot does not need. After it a first question is answered without a wait (see `compiled`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.known import shipped_known
from knowledge.reading import cues, knowing
from knowledge.reading.compiled import write
from knowledge.reading.knowing import Spoken


@dataclass(frozen=True, slots=True)
class Derived:
    """A compiled file: its name, the files it is made from, and its lines."""

    name: str
    sources: tuple[Path, ...]
    lines: Callable[[], Iterable[str]]


def everything() -> tuple[Derived, ...]:
    """All that is compiled without training."""
    spoken = Spoken(shipped_known())
    said = knowing.sources()
    return (
        Derived("cues", cues.sources(), cues.cue_lines),
        Derived("parts", said, spoken.part_lines),
        Derived("passages", said, spoken.passage_lines),
        Derived("sounds", said, spoken.sound_lines),
    )


def main() -> None:
    """Write the files."""
    for one in everything():
        write(one.name, one.lines(), one.sources)


if __name__ == "__main__":
    sys.exit(main())
