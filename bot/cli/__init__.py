"""The command line: one word names what to do; each group of commands is a module here, imported only when named.

May import everything; nothing imports it. Told in `main`.
Exit status 0 done, 1 refused with a message in Japanese, 2 wrong usage. No traceback reaches a user.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from bot.refusal import Refusal


class CommandRefused(Refusal):
    """What was asked of the command line cannot be done."""


@dataclass(frozen=True, slots=True)
class CliCommand:
    """A command: the module that has its `arguments(parser)` and `run(arguments) -> int`, and what `--help` says.

    One that never `logs` is spared the logging.
    """

    module: str
    help: str
    logs: bool = True


COMMANDS = {
    "serve": CliCommand("serve", "ボットを動かす（画面、設定があれば Slack とメール）"),
    "ask": CliCommand("ask", "一つ質問して答えを見る", logs=False),
    "chat": CliCommand("chat", "端末で話す"),
    "plan": CliCommand("plan", "計画の確認、表示、取り込み、書き出し、版の比較"),
    "roster": CliCommand("roster", "名簿（所管課・職・人）の確認、取り込み、書き出し"),
    "progress": CliCommand("progress", "進捗（提出状況、効果額、遅れ）を見る、資料にする"),
    "remind": CliCommand("remind", "通知の開始、予定の確認、いま一度の実行、送った記録"),
    "demo": CliCommand("demo", "架空の一年（自己評価、通知）を入れた、お試しのフォルダーを作る"),
    "handover": CliCommand("handover", "引継書を見る、HTML や Excel に書く"),
    "entries": CliCommand("entries", "提出された自己評価を見る"),
    "backup": CliCommand("operations", "データベースのバックアップを取る"),
    "restore": CliCommand("operations", "バックアップから復元する"),
    "doctor": CliCommand("operations", "設定とつながりを調べる"),
    "audit": CliCommand("operations", "変更の記録を見る"),
    "unanswered": CliCommand("operations", "答えられなかった質問を見る"),
}


def main(given: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    words = list(sys.argv[1:] if given is None else given)
    arguments = _parser(words).parse_args(words)
    if COMMANDS[arguments.command].logs:
        _started_log()
    try:
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except Exception as fault:
        return _refused(fault)


def _refused(fault: Exception) -> int:
    """Words for a person; what nobody expected is logged with its place and said plainly."""
    if isinstance(fault, Refusal) or type(fault).__name__ in _FOR_PEOPLE:
        print(fault, file=sys.stderr)
        return 1
    log = _started_log()
    log.warn("command failed", fault=log.place_of(fault))
    print("思いがけない問題が起きたため、中断しました。上の記録を管理者に伝えてください。", file=sys.stderr)
    return 1


def _started_log() -> ModuleType:
    from bot import log

    log.start_logging(sys.stderr)
    return log


_FOR_PEOPLE = frozenset(
    {"SourceFaults", "PlanFaults", "RosterFaults", "CalendarFaults", "CannotListen", "LanguageFaults"}
)


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kaikaku", description="改革ナビ：市の改革計画を案内するボット")
    groups = parser.add_subparsers(
        dest="command", metavar="{" + ",".join(COMMANDS) + "}", required=True, title="コマンド"
    )
    named = next((word for word in words if word in COMMANDS), None)
    shown = COMMANDS if named is None or words[0] != named else {named: COMMANDS[named]}
    for name, command in shown.items():
        one = groups.add_parser(name, help=command.help, description=command.help)
        one.add_argument(
            "--today", metavar="YYYY-MM-DD", help="この日を今日として動く（外部には何も送りません）"
        )
        if name == named:
            module = import_module(f"bot.cli.{command.module}")
            arguments: Callable[[argparse.ArgumentParser, str], None] = module.arguments
            arguments(one, name)
            one.set_defaults(run=module.run)
    return parser
