"""Conversations that go from a terminal to the page and back, as written in tests/conversations/page."""

from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from bot.storage.entry import EntryState
from tests.bot.channels.web.staff import Page, Staff, open_bot
from tests.conversation_files import CONVERSATIONS, Sitting, Turn, read_sittings
from tests.terminals import piped

BETWEEN = "/区切り"
ENDS = "その指示はありません。/help で使い方、/quit で終わりです。"
FIELDS = {
    "状況": "state",
    "実績見込み": "forecast",
    "実績": "actual",
    "差の要因": "causes",
    "うまくいった要因": "success",
    "課題と改善": "problems",
    "訂正の理由": "why",
}
STATES = {state.label: state.value for state in EntryState}


def is_on_the_page(turn: Turn) -> bool:
    return turn.line.partition(" ")[0] in ("画面", "記入", "押す")


class AtThePage:
    """One person's page: opened, filled in, and sent when a button is pressed."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.written: dict[str, str] = {}
        self.page: Page | None = None

    def does(self, line: str) -> str:
        """What is then seen, each run of blanks as one."""
        way, _, what = line.partition(" ")
        if way == "記入":
            name, _, value = what.partition("＝")
            self.written[FIELDS[name]] = STATES.get(value, value)
            return ""
        self.page = self.staff.open(what) if way == "画面" else self.pressed(what)
        return " ".join(self.page.words.split())

    def pressed(self, button: str) -> Page:
        assert self.page is not None, "a page is opened first"
        written, self.written = self.written, {}
        return self.staff.press(self.page, button, **written)


def in_the_terminal(sitting: Sitting, turns: list[Turn], folder: Path) -> None:
    run = piped(sitting.words, folder, "".join(f"{turn.line}\n{BETWEEN}\n" for turn in turns))
    assert (run.returncode, run.stderr) == (0, "")
    for turn, reply in zip(turns, run.stdout.split(ENDS), strict=False):
        turn.check(reply)


@pytest.mark.parametrize("path", sorted((CONVERSATIONS / "page").glob("*.txt")), ids=lambda path: path.stem)
def test_a_conversation_goes_on_wherever_it_was_left(path: Path, tmp_path: Path) -> None:
    for sitting in read_sittings(path):
        today = date.fromisoformat(sitting.today or "")
        page = AtThePage(Staff(open_bot(tmp_path / "data", today), sitting.person))
        for on_the_page, turns in groupby(sitting.turns, is_on_the_page):
            if not on_the_page:
                in_the_terminal(sitting, list(turns), tmp_path)
                continue
            for turn in turns:
                turn.check(page.does(turn.line))
