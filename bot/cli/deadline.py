"""`kaikaku remind deadline`: the deadlines as they stand, and moving one, or those of a file, once confirmed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from bot.app import edition_in_force, now, open_database, today_of
from bot.cli import CommandRefused
from bot.cli.arguments import day
from bot.notices.calendars import calendar_of
from bot.notices.days import On
from bot.notices.deadline_file import read_deadlines
from bot.notices.deadline_moves import proposal_facts, record, unfit_text
from bot.notices.deadline_proposal import DeadlineProposal, Unfit, propose
from bot.notices.deadline_requests import phase_names
from bot.settings import Settings
from bot.storage.audit import COMMAND_LINE
from bot.wording.wording import say
from knowledge.japanese import plain
from knowledge.plan.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.plan.plan import Plan
from reminders.calendar import Calendar, CalendarPhase
from reminders.moment import TOKYO
from reminders.storage.deadlines import MovedMeanwhile


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is moved, and to when; with nothing named the deadlines are listed."""
    parser.add_argument("phase", nargs="?", metavar="段階", help="自己評価、内部評価 など。省くと一覧")
    parser.add_argument("day", nargs="?", type=day, metavar="YYYY-MM-DD", help="新しい締切")
    parser.add_argument("--round", metavar="R5", help="回（なければ、その日がこれから来る回）")
    parser.add_argument("--file", type=Path, metavar="FILE", help="「回,段階,締切」の CSV をまとめて")
    parser.add_argument("--yes", action="store_true", help="確かめずに変える")


def run(given: argparse.Namespace, settings: Settings) -> None:
    """List, or show what would change, have it confirmed and change it."""
    calendar, today = calendar_of(settings), today_of(settings)
    plan = edition_in_force(settings, today).plan
    if given.file is not None and given.phase is None:
        found = read_deadlines(given.file, calendar, plan, today, unfit_text)
    elif given.phase is None:
        _list(calendar, plan, _year(given) or fiscal_year_of(today))
        return
    elif given.day is None or given.file is not None:
        raise CommandRefused("段階と新しい締切（YYYY-MM-DD）か、--file のどちらかを指定してください。")
    else:
        phase = _phase(calendar, given.phase)
        found = (_one(calendar, plan, phase, given.day, today, _year(given)),)
    _confirmed(found, given.yes)
    _keep(settings, found)


def _list(calendar: Calendar, plan: Plan, year: FiscalYear) -> None:
    terms = [one for one in calendar.terms(plan.first_year, plan.last_year) if one.year == year]
    if not terms:
        raise CommandRefused(f"{year.label}に、計画の段階はありません。")
    for one in terms:
        moved = f"（{one.moved.before} から変更）" if one.moved else ""
        print(f"{one.round} {one.phase.name}: {one.opens} ～ {one.deadline}{moved}")


def _phase(calendar: Calendar, text: str) -> CalendarPhase:
    phase = calendar.phase(phase_names(calendar).get(plain(text), text))
    if phase is None:
        raise CommandRefused(f"段階「{text}」はありません: {'、'.join(one.name for one in calendar.phases)}")
    return phase


def _year(given: argparse.Namespace) -> FiscalYear | None:
    try:
        return FiscalYear.from_short(given.round.upper()) if given.round else None
    except ValueError as fault:
        raise CommandRefused(f"{fault}") from fault


def _one(
    calendar: Calendar, plan: Plan, phase: CalendarPhase, wanted: date, today: date, year: FiscalYear | None
) -> DeadlineProposal:
    found = propose(calendar, plan, phase, On(wanted.day, wanted.month, wanted.year), today, year)
    if isinstance(found, Unfit):
        raise CommandRefused(unfit_text(found, phase))
    return found


def _confirmed(found: Sequence[DeadlineProposal], is_agreed: bool) -> None:
    if not found:
        raise CommandRefused("変わる締切はありません。")
    for one in found:
        print(say("notices/move", note="", is_told=False, **proposal_facts(one)))
    if is_agreed:
        return
    print("変えるときは y を入力してください [y/N]: ", end="", flush=True)
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        raise CommandRefused("締切は変えていません。")


def _keep(settings: Settings, found: Sequence[DeadlineProposal]) -> None:
    moment = now() if settings.today is None else datetime.combine(settings.today, time.min, TOKYO)
    try:
        with open_database(settings).writing() as inside:
            for one in found:
                record(inside, one, moment, COMMAND_LINE)
    except MovedMeanwhile as fault:
        raise CommandRefused(say("notices/moved_meanwhile")) from fault
    for one in found:
        print(say("notices/moved", **proposal_facts(one)))
