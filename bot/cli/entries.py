"""`kaikaku entries`: the submitted self-evaluations of a round, as lines for people or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from bot.app import edition_in_force, read_settings, today_of
from bot.cli import CommandRefused
from bot.evaluation.rounds import latest_round, round_named, term_by
from bot.identity.rosters import standing
from bot.notices.calendars import calendar_of
from bot.settings import Settings
from bot.storage import entry_store
from bot.storage.database import DatabaseFile
from bot.storage.entry import Entry, Reported, SignOff
from knowledge.plan.plan import Plan
from knowledge.roster.roster import Roster
from reminders.moment import written


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """The arguments of `entries`."""
    parser.add_argument("--round", metavar="R5", help="この回のもの（省くと、始まっているうちで最後の回）")
    parser.add_argument("--versions", action="store_true", help="訂正の前の版も、すべて出す")
    parser.add_argument("--json", action="store_true", help="JSON で書き出す")


def run(given: argparse.Namespace) -> int:
    """Print the latest version of every entry of the round, or every version."""
    settings = read_settings(given.today)
    name = _round(settings, given.round)
    found = _entries(settings, name, every_version=given.versions)
    roster = standing(settings.database_path, today_of(settings)).roster
    if given.json:
        print(json.dumps([_as_json(one, roster) for one in found], ensure_ascii=False, indent=2))
    else:
        for line in _lines(name, found, roster):
            print(line)
    return 0


def _round(settings: Settings, given: str | None) -> str:
    today = today_of(settings)
    plan: Plan = edition_in_force(settings, today).plan
    if given is not None:
        try:
            return round_named(plan, given).name
        except ValueError as fault:
            raise CommandRefused(str(fault)) from fault
    one = latest_round(plan, term_by(calendar_of(settings)), today)
    if one is None:
        raise CommandRefused("自己評価の回は、まだ始まっていません。--round で回を指定してください。")
    return one.name


def _entries(settings: Settings, name: str, every_version: bool) -> tuple[Entry, ...]:
    if not settings.database_path.exists():
        return ()
    with DatabaseFile(settings.database_path).reading() as database:
        if not entry_store.is_prepared(database):
            return ()
        found = entry_store.latest(database, name)
        if not every_version:
            return found
        return tuple(one for last in found for one in entry_store.versions(database, name, last.subject))


def _lines(name: str, found: tuple[Entry, ...], roster: Roster) -> Iterator[str]:
    yield f"{name}の自己評価: {len(found)}件"
    for entry in found:
        figures = "、".join(f"{one.year.short} {one.row.name} {one.printed}" for one in entry.figures)
        yield "\t".join(
            (
                entry.code,
                entry.title,
                roster.name_of(entry.department),
                entry.state.label,
                figures or "-",
                f"第{entry.version}版{'（締切後）' if entry.is_late else ''}",
                entry.sign_off.step.label,
            )
        )


def _as_json(entry: Entry, roster: Roster) -> dict[str, Any]:
    return {
        "number": entry.number,
        "round": entry.round,
        "subject": entry.subject,
        "code": entry.code,
        "title": entry.title,
        "edition": entry.edition,
        "department": roster.name_of(entry.department),
        "state": entry.state.value,
        "actual": [_figure(one) for one in entry.actual],
        "forecast": [_figure(one) for one in entry.forecast],
        "causes": entry.causes,
        "success": entry.success,
        "problems": entry.problems,
        "version": entry.version,
        "why": entry.why,
        "submitted_by": entry.submitted_by,
        "submitted_at": written(entry.submitted_at),
        "is_late": entry.is_late,
        "sign_off": _sign_off(entry.sign_off),
        "history": [_sign_off(one) for one in entry.sign_offs],
    }


def _figure(figure: Reported) -> dict[str, Any]:
    """In the printed unit; in yen where that unit would need decimals."""
    printed, unit = figure.in_printed_unit, figure.row.unit
    is_whole = printed is None or printed.denominator == 1
    value = printed if is_whole else figure.value
    return {
        "code": figure.row.code,
        "measure": figure.row.measure,
        "fiscal_year": figure.year.short,
        "value": None if value is None else int(value),
        "unit": unit if is_whole else "円",
        "state": figure.state,
        "target": figure.target.value,
        "target_state": figure.target.state.value,
    }


def _sign_off(one: SignOff) -> dict[str, Any]:
    return {
        "step": one.step.value,
        "by": one.by,
        "at": written(one.at),
        "reason": one.reason,
        "in_place_of_head": one.in_place_of_head,
    }
