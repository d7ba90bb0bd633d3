"""Looks at what is set, reachable and wrong, and says so in plain words. Changes nothing.

Each check is a callable that gives findings; what belongs to the roster or a channel brings its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.refusal import Refusal
from bot.settings import Settings
from bot.settings.values import is_loopback
from bot.storage import inbox
from bot.storage.backup import faults
from bot.storage.database import DatabaseFile, connect
from bot.storage.database_fault import translated
from bot.storage.migrations import missing
from knowledge.language_files import LanguageFaults
from knowledge.storage.migration import Migration
from reminders.storage import outbox

if TYPE_CHECKING:
    from sqlite_utils import Database

Level = Literal["ok", "warning", "wrong"]

SPACE = 500 * 1024 * 1024
"""Free bytes below which the disk is called nearly full."""

LATELY = timedelta(days=7)
STUCK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """One thing looked at: whether it is in order, what it is, and what is so or what to do."""

    level: Level
    subject: str
    words: str


Check = Callable[[], Iterable[DoctorFinding]]


def examine(checks: Sequence[tuple[str, Check]]) -> list[DoctorFinding]:
    """The findings of all checks, each named by its subject; one that cannot be made is itself a finding."""
    found: list[DoctorFinding] = []
    for subject, check in checks:
        try:
            found.extend(check())
        except (Refusal, LanguageFaults) as refusal:
            found.append(DoctorFinding("wrong", subject, str(refusal)))
    return found


def is_sound(findings: Iterable[DoctorFinding]) -> bool:
    """Whether nothing is wrong; a warning is not."""
    return all(finding.level != "wrong" for finding in findings)


def own_checks(
    settings: Settings,
    migrations: Sequence[Migration],
    now: datetime,
    usages: Sequence[tuple[str, str]] = (),
) -> list[tuple[str, Check]]:
    """The checks of the floor itself: settings, data folder, database, inbox and outbox.

    `usages` say of each channel, by its label, whether and how it is used.
    """
    database = DatabaseFile(settings.database_path)
    return [
        ("設定", lambda: settings_findings(settings, usages)),
        ("データフォルダー", lambda: folder_findings(settings.data)),
        ("データベース", lambda: database_findings(settings.database_path, migrations)),
        ("受信", lambda: _read(database, lambda inside: inbox_findings(inside, now))),
        ("送信", lambda: _read(database, lambda inside: outbox_findings(inside, now))),
    ]


def settings_findings(settings: Settings, usages: Sequence[tuple[str, str]]) -> list[DoctorFinding]:
    """What the settings say about who can use the bot and how."""
    found = [
        DoctorFinding("warning", name, "この名前の設定はありません。書き誤りではありませんか。")
        for name in settings.unknown
    ]
    if settings.today is not None:
        found.append(
            DoctorFinding(
                "warning", "KAIKAKU_TODAY", f"今日を {settings.today} とみなし、外へは送信しません。"
            )
        )
    if not is_loopback(settings.host) and settings.public_url is None:
        words = "画面を他の機械から使うには、利用者が開くアドレスを指定してください。"
        found.append(DoctorFinding("warning", "KAIKAKU_PUBLIC_URL", words))
    return [*found, *(DoctorFinding("ok", subject, words) for subject, words in usages)]


def folder_findings(data: Path) -> list[DoctorFinding]:
    """Whether the data folder can be written and its disk has room."""
    subject = "データフォルダー"
    if not data.is_dir():
        return [DoctorFinding("wrong", subject, f"{data} がありません。kaikaku serve を始めると作られます。")]
    if not os.access(data, os.W_OK | os.X_OK):
        return [DoctorFinding("wrong", subject, f"{data} に書き込めません。権限を確認してください。")]
    free = shutil.disk_usage(data).free
    if free < SPACE:
        return [DoctorFinding("warning", subject, f"ディスクの空きが残り {free // 1024**2} MB です。")]
    return [DoctorFinding("ok", subject, f"{data.absolute()} 空き {free / 1024**3:.1f} GB")]


def database_findings(path: Path, migrations: Sequence[Migration]) -> list[DoctorFinding]:
    """Whether the database is whole and of this version. Raises Refusal."""
    subject = "データベース"
    with translated(), closing(connect(path)) as connection:
        waiting = missing(connection, migrations)
        damage = faults(connection)
    if damage:
        return [
            DoctorFinding(
                "wrong", subject, f"壊れています ({damage[0]})。kaikaku restore で復元してください。"
            )
        ]
    if waiting:
        return [DoctorFinding("warning", subject, "古い版のものです。kaikaku serve を始めると更新されます。")]
    return [
        DoctorFinding("ok", subject, f"{path.name} に異常はありません ({path.stat().st_size // 1024} KB)")
    ]


def inbox_findings(database: Database, now: datetime) -> list[DoctorFinding]:
    """What was received and is stuck, or failed lately."""
    found = []
    if stuck := len(inbox.waiting(database, now - STUCK)):
        words = f"{stuck} 件が未処理です。kaikaku serve を始めると処理されます。"
        found.append(DoctorFinding("warning", "受信", words))
    for faulty in inbox.faults(database, now - LATELY):
        when = f"{faulty.channel}、{faulty.received_at:%m/%d %H:%M}"
        words = f"受付番号 {faulty.id} ({when}) の処理に失敗: {faulty.fault}"
        found.append(DoctorFinding("warning", "受信", words))
    return found or [DoctorFinding("ok", "受信", "未処理も、この 7 日の失敗もありません")]


def outbox_findings(database: Database, now: datetime) -> list[DoctorFinding]:
    """What could not be sent lately, and what nobody knows about."""
    found = [
        DoctorFinding(
            "warning",
            "送信",
            f"{outgoing.channel} の {outgoing.address} へ届いたか分かりません: {outgoing.reason}",
        )
        for outgoing in outbox.outgoing_in(database, "doubtful")
    ]
    found += [
        DoctorFinding(
            "warning", "送信", f"{outgoing.channel} の {outgoing.address} へ送れません: {outgoing.reason}"
        )
        for outgoing in outbox.outgoing_in(database, "failed")
        if outgoing.created_at >= now - LATELY
    ]
    return found or [DoctorFinding("ok", "送信", "届いたか分からないものも、この 7 日の失敗もありません")]


def _read(database: DatabaseFile, findings: Callable[[Database], list[DoctorFinding]]) -> list[DoctorFinding]:
    with database.reading() as inside:
        return findings(inside)
