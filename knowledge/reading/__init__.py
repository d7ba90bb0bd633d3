"""From a person's words to a query: `read` tells the story.

Everything in a text is found once (pieces), every query that the pieces make is a candidate (queries), the
likeliest is decided on (rank), and what was not read is named. Imports only what is left of it in the house.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from knowledge.known import Known
from knowledge.question import Ask, OutOfPlan, Question, Reading, Unclear, Understood
from knowledge.reading.clauses import clauses
from knowledge.reading.knowing import Spoken, spoken_of
from knowledge.reading.pieces import Pieces, find_pieces
from knowledge.reading.queries import MAKERS
from knowledge.reading.queries.candidate import Candidate
from knowledge.reading.rank import Ranked, ranked

LONGEST = 1000
WIDE = 0.5


def read(written: str, spoken: Spoken, today: date, history: Sequence[Question] = ()) -> Understood:
    """What the text asks; `history` are the conversation's earlier questions, oldest first."""
    return decide(*readings_of(written, spoken, today, history)[0])


def readings_of(
    written: str, spoken: Spoken, today: date, history: Sequence[Question] = ()
) -> list[tuple[Pieces, Ranked]]:
    """Everything that the text may mean, the likeliest first: read by the clauses that ask, and by all its clauses."""
    sharp = find_pieces(written[:LONGEST], spoken, today, history)
    found = [(sharp, one) for one in ranked(candidates(sharp), sharp)]
    everything = tuple(clauses(sharp.text.text))
    if len(everything) > len(sharp.focus):
        wide = replace(sharp, focus=everything)
        found += [(wide, replace(one, score=one.score - WIDE)) for one in ranked(candidates(wide), wide)]
    return sorted(found, key=lambda pair: -pair[1].score)


def read_all(written: Sequence[str], known: Known, today: date) -> Understood:
    """What the last of several texts asks, the others being the conversation before it, oldest first."""
    spoken = spoken_of(known)
    history: list[Question] = []
    for text in written[:-1]:
        understood = read(text, spoken, today, history)
        if isinstance(understood, Question) and understood.asks is not Ask.GREETING:
            history.append(understood.parts[-1] if understood.asks is Ask.TWO else understood)
        elif isinstance(understood, Unclear) and understood.about is not None:
            history.append(understood.about)
    return read(written[-1], spoken, today, history)


def candidates(p: Pieces) -> Iterator[Candidate]:
    """Everything that the text may mean."""
    for make in MAKERS:
        yield from make(p)


def decide(p: Pieces, best: Ranked) -> Understood:
    """The likeliest, when nothing in it is unexplained; else what would be asked back."""
    meaning = best.candidate.meaning
    missing, passed_over = p.as_said(p.bound), p.as_said(p.unexplained)
    if isinstance(meaning, Question):
        if best.candidate.needs_all_words and missing and meaning.asks is not Ask.LIST:
            refs = tuple(ref for ref in meaning.subjects if ref in p.known.plan.by_code)[:3]
            return OutOfPlan("words", missing, refs, language=p.language, readings=_readings(p))
        if p.years.outside and not p.years.single and meaning.asks in _OF_YEARS:
            return OutOfPlan("year", (), meaning.subjects[:1], p.years.outside, p.language, _readings(p))
        kept = passed_over if best.candidate.needs_all_words else ()
        return replace(meaning, readings=_readings(p), left_over=kept)
    return replace(meaning, readings=_readings(p)) if isinstance(meaning, OutOfPlan) else meaning


_OF_YEARS = frozenset(
    {Ask.FIGURES, Ask.SUM, Ask.RANK, Ask.SHARE, Ask.COMPARE, Ask.CHANGE, Ask.TWO, Ask.AVERAGE}
)


def _readings(p: Pieces) -> tuple[Reading, ...]:
    named = [(link.start, link.end, f"取組など {'、'.join(link.refs)}") for link in p.links]
    named += [(code.start, code.end, f"番号 {code.code}") for code in p.codes]
    named += [(one.start, one.end, "、".join(year.short for year in one.years)) for one in p.year_mentions]
    named += [(cue.start, cue.end, cue.name) for cue in p.cues]
    return tuple(Reading(p.text.folded.as_written(start, end), gave) for start, end, gave in sorted(named))
