"""`kaikaku remind`: reminders on and off, who would get what, one turn now, what was sent, and the deadlines."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from bot.app import App, edition_in_force, now, open_app, open_database, read_settings, today_of
from bot.app.reminders import one_turn
from bot.cli import CommandRefused, deadline
from bot.cli.arguments import take_today
from bot.evaluation.rounds import round_named
from bot.identity.rosters import is_real, standing, to_come
from bot.notices.calendars import calendar_of
from bot.notices.labels import state_label
from bot.notices.notice_text import department_label, text_of
from bot.notices.owed_work import work_of
from bot.settings import Settings
from bot.storage import audit
from bot.storage.audit import COMMAND_LINE
from bot.storage.database import DatabaseFile
from bot.wording.wording import say
from knowledge.plan.fiscal_year import FiscalYear, fiscal_year_of
from knowledge.roster.roster import Roster
from reminders.calendar import Calendar
from reminders.calendar_file import warnings
from reminders.due import Item, Notice
from reminders.moment import TOKYO
from reminders.preview import items_of, notices_ahead
from reminders.steps import UNREACHABLE
from reminders.storage import notices
from reminders.tick import Turn


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """The commands of the group and their arguments."""
    group = parser.add_subparsers(dest="what", required=True, metavar="{start,stop,preview,run,log,deadline}")
    start = group.add_parser("start", help="通知を始める（市の名簿を取り込んでから）")
    stop = group.add_parser("stop", help="通知を止める（もう一度 start するまで送りません）")
    preview = group.add_parser("preview", help="誰に、いつ、何を知らせるかの予定を見る（何も送りません）")
    preview.add_argument("--round", metavar="R5", help="回（なければ今年度）")
    once = group.add_parser("run", help="いま知らせるべきものを一度だけ調べて送る")
    log = group.add_parser("log", help="知らせた記録を見る")
    for one in (preview, log):
        one.add_argument("--json", action="store_true", help="JSON で出す")
    moving = group.add_parser("deadline", help="締切の一覧と変更（確かめてから変え、操作記録に残します）")
    deadline.arguments(moving)
    take_today(start, stop, preview, once, log, moving)


def run(given: argparse.Namespace) -> int:
    """Do what the command says."""
    settings = read_settings(given.today)
    commands: dict[str, Callable[[argparse.Namespace, Settings], None]] = {
        "start": _start,
        "stop": _stop,
        "deadline": deadline.run,
        "preview": _preview,
        "run": _run,
        "log": _log,
    }
    commands[given.what](given, settings)
    return 0


def _start(_given: argparse.Namespace, settings: Settings) -> None:
    calendar = calendar_of(settings)
    database = open_database(settings)
    if not is_real(database, today_of(settings)):
        raise CommandRefused(
            "市の名簿がまだ取り込まれていません。「kaikaku roster import」で取り込んでから始めてください。"
        )
    moment = _moment(settings)
    with database.writing() as inside:
        if notices.start(inside, COMMAND_LINE, moment):
            audit.record(inside, audit.AuditLine(moment, COMMAND_LINE, "通知の開始"))
            print("通知を始めました。これより前に期限が来ていた案内は送りません。")
        else:
            print("通知はすでに始まっています。")
    _say(f"ご確認ください: {warning}" for warning in warnings(calendar))


def _stop(_given: argparse.Namespace, settings: Settings) -> None:
    moment = _moment(settings)
    with open_database(settings).writing() as inside:
        if notices.stop(inside, moment):
            audit.record(inside, audit.AuditLine(moment, COMMAND_LINE, "通知の停止"))
            print("通知を止めました。")
        else:
            print("通知は始まっていません。")


def _moment(settings: Settings) -> datetime:
    return now() if settings.today is None else datetime.combine(settings.today, time.min, TOKYO)


def _preview(given: argparse.Namespace, settings: Settings) -> None:
    calendar, today = calendar_of(settings), today_of(settings)
    rosters = _rosters(settings, today)
    found = _ahead(calendar, settings, rosters, _round(given, settings, today), today)
    is_sample = rosters[0][1].is_sample
    rows = [
        _row(day, item, several, _on(rosters, day))
        for (day, item), several in items_of(found).items()
        # The sample has no addresses at all, which is no news.
        if not (is_sample and item.step == UNREACHABLE)
    ]
    if given.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if is_sample:
        print("名簿は見本です。市の名簿を取り込むまで、通知は始まりません。")
    for row in rows:
        print(f"{row['send_on']} {'、'.join(row['recipients']) or say('notices/nobody')}\n{row['text']}\n")
    _say(f"ご確認ください: {warning}" for warning in warnings(calendar))


def _round(given: argparse.Namespace, settings: Settings, today: date) -> FiscalYear:
    plan = edition_in_force(settings, today).plan
    try:
        return round_named(plan, given.round or fiscal_year_of(today).short).year
    except ValueError as fault:
        raise CommandRefused(str(fault)) from fault


def _rosters(settings: Settings, today: date) -> list[tuple[date, Roster]]:
    """The rosters in force from today and from the days to come, in that order."""
    path = settings.database_path
    later = sorted({one.effective for one in to_come(path, today)})
    return [(day, standing(path, day).roster) for day in (today, *later)]


def _on(rosters: list[tuple[date, Roster]], day: date) -> Roster:
    begun = [roster for first, roster in rosters if first <= day]
    return (begun[-1] if begun else rosters[0][1]).on(day)


def _ahead(
    calendar: Calendar,
    settings: Settings,
    rosters: list[tuple[date, Roster]],
    year: FiscalYear,
    today: date,
) -> tuple[Notice, ...]:
    """The notices of that round, from a little before it to when its last steps have come."""
    path = settings.database_path
    database = open_database(settings) if path.exists() else None
    plan = edition_in_force(settings, today).plan
    owed = work_of(database, calendar, plan, _on(rosters, max(today, year.first_day)), (year,))
    first, last = date(year.start, 3, 1), date(year.start + 1, 6, 30)
    return tuple(notices_ahead(calendar, lambda day: _on(rosters, day), owed, first, last))


def _row(day: date, item: Item, several: tuple[Notice, ...], roster: Roster) -> dict[str, Any]:
    return {
        "send_on": day.isoformat(),
        "round": item.term.round,
        "phase": item.term.phase.id,
        "step": item.step,
        "deadline": item.term.deadline.isoformat(),
        "department": department_label(item.department, roster),
        "recipients": [notice.to.label for notice in several],
        "initiatives": [task.code for task in item.tasks],
        "text": text_of([item], roster, day),
    }


def _run(_given: argparse.Namespace, settings: Settings) -> None:
    app = open_app(settings)
    calendar = app.calendar()
    app = _in_hours(app, calendar)
    turn = one_turn(app, app.channels.send)
    if not turn.is_on:
        raise CommandRefused("通知は始まっていません。「kaikaku remind start」で始めてください。")
    if turn.fault is not None:
        raise turn.fault
    if not calendar.office.is_open(app.now()):
        print("いまは開庁時間の外なので、何も送りません。")
    print(f"用意した案内: {len(turn.laid_down)}通、送った案内: {_sent(turn)}通")
    _say(f"・届ける手段がありません: {one.to.label}" for one in turn.unreached)


def _sent(turn: Turn) -> int:
    return sum(one.outgoing.kind == notices.KIND and one.state == "sent" for one in turn.delivered)


def _in_hours(app: App, calendar: Calendar) -> App:
    """On a given day the turn is made as in that day's hours, whatever the clock says."""
    if app.settings.today is None or calendar.office.is_open(app.now()):
        return app
    return replace(app, now=lambda: calendar.office.opening_of(app.now().date()))


def _log(given: argparse.Namespace, settings: Settings) -> None:
    if not settings.database_path.exists():
        raise CommandRefused(f"{settings.database_path} がありません。KAIKAKU_DATA を確認してください。")
    said = _said(open_database(settings))
    if given.json:
        print(json.dumps(said, ensure_ascii=False, indent=1))
    elif not said:
        print("知らせた記録はありません。")
    else:
        _say(
            f"{one['day']} {one['recipient']} {one['round']} {one['phase']} {one['step']} {state_label(one['state'])}"
            for one in said
        )


def _said(database: DatabaseFile) -> list[dict[str, str]]:
    names = ("round", "phase", "step", "department", "occasion")
    with database.reading() as inside:
        return [
            {
                "day": one.outgoing.day or "",
                "recipient": one.outgoing.recipient or "",
                **dict(zip(names, one.key, strict=True)),
                "channel": one.outgoing.channel,
                "state": one.outgoing.state,
                "reason": one.outgoing.reason,
            }
            for one in notices.log(inside)
        ]


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
