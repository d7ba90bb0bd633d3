"""`kaikaku backup / restore / doctor / audit / unanswered`: for whoever keeps the bot running."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from bot.app import edition_in_force, now, open_database, read_settings, today_of, version
from bot.app.tables import MIGRATIONS
from bot.channels.registry import Channels, set_up
from bot.cli import CommandRefused
from bot.operations import doctor
from bot.operations.doctor import DoctorFinding
from bot.operations.restore import restore
from bot.operations.roster_check import SUBJECT, roster_findings
from bot.operations.words_check import MEANING, WORDS, meaning_findings, words_findings
from bot.settings import Settings, SettingsFault
from bot.storage import audit, unanswered
from bot.storage.backup import Contents, back_up
from bot.storage.database import DatabaseFile
from reminders.moment import TOKYO, written

_SIGNS = {"ok": "○", "warning": "△", "wrong": "×"}


def arguments(parser: argparse.ArgumentParser, name: str) -> None:
    """The arguments of the command of that name."""
    parser.set_defaults(operation=_OPERATIONS[name])
    if name in ("backup", "restore"):
        parser.add_argument("file", type=Path, metavar="FILE", help="バックアップのファイル")
    if name in ("audit", "unanswered"):
        parser.add_argument("--json", action="store_true", help="JSON で出す")
    if name == "audit":
        parser.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="この日以降だけ")


def run(given: argparse.Namespace) -> int:
    """Run the command that was named."""
    operation: Callable[[argparse.Namespace], int] = given.operation
    return operation(given)


def _back_up(given: argparse.Namespace) -> int:
    held = back_up(_existing(read_settings(given.today)), given.file)
    print(f"バックアップを {given.file} に書き、読み返して確認しました（{_counted(held)}）。")
    return 0


def _restore(given: argparse.Namespace) -> int:
    settings = read_settings(given.today)
    restored = restore(settings.database_path, given.file, MIGRATIONS, version=version(), now=now())
    print(f"{given.file} から復元しました（{_counted(restored.contents)}）。")
    if restored.kept is not None:
        print(f"復元前のデータベースは {restored.kept} に残してあります。")
    print("バックアップの時点で未送信だったものは自動では送りません。「kaikaku doctor」で確認してください。")
    return 0


def _examine(given: argparse.Namespace) -> int:
    try:
        settings = read_settings(given.today)
    except SettingsFault as fault:
        findings = [DoctorFinding("wrong", "設定", words) for words in fault.faults]
    else:
        channels = set_up(settings)
        checks = [
            *doctor.own_checks(settings, MIGRATIONS, now(), channels.usages),
            *_words_checks(settings),
            _roster_check(settings, channels),
            *channels.checks,
        ]
        findings = doctor.examine(checks)
    for finding in findings:
        print(f"{_SIGNS[finding.level]} {finding.subject}: {finding.words}")
    if doctor.is_sound(findings):
        return 0
    raise CommandRefused(
        f"直すべきところが {sum(one.level == 'wrong' for one in findings)} 件あります（×の行）。"
    )


def _words_checks(settings: Settings) -> list[tuple[str, doctor.Check]]:
    return [(WORDS, words_findings), (MEANING, lambda: meaning_findings(settings))]


def _roster_check(settings: Settings, channels: Channels) -> tuple[str, doctor.Check]:
    today, reached = today_of(settings), channels.delivering
    return SUBJECT, lambda: roster_findings(settings, edition_in_force(settings, today).plan, today, reached)


def _audit(given: argparse.Namespace) -> int:
    since = datetime.combine(given.since, time.min, TOKYO) if given.since else None
    with _database(given).reading() as database:
        lines = audit.lines(database, since)
    _show(lines, _audit_line, given.json, "記録はありません。")
    return 0


def _unanswered(given: argparse.Namespace) -> int:
    with _database(given).reading() as database:
        questions = unanswered.listed(database)
    _show(questions, _question_line, given.json, "答えられなかった質問はありません。")
    return 0


_OPERATIONS = {
    "backup": _back_up,
    "restore": _restore,
    "doctor": _examine,
    "audit": _audit,
    "unanswered": _unanswered,
}


def _existing(settings: Settings) -> Path:
    """Whoever only looks must not make an empty database in a mistaken folder."""
    path = settings.database_path
    if not path.exists():
        raise CommandRefused(f"{path} がありません。KAIKAKU_DATA と作業フォルダーを確認してください。")
    return path


def _database(given: argparse.Namespace) -> DatabaseFile:
    settings = read_settings(given.today)
    _existing(settings)
    return open_database(settings)


def _show(rows: Sequence[Any], line: Callable[[Any], str], as_json: bool, none: str) -> None:
    if as_json:
        print(json.dumps([_plain(asdict(row)) for row in rows], ensure_ascii=False, indent=1))
    else:
        print("\n".join(map(line, rows)) or none)


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: written(value) if isinstance(value, datetime) else value for name, value in fields.items()}


def _audit_line(line: audit.AuditLine) -> str:
    change = f" {line.before or 'なし'} → {line.after or 'なし'}" if line.before or line.after else ""
    return f"{line.at:%Y-%m-%d %H:%M} {line.who} {line.what} {line.subject}{change}"


def _question_line(question: unanswered.Unanswered) -> str:
    kinds = {"unclear": "聞き返した", "out_of_plan": "計画にない"}
    return f"{question.asked_at:%Y-%m-%d %H:%M} {kinds.get(question.kind, question.kind)} {question.text}"


def _counted(contents: Contents) -> str:
    return f"表 {len(contents)}、行 {sum(contents.values()):,}"
