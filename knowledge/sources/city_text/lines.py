"""The lines of an extracted text and its cells (tabs, HTML within them), and what extraction left behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from knowledge.faults import Faults

LONGEST_LINE = 10_000  # a table of twelve columns with long cells stays far below
HOLE = 3  # so many empty lines in a row stand where the print has a picture

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li|div|br)\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z]|[a-zA-Z/\"]>")
_JAPANESE = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef…※"
_GAP = re.compile(rf"(?<=[{_JAPANESE}])[ \u3000]+(?=[{_JAPANESE}])")


@dataclass(frozen=True)
class TextLine:
    """One line with its number, counted from 1; emphasis marks (**) are left out."""

    number: int
    text: str

    @property
    def place(self) -> str:
        return f"{self.number}行目"

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return "\t" in self.text

    @property
    def words(self) -> str:
        return self.text.strip()

    @property
    def start(self) -> str:
        """The first words, to show which line is meant."""
        return " ".join(self.text.split())[:30]

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row, each as one text without tags."""
        return tuple(
            " ".join(paragraphs(cell)) if "<" in cell else cell.strip() for cell in self.text.split("\t")
        )


def lines_of(text: str, faults: Faults) -> tuple[TextLine, ...]:
    """The lines of a text; a tag that is not a block's is a fault."""
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("**", "").split("\n")
    lines = tuple(TextLine(number, line) for number, line in enumerate(plain, 1))
    for line in lines:
        if len(line.text) > LONGEST_LINE:
            faults.add(line.place, f"1行が{LONGEST_LINE:,}文字を超えています")
        if _NOT_TEXT.search(line.text):
            faults.add(line.place, "文章に使えない制御文字が混じっています")
        if ("<" in line.text or ">" in line.text) and _ANY_TAG.search(_BLOCK_TAG.sub("", line.text)):
            faults.add(line.place, "読めないタグがあります")
    return lines


def paragraphs(cell: str) -> tuple[str, ...]:
    """The paragraphs of a cell; a cell without tags is one paragraph, an empty cell none."""
    pieces = _BLOCK_TAG.split(cell) if "<" in cell else [cell]
    return tuple(piece.strip() for piece in pieces if piece.strip())


def prose(text: str) -> str:
    """Running text without the gaps that extraction left between Japanese characters."""
    return _GAP.sub("", text).strip()


def bullets(text: str) -> tuple[str, ...]:
    """The ・ lines of a cell; a ・ inside a word (窓口・電話口) opens none."""
    return tuple(piece.strip() for piece in re.split(r"(?:^|\s)・", text) if piece.strip())


def groups(lines: list[TextLine]) -> tuple[tuple[TextLine, ...], ...]:
    """Sentences under the line without a full stop that heads them; first, those that stand under none."""
    found: list[list[TextLine]] = [[]]
    for line in lines:
        if line.words.endswith("。"):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(map(tuple, found))
