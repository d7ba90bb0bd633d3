"""What can go wrong around a turn of the clock: disk, network, clock and other processes. Nothing twice, nothing lost."""

import resource
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.channels.mail.send import REST, MailTransport
from bot.channels.mail.settings import MailSettings
from bot.message import Reply
from bot.storage.database_fault import DatabaseFault
from reminders.delivery import BACKOFF, NotDelivered, Sent, settle_doubtful
from reminders.due import Notice
from reminders.storage import claims, outbox
from reminders.storage.delivery_failures import DeliveryFailure
from reminders.storage.outbox_message import OutboxMessage
from reminders.tick import Turn, tick
from tests.bot.channels.mail.post_office import Server, serving
from tests.bot.conversation.test_trouble import held_open
from tests.bot.fuse import Fuse
from tests.reminders.city import BENCHES, FORMS, LAMPS, at, evaluation
from tests.reminders.test_tick import OPENING, PROCESSES, Post, Town, started, tell
from tests.waiting import PATIENCE

PROCESSES.set_forkserver_preload(["tests.reminders.test_faults"])
WORK = (evaluation("parks", BENCHES), evaluation("roads", LAMPS))
AHEAD = date(2023, 7, 28)
EXPECTED = ["2023-07-03 parks-owner parks:opening:1", "2023-07-03 roads-owner roads:opening:1"]


def recovered(folder: Path) -> list[str]:
    """What has arrived once everything works again and a while has passed."""
    town = Town(folder, *WORK)
    for _ in range(3):
        town.clock.moment += timedelta(minutes=5)
        assert town.turn().fault is None
        settle_doubtful(town.database, {"mail": town.post.look}, town.clock)
    return sorted(town.post.arrived)


def _turn_with_room_for(size: int, folder: Path, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    fault = Town(folder, *WORK).turn().fault
    answer.send(None if fault is None else fault.trouble if isinstance(fault, DatabaseFault) else repr(fault))


def test_a_disk_that_fills_at_any_point_of_a_turn_loses_and_doubles_nothing(tmp_path: Path) -> None:
    seen = []
    for pages in range(0, 40, 5):
        folder = tmp_path / str(pages)
        database = started(folder).database
        with held_open(database):
            here, there = PROCESSES.Pipe()
            process = PROCESSES.Process(target=_turn_with_room_for, args=(5000 + pages * 4120, folder, there))
            process.start()
            assert here.poll(60)
            seen.append(here.recv())
            process.join(PATIENCE)
        assert recovered(folder) == EXPECTED, pages
    assert seen[0] is not None and seen[-1] is None
    assert set(seen) <= {"full", "failed", None}


def word(notice: Notice) -> str:
    return Reply(",".join(f"{item.department}:{item.step}" for item in notice.items)).to_json()


def tell_as_reply(troubles: Sequence[DeliveryFailure]) -> str:
    return Reply(tell(troubles)).to_json()


class Office:
    """A town that sends by a real transport to a mail server on loopback."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.town = started(folder, *WORK)
        port = server.server_address[1]
        self.transport = MailTransport(
            MailSettings("127.0.0.1", port, "none", "bot@city.example", None, None), None
        )

    def turn(self) -> Turn:
        town = self.town
        town.clock.pass_by(minutes=10)
        self.transport._rests_until = 0.0
        return tick(town.database, town.look, word, tell_as_reply, {"mail": self.transport}, town.clock)


def recipients(server: Server) -> Counter[str]:
    lines = [line for mail in server.taken for line in mail.splitlines()]
    return Counter(line.removeprefix("To: ") for line in lines if line.startswith("To: "))


@pytest.mark.parametrize("verb", ["EHLO", "MAIL", "RCPT"])
def test_a_network_that_dies_before_the_text_delays_each_letter_and_no_more(
    tmp_path: Path, verb: str
) -> None:
    with serving(**{verb: "hang up"}) as server:
        office = Office(tmp_path, server)
        for _ in range(3):
            assert office.turn().fault is None
        assert server.taken == []
        server.answers = {}
        for _ in range(8):
            office.turn()
        assert recipients(server) == {"parks-owner@city.example": 1, "roads-owner@city.example": 1}


def test_a_network_that_dies_after_the_text_repeats_nothing_and_is_told_once(tmp_path: Path) -> None:
    with serving(END="hang up") as server:
        office = Office(tmp_path, server)
        states = [outcome.state for outcome in office.turn().delivered]
        assert states == ["doubtful", "doubtful"]
        server.answers = {}
        for _ in range(20):
            assert office.turn().fault is None
        assert recipients(server) == {
            "parks-owner@city.example": 1,
            "roads-owner@city.example": 1,
            "secretariat@city.example": 1,
        }
        with office.town.database.reading() as inside:
            (told,) = [one for one in outbox.outgoing_in(inside, "sent") if one.kind == "delivery"]
        assert Reply.from_json(told.body or "").text == "troubles parks-owner:doubtful roads-owner:doubtful"


def test_a_clock_weeks_ahead_for_a_moment_holds_nothing_up_and_takes_nothing_away(tmp_path: Path) -> None:
    town = started(tmp_path, *WORK)
    town.post.is_down = True
    town.turn(AHEAD)
    town.turn(OPENING)
    town.post.is_down = False
    for _ in range(3):
        town.clock.pass_by(minutes=5)
        assert town.turn().fault is None
    assert sorted(town.post.arrived) == EXPECTED
    town.turn(AHEAD)
    assert [line for line in town.post.arrived if "before_3" in line and "2023-07-28" in line] == [
        "2023-07-28 parks-owner parks:before_3:1",
        "2023-07-28 roads-owner roads:before_3:1",
    ]


def test_a_reply_put_off_by_a_clock_that_was_ahead_leaves_once_it_is_right(tmp_path: Path) -> None:
    town = started(tmp_path)
    with town.database.writing() as inside:
        outbox.reply(
            inside,
            channel="mail",
            key="1",
            address="a",
            conversation="c",
            body="はい",
            now=town.clock(),
        )
    town.post.is_down = True
    town.turn(AHEAD)
    town.post.is_down = False
    town.turn(OPENING)
    assert town.post.arrived == ["はい"]


def test_a_claim_from_a_clock_that_was_ahead_ends_in_doubt_and_not_in_silence(tmp_path: Path) -> None:
    town = started(tmp_path, *WORK)

    def cut_off(_outgoing: OutboxMessage) -> Sent:
        raise KeyboardInterrupt

    town.clock.moment = at(AHEAD)
    with pytest.raises(KeyboardInterrupt):
        tick(town.database, town.look, word, tell, {"mail": cut_off}, town.clock)
    town.turn(OPENING)
    with town.database.reading() as inside:
        assert len(outbox.outgoing_in(inside, "doubtful")) == 1


def test_a_clock_that_goes_back_and_forth_within_the_day_says_each_thing_once(tmp_path: Path) -> None:
    town = started(tmp_path, *WORK)
    for hour in (12, 9, 16, 10, 14, 9):
        assert town.turn(OPENING, hour).fault is None
    assert sorted(town.post.arrived) == EXPECTED


def test_what_waits_longer_than_every_pause_still_waits_for_its_day(tmp_path: Path) -> None:
    assert max(*BACKOFF, REST) < claims.FAR
    town = started(tmp_path, *WORK)
    refusals = []

    def refuse(outgoing: OutboxMessage) -> Sent:
        refusals.append(outgoing.attempts)
        raise NotDelivered("後で")

    for _ in range(60):
        town.clock.pass_by(minutes=5)
        assert tick(town.database, town.look, word, tell, {"mail": refuse}, town.clock).fault is None
    assert max(refusals) > 5
    with town.database.reading() as inside:
        assert len(outbox.outgoing_in(inside, "waiting")) == 2


def _turns_until(folder: Path, point: int | None) -> None:
    """Three turns, or as many as there are before the process is cut off at that point."""
    fuse = Fuse(point)
    with fuse.in_every_connection():
        for minutes in range(3):
            town = Town(folder, *WORK, evaluation("halls", FORMS), fuse=fuse)
            town.clock.pass_by(minutes=minutes)
            town.turn()


@pytest.mark.parametrize(
    "points", [pytest.param((25, 61), id="slice"), pytest.param(range(5, 120, 6), marks=pytest.mark.slow)]
)
def test_of_three_processes_at_once_one_or_two_may_die_anywhere(tmp_path: Path, points: range) -> None:
    for point in points:
        folder = tmp_path / str(point)
        started(folder)
        cuts = (point, point * 2, None)
        processes = [PROCESSES.Process(target=_turns_until, args=(folder, cut)) for cut in cuts]
        for process in processes:
            process.start()
        for process in processes:
            process.join(PATIENCE)
        ends = [process.exitcode for process in processes]
        assert ends[-1] == 0 and 9 in ends and set(ends) <= {0, 9}, (point, ends)
        town = Town(folder, *WORK, evaluation("halls", FORMS))
        for _ in range(3):
            town.clock.pass_by(minutes=5)
            assert town.turn().fault is None
            settle_doubtful(town.database, {"mail": town.post.look}, town.clock)
        assert sorted(Post(folder).arrived) == sorted(
            [*EXPECTED, "2023-07-03 mailbox:halls halls:opening:1"]
        ), point
