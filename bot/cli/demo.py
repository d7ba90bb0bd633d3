"""`kaikaku demo`: a scratch folder with invented self-evaluations on the real plan, to look around in."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import open_database
from bot.cli import Refused
from bot.progress.demo import Invented, invented_round
from bot.self_evaluation import entries
from bot.self_evaluation.entry import SignOff, SignOffStep
from bot.self_evaluation.rounds import rounds
from bot.settings import read_settings
from knowledge.editions import shipped
from knowledge.sources.sample_roster import sample_roster
from reminders.moment import TOKYO

if TYPE_CHECKING:
    from sqlite_utils import Database

_ROUNDS = 3
_WHO = "demo"


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
        raise Refused(f"{folder} はすでにあるため使えません。まだないフォルダーを指定してください。")
    edition = shipped()
    held = rounds(edition.plan)[:_ROUNDS]
    day = date(held[-1].year.start, 8, 1)
    roster = sample_roster(edition.plan).on(day)
    try:
        database = open_database(replace(settings, data=folder))
    except OSError as fault:
        raise Refused(f"{folder} を作れません：{fault.strerror}") from fault
    count = 0
    with database.writing() as inside:
        for one in held:
            at = datetime.combine(date(one.year.start, 7, 20), time(10), TOKYO)
            for invented in invented_round(edition, roster, one, one is held[-1]):
                entry = entries.submit(inside, invented.evaluation, by=_WHO, now=at, is_late=invented.is_late)
                _sign(inside, entry.number, invented, at)
                count += 1
    print(f"{folder} に架空の自己評価 {count}件を入れました（名簿は見本です）。")
    print(f"KAIKAKU_DATA={folder} kaikaku progress --today {day}")
    print(f"KAIKAKU_DATA={folder} kaikaku chat --as jimukyoku --today {day}")
    return 0


def _sign(inside: Database, number: int, invented: Invented, at: datetime) -> None:
    after = SignOffStep.SUBMITTED
    for step in invented.steps:
        entries.sign(inside, number, SignOff(step, _WHO, at), after)
        after = step
