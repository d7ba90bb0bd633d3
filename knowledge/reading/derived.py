"""Compiles what follows from the lexicon and from what is said of the shipped plan: `python -m knowledge.reading.derived`.

Needs nothing that the bot does not need. After it a first question is answered without a wait (see `compiled`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.compiled import write
from knowledge.editions.edition import KEPT_AS, shipped_from_text, shipped_sources
from knowledge.known import Known
from knowledge.reading import cues, knowing
from knowledge.reading.knowing import Spoken
from knowledge.written_fields import written


@dataclass(frozen=True, slots=True)
class Derived:
    """A compiled file: its name, the files it is made from, and its lines."""

    name: str
    sources: tuple[Path, ...]
    lines: Callable[[], Iterable[str]]


def everything() -> tuple[Derived, ...]:
    """All that is compiled without training."""
    edition = shipped_from_text()
    spoken = Spoken(Known(edition))
    said = knowing.sources()
    return (
        Derived(KEPT_AS, shipped_sources(), lambda: [written(edition)]),
        Derived("cues.tsv", cues.sources(), cues.cue_lines),
        Derived("parts.tsv", said, spoken.part_lines),
        Derived("passages.tsv", said, spoken.passage_lines),
        Derived("sounds.tsv", said, spoken.sound_lines),
    )


def main() -> None:
    """Write the files."""
    for one in everything():
        write(one.name, one.lines(), one.sources)


if __name__ == "__main__":
    main()
