"""`kaikaku serve`: the bot with its page, and what goes on beside it, until SIGINT or SIGTERM."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import closing
from functools import partial

from bot import log
from bot.app import App, open_app, read_settings
from bot.app.facade import AppFacade
from bot.app.reminders import one_turn
from bot.channels.web.server import address_of, listen, serve
from bot.operations.delivery_log import TurnLog, log_outcomes
from bot.operations.periodic_jobs import PeriodicJob, running
from bot.operations.retention import forget
from reminders.delivery import Look, Send, deliver_waiting, settle_doubtful

DELIVER_EVERY = 2.0
SETTLE_EVERY = 30.0
HANDLE_EVERY = 30.0
REMIND_EVERY = 60.0
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
        app = open_app(settings)
        channels = app.channels
        app.known().make_search_ready()
        handled = app.conversation.handle_waiting()
        log.note("started", handled=handled, edition=app.known().edition.id)
        with (
            channels.running(AppFacade(app)) as served,
            running(jobs_of(app, channels.send, channels.look), alarm=_stop),
        ):
            print(f"改革ナビを {address_of(settings)} で動かしています（終わるには Ctrl+C）", flush=True)
            serve(served, listening)
    print("改革ナビを終わりました", file=sys.stderr)
    return 0


def _stop() -> None:
    """As if told from outside: better started anew by whoever watches over us than half at work."""
    os.kill(os.getpid(), signal.SIGTERM)


def jobs_of(app: App, send: Mapping[str, Send], look: Mapping[str, Look]) -> list[PeriodicJob]:
    """What goes on beside the page: outbox messages leave by `send`, the doubtful are looked for by `look`, what
    is left is handled, what is due said, what is over forgotten.

    On a day that was given nothing is forgotten: the real day may be another.
    """
    jobs = [
        PeriodicJob("deliver", DELIVER_EVERY, lambda: _deliver(app, send)),
        PeriodicJob("settle", SETTLE_EVERY, lambda: _settle(app, look)),
        PeriodicJob("handle", HANDLE_EVERY, app.conversation.handle_left),
        PeriodicJob("remind", REMIND_EVERY, partial(_remind, app, send, TurnLog())),
    ]
    if app.settings.today is None:
        kept = app.settings.retention
        jobs.append(PeriodicJob("forget", FORGET_EVERY, lambda: forget(app.database, kept, app.now())))
    return jobs


def _deliver(app: App, send: Mapping[str, Send]) -> None:
    log_outcomes(deliver_waiting(app.database, send, app.now))


def _settle(app: App, look: Mapping[str, Look]) -> None:
    log_outcomes(settle_doubtful(app.database, look, app.now))


def _remind(app: App, send: Mapping[str, Send], turns: TurnLog) -> None:
    turns.write(one_turn(app, send))
