"""`kaikaku roster`: what the roster leaves open, a new one in, and the present one out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.app import edition_in_force, now, open_database, read_settings, today_of
from bot.cli import CommandRefused
from bot.cli.arguments import day, say, take_today
from bot.identity.roster_import import RosterProposal, apply, propose
from bot.identity.rosters import standing, to_come
from bot.settings import Settings
from bot.storage.audit import COMMAND_LINE
from knowledge.faults import RosterFaults
from knowledge.plan.plan import Plan
from knowledge.roster.findings import findings
from knowledge.roster.roster import Roster
from knowledge.sources.roster_files import write_roster


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """The commands of the group and their arguments."""
    group = parser.add_subparsers(dest="what", required=True, metavar="{check,import,export}")
    check = group.add_parser("check", help="いまの名簿、またはファイルの名簿を確かめる（何も変えません）")
    check.add_argument("file", nargs="?", type=Path, metavar="FILE", help="Excel、CSV のフォルダーか zip")
    taken = group.add_parser("import", help="名簿を取り込む（変更の内容を示してから）")
    taken.add_argument("file", type=Path, metavar="FILE", help="Excel、CSV のフォルダーか zip")
    taken.add_argument("--dry-run", action="store_true", help="変更の内容を示すだけで、取り込まない")
    for one in (check, taken):
        one.add_argument("--effective", type=day, metavar="YYYY-MM-DD", help="この日から使う（なければ今日）")
    export = group.add_parser("export", help="名簿を書き出す")
    export.add_argument("file", type=Path, metavar="FILE", help=".xlsx、.zip、それ以外は CSV のフォルダー")
    export.add_argument("--force", action="store_true", help="同じ名前のものに上書きする")
    take_today(check, taken, export)


def run(given: argparse.Namespace) -> int:
    """Do what the command says."""
    settings = read_settings(given.today)
    commands: dict[str, Callable[[argparse.Namespace, Settings], None]] = {
        "check": _check,
        "import": _import,
        "export": _export,
    }
    commands[given.what](given, settings)
    return 0


def _check(given: argparse.Namespace, settings: Settings) -> None:
    if given.file is not None:
        say((*_preview(_proposal(given, settings), _plan(given, settings)), "まだ取り込んでいません。"))
        return
    today = today_of(settings)
    present = standing(settings.database_path, today)
    came_by = present.came_by
    origin = f"{came_by.source}（{came_by.effective}から）" if came_by else "同梱の見本"
    say((f"名簿: {origin}", *_described(present.roster.on(today), _plan(given, settings))))
    say(f"{one.effective} から: {one.source}" for one in to_come(settings.database_path, today))


def _import(given: argparse.Namespace, settings: Settings) -> None:
    proposal = _proposal(given, settings)
    say(_preview(proposal, _plan(given, settings)))
    if given.dry_run:
        print("まだ取り込んでいません。")
    elif not proposal.changes and proposal.before is not None:
        print("いまの名簿と同じ内容のため、取り込みませんでした。")
    else:
        apply(open_database(settings), proposal, by=COMMAND_LINE, now=now())
        print(f"取り込みました（{proposal.effective} から）。")


def _export(given: argparse.Namespace, settings: Settings) -> None:
    if given.file.exists() and not given.force:
        raise CommandRefused(f"{given.file} はすでにあります。上書きするときは --force を付けてください。")
    today = today_of(settings)
    try:
        write_roster(standing(settings.database_path, today).roster, _plan(given, settings), given.file)
    except OSError as fault:
        raise CommandRefused(f"{given.file} に書き込めません: {fault.strerror}") from fault
    print(f"{given.file} に書き出しました。")


def _plan(given: argparse.Namespace, settings: Settings) -> Plan:
    """The plan of the day on which the roster is looked at."""
    day = getattr(given, "effective", None) or today_of(settings)
    return edition_in_force(settings, day).plan


def _proposal(given: argparse.Namespace, settings: Settings) -> RosterProposal:
    effective = given.effective or today_of(settings)
    try:
        return propose(settings.database_path, given.file, _plan(given, settings), effective)
    except RosterFaults as refusal:
        heading = f"{given.file} に{len(refusal.faults)}件の誤りがあります。何も変えていません。"
        raise CommandRefused("\n".join((heading, *(f"・{fault}" for fault in refusal.faults)))) from refusal


def _preview(proposal: RosterProposal, plan: Plan) -> Iterator[str]:
    """What the proposal would change, then what it would leave open."""
    if proposal.before is None:
        yield "これまでに取り込んだ名簿はありません。"
    elif proposal.changes:
        yield f"変更は{len(proposal.changes)}件です。"
        yield from (f"・{change}" for change in proposal.changes)
    else:
        yield "いまの名簿との違いはありません。"
    yield from _described(proposal.roster.on(proposal.effective), plan)


def _described(roster: Roster, plan: Plan) -> Iterator[str]:
    departments, persons = len(roster.current_departments), len(roster.persons)
    yield f"部{len(roster.bureaus)}、課等{departments}、人{persons}、所管{len(roster.responsibilities)}"
    found = findings(roster, plan)
    yield "確かめていただきたいこと:" if found else "気になるところはありません。"
    yield from (f"・{finding}" for finding in found)
