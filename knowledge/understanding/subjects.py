"""Which things a question is about: codes before names, and of names those that explain most of what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.known import Known
from knowledge.mentions import CodeMention, Mentions
from knowledge.names import Found, Kind
from knowledge.plan.plan import Initiative, MarkKind, code_order

_CLOSE = 0.88
_NAMED_IN_FULL = 0.9
_STRONG_SHARE = 0.42
_STRONG_BESIDE = 0.85
_MOST_SUBJECTS = 6
FIGURE_KINDS = frozenset({Kind.INITIATIVE, Kind.ITEM, Kind.PILLAR, Kind.INDICATOR})


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing asked about, and where in the text it was named; several refs when names are equally close."""

    refs: tuple[str, ...]
    start: int
    end: int
    found: tuple[Found, ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        return len(self.refs) > 1


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a text names, in the order in which it names it; `unknown` are codes that the plan does not hold."""

    coded: tuple[Subject, ...]
    named: tuple[Subject, ...]
    unknown: tuple[str, ...]

    @property
    def all(self) -> tuple[Subject, ...]:
        return self.coded or self.named

    @property
    def refs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ref for subject in self.all for ref in subject.refs))

    @property
    def found(self) -> tuple[Found, ...]:
        return tuple(found for subject in self.named for found in subject.found)

    @property
    def ambiguous(self) -> Subject | None:
        return next((subject for subject in self.all if subject.is_ambiguous), None)


def find_subjects(mentions: Mentions, known: Known, kinds: Iterable[Kind] = FIGURE_KINDS) -> Subjects:
    """The subjects of those kinds."""
    coded = [_refined(one, mentions, known) for one in mentions.codes if one.code in known.plan.by_code]
    unknown = tuple(dict.fromkeys(one.code for one in mentions.codes if one.code not in known.plan.by_code))
    return Subjects(tuple(_coded(coded)), tuple(_named(mentions, known, frozenset(kinds))), unknown)


def _refined(mention: CodeMention, mentions: Mentions, known: Known) -> CodeMention:
    """An item whose indicator is named beside it (1-2の満足度): that indicator."""
    if known.item(mention.code) is None:
        return mention
    within = [one for one in mentions.names if one.ref.startswith((f"{mention.code}-", f"{mention.code}#"))]
    named = within and within[0].kind is Kind.INDICATOR and _is_strong(within[0], known)
    alone = len(within) < 2 or within[1].kind is Kind.INDICATOR or within[1].weight < within[0].weight
    return replace(mention, code=within[0].ref) if named and alone else mention


def _coded(codes: Sequence[CodeMention]) -> Iterable[Subject]:
    seen: set[str] = set()
    for one in codes:
        if one.code not in seen:
            seen.add(one.code)
            yield Subject((one.code,), one.start, one.end)


def _named(mentions: Mentions, known: Known, kinds: frozenset[Kind]) -> list[Subject]:
    """Greedily: the name that explains most, then what the rest of the text names besides."""
    candidates = [one for one in mentions.names if one.kind in kinds and _is_strong(one, known)]
    chosen: list[Subject] = []
    while candidates and len(chosen) < _MOST_SUBJECTS:
        subject = _best(candidates, known)
        if not chosen or not subject.is_ambiguous:
            chosen.append(subject)
        taken = [run for found in subject.found for run in found.runs]
        remaining = [left for one in candidates if (left := one.without(taken)) is not None]
        candidates = sorted(
            (one for one in remaining if one.weight >= known.names.rarest * _STRONG_BESIDE),
            key=lambda one: (-one.weight, -one.coverage),
        )
    return sorted(chosen, key=lambda subject: subject.start)


def _best(candidates: list[Found], known: Known) -> Subject:
    top = candidates[0]
    close = [one for one in candidates if one.weight >= top.weight * _CLOSE and _overlaps(one, top.runs)]
    full = [one for one in close if one.coverage >= _NAMED_IN_FULL]
    if full and len(full) < len(close):
        close = full
    close.sort(key=lambda one: code_order(one.ref))
    start = min(start for one in close for start, _ in one.runs)
    end = max(end for one in close for _, end in one.runs)
    return Subject(tuple(one.ref for one in close), start, end, tuple(close))


def _is_strong(found: Found, known: Known) -> bool:
    return found.weight >= known.names.rarest * _STRONG_SHARE


def _overlaps(found: Found, runs: Sequence[tuple[int, int]]) -> bool:
    return any(start < other_end and other < end for start, end in found.runs for other, other_end in runs)


def decided(subjects: Subjects, known: Known, mentions: Mentions) -> Subjects:
    """Where figures are asked for, names equally close are told apart by which of them has such figures."""
    effect = mentions.says("effect") and not mentions.says("count")

    def one(subject: Subject) -> Subject:
        refs = subject.refs
        if subject.is_ambiguous:
            refs = tuple(ref for ref in refs if not effect or "#" not in ref) or refs
            refs = _of_unit(refs, known, mentions)
            refs = with_figures(refs, known, effect) if len(refs) > 1 else refs
        return replace(subject, refs=refs)

    return replace(subjects, named=tuple(one(subject) for subject in subjects.named))


def _of_unit(refs: Sequence[str], known: Known, mentions: Mentions) -> tuple[str, ...]:
    """Of indicators the one whose unit the text counts in (何件, 5万件)."""
    units = {ref: found[1].unit for ref in refs if (found := known.indicator(ref)) and found[1].unit}
    fitting = tuple(
        ref for ref, unit in units.items() if re.search(rf"[0-9何万千百]{re.escape(unit)}", mentions.text)
    )
    return fitting if len(fitting) == 1 else tuple(refs)


def with_figures(refs: Sequence[str], known: Known, effect: bool) -> tuple[str, ...]:
    """Of equally close names those that have figures of the kind asked; all of them when that decides nothing."""

    def fits(initiative: Initiative | None) -> bool:
        if initiative is None or initiative.targets is None or not initiative.targets.is_set:
            return False
        return not effect or initiative.targets.measure.is_effect_amount

    fitting = tuple(ref for ref in refs if fits(known.initiative(ref)))
    return fitting if len(fitting) == 1 else tuple(refs)


def one_of_relisted(refs: Sequence[str], known: Known) -> tuple[str, ...]:
    """Of a pair whose text the plan lists twice the place that is not the relisted one."""
    parts = [known.initiative(ref) for ref in refs]
    relisted = {one.code for one in parts if one and one.has(MarkKind.RELISTED)}
    refers = {mark.refers_to for one in parts if one for mark in one.marks}
    if len(refs) == 2 and relisted and refers.intersection(refs):
        return tuple(ref for ref in refs if ref not in relisted)
    return tuple(refs)


def with_amounts(initiative: Initiative | None) -> bool:
    """Whether effect amounts stand in the initiative's row."""
    row = initiative.targets if initiative else None
    return row is not None and row.is_set and row.measure.is_effect_amount
