"""Reads several deadlines from a CSV file (回, 段階, 締切); every fault is named with its line, and then none is taken."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.notices.days import On
from bot.notices.deadline_proposal import DeadlineProposal, Unfit, propose
from bot.notices.deadline_requests import phase_names
from bot.refusal import Refusal
from knowledge.japanese import plain
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Plan
from reminders.calendar import Calendar, CalendarPhase

COLUMNS = ["回", "段階", "締切"]

Words = Callable[[Unfit, CalendarPhase], str]
"""What is said of a change that cannot be made."""


def read_deadlines(
    file: Path, calendar: Calendar, plan: Plan, today: date, words: Words
) -> tuple[DeadlineProposal, ...]:
    """The changes that the file asks for. Raises Refusal with every fault."""
    try:
        rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    except OSError as fault:
        raise Refusal(f"{file} を読めません: {fault.strerror}") from fault
    except (UnicodeDecodeError, csv.Error) as fault:
        raise Refusal(f"{file} を読めません。文字コードが UTF-8 の CSV にしてください。") from fault
    if not rows or [cell.strip() for cell in rows[0]] != COLUMNS:
        raise Refusal(f"{file} の1行目を「{','.join(COLUMNS)}」にしてください。")
    reading = _Reading(calendar, plan, today, words)
    found = [reading.row(at, row) for at, row in enumerate(rows[1:], 2) if any(map(str.strip, row))]
    if reading.faults:
        lines = "\n".join(f"・{fault}" for fault in reading.faults)
        raise Refusal(f"{file} に{len(reading.faults)}件の誤りがあります。何も変えていません。\n{lines}")
    return tuple(one for one in found if one is not None)


class _Reading:
    """One reading of one file, which gathers what is wrong with it."""

    def __init__(self, calendar: Calendar, plan: Plan, today: date, words: Words) -> None:
        self._calendar, self._plan, self._today, self._words = calendar, plan, today, words
        self._seen: dict[tuple[str, str], int] = {}
        self.faults: list[str] = []

    def row(self, at: int, row: list[str]) -> DeadlineProposal | None:
        """The change of one line; None with a fault, or where the deadline is that day already."""
        if len(row) != len(COLUMNS):
            self.faults.append(f"{at}行目: {len(COLUMNS)}列にしてください")
            return None
        round, name, text = (cell.strip() for cell in row)
        before = len(self.faults)
        year, phase, day = self._year(at, round), self._phase(at, name), self._day(at, text)
        if len(self.faults) > before or year is None or phase is None or day is None:
            return None
        first = self._seen.setdefault((round, phase.id), at)
        if first != at:
            self.faults.append(f"{at}行目: {first}行目と同じ回と段階です")
        wanted = On(day.day, day.month, day.year)
        found = propose(self._calendar, self._plan, phase, wanted, self._today, year)
        if isinstance(found, Unfit):
            if found.why != "same":
                self.faults.append(f"{at}行目: {self._words(found, phase)}")
            return None
        return found

    def _year(self, at: int, text: str) -> FiscalYear | None:
        try:
            return FiscalYear.from_short(text)
        except ValueError as fault:
            self.faults.append(f"{at}行目の回: {fault}")
            return None

    def _phase(self, at: int, text: str) -> CalendarPhase | None:
        id = phase_names(self._calendar).get(plain(text), text)
        phase = self._calendar.phase(id)
        if phase is None:
            names = "、".join(one.name for one in self._calendar.phases)
            self.faults.append(f"{at}行目の段階: 「{text}」はありません（{names}）")
        return phase

    def _day(self, at: int, text: str) -> date | None:
        try:
            return date.fromisoformat(text.replace("/", "-"))
        except ValueError:
            self.faults.append(f"{at}行目の締切: 2024-07-24 のように、ある日を書いてください（{text}）")
            return None
