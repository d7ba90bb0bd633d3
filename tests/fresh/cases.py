"""The judged questions of sets/, read; format.md says what each part means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

SETS = Path(__file__).with_name("sets")
TODAY = date(2023, 6, 1)
"""The day of a question that names none."""
STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what its answer must and must not say; `texts` are the conversation, the question last."""

    name: str
    voice: str
    category: str
    texts: tuple[str, ...]
    today: date
    says: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    cites: tuple[str, ...]

    @property
    def is_stranger(self) -> bool:
        return self.category == STRANGER


def set_names(folder: Path = SETS) -> list[str]:
    """The sets that there are."""
    return sorted(path.stem for path in folder.glob("*.jsonl"))


def cases(name: str, folder: Path = SETS) -> Iterator[Case]:
    """The questions of a set."""
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from (_case(json.loads(line)) for line in lines if line.strip())


def _case(line: dict[str, Any]) -> Case:
    return Case(
        name=line["id"],
        voice=line["voice"],
        category=line["category"],
        texts=(*(line.get("history") or ()), line["question"]),
        today=date.fromisoformat(line["today"]) if line.get("today") else TODAY,
        says=tuple(tuple(group) for group in line["all"]),
        never=tuple(line["none"]),
        cites=tuple(line["cite"]),
    )
