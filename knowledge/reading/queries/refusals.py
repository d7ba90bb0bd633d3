"""What the plan does not hold, told by what is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from knowledge.question import OutOfPlan
from knowledge.reading.pieces import Pieces
from knowledge.reading.queries.candidate import OPERATIONS, Candidate, cues
from knowledge.reading.queries.figures import COUNTED, counts_otherwise
from knowledge.reading.queries.named import initiatives_meant, refs_meant, wants_money
from knowledge.reading.queries.passages import ASKED_BESIDE_THE_PLAN


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
    for refusal in (
        _beside_the_plan, _reason_of_a_figure, _measured_elsewhere, _members_of_another, _counted_otherwise,
        _actuals, _in_charge, _not_the_bots_work, _another_city, _words_not_found,
    ):  # fmt: skip
        yield from refusal(p)


Why = Literal["absent", "reason", "actual", "words", "topic"]


def _refused(
    p: Pieces, kind: str, why: Why, words: tuple[str, ...], uses: frozenset[str], bonus: float
) -> Candidate:
    nearest = refs_meant(p)[:3] or _spoken_of(p)
    return Candidate(kind, OutOfPlan(why, words, nearest, language=p.language), uses, bonus)


def _spoken_of(p: Pieces) -> tuple[str, ...]:
    """What the conversation is about, where the text names nothing else (去年の実績は？)."""
    return p.last.subjects[:1] if p.last and not p.content else ()


def _as_written(p: Pieces, *names: str) -> tuple[str, ...]:
    """The words of the first cue of these names."""
    cue = p.cue(*names)
    return (p.text.folded.as_written(cue.start, cue.end),) if cue else ()


def _beside_the_plan(p: Pieces) -> Iterator[Candidate]:
    """Prices, telephone numbers, opening hours."""
    names = frozenset(name for name in ASKED_BESIDE_THE_PLAN if p.says(name))
    if names:
        words = tuple(p.text.folded.as_written(cue.start, cue.end) for cue in p.cues if cue.name in names)
        uses = cues("money who when how how_many count which list sum responsible reason summary")
        yield _refused(p, "out", "absent", words, names | uses, 0.9)


def _reason_of_a_figure(p: Pieces) -> Iterator[Candidate]:
    if (
        p.says("reason")
        and refs_meant(p)
        and (wants_money(p) or p.years.is_named or p.says("target", "negative"))
    ):
        yield _refused(
            p, "text", "reason", (), cues("reason money negative falling rising target how when"), 0.6
        )


def _measured_elsewhere(p: Pieces) -> Iterator[Candidate]:
    """A quantity that nothing in the plan counts."""
    if p.foreign_measure:
        uses = cues("money who when how how_many count which list share every_year actual sum difference")
        yield _refused(p, "out", "absent", (p.foreign_measure,), uses | frozenset(ASKED_BESIDE_THE_PLAN), 0.9)


def _members_of_another(p: Pieces) -> Iterator[Candidate]:
    if p.says("members") and (body := _other_body(p)):
        yield _refused(p, "out", "absent", (body,), cues("members who list count how_many"), 2.6)


def _counted_otherwise(p: Pieces) -> Iterator[Candidate]:
    """何人 of what the plan counts in yen."""
    if refs_meant(p) and counts_otherwise(initiatives_meant(p), p):
        asked = COUNTED.search(p.text.text)
        yield _refused(
            p,
            "out",
            "absent",
            (asked[0],) if asked else (),
            cues("count how_many target when list money"),
            0.8,
        )


def _actuals(p: Pieces) -> Iterator[Candidate]:
    """The plan prints targets; what was reached is reported."""
    if p.says("actual", "progress"):
        uses = cues(
            "actual money five_year_total difference share over list count when which how_many sum every_year how "
            "indicators check target progress"
        )
        yield _refused(
            p, "act", "actual", _as_written(p, "actual", "progress"), uses, 0.9 if p.says("actual") else 0.3
        )


def _in_charge(p: Pieces) -> Iterator[Candidate]:
    if p.says("responsible") and not p.says("sum"):
        yield _refused(
            p, "own", "absent", _as_written(p, "responsible"), cues("responsible who list contact"), 0.4
        )


def _not_the_bots_work(p: Pieces) -> Iterator[Candidate]:
    if p.says("cannot"):
        yield _refused(p, "out", "words", _as_written(p, "cannot"), OPERATIONS, 2.5)


def _another_city(p: Pieces) -> Iterator[Candidate]:
    if p.foreign_city:
        meaning = OutOfPlan("absent", (p.foreign_city,), (), language=p.language)
        yield Candidate("out", meaning, OPERATIONS, 2.8)


def _words_not_found(p: Pieces) -> Iterator[Candidate]:
    missing = p.as_said(p.unexplained)
    uses = cues("who when how how_many count which list reason summary meaning")
    yield _refused(p, "out", "words" if missing else "topic", missing, uses, 0.3 if missing else -0.1)
