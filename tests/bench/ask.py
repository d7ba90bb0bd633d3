"""Asking about the plan: cold from the command line, warm in one process, on plans of ten and a hundred times the size.

Python's bytecode is kept, as on any machine where `make setup` ran: without it every start compiles all anew.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.asking import ask
from bot.migrations import prepare
from bot.tables import MIGRATIONS
from knowledge.editions import Edition, shipped
from knowledge.known import Known
from knowledge.plan import Initiative, Plan
from reminders.moment import TOKYO
from tests.bench.invented import invented_plan
from tests.bench.machine import peak_megabytes, percentile, seconds_of
from tests.written_questions import TODAY, all_written

KAIKAKU = str(Path(sys.executable).with_name("kaikaku"))
QUESTION = "3-1-2の効果額は？"
BARE = (sys.executable, "-c", "import sqlite3, json")
SIZES = (1, 10, 100)
EACH = 60


def bench() -> Iterator[str]:
    """Cold, warm, growth and memory, each against its goal."""
    yield from cold()
    known = Known(shipped())
    yield from warm(known)
    yield from growth()
    yield from memory()


def cold() -> Iterator[str]:
    """A whole run of the command against a Python that only imports sqlite3 and json, with and without a database."""
    for where, is_there in (("no database", False), ("a database", True)):
        with TemporaryDirectory() as folder:
            if is_there:
                now = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=TOKYO)
                prepare(Path(folder) / "kaikaku.db", MIGRATIONS, version="0", now=now)
            asked = (KAIKAKU, "ask", "--today", TODAY.isoformat(), QUESTION)
            bare, took = seconds_of(BARE, asked, runs=15, environment=_usual(folder))
        yield (
            f"cold, {where}: {took / bare:.1f} times a bare Python "
            f"({took * 1000:.0f} ms against {bare * 1000:.0f} ms; goal 8)"
        )


def warm(known: Known) -> Iterator[str]:
    """Every question of our own, each asked once of one process that has answered before."""
    asked = _own_questions()
    ask([QUESTION], known, TODAY)
    times = [_seconds(partial(ask, texts, known, today)) for texts, today in asked]
    half, most = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
    rate = len(times) / sum(times)
    yield (
        f"warm: p50 {half:.2f} ms (goal 2), p95 {most:.2f} ms (goal 10), {rate:.0f} answers/s "
        f"over {len(times)} distinct questions"
    )


def growth() -> Iterator[str]:
    """The same kinds of questions of invented plans: by code, by title, by a piece of one, of a text, of nothing."""
    before: dict[str, float] = {}
    for size in SIZES:
        plan = invented_plan(size)
        known = Known(Edition("invented", plan.title, date(2021, 4, 1), False, plan))
        took = _seconds(partial(ask, ["市役所の窓口の考え方は？"], known, TODAY))
        each = {kind: _typical(texts, known) for kind, texts in questions_of(plan).items()}
        before = before or each
        mean = sum(each.values()) / sum(before.values())
        kinds = ", ".join(f"{kind} {took * 1000:.2f} ms" for kind, took in each.items())
        yield (
            f"{size} times the plan: {mean:.1f} times as long a question "
            f"(goal 3; {kinds}; made ready in {took:.1f} s)"
        )


def questions_of(plan: Plan) -> dict[str, list[str]]:
    """Questions of five kinds about initiatives from all over the plan, no two of a kind alike."""
    rows = [initiative for initiative, _ in plan.rows()]
    return {
        "code": _about(rows, lambda one: f"{one.code}の効果額は？"),
        "title": _about(rows, lambda one: f"{one.title}の令和6年度の効果額は？"),
        "slip": _about(plan.initiatives, lambda one: f"{one.title[:3]}{one.title[4:]}の概要は？"),
        "text": _about(plan.initiatives, lambda one: f"{one.title[:5]}で目指す利用の件数は何件？"),
        "nothing": _about(
            plan.initiatives, lambda one: f"宇宙旅行{one.code.replace('-', '')}号の発射予定は？"
        ),
    }


def memory() -> Iterator[str]:
    """The peak of one process that answers every question of our own."""
    lines = [
        dumps({"id": number, "question": texts[-1], "history": texts[:-1], "today": today.isoformat()})
        for number, (texts, today) in enumerate(_own_questions())
    ]
    with TemporaryDirectory() as folder:
        peak = peak_megabytes((KAIKAKU, "ask", "--jsonl"), "\n".join(lines), environment=_usual(folder))
    yield f"peak memory: {peak:.0f} MB (goal 200)"


def _own_questions() -> list[tuple[tuple[str, ...], date]]:
    return list(dict.fromkeys((block.texts, block.today) for block in all_written()))


def _about(initiatives: Iterable[Initiative], question: Callable[[Initiative], str]) -> list[str]:
    """One question for each of EACH initiatives, spread evenly; for all where there are fewer."""
    every = list(initiatives)
    return list(dict.fromkeys(question(one) for one in every[:: max(1, len(every) // EACH)]))


def _typical(texts: list[str], known: Known) -> float:
    return percentile([_seconds(partial(ask, [text], known, TODAY)) for text in texts], 0.5)


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _usual(folder: str) -> dict[str, str]:
    """The environment of a usual machine, with its data in `folder`; the first run of each may keep bytecode."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KAIKAKU_", "PYTHON"))}
    return ours | {"KAIKAKU_DATA": folder}
