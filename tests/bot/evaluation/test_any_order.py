"""Two people of a department, in any order of messages, stale buttons, forms and restarts, over a real database."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.message import Choice, Press, Reply
from bot.storage import entry_store
from bot.storage.draft import FieldAnswer
from bot.storage.draft_store import Kept
from bot.storage.entry import Entry, EntryState
from tests.bot.conversation.floor import Clock
from tests.bot.evaluation.sheets import FORM
from tests.bot.evaluation.town_hall import DEPUTY, JULY, OWNER, TownHall, fitting

PEOPLE = st.sampled_from((OWNER, DEPUTY))
PLACES = st.sampled_from(("page", "page", "desk"))
ANSWERS = ("順調", "遅れ", "14,561千円", "12,000千円", "未定", "工事で二か月休館したため")
PLANS = ("文化振興課が9月までに案内を改める", "検討する", "わかりません")
DOUBTS = ("1,456", "△2,413千円", "145,610千円", "第3四半期", "去年はいくら？", "はい", "いいえ")
COMMANDS = (
    "戻る",
    "スキップ",
    "修正 2",
    "修正",
    "中断",
    "再開",
    "中止",
    "消す",
    "残りはそのまま",
    "このまま",
)
TEXTS = st.sampled_from((*ANSWERS, *ANSWERS, *PLANS, *DOUBTS, *COMMANDS, "提出", "提出", "3-1-2の自己評価"))
FIELDS = {
    "state": st.sampled_from(("on_track", "behind")),
    "forecast": st.sampled_from(("14,561千円", "12,000千円", "1,456千円", "未定")),
    "actual": st.sampled_from(("14,561千円", "△14,561千円")),
    "causes": st.just("工事で二か月休館したため"),
    "problems": st.sampled_from(PLANS),
}


class Office(RuleBasedStateMachine):
    """What was answered stays answered, what is stale changes nothing, what is submitted is whole."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock(JULY)
        self.hall = TownHall(Path(self.folder.name), self.clock)
        self.shown: dict[str, list[Reply]] = {OWNER: [], DEPUTY: []}
        self.versions: tuple[Entry, ...] = ()
        self.hear(OWNER, self.hall.say(OWNER, "3-1-2の自己評価"))

    def hear(self, person: str, reply: Reply) -> None:
        assert reply.kind != "error", reply.text
        self.shown[person].append(reply)

    @rule(person=PEOPLE, text=TEXTS, at=PLACES)
    def say(self, person: str, text: str, at: str) -> None:
        before = self.hall.draft()
        self.hear(person, self.hall.say(person, text, at=at))
        self.nothing_is_lost(before, most=2)
        if before is not None and before.at_it not in (None, person):
            after = self.hall.draft()
            assert after is not None and after.draft == before.draft

    @rule(steps=st.integers(1, 6))
    def go_on_as_asked(self, steps: int) -> None:
        """Whoever is at it does what the draft asks for."""
        for _ in range(steps):
            kept = self.hall.draft()
            if kept is None or kept.at_it is None:
                return
            self.hear(kept.at_it, self.hall.say(kept.at_it, fitting(kept.draft)))
            self.nothing_is_lost(kept, most=1)

    @rule(person=PEOPLE)
    def come_to_it(self, person: str) -> None:
        """A new draft, the one that is there, or a correction of what was submitted."""
        reply = self.hall.say(person, "3-1-2の自己評価")
        self.hear(person, reply)
        if reply.choices and reply.choices[0].label == "訂正する":
            self.press_one(person, reply.choices[0])

    @rule(person=PEOPLE, back=st.integers(1, 3), number=st.integers(0, 8))
    def press(self, person: str, back: int, number: int) -> None:
        """A button of one of the last replies: mostly stale."""
        replies = self.shown[person][-back:]
        if not replies or number >= len(replies[0].choices):
            return
        self.press_one(person, replies[0].choices[number])

    @rule(person=PEOPLE, number=st.integers(0, 8))
    def press_the_last(self, person: str, number: int) -> None:
        if self.shown[person] and number < len(self.shown[person][-1].choices):
            self.press_one(person, self.shown[person][-1].choices[number])

    def press_one(self, person: str, choice: Choice) -> None:
        before = self.hall.draft()
        press = Press(choice.action, choice.value, revision=choice.revision)
        self.hear(person, self.hall.conversation.take(self.hall.message(person, choice.label, press)))
        is_on_draft = choice.value.partition(":")[0].isdecimal() and not choice.value.endswith(":take")
        if is_on_draft and before is not None and choice.revision != before.draft.revision:
            after = self.hall.draft()
            assert after is not None and after.draft == before.draft
        self.nothing_is_lost(before, most=9 if choice.value.endswith(":rest") else 2)

    @rule(person=PEOPLE, filled=st.fixed_dictionaries({}, optional=FIELDS), is_left=st.booleans())
    def send_a_form(self, person: str, filled: dict[str, str], is_left: bool) -> None:
        """Everything at once; what the form left empty is not filled in."""
        reply = self.hall.say(person, "まとめて入力")
        if reply.form is None:
            return
        before = self.hall.draft()
        self.hear(person, self.hall.send(person, reply, another="下書きを保存" if is_left else "", **filled))
        self.nothing_is_lost(before, most=9)

    @rule(days=st.integers(0, 3))
    def restart(self, days: int) -> None:
        said = self.hall.said
        self.hall.database.close()
        self.clock.pass_by(days=days)
        self.hall = TownHall(Path(self.folder.name), self.clock)
        self.hall.said = said

    def nothing_is_lost(self, before: Kept | None, most: int) -> None:
        """The draft still has every answer, at most so many of them new or other; else it was left on purpose."""
        after = self.hall.draft()
        if before is None or after is None or after.draft.number != before.draft.number:
            return
        was, now = before.draft.answers, after.draft.answers
        given = {key for key, answer in was.items() if not answer.is_skipped}
        assert given <= {key for key, answer in now.items() if not answer.is_skipped}
        assert sum(was.get(key, FieldAnswer()) != answer for key, answer in now.items()) <= most
        assert after.draft.revision >= before.draft.revision
        assert (after.draft.revision == before.draft.revision) is (after.draft == before.draft)

    @invariant()
    def what_is_submitted_is_whole_and_stays(self) -> None:
        if not hasattr(self, "hall"):
            return
        with self.hall.database.reading() as inside:
            now = entry_store.versions(inside, "R5", "3-1-2")
        assert now[: len(self.versions)] == self.versions
        for entry in now[len(self.versions) :]:
            assert [(one.year.short, one.row.code) for one in entry.figures] == [
                ("R4", "3-1-2"),
                ("R5", "3-1-2"),
            ]
            assert all((one.value is None) == bool(one.written) for one in entry.figures)
            differs = entry.state is not EntryState.ON_TRACK or any(
                _is_off(one.value) for one in entry.figures
            )
            assert bool(entry.causes) is differs and not (entry.causes and entry.success)
            assert 0 < len(entry.problems) <= FORM.longest_comment
            assert bool(entry.why) is (entry.version > 1)
        self.versions = now

    def teardown(self) -> None:
        if hasattr(self, "hall"):
            self.hall.database.close()
            self.folder.cleanup()


def _is_off(value: int | None) -> bool:
    return value is not None and abs(value - 14_561_000) * 10 > 14_561_000


def test_in_any_order_nothing_is_lost_and_what_is_submitted_is_whole() -> None:
    run_state_machine_as_test(Office, settings=settings(max_examples=8, stateful_step_count=25))


@pytest.mark.slow
def test_in_many_orders_nothing_is_lost_and_what_is_submitted_is_whole() -> None:
    run_state_machine_as_test(Office, settings=settings(max_examples=60, stateful_step_count=50))
