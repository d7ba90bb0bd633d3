"""`kaikaku chat`: the whole bot in a terminal, as a person of the roster; reads lines, also from a pipe."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches

from bot import log
from bot.app import open_app, read_settings
from bot.app.facade import AppFacade
from bot.channels.terminal.send import screen_of
from bot.channels.terminal.session import sit_down
from bot.cli import CommandRefused
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
    sit_down(AppFacade(app), person, screen_of(sys.stdin, sys.stdout))
    return 0


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
