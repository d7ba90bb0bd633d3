"""The lines of the corpus as questions to the plan: placeholders filled in a fixed way, labelled by kind and subject."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.known import Known
from knowledge.question import OutOfPlan, Question
from knowledge.reading import candidates, rank
from knowledge.reading.corpus import CORPUS
from knowledge.reading.evidence import NAME
from knowledge.reading.knowing import Spoken, spoken_of
from knowledge.reading.pieces import find_pieces
from knowledge.reading.queries.candidate import Candidate
from tests.training.labelled import Labelled, Reading

SOURCE = "corpus"
TODAY = date(2023, 6, 1)
# What a line of each kind may be read as.
ASKS: Mapping[str, frozenset[str]] = {
    kind: frozenset(asks.split())
    for kind, asks in {
        "fig": "figures two", "sum": "sum two", "avg": "average", "rank": "rank two", "ranky": "rank_years years",
        "count": "count", "list": "list describe figures", "chg": "change", "cmp": "compare", "share": "share",
        "claim": "figures sum indicators change compare", "incl": "included", "acct": "account",
        "ind": "indicators", "desc": "describe passage", "meas": "main_measures", "purp": "purpose describe",
        "proc": "process", "term": "term", "page": "page", "greet": "greeting", "help": "greeting",
    }.items()
}  # fmt: skip
BESIDE_THE_PLAN = ("out", "act")
OF_MONEY = frozenset(("fig", "sum", "avg", "rank", "ranky", "chg", "cmp", "share", "claim", "incl"))
NEED_NO_SUBJECT = frozenset(("out", "greet", "help", "proc", "rank", "list", "count", "act", "sum"))
ONE_SUBJECT_WILL_DO = frozenset(("share", "incl", "list", "count", "sum"))
TITLES = 6
"""A title stands this many times beside the nicknames of an initiative."""


@dataclass(frozen=True)
class Filler:
    """What the placeholders stand for in one plan; the same line is always filled alike."""

    spoken: Spoken

    def filled(self, kind: str, marked: str) -> tuple[str, tuple[str, ...]]:
        """The question of a line, and the codes that were put into it."""
        text = re.sub(r"[{}\[\]]", "", marked)
        is_english = len(re.findall("[a-z]", text)) > len(re.findall("[ぁ-ん]", text))
        seed, codes, pieces = zlib.crc32(marked.encode()), list[str](), list[str]()
        for at, char in enumerate(text):
            choice = zlib.crc32(f"{seed} {at}".encode())
            code = self._code(char, kind in OF_MONEY, choice)
            codes += [code] if code else []
            pieces.append(self._words(char, code, is_english, choice // 7919))
        return "".join(pieces), tuple(codes)

    def _code(self, char: str, of_money: bool, choice: int) -> str:
        plan = self.spoken.known.plan
        with_amounts = [
            one
            for one in plan.initiatives
            if (row := one.targets) and row.is_set and row.measure.is_effect_amount
        ]
        rich = {one.code.rpartition("-")[0] for one in with_amounts}
        pools: Mapping[str, Sequence[str]] = {
            "κ": [one.code for one in (with_amounts if of_money else plan.initiatives)],
            "ι": [one.code for one in plan.items if one.code in rich or not of_money],
            "π": [one.code for one in plan.pillars if any(item.code in rich for item in one.items)],
        }
        pool = pools.get("κ" if char == "ν" else char, ())
        return pool[choice % len(pool)] if pool else ""

    def _words(self, char: str, code: str, is_english: bool, choice: int) -> str:
        years = self.spoken.known.plan.years
        written = [f"FY{year.western}" if is_english else year.label for year in years]
        if char == "ν":
            names = self._names(code)
            fitting = [name for name in names if name.isascii() is is_english] or names
            return fitting[choice % len(fitting)]
        if char == "η":
            return (written + [year.short for year in years])[choice % (2 * len(years))]
        return ("15,000千円", "2,000万円", "3千万円")[choice % 3] if char == "α" else code or char

    def _names(self, code: str) -> list[str]:
        title = next(one.title for one in self.spoken.known.plan.initiatives if one.code == code)
        return [words for kind, ref, words in self.spoken.lines if kind == NAME and ref == code] + [
            title
        ] * TITLES


def labelled_lines(known: Known) -> Iterator[Labelled]:
    """Every line whose kind tells how it must be read."""
    spoken = spoken_of(known)
    filler = Filler(spoken)
    for kind, marked in lines():
        text, codes = filler.filled(kind, marked)
        if not codes and kind not in NEED_NO_SUBJECT:
            continue
        pieces = find_pieces(text, spoken, TODAY, ())
        readings = []
        for one in candidates(pieces):
            unused = rank.unused_by(one, pieces)
            right = is_as_labelled(kind, codes, one, known)
            readings.append(
                Reading(rank.by_hand(one, pieces, unused), rank.features(one, pieces, unused), right)
            )
        yield Labelled(SOURCE, tuple(readings))


def lines() -> Iterator[tuple[str, str]]:
    """Kind and text of the lines that can teach; what lies beside the plan only where it is marked."""
    for file in sorted(CORPUS.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            kind, _, marked = line.partition("|")
            if (
                (kind in ASKS or kind in BESIDE_THE_PLAN)
                and "σ" not in marked
                and (kind != "out" or "[" in marked)
            ):
                yield kind, marked


def is_as_labelled(kind: str, codes: Sequence[str], one: Candidate, known: Known) -> bool:
    """Whether a candidate is of the line's kind and of its subjects; the two places of one initiative count alike."""
    meaning = one.meaning
    if kind in BESIDE_THE_PLAN:
        return isinstance(meaning, OutOfPlan) and (kind == "out" or meaning.why == "actual")
    if not isinstance(meaning, Question) or meaning.asks.value not in ASKS[kind]:
        return False
    named = {*meaning.subjects, *(subject for part in meaning.parts for subject in part.subjects)}
    found = [code in named or bool(named & _other_places(code, known)) for code in codes]
    return not codes or (any(found) if kind in ONE_SUBJECT_WILL_DO else all(found))


def _other_places(code: str, known: Known) -> set[str]:
    refers_to = {
        mark.refers_to
        for one in known.plan.initiatives
        if one.code == code
        for mark in one.marks
        if mark.refers_to
    }
    return refers_to | {one.code for one in known.referring_to.get(code, ())}
