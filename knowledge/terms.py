"""The terms that a plan explains: its ※ notes and definitions, and what it glosses in brackets (DB（デザインビルド…）)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.plan.plan import Note, Plan
from knowledge.search.passages import DocumentPassage

_NAME = r"[A-Za-z][A-Za-z\-]*[A-Za-z]|[ァ-ヺー]{3,}[一-龠]*|[一-龠]{2,8}"
_GLOSS = re.compile(rf"({_NAME})[（(]([^（）()]{{2,40}})[）)]")
_ACRONYM = re.compile(r"[A-Za-z][A-Za-z\-]{1,11}")
_SENTENCE = re.compile(r"[^。]*。?")


@dataclass(frozen=True, slots=True)
class Term:
    """A term, the plan's words that explain it, and the passage they stand in.

    `also` are its other names, `parts` the terms that make it up (a logic model's 投入, 活動, 産出, 効果).
    """

    name: str
    text: str
    reference: str
    also: tuple[str, ...] = ()
    parts: tuple[Note, ...] = ()


def terms_of(plan: Plan, passages: Iterable[DocumentPassage]) -> tuple[Term, ...]:
    """Every term once: a note or definition before a gloss, an earlier gloss before a later one."""
    passages = tuple(passages)
    known: dict[str, Term] = {}
    taken: set[str] = set()
    for term in (*_defined(plan, passages), *_noted(plan), *_glossed(passages)):
        if term.name not in taken:
            known[term.name] = term
            taken |= {term.name, *term.also}
    return tuple(known.values())


def _defined(plan: Plan, passages: tuple[DocumentPassage, ...]) -> Iterator[Term]:
    for note in plan.terms:
        holder = next((one for one in passages if note.text[:12] in one.text), None)
        if holder is not None:
            outside, _, inside = note.term.partition("（")
            also = tuple(filter(None, re.split("[：、]", inside.rstrip("）"))))
            yield Term(
                note.term,
                note.text,
                holder.reference,
                also=(outside, *also) if inside else (),
                parts=_parts(note, plan),
            )


def _parts(note: Note, plan: Plan) -> tuple[Note, ...]:
    """What a picture called 〈term〉の構成 consists of: the definitions that follow the term's own."""
    pictured = any(
        picture.startswith(f"{note.term}の") for section in plan.sections for picture in section.pictures
    )
    return plan.terms[plan.terms.index(note) + 1 :] if pictured else ()


def _noted(plan: Plan) -> Iterator[Term]:
    for initiative in plan.initiatives:
        for number, note in enumerate(initiative.notes, start=1):
            yield Term(note.term, note.text, f"{initiative.code}:note:{number}")


def _glossed(passages: tuple[DocumentPassage, ...]) -> Iterator[Term]:
    for passage in passages:
        if passage.kind in ("contents", "meeting", "event", "front", "member"):
            continue
        for match in _GLOSS.finditer(passage.text):
            sentence = _sentence_around(passage.text, match.start())
            yield Term(match[1], sentence, passage.reference)
            if _ACRONYM.fullmatch(match[2]):
                yield Term(match[2], sentence, passage.reference, also=(match[1],))


def _sentence_around(text: str, at: int) -> str:
    for match in _SENTENCE.finditer(text):
        if match.start() <= at < match.end():
            return match[0].strip()
    return text
