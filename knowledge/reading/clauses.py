"""A text cut into clauses, and which of them ask: the others only say who is asking, why and how urgently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.reading.model import model

_CONTEXT_BY = 0.0
_INTERROGATIVE = re.compile(
    r"いくら|何[件人年月割円%時社名倍番]|のか|でしょうか|どれ|どの|どっち|どちら|誰が|どこが|[?？]"
)
_REQUEST = re.compile(
    r"を[^、。]{0,12}?(?:教え|お?知らせ|ご?教示|示し|示さ|知りた|知って|ご?確認|ください|下さい|頂戴|伺い|見せ|出して|挙げ|並べ|くれ|頼む|欲し|ほし)"
)
_ASKS_BY, _REQUESTS_BY = 1.2, 1.0
_TOPIC = re.compile(
    r"(?:の件[^、。]{0,10}|の話|について|につきまして|に関して|のやつ|ですが|なんですが|だけど|ですけど)[、。,]*$"
)
_BARE_TOPIC = re.compile(r"[一-龠ァ-ヺー)」]、$")
Mark = tuple[int, int, str]

_END = re.compile(
    r"[。．！!？?\n]+|、|,(?![0-9])|(?<=[ぁ-ん])ので、|(?<=[ぁ-ん])けど|--+|[;:：](?![0-9])|(?<=[a-z])\. |\.\.\.|…"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at [start, end) of the folded text; `closed` by what stands behind it."""

    start: int
    end: int


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a folded text, each with the mark that ends it."""
    start = 0
    for match in _END.finditer(text):
        if text[start : match.start()].strip():
            yield Clause(start, match.end())
            start = match.end()
    if text[start:].strip():
        yield Clause(start, len(text))


def masked(text: str, marks: Sequence[Mark], spans: Sequence[Clause]) -> str:
    """The spans with what is the plan's own put as its mark (κ a code, η a year, ν a name)."""
    made = []
    for span in spans:
        at = span.start
        for start, end, mark in sorted(marks):
            if span.start <= start and end <= span.end and start >= at:
                made += [text[at:start], mark]
                at = end
        made.append(text[at : span.end])
    return re.sub(r"ν(?:[のやをと・、がで]?ν)+", "ν", "".join(made)).strip()


def asking_clauses(text: str, marks: Sequence[Mark] = ()) -> tuple[Clause, ...]:
    """The clauses that ask; a clause that names a topic (〜の件ですが) stays with them, and all where none asks."""
    every = tuple(clauses(text))
    if len(every) < 2:
        return every
    known = model("clauses")
    asking = []
    for clause in every:
        scores = known.log_probabilities(masked(text, marks, [clause]))
        said = text[clause.start : clause.end]
        asks = (
            scores["asks"]
            + _ASKS_BY * bool(_INTERROGATIVE.search(said))
            + _REQUESTS_BY * bool(_REQUEST.search(said))
        )
        if asks >= scores["context"] - _CONTEXT_BY or _TOPIC.search(said) or _BARE_TOPIC.search(said):
            asking.append(clause)
    return tuple(asking) or every
