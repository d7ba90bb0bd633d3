"""`kaikaku demo`: a scratch folder with an invented year on the real plan, to look around in."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from bot.app import read_settings
from bot.app.demonstration import LETTERS, open_demonstration
from bot.cli import CommandRefused
from bot.cli.progress_bar import with_bar
from bot.progress.handler import all_entries


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """The arguments of `demo`."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="新しく作るフォルダー（本番のデータとは別の場所）"
    )


def run(given: argparse.Namespace) -> int:
    """Fill the folder and say how to look into it."""
    folder: Path = given.folder
    settings = read_settings(given.today)
    if folder.exists() or folder.resolve() == settings.data.resolve():
        raise CommandRefused(f"{folder} はすでにあるため使えません。まだないフォルダーを指定してください。")
    try:
        demonstration = open_demonstration(settings, folder)
    except OSError as fault:
        raise CommandRefused(f"{folder} を作れません：{fault.strerror}") from fault
    days = demonstration.days
    for _ in with_bar(demonstration.live(), len(days), "架空の一年を進めています", sys.stderr):
        pass
    with demonstration.app.database.reading() as inside:
        count = len(all_entries(inside, demonstration.edition.plan))
    outgoing_messages = len(list((folder / LETTERS).glob("*.txt")))
    print(
        f"{folder} に架空の自己評価 {count}件と、知らせの控え {outgoing_messages}通を入れました（名簿も架空です）。"
    )
    print("次のように見て回れます。")
    print("\n".join(_tour(folder, f"--today {demonstration.last_day}")))
    return 0


def _tour(folder: Path, today: str) -> list[str]:
    here = f"KAIKAKU_DATA={shlex.quote(str(folder))}"
    return [
        f"{here} kaikaku progress {today}                      # 進捗",
        f"{here} kaikaku entries {today}                       # 提出された自己評価",
        f"{here} kaikaku remind log {today}                    # だれに、いつ、何を知らせたか",
        f"{here} kaikaku remind preview --round R6 {today}     # 次の回の予定",
        f"{here} kaikaku chat --as jimukyoku {today}           # 事務局として話す（「進捗」「未提出は？」）",
        f"{here} KAIKAKU_IDENTITY=trial kaikaku serve {today}  # 画面で見る（「進捗」を開く）",
        f"ls {shlex.quote(str(folder / LETTERS))}              # 届いたはずの知らせの文面",
    ]
