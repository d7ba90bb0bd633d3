"""The run for reading: each round's outbox messages by day, and what was held against them."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from bot.notices.labels import step_label
from bot.notices.notice_text import day_label
from tests.simulation.invariants import CHECKS
from tests.simulation.life import Arrived, Life


def report(life: Life) -> Iterator[str]:
    """Line after line."""
    yield f"{life.first} から {life.last} まで、毎日（閉庁日と時間外も）時計を回しました。"
    arrived = sorted(life.arrived, key=lambda one: (one.item.term.year.start, one.moment))
    for round, several in groupby(arrived, lambda one: one.item.term.round):
        yield from ("", *_of_a_round(round, list(several)))
    yield from ("", "確かめたこと", *_checked(life))
    yield from ("", *_counted(life))


def _of_a_round(round: str, several: list[Arrived]) -> Iterator[str]:
    year = several[0].item.term.year
    yield f"■ {round} の回（{year.label}）：{len(several)}件"
    alike = groupby(several, lambda one: (one.day, one.item.term.phase.name, one.item.step))
    for (day, phase, step), told in alike:
        people = "、".join(_told(one) for one in told)
        yield f"  {day.year}年{day_label(day)}  {phase}  {step_label(step)}  → {people}"


def _told(one: Arrived) -> str:
    codes = "・".join(task.code for task in one.item.tasks)
    return f"{one.label}（{codes}）" if codes else one.label


def _checked(life: Life) -> Iterator[str]:
    for name, check in CHECKS.items():
        breaches = list(check(life))
        yield f"  {name}: {len(breaches)}件"
        yield from (f"    ! {breach}" for breach in breaches)


def _counted(life: Life) -> Iterator[str]:
    yield f"届いた手紙 {len(life.letters)}通、断られた手紙 {len(life.refused)}通、事務局への報告 {len(life.told)}通"
    people = Counter(one.to.label for _, one in life.letters)
    for label, times in people.most_common():
        yield f"  {times:>4}通  {label}"
