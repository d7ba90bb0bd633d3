"""`kaikaku progress`: where the plan stands, as text, JSON, and the papers that are made of the same numbers."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.app import edition_in_force, read_settings, today_of
from bot.cli import CommandRefused
from bot.cli.progress_bar import with_bar
from bot.identity.rosters import standing
from bot.message import Reply, Table
from bot.notices.calendars import calendar_of
from bot.progress.handler import all_entries
from bot.progress.papers import accepted, hearing, publication
from bot.progress.replies import reply_with
from bot.progress.report import report
from bot.progress.request import Request, View
from bot.progress.request_reader import Unsure, read_request
from bot.progress.scope import Scope
from bot.progress.summary import Summary, summarise, year_on
from bot.progress.summary_json import as_json
from bot.progress.workbooks import council
from bot.settings import Settings
from bot.storage.database import DatabaseFile
from bot.storage.entry import Entry
from bot.storage.entry_store import is_prepared
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import PLAN
from knowledge.roster.roster import Roster
from knowledge.sources.safe_workbook import write_workbook
from reminders.calendar import Calendar


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """The arguments of `progress`."""
    parser.add_argument(
        "scope",
        nargs="?",
        default=PLAN,
        metavar="SCOPE",
        help="範囲：柱5、5-1、5-1-1、取組の名前の一部、課名（省くと計画全体）",
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
        "--council",
        type=Path,
        metavar="FILE",
        help="外部評価（審議会）用の一覧（受理された自己評価だけ）を Excel に書く",
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
    calendar = calendar_of(settings)
    everything = _entries(settings, known)

    def summary_of(entries: Sequence[Entry]) -> Summary:
        return _summary(given, known, roster, entries, today, calendar)

    if _write_papers(given, known, everything, summary_of):
        return 0
    if given.json:
        print(json.dumps(as_json(summary_of(everything)), ensure_ascii=False, indent=1))
    else:
        print(_as_text(summary_of(everything)))
    return 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by its option, what it is called, whether it is made of accepted entries alone, and how it is made."""

    option: str
    what: str
    of_accepted: bool
    made: Callable[[Summary, Sequence[Entry], Known], bytes]


PAPERS = (
    Paper(
        "hearing",
        "ヒアリング用の個票（内部用）",
        False,
        lambda summary, entries, _: write_workbook(hearing(summary, entries)),
    ),
    Paper(
        "council",
        "外部評価（審議会）用の一覧",
        True,
        lambda summary, entries, known: write_workbook(council(summary, entries, known.plan)),
    ),
    Paper(
        "xlsx", "公表用の一覧", True, lambda summary, _, known: write_workbook(publication(summary, known))
    ),
    Paper("html", "公表用の報告", True, lambda summary, _, known: report(summary, known).encode()),
)


def _write_papers(
    given: argparse.Namespace,
    known: Known,
    everything: Sequence[Entry],
    summary_of: Callable[[Sequence[Entry]], Summary],
) -> bool:
    """Write those that were asked for; whether there were any."""
    chosen = [paper for paper in PAPERS if getattr(given, paper.option) is not None]
    public = accepted(everything)
    for paper in with_bar(chosen, len(chosen), "資料を作っています", sys.stderr):
        entries = public if paper.of_accepted else everything
        _write(getattr(given, paper.option), paper.made(summary_of(entries), entries, known), paper.what)
    if any(paper.of_accepted for paper in chosen):
        waiting = len(everything) - len(public)
        print(f"受理された自己評価だけで作りました（まだ受理されていないもの：{waiting}件）。")
    return bool(chosen)


def _summary(
    given: argparse.Namespace,
    known: Known,
    roster: Roster,
    entries: Sequence[Entry],
    today: date,
    calendar: Calendar,
) -> Summary:
    scope = _scope(given.scope, known, roster, today)
    try:
        year = FiscalYear.from_short(given.fiscal_year.upper()) if given.fiscal_year else None
        year = year or year_on(known.plan, calendar, today)
        return summarise(known, roster, entries, scope, year, today, calendar)
    except ValueError as fault:
        raise CommandRefused(f"{fault}") from fault


def _entries(settings: Settings, known: Known) -> tuple[Entry, ...]:
    if not settings.database_path.exists():
        return ()
    with DatabaseFile(settings.database_path).reading() as inside:
        return all_entries(inside, known.plan) if is_prepared(inside) else ()


def _scope(words: str, known: Known, roster: Roster, today: date) -> Scope:
    """The part or the departments that the words name."""
    request = read_request(f"{words}の進捗", known, roster, today)
    if isinstance(request, Unsure):
        several = "、".join(f"{one.ref} {known.title_of(one.ref)}" for one in request.requests)
        raise CommandRefused(f"「{words}」に当てはまるものが{len(request.requests)}つあります：{several}")
    if request is None or request.year or (request.ref != PLAN and request.ref not in known.plan.by_code):
        raise CommandRefused(
            f"「{words}」という範囲はありません。柱5、5-1、5-1-1、取組の名前、または課名で指定してください。"
        )
    return Scope(request.ref, frozenset(request.departments) or None)


def _write(path: Path, content: bytes, what: str) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise CommandRefused(f"{path} に書けません：{fault.strerror}") from fault
    print(f"{what}を {path} に書きました。")


def _as_text(summary: Summary) -> str:
    views = (
        View.OVERVIEW,
        View.AMOUNTS,
        View.INITIATIVES,
        View.INDICATORS,
        View.LAGS,
        View.MISSING,
        View.CHANGES,
    )
    return "\n\n".join(_with_table(reply_with(summary, Request(view))) for view in views)


def _with_table(reply: Reply) -> str:
    return reply.text + (f"\n{_rows(reply.table)}" if reply.table else "")


def _rows(table: Table) -> str:
    """The table as tab-separated lines, which a spreadsheet takes as they are."""
    return "\n".join("\t".join(row) for row in (table.columns, *table.rows))
