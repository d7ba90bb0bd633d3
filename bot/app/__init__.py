"""Where the parts are joined: the real clock, the edition in force, the database, the conversation.

May import everything but the command line. Told in `open_app`; the facade that channels call stands beside it.
Whoever only asks one question comes by here too, so what opens a database, or tells its version, is imported where
that is done: it costs more time than a whole answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.channels.registry import sections, set_up
from bot.conversation.semantic_search import meaning_of
from bot.settings import Settings
from bot.settings import read_settings as settings_of_process
from knowledge.known import shipped_known
from reminders.moment import TOKYO

if TYPE_CHECKING:
    from sqlite_utils import Database

    from bot.channels.registry import Channels
    from bot.conversation.commands import Command
    from bot.conversation.conversation import Conversation
    from bot.conversation.dispatch import Handler
    from bot.evaluation.form import EvaluationForm
    from bot.evaluation.rounds import Term, TermIn
    from bot.identity.asker import Asker
    from bot.message import Message
    from bot.notices.context import NoticeContext
    from bot.storage.database import DatabaseFile
    from knowledge.editions.edition import Edition
    from knowledge.known import Known
    from knowledge.roster.roster import Roster
    from reminders.calendar import Calendar


def now() -> datetime:
    """The present moment in Japan; the only look at the clock."""
    return datetime.now(TOKYO)


def read_settings(today: str | None = None) -> Settings:
    """This process's settings, those of the channels too; `today` is `--today`. Raises SettingsFault."""
    return settings_of_process(today, sections())


def today_of(settings: Settings) -> date:
    """The day that the settings give, or today."""
    return settings.today or now().date()


def version() -> str:
    """Our own version."""
    from importlib import metadata

    return metadata.version("kaikaku")


def edition_in_force(settings: Settings, today: date) -> Edition:
    """The edition that is in force on that day."""
    from bot.storage.stored_editions import edition_in_force as kept_in_force

    return kept_in_force(settings.database_path, today)


def known_in_force(settings: Settings, today: date) -> Known:
    """The same, made ready to be asked about; asking makes no database."""
    meaning = meaning_of(settings)
    if not settings.database_path.exists():
        return shipped_known(meaning)
    from bot.storage.stored_editions import known_in_force as kept_in_force

    return kept_in_force(settings.database_path, today, meaning)


def open_database(settings: Settings) -> DatabaseFile:
    """The database, made or brought up to date. Raises DatabaseFault."""
    from bot.app.tables import MIGRATIONS
    from bot.storage.database import DatabaseFile
    from bot.storage.migrations import prepare

    prepare(settings.database_path, MIGRATIONS, version=version(), now=now())
    return DatabaseFile(settings.database_path)


@dataclass(frozen=True, slots=True)
class App:
    """The bot over one database, with what its channels need. `now` gives the present time of a given today.

    `known`, `roster` and `calendar` give what is in force, and see what other processes have changed; `form` is
    that of self-evaluations, `term_in` the days of their rounds; `channels` are those
    of the list, as the settings have them.
    """

    settings: Settings
    now: Callable[[], datetime]
    database: DatabaseFile
    known: Callable[[], Known]
    roster: Callable[[], Roster]
    calendar: Callable[[], Calendar]
    conversation: Conversation
    form: EvaluationForm
    term_in: TermIn
    channels: Channels


def open_app(settings: Settings) -> App:
    """Bring the database up to date and join the parts on it.

    Raises DatabaseFault, LanguageFaults with all that is wrong in the files of words, and Refusal for a missing extra.
    """
    from bot.conversation.conversation import Conversation, apology
    from bot.conversation.dispatch import answering
    from bot.evaluation.form import shipped_form
    from bot.evaluation.rounds import term_by
    from bot.identity.asker import asker_of
    from bot.identity.rosters import Rosters
    from bot.notices.calendars import Calendars, calendar_in, written_calendar
    from bot.notices.context import NoticeContext
    from bot.operations.words_check import refuse_faulty_words
    from bot.storage.edition_cache import EditionCache

    refuse_faulty_words()
    database = open_database(settings)
    editions = EditionCache(database, meaning_of(settings))
    rosters = Rosters(database)

    def moment() -> datetime:
        return datetime.combine(today_of(settings), now().timetz())

    def known() -> Known:
        return editions.on(moment().date())

    def roster() -> Roster:
        return rosters.on(moment().date())

    form, calendar = shipped_form(), Calendars(written_calendar(settings), database)
    term_by(calendar())  # refuses a calendar without self-evaluation at the start

    def term_in(inside: Database) -> Term:
        return term_by(calendar_in(inside, calendar.written))

    channels = set_up(settings)

    def asker(message: Message) -> Asker:
        return asker_of(message, roster(), moment(), channels.identify)

    handlers, table = features(NoticeContext(database, known, calendar, rosters.on), form, term_in)
    answer = answering(database, known, asker, handlers, table)
    conversation = Conversation(database, answer, moment, apology, channels.fetched)
    return App(settings, moment, database, known, roster, calendar, conversation, form, term_in, channels)


def features(
    context: NoticeContext, form: EvaluationForm, term_in: TermIn
) -> tuple[tuple[Handler, ...], tuple[Command, ...]]:
    """Who has a turn at a message before the plan, in this order; and the commands that the help shows."""
    from bot.conversation.plan_reply import ask
    from bot.evaluation.actuals import Actuals
    from bot.evaluation.handler import SelfEvaluation
    from bot.evaluation.sign_off import SignOffHandler
    from bot.notices.handler import NoticeHandler, notices_command
    from bot.progress.handler import progress_command, progress_handler

    database, known, calendar = context.database, context.known, context.calendar
    others = (NoticeHandler(context).handle, progress_handler(database, known, calendar))
    handlers = (
        SignOffHandler(database, known, form, term_in).handle,
        SelfEvaluation(database, known, form, term_in, ask, others).handle,
        *others,
        Actuals(database, known, form, term_in).handle,
    )
    return handlers, (progress_command(database, known, calendar), notices_command(context))
