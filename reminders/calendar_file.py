"""Reads calendar.toml; every fault is named with its place, in Japanese, and nothing is taken of a faulty file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar, cast

from knowledge.fiscal_year import read_months
from reminders.calendar import (
    Audience,
    Calendar,
    Escalation,
    MonthDay,
    Moves,
    Office,
    Phase,
    outside_the_plan,
)

SHIPPED = Path(__file__).with_name("calendar.toml")

Value = TypeVar("Value")

_RESPONSIBLE = (Audience.DEPARTMENT, Audience.SECRETARIAT)
_ABOVE = (Audience.HEAD, Audience.DIRECTOR, Audience.SECRETARIAT)
_KEYS = (
    *("id", "name", "months", "responsible", "ends_with", "opens", "deadline", "opens_moves"),
    *("deadline_moves", "before", "after", "escalation", "after_plan"),
)


class CalendarFaults(ValueError):
    """The file cannot be used; `faults` has a line for each, its place first."""

    def __init__(self, name: str, faults: tuple[str, ...]) -> None:
        lines = "\n".join(f"・{fault}" for fault in faults)
        super().__init__(f"日程のファイル {name} に{len(faults)}件の誤りがあります。\n{lines}")
        self.faults = faults


def read_calendar(file: Path = SHIPPED) -> Calendar:
    """The calendar of a file. Raises CalendarFaults with every fault."""
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as fault:
        raise CalendarFaults(file.name, (f"読めません: {fault.strerror}",)) from fault
    except UnicodeDecodeError as fault:
        raise CalendarFaults(file.name, ("文字コードをUTF-8にしてください",)) from fault
    except tomllib.TOMLDecodeError as fault:
        raise CalendarFaults(file.name, (f"TOMLとして読めません: {fault}",)) from fault
    return _Reading(file.name).calendar(given)


def warnings(calendar: Calendar) -> tuple[str, ...]:
    """What the secretariat should look at although it can be used."""
    late = tuple(
        f"「{phase.name}」の締切が開始より前です"
        for phase in calendar.phases
        if _in_year(phase.deadline) < _in_year(phase.opens)
    )
    return (*late, *outside_the_plan(calendar))


def _in_year(day: MonthDay) -> tuple[int, int]:
    return ((day.month - 4) % 12, day.day)


class _Reading:
    """One reading of one file, which gathers what is wrong with it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._faults: list[str] = []

    def calendar(self, given: Mapping[str, Any]) -> Calendar:
        for key in given.keys() - {"office", "phase"}:
            self._faults.append(f"{key}: 知らない項目です")
        office = self._office(given.get("office"))
        rows = given.get("phase")
        if not isinstance(rows, list) or not rows:
            self._faults.append("phase: 段階（[[phase]]）が1つもありません")
            rows = []
        phases = [self._phase(row, at) for at, row in enumerate(rows, 1)]
        ids = [phase.id for phase in phases if phase]
        for id in sorted({one for one in ids if ids.count(one) > 1}):
            self._faults.append(f"phase: id「{id}」が{ids.count(id)}回あります")
        if self._faults or office is None:
            raise CalendarFaults(self._name, tuple(self._faults))
        return Calendar(office, tuple(phase for phase in phases if phase))

    def _office(self, row: object) -> Office | None:
        table = row if isinstance(row, dict) else {}
        opens = self._taken(table, "office", "opens", _time)
        closes = self._taken(table, "office", "closes", _time)
        closed = self._taken(table, "office", "year_end", _two_days)
        if opens is None or closes is None or closed is None:
            return None
        if closes <= opens:
            self._faults.append("officeの closes: opens より後にしてください")
        return Office(opens, closes, closed)

    def _phase(self, row: object, at: int) -> Phase | None:
        if not isinstance(row, dict):
            self._faults.append(f"{at}番目の段階: 項目の集まりではありません")
            return None
        place = f"{at}番目の段階（{row.get('id') or 'id なし'}）"
        for key in row.keys() - set(_KEYS):
            self._faults.append(f"{place}の {key}: 知らない項目です")
        before = len(self._faults)
        taken: dict[str, Any] = {key: self._taken(row, place, key, read) for key, read in _READERS.items()}
        if len(self._faults) > before:
            return None
        if not taken["ends_with_entries"] and (taken["after"] or taken["escalation"]):
            self._faults.append(
                f"{place}の after と escalation: 終わったことが記録されない段階では、締切の後に知らせられません"
            )
        return Phase(**taken)

    def _taken(
        self, row: Mapping[str, Any], place: str, name: str, read: Callable[[Any], Value]
    ) -> Value | None:
        key = "ends_with" if name == "ends_with_entries" else name
        if key not in row:
            self._faults.append(f"{place}の {key}: ありません")
            return None
        try:
            return read(row[key])
        except ValueError as fault:
            self._faults.append(f"{place}の {key}: {fault}（{row[key]}）")
            return None


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("言葉を書いてください")
    return value


def _id(value: Any) -> str:
    if not re.fullmatch(r"[a-z][a-z_]*", _words(value)):
        raise ValueError("英小文字と _ で書いてください")
    return str(value)


def _months(value: Any) -> Any:
    found = read_months(_words(value).replace("～", "~"))
    if found is None:
        raise ValueError("7月、10月～翌2月 のように書いてください")
    return found


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"{'、'.join(allowed)} のいずれかにしてください")
        return cast(str, value)

    return read


def _month_day(value: Any) -> MonthDay:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", value) if isinstance(value, str) else None
    try:
        day = date(2024, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError("07-31 のように、ある日を書いてください")
    return MonthDay(day.month, day.day)


def _two_days(value: Any) -> tuple[MonthDay, MonthDay]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("初日と最終日の2つを書いてください")
    first, last = _month_day(value[0]), _month_day(value[1])
    if first <= last:
        raise ValueError("年をまたぐように書いてください")
    return first, last


def _time(value: Any) -> time:
    if not isinstance(value, time):
        raise ValueError("09:00:00 のように書いてください")
    return value


def _days(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(one) is int and 1 <= one <= 90 for one in value):
        raise ValueError("1から90までの数を並べてください")
    if len(set(value)) != len(value):
        raise ValueError("同じ数が2回あります")
    return tuple(value)


def _escalation(value: Any) -> tuple[Escalation, ...]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError('{ to = "head", after = 7 } を並べてください')
    steps = [
        Escalation(Audience(_one_of(*_ABOVE)(one.get("to"))), _days([one.get("after")])[0]) for one in value
    ]
    if len({step.to for step in steps}) != len(steps):
        raise ValueError("同じ相手が2回あります")
    return tuple(steps)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true か false にしてください")
    return value


def _moves(value: Any) -> Moves:
    return cast(Moves, _one_of("after", "before")(value))


_READERS: dict[str, Callable[[Any], Any]] = {
    "id": _id,
    "name": _words,
    "months": _months,
    "responsible": lambda value: Audience(_one_of(*_RESPONSIBLE)(value)),
    "ends_with_entries": lambda value: _one_of("entries", "date")(value) == "entries",
    "opens": _month_day,
    "deadline": _month_day,
    "opens_moves": _moves,
    "deadline_moves": _moves,
    "before": _days,
    "after": _days,
    "escalation": _escalation,
    "after_plan": _yes_or_no,
}
