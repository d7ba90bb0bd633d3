"""The yearly cycle: a drawing's stages and months above a table of who does what, and a stream beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.faults import Faults
from knowledge.plan.plan import Phase, Step
from knowledge.sources.city_text.lines import TextLine, groups, paragraphs, prose
from knowledge.sources.city_text.parts import TextPart

_STAGE = re.compile(r"(Plan|Do|Check|Act(?:ion)?)[ 　]+(\d{1,2})月?(?:[～〜~]翌?(\d{1,2}))?月")
_ACTOR = re.compile(r"【([^】]+)】\s*(.*)", re.DOTALL)
_NUMBERED = re.compile(r"([①-⑳])\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the drawing: Do 4月～翌3月."""

    line: TextLine
    name: str
    months: tuple[int, int]

    @property
    def printed(self) -> str:
        return self.line.words.split(maxsplit=1)[1]

    @property
    def covered(self) -> list[int]:
        first, last = self.months
        return [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]

    def spans(self, other: Stage) -> bool:
        """Whether it is the long arrow above another box of the same stage."""
        return self.name == other.name and set(self.covered) > set(other.covered)


def is_cycle(part: TextPart) -> bool:
    """Whether a chapter draws the cycle's stages."""
    return any(_STAGE.fullmatch(line.words) for line in part.lines if not line.is_row)


def read_cycle(part: TextPart, faults: Faults) -> tuple[tuple[Phase, ...], tuple[str, ...]]:
    """The phases in order, and the stream beside them as 題 and text on two lines."""
    stages = [stage for line in part.lines if not line.is_row if (stage := _stage_of(line, faults))]
    rows = [line for line in part.lines if line.is_row]
    above = {stage.line.number for stage in stages}
    stream = [line for line in part.lines if not (line.is_blank or line.is_row or line.number in above)]
    return _read_phases(part, stages, rows, faults), _read_stream(stream, faults)


def _stage_of(line: TextLine, faults: Faults) -> Stage | None:
    match = _STAGE.fullmatch(line.words)
    if not match:
        return None
    first, last = int(match[2]), int(match[3] or match[2])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        faults.add(line.place, f"月が読み取れません: {line.words}")
        return None
    return Stage(line, match[1], (first, last))


def _read_phases(
    part: TextPart, stages: list[Stage], rows: list[TextLine], faults: Faults
) -> tuple[Phase, ...]:
    if len(rows) != 2:
        faults.add(part.line.place, f"進行管理の表は見出しと内容の2行のはずですが、{len(rows)}行あります")
        return ()
    names, cells = (row.text.split("\t") for row in rows)
    columns = [stage for stage in stages if not any(stage.spans(other) for other in stages)]
    if not len(names) == len(cells) == len(columns):
        faults.add(
            rows[0].place,
            f"進行管理の表の見出し（{len(names)}列）、内容（{len(cells)}列）、"
            f"図の段階（{len(columns)}個）の数が合いません",
        )
        return ()
    for before, after in pairwise(columns):
        if after.months[0] != before.months[1] % 12 + 1:
            faults.add(after.line.place, f"前の段階（{before.printed}）から月が続きません: {after.printed}")
    return tuple(
        _phase(part, stage, stages, name.strip(), cell, rows[1], faults)
        for stage, name, cell in zip(columns, names, cells, strict=True)
    )


def _phase(
    part: TextPart, box: Stage, stages: list[Stage], name: str, cell: str, row: TextLine, faults: Faults
) -> Phase:
    arrow = next((stage for stage in stages if stage.spans(box)), box)
    heading, steps = _read_steps(cell)
    if not name or not steps:
        faults.add(row.place, f"進行管理の表の列に名称か内容がありません: {name or box.line.words}")
    drawn = box.printed if arrow is not box else ""
    return Phase(box.name, name, arrow.months, arrow.printed, steps, part.page, drawn, heading)


def _read_steps(cell: str) -> tuple[str, tuple[Step, ...]]:
    """A cell's heading (a line without a full stop) and its steps, each with the actor named before it."""
    actor, heading, steps = "", "", []
    for paragraph in paragraphs(cell):
        if match := _ACTOR.fullmatch(paragraph):
            actor, paragraph = match[1], match[2].strip()
        if match := _NUMBERED.fullmatch(paragraph):
            steps.append(Step(actor, prose(match[2]), ord(match[1]) - ord("①") + 1))
        elif paragraph.endswith("。"):
            steps.append(Step(actor, prose(paragraph)))
        elif paragraph:
            heading = f"{heading}、{paragraph}" if heading else paragraph
    return heading, tuple(steps)


def _read_stream(lines: list[TextLine], faults: Faults) -> tuple[str, ...]:
    unheaded, *headed = groups(lines)
    for line in unheaded:
        faults.add(line.place, f"見出しのない説明があります: {line.start}")
    for heading, *texts in headed:
        if not texts:
            faults.add(heading.place, f"「{heading.words}」の説明がありません")
    return tuple("\n".join((heading.words, *(prose(t.words) for t in texts))) for heading, *texts in headed)
