"""Reads calendar.toml; every fault is named with its place, in Japanese, and nothing is taken of a faulty file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from reminders.calendar import Calendar, CalendarPhase, EndsWith, MonthDay, Office, Quiet, outside_the_plan
from reminders.calendar_values import (
    READERS,
    read_clock_time,
    read_day,
    read_signed_days,
    read_steps,
    read_two_days,
    read_words,
)

SHIPPED = Path(__file__).with_name("calendar.toml")

Value = TypeVar("Value")

_KEYS = (
    *("id", "name", "months", "responsible", "ends_with", "opens", "deadline", "opens_moves"),
    *("deadline_moves", "before", "after", "escalation", "after_plan", "digest", "hint"),
)
_QUIET_KEYS = ("name", "first", "last", "still_said")


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
        for key in given.keys() - {"office", "phase", "quiet"}:
            self._faults.append(f"{key}: 知らない項目です")
        quiet = self._quiet_periods(given.get("quiet", []))
        office = self._office(given.get("office"), quiet)
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

    def _office(self, row: object, quiet: tuple[Quiet, ...]) -> Office | None:
        table = row if isinstance(row, dict) else {}
        opens = self._taken(table, "office", "opens", read_clock_time)
        closes = self._taken(table, "office", "closes", read_clock_time)
        closed = self._taken(table, "office", "year_end", read_two_days)
        if opens is None or closes is None or closed is None:
            return None
        if closes <= opens:
            self._faults.append("officeの closes: opens より後にしてください")
        return Office(opens, closes, closed, quiet)

    def _quiet_periods(self, rows: object) -> tuple[Quiet, ...]:
        if not isinstance(rows, list):
            self._faults.append("quiet: [[quiet]] と書いてください")
            return ()
        return tuple(quiet for at, row in enumerate(rows, 1) if (quiet := self._quiet(row, at)))

    def _quiet(self, row: object, at: int) -> Quiet | None:
        place, table = f"{at}番目の送らない期間", row if isinstance(row, dict) else {}
        for key in table.keys() - set(_QUIET_KEYS):
            self._faults.append(f"{place}の {key}: 知らない項目です")
        name = self._taken(table, place, "name", read_words)
        first, last = (self._taken(table, place, key, read_day) for key in ("first", "last"))
        still_said = self._taken(table, place, "still_said", read_steps)
        if name is None or first is None or last is None or still_said is None:
            return None
        if last < first:
            self._faults.append(f"{place}の last: first より前です")
        return Quiet(name, first, last, still_said)

    def _phase(self, row: object, at: int) -> CalendarPhase | None:
        if not isinstance(row, dict):
            self._faults.append(f"{at}番目の段階: 項目の集まりではありません")
            return None
        place = f"{at}番目の段階（{row.get('id') or 'id なし'}）"
        for key in row.keys() - set(_KEYS):
            self._faults.append(f"{place}の {key}: 知らない項目です")
        before = len(self._faults)
        taken: dict[str, Any] = {key: self._taken(row, place, key, read) for key, read in READERS.items()}
        taken["hint"] = self._taken(row, place, "hint", read_words) if "hint" in row else ""
        taken["digest"] = self._taken(row, place, "digest", read_signed_days) if "digest" in row else None
        if len(self._faults) > before:
            return None
        if taken["ends_with"] is EndsWith.DATE and (taken["after"] or taken["escalation"]):
            self._faults.append(
                f"{place}の after と escalation: 終わったことが記録されない段階では、締切の後に知らせられません"
            )
        return CalendarPhase(**taken)

    def _taken(
        self, row: Mapping[str, Any], place: str, name: str, read: Callable[[Any], Value]
    ) -> Value | None:
        if name not in row:
            self._faults.append(f"{place}の {name}: ありません")
            return None
        try:
            return read(row[name])
        except ValueError as fault:
            self._faults.append(f"{place}の {name}: {fault}（{row[name]}）")
            return None
