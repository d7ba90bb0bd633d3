"""Questions that the document answers in words: the passages that speak of what is asked, and how surely."""

from __future__ import annotations

import re

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.question import Ask, OutOfPlan, Question
from knowledge.reading.compose import COUNTED, OPERATIONS, Candidate, counts_otherwise, base, initiatives_meant, refs_meant, wants_money
from knowledge.reading.evidence import QUESTION, counted
from knowledge.reading.pieces import Pieces
from knowledge.reading.text import compounds

LIKE_ENOUGH, HELD_ENOUGH = 0.34, 0.62
AS_WELL = 0.92
MOST_PASSAGES = 4
SHORT_CHAPTER = 420
LEAST_LIKENESS, LEAST_HELD = 0.2, 0.45
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
    names = [p.text.text[g[0].start : g[-1].end] for g in compounds(p.content) if len(g) > 1]
    if names:
        found = [Heard(one.ref, one.likeness + min(0.3, 0.15 * sum(name in p.spoken.said_of(one.ref) for name in names)), one.held) for one in found]
    if p.named_codes:
        codes = {one.code for one in p.named_codes}
        found = [one for one in found if any(one.ref.startswith(code) for code in codes)]
    named = initiatives_meant(p)
    if named and any(link.score > 0.75 and link.by_name for link in p.links) or p.named_codes:
        inside = [one for one in found if one.ref.partition(":")[0].partition("#")[0] in refs_meant(p)]
        found = [Heard(one.ref, one.likeness + (0.25 if one in inside else 0.0), one.held) for one in found]
    spoken_of = p.last.subjects if p.last and not p.named_codes and (not refs_meant(p) and len(p.content) <= 3 or p.says("carry")) else ()
    if spoken_of:
        found = [Heard(one.ref, one.likeness + 0.35 * _is_of(one.ref, spoken_of), one.held) for one in found]
    if p.says("meaning"):
        found = [Heard(one.ref, one.likeness + 0.2 * (":note:" in one.ref or one.ref.startswith("term:")), one.held) for one in found]
    found = [one for one in found if one.likeness >= LEAST_LIKENESS or one.held >= LEAST_HELD]
    found.sort(key=lambda one: -one.score)
    return tuple(found)


def _is_of(ref: str, spoken_of: tuple[str, ...]) -> bool:
    return any(ref == one or ref.startswith(f"{one}:") for one in spoken_of)


def texts(p: Pieces) -> Iterator[Candidate]:
    """The passages that may answer, as what they are: a description, an indicator, a step of the cycle, a term, a text."""
    heard = passages_heard(p)
    if not heard or (p.named_codes and not p.content):
        return
    made: set[tuple[Ask, tuple[str, ...]]] = set()
    for place, best in enumerate(heard[:MOST_PASSAGES]):
        dated = best.ref.startswith(("event:", "meeting:"))
        behind = heard[place + 1 : place + (3 if dated else 2)]
        near = (0.5 if len(_DATES.findall(p.text.text)) > 1 else 0.8) if dated else AS_WELL
        close = tuple(dict.fromkeys([best.ref, *(one.ref for one in behind if one.score >= best.score * near and _alike(best.ref, one.ref, p))]))
        meaning = _question(p, close)
        if (meaning.asks, meaning.subjects) not in made:
            made.add((meaning.asks, meaning.subjects))
            yield _text(p, best, meaning, place)


def _alike(one: str, other: str, p: Pieces) -> bool:
    """Whether two passages are of one sort, so that they may be said together."""
    known = p.known.passage
    return one in known and other in known and known[one].kind == known[other].kind


def _text(p: Pieces, best: Heard, meaning: Question, place: int) -> Candidate:
    sure = max(best.likeness / LIKE_ENOUGH, best.held / HELD_ENOUGH * 0.9)
    fits, lacking, figures = _answers(p, best.ref), _lacking(p, best.ref), _of_figures(p)
    beside = {name for name in (*_ASKED_BESIDE_THE_PLAN, "actual") if p.says(name) and not _holds(p, best.ref, name)}
    bonus = min(2.6, 2.2 * (sure - 1.0)) + 0.4 - 2.6 * (not fits) - 0.8 * _is_bare(p) - 1.5 * (not p.content)
    bonus -= lacking + figures + 1.2 * bool(beside) + 0.8 * bool(p.months) + 0.4 * bool(place)
    kind = max(("text", _KINDS.get(meaning.asks, "text")), key=lambda name: p.kinds.get(name, -9.0))
    measured = {
        "text:likeness": best.likeness, "text:held": best.held, "text:unfit": float(not fits), "text:lacking": lacking,
        "text:figures": figures, "text:beside": float(bool(beside)), "text:place": float(place), "text:bare": float(_is_bare(p)),
        "text:empty": float(not p.content), "text:weak": float(best.likeness < 0.25), "text": 1.0,
    }  # fmt: skip
    return Candidate(kind, meaning, _USES - beside, bonus, measured=measured)


_DATES = re.compile(r"何年何月|何月|いつ|何日|月[とをは]")
_USES = frozenset(
    {
        "who", "target", "when", "how", "reason", "meaning", "summary", "how_many", "count", "which", "starts", "purpose", "list",
        "main_measures", "whole_cycle", "responsible", "code", "procedure", "cost", "contact", "company", "opening", "which_year",
        "included", "indicators", "members", "meetings", "what_is_counted", "self", "at_least", "over", "individual_plans",
    }
)  # fmt: skip


def _holds(p: Pieces, ref: str, name: str) -> bool:
    """Whether the passage itself speaks of what this cue asks for."""
    cue = p.cue(name)
    held = p.spoken.passages.lemmas_of.get(ref, {})
    return cue is not None and any(t.lemma in held for t in p.text.tokens_in(cue.start, cue.end) if t.carries_meaning)


_IN_WORDS = ("summary", "meaning", "who", "when", "how", "reason", "purpose", "how_many", "main_measures", "what_is_counted")
LACKS, LACKS_UNHEARD, MOST_LACKING = 0.5, 1.0, 2.6


def _lacking(p: Pieces, ref: str) -> float:
    """What it costs that nouns of the question are found nowhere in what is said of this passage."""
    code = ref.partition(":")[0]
    every = p.spoken.passages.lemmas_of.items()
    family = [held for other, held in every if other == ref or (code[0].isdigit() and other.partition(":")[0] == code)]
    cost = 0.0
    said = p.spoken.said_of(code if code[0].isdigit() else ref)
    for group in compounds(p.content):
        held = [any(token.lemma in one for one in family) for token in group]
        apart = all(held) and p.text.text[group[0].start : group[-1].end] not in said
        if len(group) > 1 and any(held) and (not all(held) or apart) and not p.text.english:
            cost += LACKS if apart else LACKS_UNHEARD
    for token in p.content:
        if token.is_noun and not p.spoken.is_ordinary(token.lemma) and not any(token.lemma in held for held in family):
            known = p.spoken.passages.knows(token.lemma) or p.text.english
            cost += LACKS if known else LACKS_UNHEARD
    for number in counted([t for t in p.text.tokens if not p.is_taken(t) and p.in_focus(t.start, t.end)]):
        if number[-1] in "回館校名部台" and not any(number in held for held in family):
            cost += LACKS_UNHEARD
    return min(cost, MOST_LACKING)


def _of_figures(p: Pieces) -> float:
    """What it costs that figures are spoken of: years are named, or the conversation is about figures."""
    if p.says(*_IN_WORDS) and not (p.years.is_named and p.says("target", "money")):
        return 0.0
    named = bool(p.years.single or p.years.is_named and p.says("money", "target")) and bool(refs_meant(p))
    before = p.last is not None and p.last.asks in (Ask.FIGURES, Ask.SUM, Ask.INDICATORS, Ask.RANK, Ask.COMPARE, Ask.SHARE)
    return 1.6 * named + 1.2 * before + 1.2 * bool(p.says("money") and refs_meant(p))


_KINDS = {Ask.PROCESS: "proc", Ask.DESCRIBE: "desc", Ask.INDICATORS: "ind", Ask.TERM: "term"}
_COUNTER = re.compile(r"何(社|館|台|部|校|回|団体|日|時間|名|箇所|か所|人|件|本|年間|%|パーセント|割|歳|戸|世帯|軒)")


def _answers(p: Pieces, ref: str) -> bool:
    """Whether the passage holds the type of thing asked for: 何館 wants a number of 館."""
    passage = p.known.passage.get(ref)
    written = passage.text if passage else next((t.text for t in p.known.terms if f"term:{t.name}" == ref), "")
    if not written:
        return True
    if p.says("when") and not p.says("summary") and not ref.startswith("phase:"):
        if not re.search(r"[0-9]+年|[0-9]月|令和", p.spoken.fold(written + (passage.title if passage else ""))):
            return False
    asked = _COUNTER.findall(p.text.text)
    text = p.known.vocabulary.plain(written)
    return all(re.search(rf"[0-9〇○][0-9〇○.]*(?:%|割)?{counter}", text) or counter in ("パーセント", "割") and "%" in text for counter in asked)


def _is_bare(p: Pieces) -> bool:
    """Whether nothing but a name is said, so that anything may be asked of it."""
    inside = all(any(link.start <= t.start and t.end <= link.end for link in p.links) for t in p.content)
    return bool(p.links) and inside and not p.says("summary", "meaning", "who", "when", "how", "reason", "purpose", "how_many")


def _question(p: Pieces, refs: tuple[str, ...]) -> Question:
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
    return base(p, Ask.PASSAGE, subjects=_with_neighbours(tuple(ref for ref in refs if ref in known.passage), p))


def _with_neighbours(refs: tuple[str, ...], p: Pieces) -> tuple[str, ...]:
    """A short chapter is given whole: its sentences belong together."""
    first = p.known.passage[refs[0]]
    if not first.reference.startswith("section:"):
        return refs
    chapter = [one for one in p.known.passages_in[first.section] if one.reference.startswith("section:")]
    if sum(len(one.text) for one in chapter) > SHORT_CHAPTER:
        return refs
    return (first.reference, *(one.reference for one in chapter if one.reference != first.reference))


def _other_body(p: Pieces) -> str:
    """A body of the plan, other than the one whose members the appendix prints."""
    appendix = p.known.plan.appendix
    listed = p.spoken.fold(appendix.body) if appendix else ""
    for phase in p.known.plan.phases:
        for actor in phase.actors:
            name = p.spoken.fold(actor).partition("(")[0]
            if name and name in p.text.text and name not in listed:
                return actor
    return ""


def refusals(p: Pieces) -> Iterator[Candidate]:
    """What the plan does not hold."""
    language = "en" if p.text.english else "ja"
    nearest = tuple(ref for ref in refs_meant(p))[:3]
    if any(p.says(name) for name in _ASKED_BESIDE_THE_PLAN):
        names = [name for name in _ASKED_BESIDE_THE_PLAN if p.says(name)]
        cues = [cue for cue in p.cues if cue.name in names]
        words = tuple(p.text.folded.as_written(cue.start, cue.end) for cue in cues)
        yield Candidate("out", OutOfPlan("absent", words, nearest, language=language), frozenset({*names, "money", "who", "when", "how", "how_many", "count", "which", "list", "sum", "responsible", "reason", "summary"}), 0.9)
    if p.says("reason") and refs_meant(p) and (wants_money(p) or p.years.is_named or p.says("target", "negative")):
        yield Candidate("text", OutOfPlan("reason", (), nearest, language=language), frozenset({"reason", "money", "negative", "falling", "rising", "target", "how", "when"}), 0.6)
    if p.foreign_measure:
        yield Candidate("out", OutOfPlan("absent", (p.foreign_measure,), nearest, language=language), frozenset({*_ASKED_BESIDE_THE_PLAN, "money", "who", "when", "how", "how_many", "count", "which", "list", "share", "every_year", "actual", "sum", "difference"}), 0.9)
    if p.says("members") and (body := _other_body(p)):
        yield Candidate("out", OutOfPlan("absent", (body,), nearest, language=language), frozenset({"members", "who", "list", "count", "how_many"}), 2.6)
    if refs_meant(p) and counts_otherwise(initiatives_meant(p), p):
        asked = COUNTED.search(p.text.text)
        words = (asked[0],) if asked else ()
        yield Candidate("out", OutOfPlan("absent", words, nearest, language=language), frozenset({"count", "how_many", "target", "when", "list", "money"}), 0.8)
    if p.says("actual", "progress"):
        cue = p.cue("actual", "progress")
        words = (p.text.folded.as_written(cue.start, cue.end),) if cue else ()
        yield Candidate("act", OutOfPlan("actual", words, nearest, language=language), frozenset({"actual", "money", "five_year_total", "difference", "share", "over", "list", "count", "when", "which", "how_many", "sum", "every_year", "how", "indicators", "check", "target", "progress"}), 0.9 if p.says("actual") else 0.3)
    if p.says("responsible") and not p.says("sum"):
        cue = p.cue("responsible")
        assert cue is not None
        words = (p.text.folded.as_written(cue.start, cue.end),)
        yield Candidate("own", OutOfPlan("absent", words, nearest, language=language), frozenset({"responsible", "who", "list", "contact"}), 0.4)
    if cue := p.cue("cannot"):
        words = (p.text.folded.as_written(cue.start, cue.end),)
        yield Candidate("out", OutOfPlan("words", words, nearest, language=language), OPERATIONS, 2.5)
    if p.foreign_city:
        yield Candidate("out", OutOfPlan("absent", (p.foreign_city,), (), language=language), OPERATIONS, 2.8)
    missing = p.as_said(p.unexplained)
    yield Candidate("out", OutOfPlan("words" if missing else "topic", missing, nearest, language=language), frozenset({"who", "when", "how", "how_many", "count", "which", "list", "reason", "summary", "meaning"}), -0.1 + 0.4 * bool(missing))


__all__ = ["passages_heard", "refusals", "texts", "wants_money"]
