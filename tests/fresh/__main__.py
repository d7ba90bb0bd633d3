"""Scores of the judged sets, all or those named: python -m tests.fresh [--fails] [SET ...]."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from knowledge.known import shipped_known
from tests.fresh.cases import cases, set_names
from tests.fresh.judge import Verdict, lacks
from tests.fresh.score import HEAD, Judged, judged, line, shares

FAILS = "--fails"


def main(words: list[str]) -> int:
    """Print a table for each set and for all together; with --fails also every question that is not right."""
    chosen = [word for word in words if word != FAILS] or set_names()
    unknown = sorted(set(chosen) - set(set_names()))
    if unknown:
        print(f"ありません: {'、'.join(unknown)} (あるもの: {'、'.join(set_names())})", file=sys.stderr)
        return 2
    known, everything = shipped_known(), list[Judged]()
    print(HEAD)
    for name in chosen:
        made = list(judged(cases(name), known))
        print(line(name, Counter(one.verdict for one in made)), flush=True)
        everything += made
    for title, table in (
        ("voice", shares(everything, lambda one: one.case.voice)),
        ("category", shares(everything, lambda one: one.case.category)),
    ):
        print(title)
        print("\n".join(line(f"  {name}", counted) for name, counted in table.items()))
    print(line("all", Counter(one.verdict for one in everything)))
    if FAILS in words:
        print("\n".join(_failures(everything)))
    return 0


def _failures(made: Iterable[Judged]) -> Iterable[str]:
    for one in made:
        if one.verdict is not Verdict.RIGHT:
            yield f"\n{one.case.name} {one.case.voice}/{one.case.category} {one.verdict}: {' / '.join(one.case.texts)}"
            yield f"  {one.answer['text']}"
            yield f"  {'; '.join(lacks(one.case, one.answer))}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
