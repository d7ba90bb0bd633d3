"""A scratch folder lived in: three invented rounds of entries, and in the last of them the notices, day by day.

The only transport is a folder of text files, so that nothing leaves; at the end notices are off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import App, open_app
from bot.app.reminders import one_turn
from bot.evaluation.rounds import EvaluationRound, rounds, term_by
from bot.message import Reply
from bot.progress.invented_entries import Invented, invented_round
from bot.settings import Settings
from bot.storage import entry_store, roster_store
from bot.storage.entry import SignOff, SignOffStep
from knowledge.editions.edition import Edition, shipped
from knowledge.roster.roster import Address, Channel, PostKind, Roster
from knowledge.sources.sample_roster import sample_roster
from reminders.calendar import Calendar
from reminders.delivery import Sent
from reminders.moment import TOKYO
from reminders.storage import notices
from reminders.storage.outbox_message import OutboxMessage

if TYPE_CHECKING:
    from sqlite_utils import Database

ROUNDS = 3
LETTERS = "letters"
WHO = "demo"
_BEFORE = timedelta(days=10)
_DAY = timedelta(days=1)
_MORNING, _NOON = time(9, 30), time(12)
_SIGNED_AFTER = 2


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody does at a moment: they submit, or take a step with what was submitted."""

    at: datetime
    by: str
    invented: Invented
    step: SignOffStep | None = None


@dataclass(frozen=True)
class Demonstration:
    """The folder with all that has happened in it until the morning after the last round's deadline."""

    app: App
    edition: Edition
    roster: Roster
    calendar: Calendar

    @property
    def held(self) -> Sequence[EvaluationRound]:
        return rounds(self.edition.plan)[:ROUNDS]

    @property
    def last_day(self) -> date:
        """The day to look at it: the first working day after the last deadline."""
        _, deadline = term_by(self.calendar)(self.held[-1].year)
        return self.calendar.office.working_days_after(deadline, 1)

    @property
    def days(self) -> Sequence[date]:
        """The days that are lived through: those of the last round, and some before it."""
        first = term_by(self.calendar)(self.held[-1].year)[0] - _BEFORE
        return [first + _DAY * at for at in range((self.last_day - first).days + 1)]

    def live(self) -> Iterator[date]:
        """Live through the days, each given when it is over."""
        told = sorted(self._happenings(), key=lambda one: one.at)
        numbers: dict[tuple[str, str], int] = {}
        with self.app.database.writing() as inside:
            notices.start(inside, WHO, datetime.combine(self.days[0], _MORNING, TOKYO))
        for day in self.days:
            noon = datetime.combine(day, _NOON, TOKYO)
            with self.app.database.writing() as inside:
                while told and told[0].at <= noon:
                    _happen(inside, told.pop(0), numbers)
            self._tell(noon)
            yield day
        with self.app.database.writing() as inside:
            notices.stop(inside, datetime.combine(self.last_day, _NOON, TOKYO))

    def _happenings(self) -> Iterator[Happening]:
        *_, last = self.held
        for one in self.held:
            for invented in invented_round(self.edition, self.roster, one, one == last):
                yield from self._story(one, invented)

    def _story(self, one: EvaluationRound, invented: Invented) -> Iterator[Happening]:
        """An entry submitted, confirmed and accepted, each some working days after the other."""
        office = self.calendar.office
        opens, deadline = term_by(self.calendar)(one.year)
        day = office.working_days_after(opens, invented.after)
        if invented.is_late or day > deadline:
            day = office.working_days_after(deadline, 1) if invented.is_late else deadline
        department = invented.evaluation.department
        yield Happening(_at(day), self._holder(PostKind.OWNER, department), invented)
        for step in invented.steps:
            day = min(office.working_days_after(day, _SIGNED_AFTER), self.last_day)
            kind = PostKind.HEAD if step is SignOffStep.CONFIRMED else PostKind.SECRETARIAT
            place = department if step is SignOffStep.CONFIRMED else None
            yield Happening(_at(day), self._holder(kind, place), invented, step)

    def _holder(self, kind: PostKind, department: str | None) -> str:
        found = self.roster.holders(kind, department)
        return found[0].id if found else WHO

    def _tell(self, noon: datetime) -> None:
        """One turn of the clock at that moment, its outbox messages into files."""

        def now() -> datetime:
            return noon

        transport = FileTransport(self.app.settings.data / LETTERS, noon.date())
        turn = one_turn(replace(self.app, now=now), {Channel.MAIL.value: transport})
        if turn.fault is not None:
            raise turn.fault


@dataclass(frozen=True, slots=True)
class FileTransport:
    """Sends an outbox message into a text file of a folder."""

    folder: Path
    day: date

    def __call__(self, outgoing: OutboxMessage) -> Sent:
        self.folder.mkdir(exist_ok=True)
        reply = Reply.from_json(outgoing.body or "")
        name, _, _ = outgoing.address.partition("@")
        path = self.folder / f"{self.day}-{name}.txt"
        buttons = "".join(f"\n[{one.label}]" for one in reply.choices)
        path.write_text(f"{outgoing.address}\n{reply.heading}\n\n{reply.text}\n{buttons}\n", encoding="utf-8")
        return Sent(path.name)


def open_demonstration(settings: Settings, folder: Path) -> Demonstration:
    """A new scratch folder with an invented roster; the real settings' folder and transports are left out of it."""
    app = open_app(replace(settings, data=folder, today=None, channels=()))
    edition = shipped()
    roster = with_addresses(sample_roster(edition.plan))
    calendar = app.calendar()
    first = date(edition.plan.first_year.start, 4, 1)
    with app.database.writing() as inside:
        roster_store.keep(inside, roster, effective=first, source="架空の名簿", by=WHO, now=_at(first))
    return Demonstration(app, edition, roster, calendar)


def with_addresses(roster: Roster) -> Roster:
    """The same people, each with a mail address that nowhere exists."""
    return replace(
        roster,
        is_sample=False,
        persons=tuple(
            replace(one, addresses=(Address(Channel.MAIL, f"{one.id}@demo.invalid"),))
            for one in roster.persons
        ),
    )


def _happen(inside: Database, one: Happening, numbers: dict[tuple[str, str], int]) -> None:
    evaluation = one.invented.evaluation
    key = (evaluation.round, evaluation.subject)
    if one.step is None:
        entry = entry_store.submit(inside, evaluation, by=one.by, now=one.at, is_late=one.invented.is_late)
        numbers[key] = entry.number
    else:
        before = SignOffStep.SUBMITTED if one.step is SignOffStep.CONFIRMED else SignOffStep.CONFIRMED
        entry_store.sign(inside, numbers[key], SignOff(one.step, one.by, one.at), before)


def _at(day: date) -> datetime:
    return datetime.combine(day, _MORNING, TOKYO)
