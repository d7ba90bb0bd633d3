"""`kaikaku serve`: the bot with its page, and what goes on beside it, until SIGINT or SIGTERM."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial

from bot import log
from bot.app import App, open_app
from bot.app.facade import AppFacade
from bot.app.reminders import one_turn
from bot.channels.slack.connection import NotRunning, Running, start
from bot.channels.slack.members import SlackMembers
from bot.channels.transports import mail_transports, page_of
from bot.channels.web.app import create_app
from bot.channels.web.server import listen, serve
from bot.identity.identification import unknown_email
from bot.operations.delivery_log import TurnLog, log_outcomes
from bot.operations.periodic_jobs import PeriodicJob, running
from bot.operations.retention import forget
from bot.settings import read_settings
from reminders.clock import ticking
from reminders.delivery import Look, Send, deliver_waiting, settle_doubtful

DELIVER_EVERY = 2.0
SETTLE_EVERY = 30.0
HANDLE_EVERY = 30.0
FORGET_EVERY = 60 * 60.0


def arguments(_parser: argparse.ArgumentParser, _name: str) -> None:
    """`serve` takes its arguments from the settings."""


def run(given: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = read_settings(given.today)
    # Before the database is touched: a second one started by mistake only finds the address taken.
    with closing(listen(settings.host, settings.port)) as listening:
        for name in settings.unknown:
            log.warn("unknown setting", name=name)
        people = SlackMembers.of(settings.slack) if settings.slack is not None else None
        mail = mail_transports(settings)
        email_of = people.email_of if people is not None else unknown_email
        app = open_app(settings, email_of)
        app.known().make_search_ready()
        handled = app.conversation.handle_waiting()
        log.note("started", handled=handled, edition=app.known().edition.id)
        with (
            stopping(start(settings, AppFacade(app), people)) as slack,
            running(jobs_of(app, mail | slack.send, slack.look), alarm=_stop),
            ticking(partial(_remind, app, mail | slack.send, TurnLog())),
        ):
            print(f"改革ナビを {page_of(settings)} で動かしています（終わるには Ctrl+C）", flush=True)
            serve(slack.over_http(create_app(AppFacade(app), settings)), listening)
    print("改革ナビを終わりました", file=sys.stderr)
    return 0


@contextmanager
def stopping(slack: Running | NotRunning) -> Iterator[Running | NotRunning]:
    """Slack, hung up at the end."""
    try:
        yield slack
    finally:
        slack.stop()


def _stop() -> None:
    """As if told from outside: better started anew by whoever watches over us than half at work."""
    os.kill(os.getpid(), signal.SIGTERM)


def jobs_of(app: App, send: Mapping[str, Send], look: Mapping[str, Look]) -> list[PeriodicJob]:
    """What goes on beside the page: outbox messages leave by `send`, the doubtful are looked for by `look`, what
    is left is handled, what is over forgotten.

    On a day that was given nothing is forgotten: the real day may be another.
    """
    rounds = [
        PeriodicJob("deliver", DELIVER_EVERY, lambda: _deliver(app, send)),
        PeriodicJob("settle", SETTLE_EVERY, lambda: _settle(app, look)),
        PeriodicJob("handle", HANDLE_EVERY, app.conversation.handle_left),
    ]
    if app.settings.today is None:
        kept = app.settings.retention
        rounds.append(PeriodicJob("forget", FORGET_EVERY, lambda: forget(app.database, kept, app.now())))
    return rounds


def _deliver(app: App, send: Mapping[str, Send]) -> None:
    log_outcomes(deliver_waiting(app.database, send, app.now))


def _settle(app: App, look: Mapping[str, Look]) -> None:
    log_outcomes(settle_doubtful(app.database, look, app.now))


def _remind(app: App, send: Mapping[str, Send], turns: TurnLog) -> None:
    turns.write(one_turn(app, send))
