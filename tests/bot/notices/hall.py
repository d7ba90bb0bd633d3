"""A town hall with a roster of its own, in which everybody is reached by mail, and with outbox messages that arrive."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from bot.message import Reply
from bot.notices import delivery_failures
from bot.notices.digest import digests
from bot.notices.notice_text import reply_of
from bot.notices.owed_work import work_of
from bot.storage import audit, roster_store
from knowledge.plan.fiscal_year import fiscal_year_of
from knowledge.roster.roster import Address, Channel, Roster
from knowledge.sources.sample_roster import sample_roster
from reminders.delivery import Sent
from reminders.due import Notice
from reminders.moment import TOKYO
from reminders.storage import notices
from reminders.storage.outbox_message import OutboxMessage
from reminders.tick import NoticeInputs, tick
from tests.bot.conversation.floor import Clock
from tests.bot.evaluation.sheets import KNOWN
from tests.bot.evaluation.town_hall import TownHall

SAMPLE = sample_roster(KNOWN.plan)
REACHED = replace(
    SAMPLE,
    is_sample=False,
    persons=tuple(
        replace(one, addresses=(Address(Channel.MAIL, f"{one.id}@city.example"),)) for one in SAMPLE.persons
    ),
)


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=TOKYO)


class Hall(TownHall):
    """Time goes on by `on`; what then arrives is in `post`, by recipient."""

    def __init__(self, folder: Path, day: date, roster: Roster = REACHED) -> None:
        super().__init__(folder, Clock(moment(day)), roster)
        if not roster.is_sample:
            with self.database.writing() as inside:
                roster_store.keep(
                    inside,
                    roster,
                    effective=date(2021, 4, 1),
                    source="名簿.xlsx",
                    by="secretariat",
                    now=moment(date(2021, 4, 1)),
                )
        self.post: dict[str, Reply] = {}

    def started(self) -> "Hall":
        with self.database.writing() as inside:
            notices.start(inside, "secretariat", moment(date(2021, 4, 1)))
        return self

    def on(self, day: date, hour: int = 10) -> dict[str, Reply]:
        """Go on to that day and let the clock turn; gives the outbox messages that arrived."""
        self.clock.moment, self.post = moment(day, hour), {}
        tell = partial(delivery_failures.word, self.roster)
        turn = tick(self.database, self.look, self.word, tell, {"mail": self.send_outgoing}, self.clock)
        assert turn.fault is None, turn.fault
        return self.post

    def look(self, day: date) -> NoticeInputs:
        year = fiscal_year_of(day)
        calendar, roster = self.calendar(), self.roster.on(day)
        work = work_of(self.database, calendar, KNOWN.plan, roster, (year.previous, year))
        return NoticeInputs(calendar, roster, work)

    def word(self, notice: Notice) -> str:
        roster = self.roster.on(notice.send_on)
        digest = digests(self.database, KNOWN, self.calendar(), roster, notice.send_on)
        return reply_of(notice, roster, digest).to_json()

    def send_outgoing(self, outgoing: OutboxMessage) -> Sent:
        self.post[outgoing.recipient or ""] = Reply.from_json(outgoing.body or "")
        return Sent()

    def audited(self) -> list[str]:
        with self.database.reading() as inside:
            return [line.what for line in audit.lines(inside)]
