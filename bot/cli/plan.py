"""`kaikaku plan`: what is to be known of the plan, what it says, its editions out and in, and what differs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.app import now, open_database, read_settings, today_of
from bot.cli import CommandRefused
from bot.cli.arguments import day, say, take_today
from bot.cli.plan_text import change_lines, code_lines, edition_line, finding_lines, tree_lines
from bot.settings import Settings
from bot.storage.audit import COMMAND_LINE
from bot.storage.stored_editions import edition_heads, edition_in_force, edition_of, keep_edition
from knowledge.editions.changes import PlanChange, changes
from knowledge.editions.edition import Edition
from knowledge.editions.revision import completed, draft_from, edition_from, same_by_id, same_initiatives
from knowledge.plan.checks import findings
from knowledge.plan.row_sums import refuse_misfits, row_misfits
from knowledge.sources.draft import PlanDraft
from knowledge.sources.plan_files import read_plan, write_plan
from knowledge.sources.sheets import bounded_content


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """The commands of the group and their arguments."""
    group = parser.add_subparsers(dest="what", required=True, metavar="{check,show,export,import,diff}")
    check = group.add_parser("check", help="合わない合計、未設定の箇所、誤記と思われる箇所を見る")
    show = group.add_parser("show", help="計画の内容を見る")
    show.add_argument("code", nargs="?", metavar="CODE", help="柱3、3-1、3-1-2 など。なければ一覧")
    export = group.add_parser("export", help="計画を Excel に書き出す")
    export.add_argument("file", type=Path, metavar="FILE.xlsx")
    export.add_argument("--force", action="store_true", help="同じ名前のファイルに上書きする")
    for one in (check, show, export):
        one.add_argument("--edition", metavar="ID", help="版（なければ今日の版）")
    taken = group.add_parser("import", help="Excel か抽出した文章を新しい版として取り込む")
    taken.add_argument("file", type=Path, metavar="FILE")
    taken.add_argument("--effective", type=day, metavar="YYYY-MM-DD", help="施行日（ファイルの記載より優先）")
    taken.add_argument("--title", metavar="NAME", help="出典で使う計画の呼び名（ファイルの記載より優先）")
    taken.add_argument("--yes", action="store_true", help="確かめずに取り込む")
    diff = group.add_parser("diff", help="二つの版（IDかファイル）の違いを見る")
    diff.add_argument("before", metavar="A")
    diff.add_argument("after", metavar="B")
    take_today(check, show, export, taken, diff)


def run(given: argparse.Namespace) -> int:
    """Do what the command says."""
    settings = read_settings(given.today)
    commands: dict[str, Callable[[argparse.Namespace, Settings], None]] = {
        "check": _check,
        "show": _show,
        "export": _export,
        "import": _import,
        "diff": _diff,
    }
    commands[given.what](given, settings)
    return 0


def _check(given: argparse.Namespace, settings: Settings) -> None:
    edition = _chosen(given.edition, settings)
    say([edition_line(edition), *finding_lines(findings(edition.plan, edition.annotations))])


def _show(given: argparse.Namespace, settings: Settings) -> None:
    edition = _chosen(given.edition, settings)
    if given.code is None:
        say([edition_line(edition), *tree_lines(edition.plan)])
        return
    lines = code_lines(edition.plan, given.code)
    if lines is None:
        raise CommandRefused(
            f"「{given.code}」は計画にないコードです。「kaikaku plan show」で一覧を見られます。"
        )
    say([edition_line(edition), *lines])


def _export(given: argparse.Namespace, settings: Settings) -> None:
    content = write_plan(draft_from(_chosen(given.edition, settings)))
    try:
        with given.file.open("wb" if given.force else "xb") as file:
            file.write(content)
    except FileExistsError as fault:
        raise CommandRefused(
            f"{given.file} はすでにあります。上書きするときは --force を付けてください。"
        ) from fault
    except OSError as fault:
        raise CommandRefused(f"{given.file} に書き込めません: {fault.strerror}") from fault
    print(f"{given.file} に書き出しました。")


def _import(given: argparse.Namespace, settings: Settings) -> None:
    """Show what would change, and keep the edition when that is wanted."""
    draft, is_complete = read_plan(bounded_content(given.file))
    effective = given.effective or draft.effective
    if effective is None:
        raise CommandRefused("施行日がわかりません。--effective YYYY-MM-DD で指定してください。")
    before = edition_in_force(settings.database_path, effective)
    if not is_complete:
        draft = completed(draft, before.plan, before.annotations)
    refuse_misfits(draft.plan)
    draft = _as_wanted(draft, effective, given, before)
    made = _maker(draft, before if same_initiatives(draft) else None)
    edition = made("")
    found = changes(draft_from(before), draft_from(edition), same_initiatives(draft))
    say([f"前の版: {edition_line(before)}", f"新しい版: {edition_line(edition)}", *_preview(found, draft)])
    if not found:
        raise CommandRefused("いまの版と同じ内容のため、取り込みません。")
    if not (given.yes or _is_confirmed()):
        print("まだ取り込んでいません。取り込むときは --yes を付けてください。")
        return
    kept = keep_edition(open_database(settings), before.id, effective, made, who=COMMAND_LINE, now=now())
    if kept is None:
        raise CommandRefused("この間にほかの版が取り込まれました。もう一度変更の内容を確かめてください。")
    print(f"版 {kept.id} として取り込みました。")


def _as_wanted(draft: PlanDraft, effective: date, given: argparse.Namespace, before: Edition) -> PlanDraft:
    """The draft with the day and the name that the command gives, else the file, else the edition before."""
    name = before.title if same_initiatives(draft) else draft.plan.title
    return replace(
        draft,
        effective=effective,
        is_assumed=draft.is_assumed and given.effective is None,
        cited_as=given.title or draft.cited_as or name,
    )


def _maker(draft: PlanDraft, before: Edition | None) -> Callable[[str], Edition]:
    return lambda id: edition_from(draft, id, before)


def _preview(found: tuple[PlanChange, ...], draft: PlanDraft) -> Iterable[str]:
    for misfit in row_misfits(draft.plan):
        yield f"注意 目標 {misfit.code}（p.{misfit.page}）: {misfit.words}（端数処理によると考えられます）。"
    if not same_initiatives(draft):
        yield (
            f"前の版から続く取組がないため、別の計画の最初の版として取り込みます"
            f"（改革項目{len(draft.plan.items)}、取組{len(draft.plan.initiatives)}）。"
        )
        return
    yield from change_lines(found)


def _is_confirmed() -> bool:
    return sys.stdin.isatty() and input("取り込みますか？ [y/N] ").strip().lower() in ("y", "yes", "はい")


def _diff(given: argparse.Namespace, settings: Settings) -> None:
    before, _ = _side(given.before, settings)
    after, says = _side(given.after, settings)
    if isinstance(after, Edition):
        draft, same = draft_from(after), same_by_id(before.plan, after.plan)
    else:
        draft = after if says else completed(after, before.plan, before.annotations)
        same = same_initiatives(draft)
    old = draft_from(before) if isinstance(before, Edition) else before
    say(list(change_lines(changes(old, draft, same))) or ["違いはありません。"])


def _side(named: str, settings: Settings) -> tuple[Edition | PlanDraft, bool]:
    """What A or B names, a file when there is one of that name, else an edition; whether it says what continues."""
    if Path(named).is_file():
        return read_plan(bounded_content(Path(named)))
    return _chosen(named, settings), True


def _chosen(id: str | None, settings: Settings) -> Edition:
    """The edition of that id, or today's."""
    path = settings.database_path
    if id is None:
        return edition_in_force(path, today_of(settings))
    try:
        return edition_of(path, id)
    except KeyError as fault:
        known = "、".join(head.id for head in edition_heads(path))
        raise CommandRefused(f"版「{id}」はありません。あるのは {known} です。") from fault
