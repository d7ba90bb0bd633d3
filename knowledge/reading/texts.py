"""Questions that the document answers in words: the passages that speak of what is asked, and how surely."""

from __future__ import annotations

import re

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.question import Ask, OutOfPlan
from knowledge.reading.compose import Candidate, base, initiatives_meant, refs_meant, wants_money
from knowledge.reading.evidence import QUESTION
from knowledge.reading.pieces import Pieces

LIKE_ENOUGH, HELD_ENOUGH = 0.34, 0.62
AS_WELL = 0.92
_ASKED_BESIDE_THE_PLAN = ("cost", "contact", "company", "procedure", "opening")


@dataclass(frozen=True, slots=True)
class Heard:
    """A passage that may answer: how like a question that it answers the text is, how much of the text it holds."""

    ref: str
    likeness: float
    held: float

    @property
    def score(self) -> float:
        return self.likeness + 0.45 * self.held


def passages_heard(p: Pieces) -> tuple[Heard, ...]:
    """The passages that may answer, best first."""
    tokens = [t for clause in p.focus for t in p.text.tokens_in(clause.start, clause.end) if not p.is_taken(t)]
    text = "".join(p.text.text[clause.start : clause.end] for clause in p.focus)
    likeness: dict[str, float] = {}
    held: dict[str, float] = {}
    for match in p.spoken.passages.matches(text, tokens, limit=80):
        counts = 1.0 if match.unit.kind == QUESTION else 0.8
        likeness[match.unit.ref] = max(likeness.get(match.unit.ref, 0.0), match.likeness * counts)
        held[match.unit.ref] = max(held.get(match.unit.ref, 0.0), match.held)
    found = [Heard(ref, like, held[ref]) for ref, like in likeness.items()]
    named = initiatives_meant(p)
    if named and any(link.score > 0.75 and link.by_name for link in p.links) or p.named_codes:
        inside = [one for one in found if one.ref.partition(":")[0].partition("#")[0] in refs_meant(p)]
        found = [Heard(one.ref, one.likeness + (0.25 if one in inside else 0.0), one.held) for one in found]
    found.sort(key=lambda one: -one.score)
    return tuple(found)


def texts(p: Pieces) -> Iterator[Candidate]:
    """The passage that answers, as what it is: a description, an indicator, a step of the cycle, a term, a piece of text."""
    heard = passages_heard(p)
    if not heard:
        return
    best = heard[0]
    sure = max(best.likeness / LIKE_ENOUGH, best.held / HELD_ENOUGH * 0.9)
    bonus = min(2.6, 2.2 * (sure - 1.0)) + 0.4 - 1.6 * (not _answers(p, best.ref)) - 0.8 * _is_bare(p)
    uses = frozenset({"who", "target", "when", "how", "reason", "meaning", "summary", "how_many", "count", "which", "starts", "purpose", "list", "main_measures", "whole_cycle", "responsible", "code", "procedure", "cost", "contact", "company", "opening", "which_year", "indicators", "members", "meetings", "what_is_counted", "self", "at_least", "over"})
    uses -= {name for name in _ASKED_BESIDE_THE_PLAN if p.says(name) and not _holds(p, best.ref, name)}
    close = tuple(dict.fromkeys(one.ref for one in heard[:3] if one.score >= best.score * AS_WELL))
    yield Candidate("text", _question(p, close), uses, bonus)


def _holds(p: Pieces, ref: str, name: str) -> bool:
    """Whether the passage itself speaks of what this cue asks for."""
    cue = p.cue(name)
    held = p.spoken.passages.lemmas_of.get(ref, {})
    return cue is not None and any(t.lemma in held for t in p.text.tokens_in(cue.start, cue.end) if t.carries_meaning)


_COUNTER = re.compile(r"何(館|台|部|校|回|団体|日|時間|名|箇所|か所|人|件|本|年間|%|パーセント|割|歳|戸|世帯|軒)")


def _answers(p: Pieces, ref: str) -> bool:
    """Whether the passage holds the type of thing asked for: 何館 wants a number of 館."""
    passage = p.known.passage.get(ref)
    if passage is None:
        return True
    asked = _COUNTER.findall(p.text.text)
    text = p.known.vocabulary.plain(passage.text)
    return all(re.search(rf"[0-9〇○][0-9〇○.]*(?:%|割)?{counter}", text) or counter in ("パーセント", "割") and "%" in text for counter in asked)


def _is_bare(p: Pieces) -> bool:
    """Whether nothing but a name is said, so that anything may be asked of it."""
    inside = all(any(link.start <= t.start and t.end <= link.end for link in p.links) for t in p.content)
    return bool(p.links) and inside and not p.says("summary", "meaning", "who", "when", "how", "reason", "purpose", "how_many")


def _question(p: Pieces, refs: tuple[str, ...]):  # type: ignore[no-untyped-def]
    first = refs[0]
    known = p.known
    if "#" in first and known.indicator(first):
        return base(p, Ask.INDICATORS, subjects=tuple(ref for ref in refs if "#" in ref), effect=False)
    if first.startswith("term:"):
        return base(p, Ask.TERM, subjects=(first,))
    if first.startswith("phase:"):
        phases = tuple(dict.fromkeys(":".join(ref.split(":")[:2]) for ref in refs if ref.startswith("phase:")))
        return base(p, Ask.PROCESS, subjects=phases)
    code = first.partition(":")[0]
    if first.endswith(":measures"):
        return base(p, Ask.DESCRIBE, subjects=(code,), topic=p.text.text)
    if first in known.plan.by_code and not first.startswith("柱"):
        same = tuple(ref for ref in refs if ref in known.plan.by_code)
        return base(p, Ask.DESCRIBE, subjects=same, topic=p.text.text)
    if first.endswith(":measure"):
        return base(p, Ask.DESCRIBE, subjects=(code,), what="measure", topic=p.text.text)
    return base(p, Ask.PASSAGE, subjects=tuple(ref for ref in refs if ref in known.passage))


def refusals(p: Pieces) -> Iterator[Candidate]:
    """What the plan does not hold."""
    language = "en" if p.text.english else "ja"
    nearest = tuple(ref for ref in refs_meant(p))[:3]
    if any(p.says(name) for name in _ASKED_BESIDE_THE_PLAN):
        names = [name for name in _ASKED_BESIDE_THE_PLAN if p.says(name)]
        cues = [cue for cue in p.cues if cue.name in names]
        words = tuple(p.text.folded.as_written(cue.start, cue.end) for cue in cues)
        yield Candidate("out", OutOfPlan("absent", words, nearest, language=language), frozenset({*names, "who", "when", "how", "how_many", "count", "which", "list", "sum", "responsible", "reason", "summary"}), 0.9)
    if p.says("actual"):
        cue = p.cue("actual")
        assert cue is not None
        words = (p.text.folded.as_written(cue.start, cue.end),)
        yield Candidate("act", OutOfPlan("actual", words, nearest, language=language), frozenset({"actual", "five_year_total", "difference", "share", "over", "list", "count", "when", "which", "how_many", "sum", "every_year", "how", "indicators", "check", "target"}), 0.9)
    if p.says("responsible") and not p.says("sum"):
        cue = p.cue("responsible")
        assert cue is not None
        words = (p.text.folded.as_written(cue.start, cue.end),)
        yield Candidate("own", OutOfPlan("absent", words, nearest, language=language), frozenset({"responsible", "who", "list", "contact"}), 0.4)
    missing = tuple(dict.fromkeys(p.text.folded.as_written(t.start, t.end) for t in p.unexplained))
    yield Candidate("out", OutOfPlan("words" if missing else "topic", missing, nearest, language=language), frozenset({"who", "when", "how", "how_many", "count", "which", "list", "reason", "summary", "meaning"}), -0.4 + 0.5 * bool(missing))


__all__ = ["passages_heard", "refusals", "texts", "wants_money"]
