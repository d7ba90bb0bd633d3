"""Asking about the plan: cold from the command line, warm in one process, on plans of ten and a hundred times the size.

Python's bytecode is kept, as on any machine where `make setup` ran: without it every start compiles all anew.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.tables import MIGRATIONS
from bot.conversation.plan_reply import ask
from bot.storage.migrations import prepare
from knowledge.editions.edition import Edition
from knowledge.known import Known, shipped_known
from knowledge.meaning import encoder
from knowledge.plan.plan import Initiative, Plan
from reminders.moment import TOKYO
from tests.bench.figure import Figure
from tests.bench.invented import invented_plan
from tests.bench.machine import peak_megabytes, percentile, seconds_of
from tests.written_questions import TODAY, all_written

KAIKAKU = str(Path(sys.executable).with_name("kaikaku"))
QUESTION = "3-1-2の効果額は？"
BARE = (sys.executable, "-c", "import sqlite3, json")
SIZES = (1, 10, 100)
EACH, ROUNDS = 60, 3


def bench() -> Iterator[Figure]:
    """Cold, warm, growth and memory, each against its goal; meaning besides, where its extra is installed."""
    yield from cold()
    yield from warm(shipped_known())
    yield from growth()
    yield memory("メモリーの最大", 200)
    if (meaning := encoder()) is None:
        return
    yield from warm(shipped_known(meaning), "意味の検索つき、")
    yield memory("意味の検索つき、メモリーの最大", 600, KAIKAKU_SEMANTIC="on")


def cold() -> Iterator[Figure]:
    """A whole run of the command against a Python that only imports sqlite3 and json, with and without a database."""
    for where, is_there in (("データベースなし", False), ("データベースあり", True)):
        with TemporaryDirectory() as folder:
            if is_there:
                now = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=TOKYO)
                prepare(Path(folder) / "kaikaku.db", MIGRATIONS, version="0", now=now)
            asked = (KAIKAKU, "ask", "--today", TODAY.isoformat(), QUESTION)
            bare, took = seconds_of(BARE, asked, runs=15, environment=_usual(folder))
        beside = f"{took * 1000:.0f} ms、素の Python {bare * 1000:.0f} ms"
        yield Figure(f"冷えた起動、{where}", took / bare, "倍", 10, beside)


def warm(known: Known, named: str = "") -> Iterator[Figure]:
    """Every question of our own, each asked once of one process that has answered before."""
    asked = _own_questions()
    known.make_search_ready()
    ask([QUESTION], known, TODAY)
    times = [_seconds(partial(ask, texts, known, today)) for texts, today in asked]
    rate = f"{len(times)} 通りの質問、毎秒 {len(times) / sum(times):.0f} 件"
    yield Figure(f"{named}温まった質問の中央値", percentile(times, 0.5) * 1000, "ms", 2, rate)
    yield Figure(f"{named}温まった質問の 95%", percentile(times, 0.95) * 1000, "ms", 10)


def growth() -> Iterator[Figure]:
    """The same kinds of questions of invented plans: by code, by title, by a piece of one, of a text, of nothing."""
    plans = {size: _Invented.of(size) for size in SIZES}
    # In turns, so that what else the machine does slows all of them alike.
    rounds = [{size: one.milliseconds() for size, one in plans.items()} for _ in range(ROUNDS)]
    for size, one in plans.items():
        ratios = [sum(each[size].values()) / sum(each[SIZES[0]].values()) for each in rounds]
        typical = {kind: percentile([each[size][kind] for each in rounds], 0.5) for kind in rounds[0][size]}
        kinds = "、".join(f"{kind} {took:.2f} ms" for kind, took in typical.items())
        beside = f"{kinds}（準備 {one.took_to_make:.1f} 秒）"
        yield Figure(f"計画が {size} 倍のとき", percentile(ratios, 0.5), "倍", 3, beside)


@dataclass(frozen=True)
class _Invented:
    """An invented plan, made ready, with the questions about it."""

    known: Known
    questions: dict[str, list[str]]
    took_to_make: float

    @classmethod
    def of(cls, size: int) -> _Invented:
        plan = invented_plan(size)
        known = Known(Edition("invented", plan.title, date(2021, 4, 1), False, plan))
        took = _seconds(partial(ask, ["市役所の窓口の考え方は？"], known, TODAY))
        return cls(known, questions_of(plan), took)

    def milliseconds(self) -> dict[str, float]:
        """The median for each kind of question."""
        return {
            kind: percentile([_seconds(partial(ask, [text], self.known, TODAY)) for text in texts], 0.5)
            * 1000
            for kind, texts in self.questions.items()
        }


def questions_of(plan: Plan) -> dict[str, list[str]]:
    """Questions of five kinds about initiatives from all over the plan, no two of a kind alike."""
    rows = [initiative for initiative, _ in plan.rows()]
    return {
        "番号": _about(rows, lambda one: f"{one.code}の効果額は？"),
        "題名": _about(rows, lambda one: f"{one.title}の令和6年度の効果額は？"),
        "誤字": _about(plan.initiatives, lambda one: f"{one.title[:3]}{one.title[4:]}の概要は？"),
        "本文": _about(plan.initiatives, lambda one: f"{one.title[:5]}で目指す利用の件数は何件？"),
        "ない事": _about(
            plan.initiatives, lambda one: f"宇宙旅行{one.code.replace('-', '')}号の発射予定は？"
        ),
    }


def memory(name: str, goal: float, **settings: str) -> Figure:
    """The peak of one process that answers every question of our own, with these settings besides the usual ones."""
    lines = [
        dumps({"id": number, "question": texts[-1], "history": texts[:-1], "today": today.isoformat()})
        for number, (texts, today) in enumerate(_own_questions())
    ]
    with TemporaryDirectory() as folder:
        environment = _usual(folder) | settings
        peak = peak_megabytes((KAIKAKU, "ask", "--jsonl"), "\n".join(lines), environment=environment)
    return Figure(name, peak, "MB", goal)


def _own_questions() -> list[tuple[tuple[str, ...], date]]:
    return list(dict.fromkeys((block.texts, block.today) for block in all_written()))


def _about(initiatives: Iterable[Initiative], question: Callable[[Initiative], str]) -> list[str]:
    """One question for each of EACH initiatives, spread evenly; for all where there are fewer."""
    every = list(initiatives)
    return list(dict.fromkeys(question(one) for one in every[:: max(1, len(every) // EACH)]))


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _usual(folder: str) -> dict[str, str]:
    """The environment of a usual machine, with its data in `folder`; the first run of each may keep bytecode."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KAIKAKU_", "PYTHON"))}
    return ours | {"KAIKAKU_DATA": folder}
