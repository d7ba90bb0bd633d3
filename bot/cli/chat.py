"""`kaikaku chat`: the whole bot in a terminal, as a person of the roster; reads lines, also from a pipe."""

from __future__ import annotations

import argparse
import secrets
import sys
from difflib import get_close_matches
from functools import partial

from bot import log
from bot.app import App, open_app
from bot.app.reminders import shown_today
from bot.channels.terminal.send import Keyboard, screen_of
from bot.channels.terminal.session import CHANNEL, TerminalSession, talk
from bot.cli import CommandRefused
from bot.message import Reply
from bot.settings import read_settings
from bot.storage import feedback
from bot.storage.database_fault import DatabaseFault
from bot.storage.feedback import Mark
from bot.wording.wording import say
from knowledge.roster.roster import Person, Roster


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """The arguments of `chat`."""
    parser.add_argument(
        "--as", dest="person", metavar="PERSON", help="名簿の人ID。省くと、計画についての質問だけができます"
    )


def run(given: argparse.Namespace) -> int:
    """Talk until the person leaves or the input ends."""
    log.only_warnings()
    app = open_app(read_settings(given.today))
    person = None if given.person is None else _person(app.roster(), given.person)
    app.conversation.handle_left()
    screen = screen_of(sys.stdin, sys.stdout)
    if isinstance(screen, Keyboard):
        screen.show(_greeting(app, person))
    seat = TerminalSession(given.person, secrets.token_hex(8))
    talk(app.conversation.take, partial(_mark, app), screen, seat, _opening(app, person))
    return 0


def _opening(app: App, person: Person | None) -> Reply | None:
    """What the person has to do; trouble with the database is told when they say something."""
    try:
        return None if person is None else shown_today(app, person.id, CHANNEL)
    except DatabaseFault:
        return None


def _mark(app: App, key: str, value: Mark) -> str:
    """Keep the mark; gives what to say about it."""
    try:
        with app.database.writing() as inside:
            feedback.mark(inside, CHANNEL, key, value, app.now())
    except DatabaseFault as fault:
        return str(fault)
    return say("marked", value=value)


def _greeting(app: App, person: Person | None) -> list[str]:
    roster = app.roster()
    who = roster.label(person) if person else say("terminal/greeting/stranger")
    return [
        say("terminal/greeting/plan", plan=app.known().edition.title),
        say("terminal/greeting/person", who=who, is_sample=roster.is_sample),
    ]


def _person(roster: Roster, id: str) -> Person:
    """The person of that id, or a refusal that says who there is, the most alike first."""
    if (person := roster.person(id)) is not None:
        return person
    everybody = {one.id: f"{one.id}\t{roster.label(one)}" for one in roster.persons}
    alike = get_close_matches(id, everybody, n=5)
    listed = [everybody[one] for one in (*alike, *(one for one in everybody if one not in alike))]
    raise CommandRefused(
        "\n".join([f"「{id}」は名簿にありません。--as には次の人IDを指定してください。", *listed])
    )
