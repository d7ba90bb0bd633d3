"""`kaikaku progress`: where the plan stands, as text, JSON, and the papers that are made of the same numbers."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

from bot.app import edition_in_force, today_of
from bot.cli import Refused
from bot.database import DatabaseFile
from bot.message import Reply, Table
from bot.progress.as_json import as_json
from bot.progress.asked import all_entries
from bot.progress.papers import accepted, hearing, publication
from bot.progress.replies import reply_with
from bot.progress.report import report
from bot.progress.request import Request, View, read_request
from bot.progress.scope import Scope
from bot.progress.summary import Summary, summarise, year_on
from bot.rosters import standing
from bot.self_evaluation.entry import Entry
from bot.settings import Settings, read_settings
from knowledge.fiscal_year import FiscalYear
from knowledge.known import Known
from knowledge.question import PLAN
from knowledge.roster import Roster
from knowledge.sources.safe_workbook import write_workbook


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """The arguments of `progress`."""
    parser.add_argument(
        "scope",
        nargs="?",
        default=PLAN,
        metavar="SCOPE",
        help="範囲：柱5、5-1、5-1-1、課名（省くと計画全体）",
    )
    parser.add_argument("--fiscal-year", metavar="R5", help="年度（省くと、いまの回の年度）")
    parser.add_argument("--json", action="store_true", help="JSON で出す")
    parser.add_argument(
        "--xlsx", type=Path, metavar="FILE", help="公表用の一覧（受理された数値だけ）を Excel に書く"
    )
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="公表用の報告（受理された数値だけ）を HTML に書く"
    )
    parser.add_argument(
        "--hearing", type=Path, metavar="FILE", help="ヒアリング用の個票（内部用）を Excel に書く"
    )


def run(given: argparse.Namespace) -> int:
    """Print the summary, or write its papers."""
    settings = read_settings(given.today)
    today = today_of(settings)
    known = Known(edition_in_force(settings, today))
    roster = standing(settings.database_path, today).roster.on(today)
    everything = _entries(settings, known)
    is_public = given.xlsx is not None or given.html is not None
    summary = _summary(given, known, roster, accepted(everything) if is_public else everything, today)
    if given.hearing is not None:
        whole = _summary(given, known, roster, everything, today)
        _write(given.hearing, write_workbook(hearing(whole, everything)), "ヒアリング用の個票（内部用）")
    if given.xlsx is not None:
        _write(given.xlsx, write_workbook(publication(summary, known)), "公表用の一覧")
    if given.html is not None:
        _write(given.html, report(summary, known).encode(), "公表用の報告")
    if is_public:
        waiting = len(everything) - len(accepted(everything))
        print(f"受理された自己評価だけで作りました（まだ受理されていないもの：{waiting}件）。")
    if given.hearing is not None or is_public:
        return 0
    if given.json:
        print(json.dumps(as_json(summary), ensure_ascii=False, indent=1))
    else:
        print(_as_text(summary))
    return 0


def _summary(
    given: argparse.Namespace, known: Known, roster: Roster, entries: tuple[Entry, ...], today: date
) -> Summary:
    scope = _scope(given.scope, known, roster, today)
    try:
        year = FiscalYear.from_short(given.fiscal_year.upper()) if given.fiscal_year else None
        return summarise(known, roster, entries, scope, year or year_on(known.plan, today), today)
    except ValueError as fault:
        raise Refused(f"{fault}") from fault


def _entries(settings: Settings, known: Known) -> tuple[Entry, ...]:
    if not settings.database_path.exists():
        return ()
    with DatabaseFile(settings.database_path).reading() as inside:
        return all_entries(inside, known.plan) if inside["entries"].exists() else ()


def _scope(words: str, known: Known, roster: Roster, today: date) -> Scope:
    """The part or the departments that the words name."""
    request = read_request(f"{words} 進捗", roster, today)
    if request is None or request.year or (request.ref != PLAN and request.ref not in known.plan.by_code):
        raise Refused(f"「{words}」という範囲はありません。柱5、5-1、5-1-1、または課名で指定してください。")
    return Scope(request.ref, frozenset(request.departments) or None)


def _write(path: Path, content: bytes, what: str) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise Refused(f"{path} に書けません：{fault.strerror}") from fault
    print(f"{what}を {path} に書きました。")


def _as_text(summary: Summary) -> str:
    views = (View.OVERVIEW, View.AMOUNTS, View.INDICATORS, View.LAGS, View.MISSING, View.CHANGES)
    return "\n\n".join(_with_table(reply_with(summary, Request(view))) for view in views)


def _with_table(reply: Reply) -> str:
    return reply.text + (f"\n{_rows(reply.table)}" if reply.table else "")


def _rows(table: Table) -> str:
    """The table as tab-separated lines, which a spreadsheet takes as they are."""
    return "\n".join("\t".join(row) for row in (table.columns, *table.rows))
