"""The bot of the real plan and the sample roster, over a fresh database: people who talk, each from where they are."""

from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.app import features
from bot.conversation.conversation import Conversation, apology
from bot.conversation.dispatch import answering
from bot.evaluation.form import shipped_form
from bot.evaluation.rounds import Term, term_by
from bot.identity.asker import asker_of
from bot.message import Message, Press, Reply
from bot.notices.calendars import Calendars, calendar_in
from bot.notices.context import NoticeContext
from bot.storage import draft_store
from bot.storage import entry_store as entries
from bot.storage.database import DatabaseFile
from bot.storage.draft import SUMMARY, Draft
from bot.storage.entry import Entry
from knowledge.roster.roster import Roster
from knowledge.sources.sample_roster import sample_roster
from reminders.calendar_file import read_calendar
from reminders.moment import TOKYO
from tests.bot.conversation.floor import FETCHED, Clock, fresh_database
from tests.bot.evaluation.sheets import KNOWN

OWNER, DEPUTY, HEAD = "bunka-tanto", "bunka-kakaricho", "bunka-kacho"
OTHER, SECRETARIAT = "kanko-tanto", "jimukyoku"
CALENDAR = read_calendar()
JULY = datetime(2023, 7, 10, 9, 0, tzinfo=TOKYO)


def term_in(database: Database) -> Term:
    """The days of rounds, with the deadlines that were moved in that database."""
    return term_by(calendar_in(database, CALENDAR))


class TownHall:
    """One process of the bot; several may share a folder."""

    def __init__(self, folder: Path, clock: Clock | None = None, roster: Roster | None = None) -> None:
        made = (folder / "kaikaku.db").exists()
        self.database: DatabaseFile = DatabaseFile(folder / "kaikaku.db") if made else fresh_database(folder)
        self.clock = clock or Clock(JULY)
        self.roster = roster or sample_roster(KNOWN.plan)
        form = shipped_form()
        self.calendar = Calendars(read_calendar(), self.database)
        context = NoticeContext(self.database, lambda: KNOWN, self.calendar, self.roster.on)
        handlers, table = features(context, form, term_in)
        self.answer = answering(
            self.database,
            lambda: KNOWN,
            lambda message: asker_of(message, self.roster.on(self.clock().date()), self.clock()),
            handlers,
            table,
        )
        self.conversation = Conversation(self.database, self.answer, self.clock, apology, FETCHED)
        self.said = 0

    def message(
        self, person: str, text: str = "", press: Press | None = None, at: str = "page", channel: str = "page"
    ) -> Message:
        self.said += 1
        key = f"{person}-{self.said}"
        return Message(channel, key, at, f"{at}:{person}", text, person, press)

    def say(self, person: str, *texts: str, at: str = "page") -> Reply:
        for text in texts:
            reply = self.conversation.take(self.message(person, text, at=at))
        return reply

    def press(self, person: str, reply: Reply, label: str, at: str = "page") -> Reply:
        """Press the button of that reply whose label begins so."""
        choice = next(one for one in reply.choices if one.label.startswith(label))
        press = Press(choice.action, choice.value, revision=choice.revision)
        return self.conversation.take(self.message(person, choice.label, press, at))

    def send(self, person: str, reply: Reply, another: str = "", **fields: str) -> Reply:
        """Send the form of that reply, these fields (by the beginning of their names) filled in.

        `another` is how the label begins of the button by which it is sent, other than the main one.
        """
        form = reply.form
        assert form is not None
        filled = tuple(
            (
                one.name,
                next((value for name, value in fields.items() if one.name.startswith(name)), one.value),
            )
            for one in form.fields
        )
        by = next((one for one in form.others if another and one.label.startswith(another)), None)
        action, value = (by.action, by.value) if by else (form.action, form.value)
        press = Press(action, value, filled, form.revision)
        return self.conversation.take(self.message(person, form.submit, press))

    def enter(self, person: str, code: str = "3-1-2") -> Reply:
        """A whole self-evaluation as targeted, submitted."""
        self.say(person, f"{code}の自己評価", "順調", "目標どおり")
        reply = self.say(person, "14,561千円")
        if "うまくいった" in reply.text:
            self.say(person, "スキップ")
        return self.say(person, "文化振興課が9月までに案内を改める", "提出")

    def entries(self, round: str = "R5") -> tuple[Entry, ...]:
        with self.database.reading() as inside:
            return entries.latest(inside, round)

    def draft(self, subject: str = "3-1-2", round: str = "R5") -> draft_store.Kept | None:
        with self.database.reading() as inside:
            return draft_store.kept_on(inside, round, subject)


def fitting(
    draft: Draft, forecast: str = "14,561千円", comment: str = "文化振興課が9月までに案内を改める"
) -> str:
    """What one may say to what the draft asks now."""
    if draft.at == SUMMARY:
        return "提出"
    name = draft.at.partition("/")[0]
    return {"state": "順調", "forecast": forecast, "actual": "14,000千円"}.get(name, comment)
