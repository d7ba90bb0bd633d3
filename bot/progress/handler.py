"""Progress in conversation: who asks, what they may see of it, and what is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.commands import Command
from bot.conversation.conversation import Handled
from bot.conversation.dispatch import Handler
from bot.evaluation.rounds import rounds
from bot.identity.asker import Asker
from bot.identity.rights import Act, Granted, ProtectedWork, Refused, may, seen
from bot.message import Message, Reply
from bot.progress.replies import ACTION, ask_back, reply_with, reply_with_file
from bot.progress.request import OWN, Request, View
from bot.progress.request_reader import Unsure, read_request
from bot.progress.scope import Scope
from bot.progress.summary import Summary, summarise, year_on
from bot.progress.workbook_files import keep
from bot.progress.workbooks import view
from bot.storage import entry_store
from bot.storage.database import DatabaseFile
from bot.storage.entry import Entry
from bot.wording.wording import say
from knowledge.known import Known
from knowledge.plan.plan import Plan
from knowledge.question import PLAN, Language
from knowledge.roster.roster import Department, Person, Roster
from knowledge.sources.safe_workbook import write_workbook
from reminders.calendar import Calendar

if TYPE_CHECKING:
    from sqlite_utils import Database


def progress_handler(
    database: DatabaseFile, known: Callable[[], Known], calendar: Callable[[], Calendar]
) -> Handler:
    """The turn of progress at a message: what asks for it, in words or by a button; None for anything else."""

    def handle(message: Message, asker: Asker) -> Handled | None:
        request = _request(message, known(), asker)
        if isinstance(request, Unsure):
            scope = scope_for(asker.person, asker.roster, request.requests[0])
            return refusal(scope) if isinstance(scope, Refused) else ask_back(request, known())
        if request is None:
            return None
        if request.view is View.WORKBOOK:
            return _as_file(database, known(), asker, request, calendar(), message)
        return show(database, known(), asker, request, calendar())

    return handle


def progress_command(
    database: DatabaseFile, known: Callable[[], Known], calendar: Callable[[], Calendar]
) -> Command:
    """The same as the help shows it."""

    def does(_message: Message, asker: Asker, language: Language) -> Handled:
        return show(database, known(), asker, Request(language=language), calendar())

    return Command(
        ways=("進捗",),
        english_ways=("progress",),
        shows=say("commands/progress"),
        english_shows=say("commands/progress", "en"),
        does=does,
        act=Act.SEE,
    )


def show(
    database: DatabaseFile,
    known: Known,
    asker: Asker,
    request: Request,
    calendar: Calendar,
) -> Reply:
    """The view that was asked for, within what the asker may see; or why not, and who can help."""
    found = summary_for(database, known, asker, request, calendar)
    return _told(found) if isinstance(found, NotShown) else reply_with(found, request)


def _as_file(
    database: DatabaseFile,
    known: Known,
    asker: Asker,
    request: Request,
    calendar: Calendar,
    message: Message,
) -> Reply:
    """The same as a workbook, which a repeated message makes again in its place."""
    found = summary_for(database, known, asker, request, calendar)
    if isinstance(found, NotShown):
        return _told(found)
    key = f"{message.channel} {message.conversation} {message.key}"
    content = write_workbook(view(found, known.plan))
    return reply_with_file(found, request, keep(database.path.parent, key, file_name(found), content))


def file_name(summary: Summary) -> str:
    """進捗_令和5年度_2023-08-01.xlsx."""
    return say("progress/file_name", year=summary.year.label, day=summary.today.isoformat())


def _told(not_shown: NotShown) -> Reply:
    return Reply(not_shown.why, kind="refused" if not_shown.is_refused else "unclear")


@dataclass(frozen=True, slots=True)
class NotShown:
    """Why there is nothing to show, in Japanese; `is_refused`: there may be, but not for this asker."""

    why: str
    is_refused: bool = False


def summary_for(
    database: DatabaseFile, known: Known, asker: Asker, request: Request, calendar: Calendar
) -> Summary | NotShown:
    """The summary of what was asked for, within what the asker may see."""
    if request.ref != PLAN and request.ref not in known.plan.by_code:
        return NotShown(say("progress/no_such_part", request.language, part=request.ref))
    scope = scope_for(asker.person, asker.roster, request)
    if isinstance(scope, Refused):
        return NotShown(str(scope), is_refused=True)
    today = asker.at.date()
    with database.reading() as inside:
        everything = all_entries(inside, known.plan)
    year = request.year or year_on(known.plan, calendar, today)
    try:
        return summarise(known, asker.roster, everything, scope, year, today, calendar)
    except ValueError as fault:
        return NotShown(f"{fault}。")


def scope_for(person: Person | None, roster: Roster, request: Request) -> Scope | Refused:
    """What of the request the person may see: the whole city's work, or their own part's."""
    city = may(person, Act.SEE)
    if request.departments == (OWN,):
        wanted = _own(person, roster)
        return Scope(request.ref, _ids(wanted)) if wanted else _whole(city, request)
    if request.departments:
        named = [roster.department(id) for id in request.departments if _is_known(roster, id)]
        refused = [
            one for one in (may(person, Act.SEE, ProtectedWork((each,))) for each in named) if _is_no(one)
        ]
        return next((one for one in refused if isinstance(one, Refused)), Scope(request.ref, _ids(named)))
    if isinstance(city, Granted):
        return Scope(request.ref)
    visible = seen(person, roster.departments)
    return Scope(request.ref, _ids(visible)) if visible else city


def all_entries(database: Database, plan: Plan) -> tuple[Entry, ...]:
    """The latest version of every entry of every round of the plan."""
    return tuple(entry for one in rounds(plan) for entry in entry_store.latest(database, one.name))


def refusal(refused: Refused) -> Reply:
    """Why the asker may not see it, and who can help."""
    return Reply(str(refused), kind="refused")


def _request(message: Message, known: Known, asker: Asker) -> Request | Unsure | None:
    if message.press is None:
        return read_request(message.text, known, asker.roster, asker.at.date())
    return Request.from_pressed(message.press.value) if message.press.action == ACTION else None


def _own(person: Person | None, roster: Roster) -> tuple[Department, ...]:
    """The departments that the person's posts are in or over, the whole city's apart."""
    posts = [post for post in person.posts if not post.is_citywide] if person else []
    mine = [one for one in roster.departments if any(post.covers(one) for post in posts)]
    return seen(person, mine)


def _whole(city: Granted | Refused, request: Request) -> Scope | Refused:
    return Scope(request.ref) if isinstance(city, Granted) else city


def _ids(several: Iterable[Department]) -> frozenset[str]:
    return frozenset(one.id for one in several)


def _is_known(roster: Roster, id: str) -> bool:
    return any(one.id == id for one in roster.departments)


def _is_no(right: Granted | Refused) -> bool:
    return isinstance(right, Refused)
