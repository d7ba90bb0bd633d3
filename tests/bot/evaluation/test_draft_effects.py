"""The process ends before and after each statement: an answer is kept once or not at all, an entry exactly once."""

import multiprocessing
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bot.message import Message, Press
from bot.storage import audit
from tests.bot.evaluation.town_hall import DEPUTY, HEAD, OWNER, TownHall
from tests.bot.fuse import Crash, Fuse, raise_crash
from tests.waiting import PATIENCE

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.bot.evaluation.town_hall"])

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


def a_form(hall: TownHall) -> Message:
    form = hall.say(OWNER, "3-1-2の自己評価", "まとめて入力").form
    assert form is not None
    given = {"state": "on_track", "forecast": "14,561千円", "actual": "未定", "problems": "検討する"}
    fields = tuple((one.name, given.get(one.name.partition("/")[0], "")) for one in form.fields)
    return hall.message(OWNER, form.submit, Press(form.action, form.value, fields, form.revision))


def a_throwing_away(hall: TownHall) -> Message:
    hall.say(OWNER, "3-1-2の自己評価", "順調", "中止")
    return hall.message(OWNER, "下書きを消す")


def a_correction(hall: TownHall) -> Message:
    hall.enter(OWNER)
    hall.press(OWNER, hall.say(OWNER, "3-1-2の自己評価"), "訂正する")
    hall.say(OWNER, "修正 2", "14,000千円", "桁の確認をしたため")
    return hall.message(OWNER, "提出")


def a_confirmation(hall: TownHall) -> Message:
    hall.enter(OWNER)
    choice = hall.say(HEAD, "3-1-2の確認").choices[0]
    return hall.message(HEAD, choice.label, Press(choice.action, choice.value, revision=choice.revision))


STORIES = {
    one.__name__: one
    for one in (
        *(an_answer, a_submission, a_takeover, a_return),
        *(a_form, a_throwing_away, a_correction, a_confirmation),
    )
}


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


def said_before(folder: Path, story: Story) -> tuple[Path, Message]:
    """A folder with what was said so far, and what is said then."""
    before = folder / "before"
    before.mkdir()
    hall = TownHall(before)
    message = story(hall)
    hall.database.close()
    return before, message


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_what_was_received_is_done_once_wherever_the_process_ends(
    tmp_path: Path, story: Story, every: int
) -> None:
    before, message = said_before(tmp_path, story)

    def told(folder: Path, fuse: Fuse) -> TownHall:
        hall = TownHall(shutil.copytree(before, folder))
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


def _killed(folder: Path, story: str, point: int) -> None:
    """A process of its own, which is gone at that point as a power cut would have it."""
    hall = TownHall(folder)
    message = STORIES[story](hall)
    hall.database.close()
    with Fuse(point).in_every_connection():
        hall.conversation.take(message)


@pytest.mark.parametrize("story", ["a_submission", "a_form"])
def test_a_process_that_is_really_gone_leaves_nothing_half_done(
    tmp_path: Path, story: str, every: int
) -> None:
    for point in range(3, 36, 3 * every):
        folder = tmp_path / str(point)
        folder.mkdir()
        process = PROCESSES.Process(target=_killed, args=(folder, story, point))
        process.start()
        process.join(PATIENCE)
        after = TownHall(folder)
        after.conversation.handle_waiting()
        # Whoever heard nothing says it again, under another key: a submission is no longer possible, a form is stale.
        after.said = 100
        if story == "a_form":
            after.say(OWNER, "再開")
            kept = after.draft()
            assert kept is not None and len(kept.draft.answers) in (0, 4), point
        else:
            after.say(OWNER, "提出")
            assert [(one.version, one.problems) for one in after.entries()] == [
                (1, "文化振興課が9月までに案内を改める")
            ], point
        assert process.exitcode in (0, 9)
        assert outcome(after)
