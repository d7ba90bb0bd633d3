"""Three processes of the bot work on one draft at the same time: each answer is kept once, one entry comes of it."""

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

from bot.storage import audit
from tests.bot.conversation.floor import fresh_database
from tests.bot.evaluation.town_hall import DEPUTY, OWNER, TownHall, fitting
from tests.waiting import PATIENCE

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.bot.evaluation.town_hall"])

SEATS = ((OWNER, "page"), (OWNER, "desk"), (DEPUTY, "page"))
"""One person in two places, and a second person."""

TURNS = 20


def _insist(folder: Path, seat: int, together: Barrier) -> None:
    """Come to the draft, take it over if need be, answer what it asks, submit: whatever the others do meanwhile."""
    hall = TownHall(folder)
    hall.said = seat * 10_000
    person, at = SEATS[seat]
    told = list[str]()
    together.wait(PATIENCE)
    for _ in range(TURNS):
        reply = hall.say(person, "3-1-2の自己評価", at=at)
        if reply.choices and reply.choices[0].label == "引き継いで入力する":
            reply = hall.press(person, reply, "引き継いで入力する", at=at)
        kept = hall.draft()
        if kept is not None:
            said = fitting(kept.draft, f"14,56{seat}千円", f"{seat}番の担当が9月までに案内を改める")
            reply = hall.say(person, said, at=at)
        told += [reply.kind, *(["submitted"] if "提出しました" in reply.text else [])]
    (folder / f"told-{seat}.txt").write_text("\n".join(told), encoding="utf-8")


def test_three_processes_at_one_draft_make_one_entry_of_it(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    together = PROCESSES.Barrier(len(SEATS))
    processes = [
        PROCESSES.Process(target=_insist, args=(tmp_path, seat, together)) for seat in range(len(SEATS))
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    hall = TownHall(tmp_path)
    (entry,) = hall.entries()
    assert entry.version == 1 and entry.problems.endswith("番の担当が9月までに案内を改める")
    assert [one.value for one in entry.actual] == [14_000_000]
    assert [one.value in (14_560_000, 14_561_000, 14_562_000) for one in entry.forecast] == [True]
    told = [line for path in tmp_path.glob("told-*.txt") for line in path.read_text("utf-8").split()]
    assert told.count("submitted") == 1 and "error" not in told
    with database.reading() as inside:
        assert len(audit.lines(inside)) == 1
        rows = list(inside.query("SELECT handled_at, fault FROM messages"))
        drafts = list(inside.query("SELECT state FROM drafts"))
    assert len(rows) >= len(SEATS) * TURNS
    assert all(row["handled_at"] and not row["fault"] for row in rows)
    assert [row["state"] for row in drafts] == ["submitted"]
