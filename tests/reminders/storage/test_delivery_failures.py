"""Outbox messages that are refused, doubtful or too late: who gets them instead, and that the secretariat hears of it once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.storage.database import DatabaseFile
from knowledge.roster.roster import Address, Channel, Department, Person, Post, PostKind, Roster
from reminders.addressees import Addressees
from reminders.calendar import Audience
from reminders.delivery import NotDelivered, Sent
from reminders.due import Notice
from reminders.storage import claims, notices, outbox
from reminders.storage.delivery_failures import DeliveryFailure
from reminders.storage.outbox_message import OutboxMessage
from reminders.tick import NoticeInputs, Turn, tick
from reminders.work import OpenWork
from tests.bot.conversation.floor import Clock, fresh_database
from tests.reminders.city import BENCHES, CALENDAR, at, evaluation

MONDAY, TUESDAY, FRIDAY = date(2023, 7, 3), date(2023, 7, 4), date(2023, 7, 14)


def person(id: str, kind: PostKind, *channels: Channel, place: str | None = "parks") -> Person:
    return Person(id, posts=(Post(kind, place),), addresses=tuple(Address(one, id) for one in channels))


HEAD = person("head", PostKind.HEAD, Channel.MAIL)
SECRETARIAT = person("secretariat", PostKind.SECRETARIAT, Channel.MAIL, place=None)
PARKS = Department("parks", "公園課", mailbox="box")


class Office:
    """A city of one department. `answers` says by address, or channel:address, what becomes of an outbox message."""

    def __init__(self, folder: Path, *people: Person, parks: Department = PARKS) -> None:
        self.database: DatabaseFile = fresh_database(folder)
        with self.database.writing() as inside:
            notices.start(inside, "secretariat", at(date(2023, 4, 3)))
        self.roster = Roster(departments=(parks,), persons=people)
        self.work: OpenWork = evaluation("parks", BENCHES)
        self.answers: dict[str, Exception] = {}
        self.arrived: list[str] = []
        self.clock = Clock(at(MONDAY))

    def send(self, outgoing: OutboxMessage) -> Sent:
        answer = self.answers.get(outgoing.address) or self.answers.get(
            f"{outgoing.channel}:{outgoing.address}"
        )
        if answer is not None:
            raise answer
        self.arrived.append(f"{outgoing.channel}:{outgoing.address} {outgoing.body}")
        return Sent()

    def turn(self, day: date | None = None, hour: int = 10, minutes: int = 0) -> Turn:
        self.clock.moment = at(day, hour) if day else self.clock.moment
        self.clock.pass_by(minutes=minutes)
        turn = tick(self.database, self.look, word, tell, {"slack": self.send, "mail": self.send}, self.clock)
        assert turn.fault is None, turn.fault
        return turn

    def look(self, day: date) -> NoticeInputs:
        return NoticeInputs(CALENDAR, self.roster.on(day), (self.work,))

    def pass_the_day(self) -> None:
        for _ in range(60):
            self.turn(minutes=5)


def word(notice: Notice) -> str:
    return " ".join(item.step for item in notice.items)


def tell(troubles: Sequence[DeliveryFailure]) -> str:
    return " ".join(["troubles", *(f"{one.recipient}:{one.state}" for one in troubles)])


NO_SUCH = NotDelivered("宛先が受け付けられない (550)", permanent=True)
NOT_NOW = NotDelivered("メールサーバーを使えない (TimeoutError)")
CUT_OFF = ConnectionResetError("after the text")


def owner(id: str, *channels: Channel) -> Person:
    return person(id, PostKind.OWNER, *channels)


def test_a_refused_letter_goes_to_the_next_holder_of_the_post_at_once(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), owner("b", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": NO_SUCH}
    office.turn()
    office.turn(minutes=1)
    assert office.arrived == ["mail:b opening"]


def test_where_nobody_else_holds_the_post_it_goes_to_the_mailbox(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": NO_SUCH}
    office.turn()
    office.turn(minutes=1)
    assert office.arrived == ["mail:box opening"]


def test_without_a_mailbox_it_goes_up_to_the_head(tmp_path: Path) -> None:
    office = Office(
        tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT, parks=Department("parks", "公園課")
    )
    office.answers = {"a": NO_SUCH}
    office.turn()
    office.turn(minutes=1)
    assert office.arrived == ["mail:head opening"]


def test_who_has_another_address_is_tried_there_and_stays_the_one_who_is_asked(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.SLACK, Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"slack:a": NO_SUCH}
    office.turn()
    office.turn(minutes=1)
    office.turn(FRIDAY)
    assert [line for line in office.arrived if "troubles" not in line] == [
        "mail:a opening",
        "mail:a before_14",
    ]
    with office.database.reading() as inside:
        assert [one.outgoing.state for one in notices.log(inside)] == ["sent", "sent"]


def test_the_secretariat_hears_of_a_refusal_once_an_hour_later(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": NO_SUCH}
    office.pass_the_day()
    office.turn(TUESDAY)
    office.pass_the_day()
    assert office.arrived == ["mail:box opening", "mail:secretariat troubles a:failed"]


def test_an_address_that_refused_is_passed_over_and_tried_again_after_two_weeks(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": NO_SUCH}
    office.turn()
    office.turn(minutes=1)
    office.answers = {}
    office.turn(FRIDAY)
    office.turn(date(2023, 7, 28))
    assert [line for line in office.arrived if "troubles" not in line] == [
        "mail:box opening",
        "mail:box before_14",
        "mail:a before_3",
    ]


def test_where_nobody_at_all_is_reached_the_secretariat_is_told_once(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a"), SECRETARIAT, parks=Department("parks", "公園課"))
    for day in (MONDAY, TUESDAY, FRIDAY):
        office.turn(day)
        office.turn(minutes=1)
    assert office.arrived == ["mail:secretariat unreachable"]


def test_where_everybody_refuses_the_secretariat_hears_both(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {one: NO_SUCH for one in ("a", "box", "head")}
    office.pass_the_day()
    assert office.arrived == [
        "mail:secretariat unreachable",
        "mail:secretariat troubles a:failed mailbox:parks:failed head:failed",
    ]


def test_a_doubtful_letter_is_not_repeated_and_the_secretariat_is_told_once(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": CUT_OFF}
    office.turn()
    office.answers = {}
    office.pass_the_day()
    office.turn(TUESDAY)
    assert office.arrived == ["mail:secretariat troubles a:doubtful"]


def test_a_doubt_that_settles_within_the_hour_is_not_told_of(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": CUT_OFF}
    office.turn()
    with office.database.writing() as inside:
        (outgoing,) = outbox.outgoing_in(inside, "doubtful")
        assert claims.settle(inside, outgoing, "sent", office.clock())
    office.pass_the_day()
    assert office.arrived == []


def test_a_server_that_is_down_all_day_is_no_refusal_and_the_next_day_makes_up_for_it(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {one: NOT_NOW for one in ("a", "secretariat")}
    for hour in range(9, 20):
        office.turn(MONDAY, hour)
    office.answers = {}
    office.turn(TUESDAY, 9)
    office.pass_the_day()
    assert office.arrived == ["mail:a opening"]


def test_what_lapsed_and_was_overtaken_by_the_next_step_is_told_of(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": NOT_NOW}
    for hour in range(9, 20):
        office.turn(date(2023, 7, 28), hour)
    office.answers = {}
    office.turn(date(2023, 7, 31), 9)
    office.turn(minutes=1)
    assert sorted(office.arrived) == ["mail:a the_day", "mail:secretariat troubles a:lapsed"]


def test_what_could_not_be_told_that_day_is_told_the_next(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": NO_SUCH, "secretariat": NOT_NOW}
    office.turn()
    for hour in range(11, 20):
        office.turn(MONDAY, hour)
    del office.answers["secretariat"]
    office.turn(TUESDAY, 9)
    office.turn(minutes=1)
    assert office.arrived == ["mail:box opening", "mail:secretariat troubles a:failed"]


def test_a_secretariat_that_nobody_can_write_to_is_given_as_untold(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": NO_SUCH, "secretariat": NO_SUCH}
    office.turn()
    turns = [office.turn(minutes=30) for _ in range(6)]
    assert [len(turn.untold) for turn in turns][-1] == 1
    with office.database.reading() as inside:
        tries = [one.attempts for one in outbox.outgoing_in(inside, "failed")]
    assert tries == [1, 1]


def test_troubles_outside_the_offices_hours_wait_for_the_morning(tmp_path: Path) -> None:
    office = Office(tmp_path, owner("a", Channel.MAIL), HEAD, SECRETARIAT)
    office.answers = {"a": NO_SUCH}
    office.turn(MONDAY, 16)
    office.turn(MONDAY, 18)
    assert office.arrived == []
    office.turn(TUESDAY, 9)
    office.turn(minutes=1)
    assert office.arrived == ["mail:box opening", "mail:secretariat troubles a:failed"]


@pytest.mark.parametrize(
    ("audience", "told"),
    [(Audience.DEPARTMENT, ["mailbox:parks"]), (Audience.HEAD, ["head"]), (Audience.SECRETARIAT, ["s"])],
)
def test_who_is_there_without_an_address_has_the_mailbox(audience: Audience, told: list[str]) -> None:
    people = (owner("a"), HEAD, replace(SECRETARIAT, id="s"))
    found = Addressees(Roster(departments=(PARKS,), persons=people), frozenset(Channel))
    assert [one.id for one in found.of(audience, "parks")] == told
