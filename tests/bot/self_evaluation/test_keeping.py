"""The process ends before and after each statement: an answer is kept once or not at all, an entry exactly once."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bot import audit
from bot.message import Message
from tests.bot.fuse import Crash, Fuse, raise_crash
from tests.bot.self_evaluation.town_hall import DEPUTY, HEAD, OWNER, TownHall

Story = Callable[[TownHall], Message]


def an_answer(hall: TownHall) -> Message:
    hall.say(OWNER, "3-1-2の自己評価", "順調")
    return hall.message(OWNER, "14,561千円")


def a_submission(hall: TownHall) -> Message:
    hall.say(OWNER, "3-1-2の自己評価", "順調", "目標どおり", "14,561千円", "スキップ")
    hall.say(OWNER, "文化振興課が9月までに案内を改める")
    return hall.message(OWNER, "提出")


def a_takeover(hall: TownHall) -> Message:
    hall.say(OWNER, "3-1-2の自己評価", "順調", "14,561千円")
    hall.say(OWNER, "中断")
    return hall.message(DEPUTY, "3-1-2の自己評価")


def a_return(hall: TownHall) -> Message:
    hall.enter(OWNER)
    return hall.message(HEAD, "3-1-2を差戻し 要因を詳しく")


def outcome(hall: TownHall) -> object:
    """Everything that is to be the same however often the process ended."""
    kept = hall.draft()
    with hall.database.reading() as inside:
        lines = [(line.who, line.what, line.subject) for line in audit.lines(inside)]
        waiting = [row["handled_at"] for row in inside.query("SELECT handled_at FROM messages")]
        faults = [row["fault"] for row in inside.query("SELECT fault FROM messages")]
    assert None not in waiting and not any(faults)
    found = hall.entries()
    draft = (kept.draft, kept.at_it) if kept else None
    return [(one.version, one.figures, [step.step for step in one.sign_offs]) for one in found], draft, lines


@pytest.fixture(params=[pytest.param(5, id="slice"), pytest.param(1, id="all", marks=pytest.mark.slow)])
def every(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize("story", [an_answer, a_submission, a_takeover, a_return])
def test_what_was_received_is_done_once_wherever_the_process_ends(
    tmp_path: Path, story: Story, every: int
) -> None:
    def told(folder: Path, fuse: Fuse) -> TownHall:
        folder.mkdir()
        hall = TownHall(folder)
        message = story(hall)
        hall.database.close()
        with suppress(Crash), fuse.in_every_connection():
            hall.conversation.take(message)
        hall.database.close()
        after = TownHall(folder)
        after.conversation.handle_waiting()
        # Whoever heard nothing says it again.
        after.conversation.take(message)
        return after

    counting = Fuse()
    wanted = outcome(told(tmp_path / "count", counting))
    assert counting.passed > 20
    for point in range(1, counting.passed + 1, every):
        assert outcome(told(tmp_path / str(point), Fuse(point, raise_crash))) == wanted, point
