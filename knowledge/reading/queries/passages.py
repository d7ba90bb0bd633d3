"""Questions that the document answers in words: the passages that speak of what is asked, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.question import Ask, Question
from knowledge.reading.evidence import QUESTION, counted
from knowledge.reading.pieces import Pieces, once
from knowledge.reading.queries.candidate import Candidate, base, cues
from knowledge.reading.queries.named import initiatives_meant, refs_meant
from knowledge.reading.text import compounds

LIKE_ENOUGH, HELD_ENOUGH = 0.34, 0.62


AS_WELL = 0.92


MOST_PASSAGES = 4


SHORT_CHAPTER = 420


LEAST_LIKENESS, LEAST_HELD = 0.2, 0.45


ASKED_BESIDE_THE_PLAN = ("cost", "contact", "company", "procedure", "opening")


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
    tokens = [
        t for clause in p.focus for t in p.text.tokens_in(clause.start, clause.end) if not p.is_taken(t)
    ]
    text = "".join(p.text.text[clause.start : clause.end] for clause in p.focus)
    likeness: dict[str, float] = {}
    held: dict[str, float] = {}
    for match in p.spoken.passages.matches(text, tokens, limit=80):
        counts = 1.0 if match.kind == QUESTION else 0.8
        likeness[match.ref] = max(likeness.get(match.ref, 0.0), match.likeness * counts)
        held[match.ref] = max(held.get(match.ref, 0.0), match.held)
    found = [Heard(ref, like, held[ref]) for ref, like in likeness.items()]
    names = [p.text.text[g[0].start : g[-1].end] for g in compounds(p.content) if len(g) > 1]
    if names:
        found = [
            Heard(
                one.ref,
                one.likeness + min(0.3, 0.15 * sum(name in p.spoken.said_of(one.ref) for name in names)),
                one.held,
            )
            for one in found
        ]
    if p.named_codes:
        codes = {one.code for one in p.named_codes}
        found = [one for one in found if any(one.ref.startswith(code) for code in codes)]
    named = initiatives_meant(p)
    if (named and any(link.score > 0.75 and link.by_name for link in p.links)) or p.named_codes:
        inside = [one for one in found if one.ref.partition(":")[0].partition("#")[0] in refs_meant(p)]
        found = [Heard(one.ref, one.likeness + (0.25 if one in inside else 0.0), one.held) for one in found]
    spoken_of = (
        p.last.subjects
        if p.last and not p.named_codes and ((not refs_meant(p) and len(p.content) <= 3) or p.says("carry"))
        else ()
    )
    if spoken_of:
        found = [Heard(one.ref, one.likeness + 0.35 * _is_of(one.ref, spoken_of), one.held) for one in found]
    if p.says("meaning"):
        found = [
            Heard(
                one.ref, one.likeness + 0.2 * (":note:" in one.ref or one.ref.startswith("term:")), one.held
            )
            for one in found
        ]
    found = [one for one in found if one.likeness >= LEAST_LIKENESS or one.held >= LEAST_HELD]
    found.sort(key=lambda one: -one.score)
    return tuple(found)


def _is_of(ref: str, spoken_of: tuple[str, ...]) -> bool:
    return any(ref == one or ref.startswith(f"{one}:") for one in spoken_of)


def texts(p: Pieces) -> Iterator[Candidate]:
    """The passages that may answer, as what they are: a description, an indicator, a step of the cycle, a term, a text."""
    heard = passages_heard(p)
    says_nothing = p.last is None and not p.content and not p.said - _ASKS_ALONE
    if not heard or says_nothing or (p.named_codes and not p.content):
        return
    made: set[tuple[Ask, tuple[str, ...]]] = set()
    for place, best in enumerate(heard[:MOST_PASSAGES]):
        meaning = _question(p, _with_those_close(best, heard[place + 1 :], p))
        if (meaning.asks, meaning.subjects) not in made:
            made.add((meaning.asks, meaning.subjects))
            yield _text(p, best, meaning, place)


_ASKS_ALONE = cues("meaning summary how who when which list")
"""What says that something is asked, and not what."""


def _with_those_close(best: Heard, behind: Sequence[Heard], p: Pieces) -> tuple[str, ...]:
    """The passage, and those like it that answer hardly less well; of dated ones more may be meant."""
    dated = best.ref.startswith(("event:", "meeting:"))
    near = (0.5 if len(_DATES.findall(p.text.text)) > 1 else 0.8) if dated else AS_WELL
    close = [
        one.ref
        for one in behind[: 2 if dated else 1]
        if one.score >= best.score * near and _alike(best.ref, one.ref, p)
    ]
    return tuple(dict.fromkeys([best.ref, *close]))


def _alike(one: str, other: str, p: Pieces) -> bool:
    """Whether two passages are of one sort, so that they may be said together."""
    known = p.known.passage
    return one in known and other in known and known[one].kind == known[other].kind


def _text(p: Pieces, best: Heard, meaning: Question, place: int) -> Candidate:
    sure = max(best.likeness / LIKE_ENOUGH, best.held / HELD_ENOUGH * 0.9)
    fits, lacking, figures = _answers(p, best.ref), _lacking(p, best.ref), _of_figures(p)
    beside = {
        name for name in (*ASKED_BESIDE_THE_PLAN, "actual") if p.says(name) and not _holds(p, best.ref, name)
    }
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


_USES = cues(
        "who target when how reason meaning summary how_many count which starts purpose list "
        "main_measures whole_cycle responsible code procedure cost contact company opening which_year "
        "included indicators members meetings what_is_counted self at_least over individual_plans"
    )  # fmt: skip


def _holds(p: Pieces, ref: str, name: str) -> bool:
    """Whether the passage itself speaks of what this cue asks for."""
    cue = p.cue(name)
    return cue is not None and any(
        ref in p.spoken.passages.holders(t.lemma)
        for t in p.text.tokens_in(cue.start, cue.end)
        if t.carries_meaning
    )


_IN_WORDS = (
    "summary",
    "meaning",
    "who",
    "when",
    "how",
    "reason",
    "purpose",
    "how_many",
    "main_measures",
    "what_is_counted",
)


LACKS, LACKS_UNHEARD, MOST_LACKING = 0.5, 1.0, 2.6


def _lacking(p: Pieces, ref: str) -> float:
    """What it costs that nouns of the question are found nowhere in what is said of this passage."""
    code = ref.partition(":")[0]
    family = code if code[0].isdigit() else ref
    holding = p.spoken.families_holding
    cost = 0.0
    said = p.spoken.said_of(family)
    for group in compounds(p.content):
        held = [family in holding(token.lemma) for token in group]
        apart = all(held) and p.text.text[group[0].start : group[-1].end] not in said
        if len(group) > 1 and any(held) and (not all(held) or apart) and not p.text.english:
            cost += LACKS if apart else LACKS_UNHEARD
    for token in p.content:
        if token.is_noun and not p.spoken.is_ordinary(token.lemma) and family not in holding(token.lemma):
            known = p.spoken.passages.knows(token.lemma) or p.text.english
            cost += LACKS if known else LACKS_UNHEARD
    for number in counted([t for t in p.text.tokens if not p.is_taken(t) and p.in_focus(t.start, t.end)]):
        if number[-1] in "回館校名部台" and family not in holding(number):
            cost += LACKS_UNHEARD
    return min(cost, MOST_LACKING)


@once
def _of_figures(p: Pieces) -> float:
    """What it costs that figures are spoken of: years are named, or the conversation is about figures."""
    if p.says(*_IN_WORDS) and not (p.years.is_named and p.says("target", "money")):
        return 0.0
    named = bool(p.years.single or (p.years.is_named and p.says("money", "target"))) and bool(refs_meant(p))
    before = p.last is not None and p.last.asks in (
        Ask.FIGURES,
        Ask.SUM,
        Ask.INDICATORS,
        Ask.RANK,
        Ask.COMPARE,
        Ask.SHARE,
    )
    return 1.6 * named + 1.2 * before + 1.2 * bool(p.says("money") and refs_meant(p))


_KINDS = {Ask.PROCESS: "proc", Ask.DESCRIBE: "desc", Ask.INDICATORS: "ind", Ask.TERM: "term"}


_A_DATE = re.compile(r"[0-9]+年|[0-9]月|令和")
_COUNTER = re.compile(
    r"何(社|館|台|部|校|回|団体|日|時間|名|箇所|か所|人|件|本|年間|%|パーセント|割|歳|戸|世帯|軒)"
)


def _answers(p: Pieces, ref: str) -> bool:
    """Whether the passage holds the type of thing asked for: 何館 wants a number of 館."""
    passage = p.known.passage.get(ref)
    written = (
        passage.text if passage else next((t.text for t in p.known.terms if f"term:{t.name}" == ref), "")
    )
    if not written:
        return True
    dated = _A_DATE.search(p.spoken.fold(written + (passage.title if passage else "")))
    if p.says("when") and not p.says("summary") and not ref.startswith("phase:") and not dated:
        return False
    asked = _COUNTER.findall(p.text.text)
    text = p.known.vocabulary.plain(written)
    return all(
        re.search(rf"[0-9〇○][0-9〇○.]*(?:%|割)?{counter}", text)
        or (counter in ("パーセント", "割") and "%" in text)
        for counter in asked
    )


@once
def _is_bare(p: Pieces) -> bool:
    """Whether nothing but a name is said, so that anything may be asked of it."""
    inside = all(any(link.start <= t.start and t.end <= link.end for link in p.links) for t in p.content)
    return (
        bool(p.links)
        and inside
        and not p.says("summary", "meaning", "who", "when", "how", "reason", "purpose", "how_many")
    )


def _question(p: Pieces, refs: tuple[str, ...]) -> Question:
    first = refs[0]
    known = p.known
    if "#" in first and known.indicator(first):
        return base(p, Ask.INDICATORS, subjects=tuple(ref for ref in refs if "#" in ref), effect=False)
    if first.startswith("term:"):
        return base(p, Ask.TERM, subjects=(first,))
    if first.startswith("phase:"):
        phases = tuple(
            dict.fromkeys(":".join(ref.split(":")[:2]) for ref in refs if ref.startswith("phase:"))
        )
        return base(p, Ask.PROCESS, subjects=phases)
    code = first.partition(":")[0]
    if first.endswith(":measures"):
        return base(p, Ask.DESCRIBE, subjects=(code,), topic=p.text.text)
    if first in known.plan.by_code and not first.startswith("柱"):
        same = tuple(ref for ref in refs if ref in known.plan.by_code)
        return base(p, Ask.DESCRIBE, subjects=same, topic=p.text.text)
    if first.endswith(":measure"):
        return base(p, Ask.DESCRIBE, subjects=(code,), what="measure", topic=p.text.text)
    return base(
        p, Ask.PASSAGE, subjects=_with_neighbours(tuple(ref for ref in refs if ref in known.passage), p)
    )


def _with_neighbours(refs: tuple[str, ...], p: Pieces) -> tuple[str, ...]:
    """A short chapter is given whole: its sentences belong together."""
    first = p.known.passage[refs[0]]
    if not first.reference.startswith("section:"):
        return refs
    chapter = [one for one in p.known.passages_in[first.section] if one.reference.startswith("section:")]
    if sum(len(one.text) for one in chapter) > SHORT_CHAPTER:
        return refs
    return (first.reference, *(one.reference for one in chapter if one.reference != first.reference))
