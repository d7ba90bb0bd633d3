"""Asking back, and the honest no: what is not there, and the nearest that is."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answers.answer import Answer, AnswerKind, Candidate
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import Ask, OutOfPlan, Question, Unclear


@dataclass(frozen=True, slots=True)
class NotClear:
    """Why it is asked back, and the words that were not understood."""

    why: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotInPlan:
    """What the plan does not hold: words or years, and the years it covers."""

    why: str
    words: tuple[str, ...]
    years: tuple[FiscalYear, ...]
    first_year: FiscalYear
    last_year: FiscalYear
    subject: str


def unclear(asked: Unclear, known: Known) -> Answer:
    """The candidates, each with a question that can be put as it stands."""
    candidates = tuple(_candidate(ref, _rest(asked.about, known), known) for ref in asked.candidates)
    return Answer(
        AnswerKind.UNCLEAR, "unclear", NotClear(asked.why, asked.words), (), (), candidates, asked.language
    )


def out_of_plan(asked: OutOfPlan, known: Known) -> Answer:
    """What the plan does not hold, and the nearest."""
    rest = "の効果額目標" if asked.why in ("actual", "year", "words") else "の概要"
    candidates = tuple(
        _candidate(ref, _fitting(ref, rest, known), known)
        for ref in asked.nearest
        if known.plan.by_code.get(ref) or known.indicator(ref)
    )
    subject = known.title_of(asked.nearest[0]) if asked.nearest and asked.why not in ("code", "topic") else ""
    content = NotInPlan(
        asked.why, asked.words, asked.years, known.plan.first_year, known.plan.last_year, subject
    )
    return Answer(AnswerKind.OUT_OF_PLAN, "out_of_plan", content, (), (), candidates, asked.language)


def _fitting(ref: str, rest: str, known: Known) -> str:
    if "#" in ref:
        return "の目標"
    initiative = known.initiative(ref)
    if rest == "の効果額目標" and initiative is not None:
        row = initiative.targets
        return (
            "の概要"
            if row is None or not row.is_set
            else ("の効果額" if row.measure.is_effect_amount else "の目標")
        )
    return rest if initiative else "の取組一覧"


def _rest(about: Question | None, known: Known) -> str:
    """The question without its subject, to be put again with another."""
    if about is None:
        return "の概要"
    years = "と".join(year.label for year in about.years.single)
    if about.years.total:
        years += f"{len(known.plan.years)}年計"
    if about.asks in (Ask.FIGURES, Ask.SUM):
        return (
            f"の{years}の効果額" if years and about.effect else (f"の{years}の目標" if years else "の目標額")
        )
    return {Ask.INDICATORS: "の目標", Ask.MAIN_MEASURES: "の主な取組み"}.get(about.asks, "の概要")


def _candidate(ref: str, rest: str, known: Known) -> Candidate:
    code = ref.partition("#")[0]
    title = known.title_of(ref)
    named = f"{code}の{title}" if "#" in ref else code
    return Candidate(f"{code} {title}", code, f"{named}{rest}")
