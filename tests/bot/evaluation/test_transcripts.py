"""The written conversations through the core alone: what is typed or chosen by its number, without any channel."""

from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.channels.terminal.render import drawn
from bot.message import Message, Press, Reply
from bot.settings import Settings
from tests.conversation_files import CONVERSATIONS, Sitting, read_sittings

BY_FIELDS = {"evaluation_form"}
"""Here the terminal asks for one field of a form after the other."""


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(CONVERSATIONS.glob("evaluation_*.txt")) if path.stem not in BY_FIELDS],
    ids=lambda path: path.stem,
)
def test_a_self_evaluation_goes_through_the_core_as_it_is_written(path: Path, tmp_path: Path) -> None:
    for number, sitting in enumerate(read_sittings(path)):
        app = open_app(
            Settings.from_environment(
                {"KAIKAKU_DATA": str(tmp_path), "KAIKAKU_TODAY": sitting.today or ""}, {}
            )
        )
        _talk(app, sitting, f"page-{number}")
        app.database.close()


def _talk(app: App, sitting: Sitting, conversation: str) -> None:
    reply = Reply("はじめに")
    for number, turn in enumerate(sitting.turns):
        chosen = int(turn.line) if turn.line.isdecimal() else 0
        press = None
        if 0 < chosen <= len(reply.choices):
            choice = reply.choices[chosen - 1]
            press = Press(choice.action, choice.value, revision=choice.revision)
        key = f"{conversation}-{number}"
        reply = app.conversation.take(
            Message("page", key, conversation, conversation, turn.line, sitting.person, press)
        )
        turn.check("\n".join(drawn(reply)))
