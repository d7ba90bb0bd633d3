"""What an answer lacks, and what kind of answer it is; reads the answer's JSON as a stranger to the code would."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.fresh.cases import Case

Answer = Mapping[str, Any]
"""An answer as `kaikaku ask --json` gives it."""

REFUSALS = tuple(Path(__file__).with_name("refusals.txt").read_text(encoding="utf-8").split("\n"))


class Verdict(StrEnum):
    """What became of a question; `is_wrong` are those that mislead."""

    RIGHT = "right"
    OFFERED = "offered"
    ASKED_BACK = "asked back"
    NEEDLESS_REFUSAL = "needless refusal"
    STRANGER_ANSWERED = "stranger answered"
    BESIDE_THE_POINT = "beside the point"
    WRONG_FIGURE = "wrong figure"

    @property
    def is_wrong(self) -> bool:
        return self in (self.STRANGER_ANSWERED, self.BESIDE_THE_POINT, self.WRONG_FIGURE)


def verdict(case: Case, answer: Answer) -> Verdict:
    """Right, unhelpful (offered, asked back, refused), or wrong."""
    if not lacks(case, answer):
        return Verdict.RIGHT
    if answer["kind"] == "unclear":
        return Verdict.OFFERED if answer["candidates"] else Verdict.ASKED_BACK
    if case.is_stranger:
        return Verdict.STRANGER_ANSWERED
    if answer["kind"] == "out_of_plan":
        return Verdict.NEEDLESS_REFUSAL
    return Verdict.WRONG_FIGURE if _has_wrong_figure(case, answer) else Verdict.BESIDE_THE_POINT


def lacks(case: Case, answer: Answer) -> list[str]:
    """What is missing, what must not stand there, and what is not cited."""
    text, sources = plain(answer["text"]), _sources(answer)
    missing = [group for group in case.says if not any(_stands_in(text, one) for one in _ways(group))]
    found = [f"needs {' | '.join(group)}" for group in missing]
    found += [f"must not say {one}" for one in case.never if _says_any(text, one)]
    return found + [f"must cite {one}" for one in case.cites if plain(one) not in sources]


def plain(text: str) -> str:
    """The form in which an answer and what is expected of it are compared."""
    bare = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"[△▲−ー-](?=\d)", "-", bare).lower()


def _says_any(text: str, expected: str) -> bool:
    return any(_stands_in(text, one) for one in _ways([expected]))


def _stands_in(text: str, word: str) -> bool:
    """A number only as a whole: 5,000 does not stand in 45,000 or in 5,0001."""
    if not re.match(r"-?\d", word):
        return word in text
    after = r"(?!\d)" if word[-1].isdigit() else ""
    return re.search(rf"(?<!\d)(?<!\d\.){re.escape(word)}{after}", text) is not None


def _ways(group: Sequence[str]) -> list[str]:
    """Every way to write the alternatives, in the form in which they are compared."""
    return [plain(way) for one in group for way in _written(one)]


def _written(expected: str) -> Iterator[str]:
    if expected == "REFUSE":
        yield from (one for one in REFUSALS if one)
    elif re.fullmatch(r"¥-?\d+", expected):
        yield from ways_to_write(int(expected[1:]))
    else:
        yield expected


def ways_to_write(thousands: int) -> Iterator[str]:
    """An amount in 千円 as people write it in 円, 千円, 万円, 百万円, 億円 and in English."""
    sign, amount = "-" if thousands < 0 else "", abs(thousands)
    for shape in (
        "{s}{n}千円",
        "{s}{n}(千円)",
        "{s}{n}(単位:千円)",
        "{s}{n}千",
        "{s}{n}thousandyen",
        "¥{s}{n}thousand",
    ):
        yield shape.format(s=sign, n=amount)
    for shape in ("{s}{n}円", "{s}¥{n}", "{s}{n}yen", "{s}jpy{n}"):
        yield shape.format(s=sign, n=amount * 1000)
    yield from (f"{sign}{way}" for way in _with_man_and_oku(amount))
    if amount >= 1000:
        yield from (f"{sign}{amount / 1000:g}{unit}" for unit in ("百万円", "millionyen"))


def _with_man_and_oku(amount: int) -> Iterator[str]:
    oku, below = divmod(amount, 100_000)
    man, thousand = divmod(below, 10)
    yield from (f"{amount // 10}万円",) if not thousand else (f"{amount / 10:g}万円", f"{amount / 10}万円")
    head = f"{oku}億" if oku else ""
    tail = f"{thousand}千円" if thousand else "円"
    if oku:
        yield f"{head}{f'{man}万' if man else ''}{tail}"
        yield f"{amount / 100_000:g}億円"
    elif man:
        yield f"{man}万{tail}"
    if man and thousand:
        yield f"{head}{man}万{thousand}000円"


def _sources(answer: Answer) -> set[str]:
    codes = {plain(one["code"]) for one in answer["citations"] if one.get("code")}
    pages = (re.search(r"\d+", plain(str(one.get("page") or ""))) for one in answer["citations"])
    return codes | {f"p.{page[0]}" for page in pages if page}


def _has_wrong_figure(case: Case, answer: Answer) -> bool:
    """A figure that the writer forbids, or one of a part of the plan that is not the one to be cited."""
    text = plain(answer["text"])
    if any(_says_any(text, one) for one in case.never if re.search(r"\d", one)):
        return True
    codes = [one for one in case.cites if not one.startswith("p.")]
    stated = {one["code"] for one in answer["facts"] if one["state"] == "set"}
    return bool(codes) and any(not _belongs(code, codes) for code in stated)


def _belongs(code: str, codes: Sequence[str]) -> bool:
    """The part itself, one within it, or one that it stands in."""
    return any(code == one or code.startswith(f"{one}-") or one.startswith(f"{code}-") for one in codes)
