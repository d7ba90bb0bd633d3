"""How often each verdict was given, and Φ(c) as TrustSQL defines it: right or rightly refused +1, wrong -c, the rest 0."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.plan_reply import ask
from knowledge.known import Known
from tests.fresh.cases import Case
from tests.fresh.judge import Verdict, verdict

CRASHED: Mapping[str, Any] = {"text": "", "kind": "crashed", "candidates": (), "citations": (), "facts": ()}


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its answer and what became of it."""

    case: Case
    answer: Mapping[str, Any]
    verdict: Verdict


def judged(cases: Iterable[Case], known: Known) -> Iterator[Judged]:
    """Every question put to the bot; one that ends in an exception counts as beside the point."""
    for case in cases:
        answer = answer_of(case, known)
        yield Judged(case, answer, verdict(case, answer))


def answer_of(case: Case, known: Known) -> Mapping[str, Any]:
    """The answer's JSON."""
    try:
        answer: dict[str, Any] = json.loads(ask(case.texts, known, case.today).answer)
    except Exception:  # one question that breaks the bot must not hide how the others fare
        return CRASHED
    return answer


def shares(made: Iterable[Judged], by: Callable[[Judged], str]) -> dict[str, Counter[Verdict]]:
    """The verdicts, counted for each group."""
    counted: dict[str, Counter[Verdict]] = {}
    for one in made:
        counted.setdefault(by(one), Counter())[one.verdict] += 1
    return dict(sorted(counted.items()))


def phi(counted: Counter[Verdict], cost: int) -> float:
    """Between -cost and 1; Φ(0) is the share of right ones."""
    wrong = sum(times for one, times in counted.items() if one.is_wrong)
    return (counted[Verdict.RIGHT] - cost * wrong) / (counted.total() or 1)


def line(name: str, counted: Counter[Verdict]) -> str:
    """One group in a line of the table; `HEAD` is its heading."""
    cells = (
        f"{counted.total():5}",
        f"{counted[Verdict.RIGHT] / counted.total():6.3f}",
        *(f"{counted[one]:5}" for one in Verdict if one is not Verdict.RIGHT),
        f"{phi(counted, 0):6.3f}",
        f"{phi(counted, 10):7.3f}",
    )
    return f"{name:22}" + " ".join(cells)


HEAD = f"{'':22}    n  right offer  back refus stran besid figur   Φ(0)   Φ(10)"
