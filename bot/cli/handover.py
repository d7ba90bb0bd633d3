"""`kaikaku handover`: the handover packs on the screen, as one page that needs nothing from outside, and as a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.app import edition_in_force, open_database, read_settings, today_of
from bot.cli import CommandRefused
from bot.evaluation.rounds import round_named
from bot.identity.rosters import standing
from bot.notices.handover import packs_in
from bot.notices.handover_pack import page_of, sheets_of
from bot.wording.wording import say
from knowledge.plan.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.plan.plan import Plan
from knowledge.sources.safe_workbook import write_workbook


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """Which packs, and the files to write."""
    parser.add_argument("code", nargs="?", metavar="3-1-2", help="取組の番号（省くとすべて）")
    parser.add_argument("--fiscal-year", metavar="R5", help="どの年度末のものか（なければ今年度）")
    parser.add_argument("--department", metavar="課等", help="この課等の分だけ")
    parser.add_argument("--html", type=Path, metavar="FILE", help="印刷できる1つのHTMLに書く")
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="Excel に書く（取組ごとに1シート）")


def run(given: argparse.Namespace) -> int:
    """Print the packs, or write them."""
    settings = read_settings(given.today)
    today = today_of(settings)
    plan = edition_in_force(settings, today).plan
    roster = standing(settings.database_path, today).roster.on(today)
    year = _year(plan, given.fiscal_year or fiscal_year_of(today).short)
    packs = [
        one
        for one in packs_in(open_database(settings), plan, roster, year)
        if given.code in (None, one.code, *one.codes) and given.department in (None, one.department)
    ]
    if not packs:
        raise CommandRefused("当てはまる引継書はありません。番号と課等の名前を確かめてください。")
    if given.html:
        _write(given.html, page_of(packs).encode(), len(packs))
    if given.xlsx:
        _write(given.xlsx, write_workbook(sheets_of(packs)), len(packs))
    if not (given.html or given.xlsx):
        print("\n\n".join(say("notices/pack", pack=one, is_opened_now=False) for one in packs))
    return 0


def _year(plan: Plan, name: str) -> FiscalYear:
    try:
        return round_named(plan, name).year
    except ValueError as fault:
        raise CommandRefused(str(fault)) from fault


def _write(file: Path, content: bytes, count: int) -> None:
    if file.exists():
        raise CommandRefused(f"{file} はすでにあります。別の名前を指定してください。")
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise CommandRefused(f"{file} に書き込めません: {fault.strerror}") from fault
    print(f"{file} に引継書 {count}件を書き出しました（内部用）。")
