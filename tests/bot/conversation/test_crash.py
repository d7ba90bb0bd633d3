"""The process is ended before and after each statement and outgoing call; nothing is lost, nothing twice."""

import multiprocessing
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.app.tables import MIGRATIONS
from bot.conversation.conversation import Handled
from bot.message import Message, Reply
from bot.operations.restore import restore
from bot.storage import audit, backup
from bot.storage.database import DatabaseFile
from bot.storage.migrations import prepare
from knowledge.storage.migration import Migration
from reminders.delivery import Sent, deliver_claimed, deliver_waiting, settle_doubtful
from reminders.storage import outbox
from reminders.storage.outbox_message import OutboxMessage
from tests.bot.conversation.floor import NOON, Clock, conversation, fresh_database, said
from tests.bot.fuse import Fuse
from tests.waiting import PATIENCE

if TYPE_CHECKING:
    from sqlite_utils import Database

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.bot.conversation.test_crash"])

Story = Callable[[Path, Fuse], None]


def points(story: Story, folder: Path, every: int) -> list[int]:
    """The crash points of a story, all of them or one in `every`, found by letting it run undisturbed."""
    fuse = Fuse()
    folder.mkdir()
    with fuse.in_every_connection():
        story(folder, fuse)
    assert fuse.passed > 10
    return list(range(1, fuse.passed + 1, every))


def crash(story: Story, folder: Path, point: int) -> None:
    """Run the story in a process of its own, which ends at `point`."""
    process = PROCESSES.Process(target=_run, args=(story, folder, point))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == 9


def _run(story: Story, folder: Path, point: int) -> None:
    fuse = Fuse(point)
    with fuse.in_every_connection():
        story(folder, fuse)


class World:
    """Everything beyond the process: what people on the channel saw, kept in a file that outlives a crash."""

    def __init__(self, folder: Path, fuse: Fuse | None = None) -> None:
        self.file = folder / "world.txt"
        self.fuse = fuse or Fuse()

    def happened(self, line: str) -> None:
        with self.fuse.around(), self.file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def count(self, line: str) -> int:
        return self.file.read_text(encoding="utf-8").splitlines().count(line) if self.file.exists() else 0

    def send(self, outgoing: OutboxMessage) -> Sent:
        self.happened(f"letter {outgoing.in_reply_to}")
        return Sent("ts-1")

    def look(self, outgoing: OutboxMessage) -> Sent | None:
        return Sent("ts-1") if self.count(f"letter {outgoing.in_reply_to}") else None


def submit(message: Message) -> Handled:
    """An effect that must happen once: a line in the audit."""

    def change(database: "Database") -> Reply:
        audit.record(database, audit.AuditLine(NOON, "owner", "提出", message.key))
        return Reply("提出しました。")

    return change


def at_once(folder: Path, fuse: Fuse) -> None:
    """Received, acknowledged, handled and claimed in one, sent."""
    database, world = DatabaseFile(folder / "kaikaku.db"), World(folder, fuse)
    talk = conversation(database, submit)
    received = talk.receive(said("提出"))
    world.happened("acknowledged")
    outgoing = talk.handle_claiming(received)
    assert outgoing is not None
    deliver_claimed(database, world.send, outgoing, Clock())
    deliver_waiting(database, {"slack": world.send}, Clock())


def by_a_round(folder: Path, fuse: Fuse) -> None:
    """Received, acknowledged, handled, then claimed and sent by another."""
    one_message(folder, fuse, "slack")


def on_the_page(folder: Path, fuse: Fuse) -> None:
    """Received, handled, taken along with the response."""
    one_message(folder, fuse, "page")


def one_message(folder: Path, fuse: Fuse, channel: str) -> None:
    database, world = DatabaseFile(folder / "kaikaku.db"), World(folder, fuse)
    talk = conversation(database, submit)
    received = talk.receive(said("提出", channel=channel))
    world.happened("acknowledged")
    talk.handle(received)
    deliver_waiting(database, {"slack": world.send}, Clock())


def after_restart(folder: Path, channel: str, look: bool) -> World:
    """What the next process does, the channel repeating what was not acknowledged to it."""
    database, world, clock = DatabaseFile(folder / "kaikaku.db"), World(folder), Clock()
    talk = conversation(database, submit, clock)
    if not world.count("acknowledged"):
        talk.receive(said("提出", channel=channel))
    talk.handle_waiting()
    for _ in range(3):
        clock.pass_by(minutes=5)
        deliver_waiting(database, {"slack": world.send}, clock)
        settle_doubtful(database, {"slack": world.look} if look else {}, clock)
    return world


def submissions(folder: Path) -> int:
    with DatabaseFile(folder / "kaikaku.db").reading() as inside:
        return len(audit.lines(inside))


@pytest.fixture(params=[pytest.param(7, id="slice"), pytest.param(1, id="all", marks=pytest.mark.slow)])
def every(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize("sent", [at_once, by_a_round])
def test_a_message_on_slack_survives_every_crash(tmp_path: Path, every: int, sent: Story) -> None:
    for point in points(_in_made(sent), tmp_path / "count", every):
        folder = tmp_path / str(point)
        fresh_database(folder)
        crash(sent, folder, point)
        world = after_restart(folder, "slack", look=True)
        assert submissions(folder) == 1, point
        assert world.count("letter slack:1") == 1, point


def _in_made(story: Story) -> Story:
    def made(folder: Path, fuse: Fuse) -> None:
        fresh_database(folder)
        fuse.passed = 0
        story(folder, fuse)

    return made


@pytest.mark.parametrize("sent", [at_once, by_a_round])
def test_where_nobody_can_look_a_letter_is_sent_at_most_once_and_a_lost_one_is_known(
    tmp_path: Path, every: int, sent: Story
) -> None:
    for point in points(_in_made(sent), tmp_path / "count", every):
        folder = tmp_path / str(point)
        database = fresh_database(folder)
        crash(sent, folder, point)
        world = after_restart(folder, "slack", look=False)
        with database.reading() as inside:
            known = len(outbox.outgoing_in(inside, "sent")) + len(outbox.outgoing_in(inside, "doubtful"))
        assert submissions(folder) == 1 and known == 1, point
        assert world.count("letter slack:1") <= 1, point


def test_a_message_on_the_page_survives_every_crash(tmp_path: Path, every: int) -> None:
    for point in points(_in_made(on_the_page), tmp_path / "count", every):
        folder = tmp_path / str(point)
        database = fresh_database(folder)
        crash(on_the_page, folder, point)
        after_restart(folder, "page", look=False)
        assert submissions(folder) == 1, point
        with database.reading() as inside:
            assert [one["state"] for one in inside["letters"].rows_where("channel = 'page'")] == ["sent"], (
                point
            )


MORE = (*MIGRATIONS, Migration("more-1", "CREATE TABLE more (a TEXT) STRICT; INSERT INTO more VALUES ('x');"))


def upgrade(folder: Path, fuse: Fuse) -> None:
    """A newer version starts on a database with something in it."""
    prepare(folder / "kaikaku.db", MORE, version="0.2.0", now=NOON)


def test_an_upgrade_that_is_cut_off_is_made_at_the_next_start(tmp_path: Path, every: int) -> None:
    for point in points(_in_made(upgrade), tmp_path / "count", every):
        folder = tmp_path / str(point)
        database = fresh_database(folder)
        conversation(database).take(said("はい"))
        crash(upgrade, folder, point)
        for left in folder.glob("backups/*.db"):
            assert backup.checked(left)["messages"] == 1
            left.unlink()
        upgrade(folder, Fuse())
        with database.reading() as inside:
            assert len(list(inside.query("SELECT * FROM more"))) == 1
            assert len(list(inside.query("SELECT * FROM messages"))) == 1


def bring_back(folder: Path, fuse: Fuse) -> None:
    """Yesterday's backup takes the place of today's database."""
    restore(folder / "kaikaku.db", folder / "yesterday.db", MIGRATIONS, version="0.1.0", now=NOON)


def with_yesterday(folder: Path) -> DatabaseFile:
    database = fresh_database(folder)
    conversation(database).take(said("昨日", key="yesterday"))
    backup.back_up(database.path, folder / "yesterday.db")
    conversation(database).take(said("今日", key="today"))
    return database


def test_a_restore_that_is_cut_off_leaves_the_old_or_the_new_whole(tmp_path: Path, every: int) -> None:
    before = tmp_path / "before"
    with_yesterday(before).close()

    def counted(folder: Path, fuse: Fuse) -> None:
        shutil.copytree(before, folder, dirs_exist_ok=True)
        bring_back(folder, fuse)

    # It has several hundred points, nearly all of them in the schema: a slice is thinner than of the others.
    for point in points(counted, tmp_path / "count", every**2):
        folder = shutil.copytree(before, tmp_path / str(point))
        database = DatabaseFile(folder / "kaikaku.db")
        crash(bring_back, folder, point)
        with database.reading() as inside:
            assert backup.faults(inside.conn) == []
            keys = [row["key"] for row in inside.query("SELECT key FROM messages ORDER BY id")]
        assert keys in (["yesterday", "today"], ["yesterday"])
        for left in folder.glob("backups/*"):
            left.unlink()
        bring_back(folder, Fuse())
        with database.reading() as inside:
            assert [row["key"] for row in inside.query("SELECT key FROM messages")] == ["yesterday"]
        assert not list(folder.glob("restoring-*"))
