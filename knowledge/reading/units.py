"""What an edition is spoken of as, written out: titles, names and questions beside the plan, and its passages.

Slow to make, as everything is folded and cut into tokens: `knowing` takes what was compiled where there is such.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from knowledge.known import Known
from knowledge.language_files import read_pairs
from knowledge.plan.plan import Initiative, Pillar, ReformItem
from knowledge.reading.clauses import asking_clauses
from knowledge.reading.evidence import NAME, QUESTION, TITLE, WORDS, Unit
from knowledge.reading.text import compounds, reading_of, settled, tokens_of

ASKED = Path(__file__).parent.parent / "data" / "asked"
_NOT_TEXT = frozenset({"contents"})
_DATED = frozenset({"step", "event", "meeting"})
Line = tuple[str, str, str]
Fold = Callable[[str], str]


def lines_beside(known: Known, folder: Path = ASKED) -> tuple[Line, ...]:
    """What is written beside the plan: (kind, reference, words); nothing beside any plan but its own."""
    about = tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))
    plan = known.plan
    if (plan.issuer, plan.title) != (about["issuer"], about["title"]):
        return ()
    made = []
    for file in sorted(folder.glob("*.txt")):
        kind = NAME if file.name.startswith("names") else QUESTION
        for line in file.read_text(encoding="utf-8").splitlines():
            ref, _, words = line.partition("|")
            if words:
                made.append((kind, ref, words))
    return tuple(made)


def folding(known: Known) -> Fold:
    """The form in which texts of this plan are compared."""
    return lambda words: settled(words, known.vocabulary).text


def part_units(known: Known, lines: Sequence[Line]) -> Iterator[Unit]:
    """Initiatives, reform items and pillars by what they are called and what is asked of them."""
    fold = folding(known)
    plan = known.plan
    yield from _titles(known, fold)
    for passage in known.passages:
        if passage.code and passage.code.count("-") == 2:
            yield Unit(passage.code, WORDS, fold(passage.text))
    for kind, ref, words in lines:
        code = ref.partition(":")[0]
        if code in plan.by_code or ("#" in ref and known.indicator(ref)):
            said = fold(words) if kind == NAME else _asking(fold(words))
            yield Unit(code if code in plan.by_code else ref, kind, said)
    yield from _nicknames(known, fold)


def _titles(known: Known, fold: Fold) -> Iterator[Unit]:
    plan = known.plan
    parts: list[Initiative | ReformItem | Pillar] = [*plan.initiatives, *plan.items, *plan.pillars]
    for part in parts:
        yield Unit(part.code, TITLE, fold(part.title))
    for initiative in plan.initiatives:
        row = initiative.targets
        if row and row.is_set and not row.measure.is_effect_amount:
            yield Unit(initiative.code, TITLE, fold(row.measure.name))
    for item in plan.items:
        for number, indicator in enumerate(item.indicators, start=1):
            if not indicator.name.endswith("状況"):
                yield Unit(f"{item.code}#{number}", TITLE, fold(indicator.name))


def _nicknames(known: Known, fold: Fold) -> Iterator[Unit]:
    """The city's own short names: for whatever title holds what they stand for."""
    parts: list[Initiative | ReformItem] = [*known.plan.initiatives, *known.plan.items]
    titles = [(part.code, fold(part.title)) for part in parts]
    for nickname, stands_for in read_pairs("nicknames.toml", "nicknames"):
        meant = [code for code, title in titles if fold(stands_for) in title]
        for code in meant if len(meant) <= 4 else ():
            yield Unit(code, TITLE, fold(nickname))


def passage_units(known: Known, lines: Sequence[Line]) -> Iterator[Unit]:
    """Passages by their words and the questions that they answer."""
    fold = folding(known)
    for passage in known.passages:
        if passage.kind not in _NOT_TEXT:
            yield Unit(passage.reference, WORDS, fold(f"{passage.title}。{passage.text}"))
    for kind, ref, words in lines:
        if kind == QUESTION and (ref in known.passage or ref.startswith("term:")):
            yield Unit(ref, QUESTION, _asking(fold(words)))


def _asking(text: str) -> str:
    """Of a written question the clauses that ask: whoever wrote it may have said who is asking, and why."""
    return "".join(text[clause.start : clause.end] for clause in asking_clauses(text))


def sounds(known: Known) -> dict[str, str]:
    """The plan's own nouns of several characters by how they sound, where only one sounds so."""
    fold = folding(known)
    texts = [unit.text for unit in (*_titles(known, fold), *_nicknames(known, fold))]
    dated = [passage for passage in known.passages if passage.kind in _DATED]
    texts += [fold(f"{passage.title} {passage.text}") for passage in dated]
    found: dict[str, set[str]] = {}
    for group in {group for text in texts for group in _nouns(text)}:
        if len(group) > 1 and len(sound := reading_of(group)) > 3:
            found.setdefault(sound, set()).add(group)
    return {sound: next(iter(words)) for sound, words in found.items() if len(words) == 1}


def _nouns(text: str) -> Iterator[str]:
    """The nouns and compounds of a text that are written in kanji."""
    for group in compounds(tokens_of(text)):
        for first in range(len(group)):
            for last in range(first, min(len(group), first + 3)):
                if all(token.is_noun for token in group[first : last + 1]):
                    word = text[group[first].start : group[last].end]
                    if all("一" <= char <= "龠" for char in word):
                        yield word
