"""Messages and views held against Slack's own TypeScript types: an independent reading of their shape."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack.destination import Destination
from bot.channels.slack.forms import form_view
from bot.channels.slack.home import home_view
from bot.channels.slack.render import posts
from bot.channels.slack.views import codes_view, passage_view
from bot.message import Reply
from knowledge.editions.edition import shipped
from knowledge.known import Known
from tests.bot.channels.slack.test_days import DAYS
from tests.bot.channels.slack.test_members import LONG
from tests.bot.channels.slack.test_render import FIGURES, FORM
from tests.bot.channels.slack.town import city, town
from tests.bot.channels.slack.transcript import Player, read, rendered

pytestmark = pytest.mark.slow

TYPES = Path(__file__).with_name("types")
YOUNGER_THAN_THE_TYPES = {"data_visualization"}
PATIENCE = 180
OLD = frozenset({"data_table", "context_actions"})
REPLIES = (FIGURES, replace(FIGURES, answer="{}"), LONG, Reply("入力", form=FORM))


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pinned compiler and types in it."""
    npm = shutil.which("npm")
    assert npm, "npm がありません。Node.js 20 以降を入れてください。"
    folder = tmp_path_factory.mktemp("types")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(TYPES / name, folder / name)
    subprocess.run(
        [npm, "ci", "--ignore-scripts"], cwd=folder, check=True, capture_output=True, timeout=PATIENCE
    )
    return folder


def faults(compiler: Path, typed: list[tuple[str, Any]]) -> str:
    """What tsc says of these values, each claimed to be of its type."""
    lines = ['import type { HomeView, KnownBlock, ModalView } from "@slack/types";']
    for number, (kind, value) in enumerate(typed):
        lines.append(f"export const value{number}: {kind} = {json.dumps(value, ensure_ascii=False)};")
    (compiler / "check.ts").write_text("\n".join(lines), encoding="utf-8")
    tsc = [str(compiler / "node_modules" / ".bin" / "tsc"), "--strict", "--noEmit", "--module", "nodenext"]
    run = subprocess.run([*tsc, "check.ts"], cwd=compiler, capture_output=True, text=True, timeout=PATIENCE)
    assert (run.returncode == 0) == (run.stdout == "")
    return run.stdout


def blocks_of(reply: Reply) -> list[tuple[str, Any]]:
    return [
        ("KnownBlock[]", [block for block in post.blocks if block["type"] not in YOUNGER_THAN_THE_TYPES])
        for without in (frozenset[str](), OLD)
        for post in posts(reply, 7, without)
    ]


def test_messages_and_views_have_slacks_own_shape(compiler: Path) -> None:
    edition = shipped()
    messages = [one for reply in REPLIES for one in blocks_of(reply)]
    views = [
        ("ModalView", passage_view(Known(edition).passages[30], edition)),
        ("ModalView", codes_view("3-1-2と5-1-3", edition)),
        ("ModalView", form_view(FORM, Destination("D0CLERK"), "ja")),
        ("HomeView", home_view(edition, ["3-1-2の効果額は？"], date(2024, 7, 1), "質問")),
    ]
    assert faults(compiler, [*messages, *views]) == ""


def test_everything_of_the_written_days_has_slacks_own_shape(compiler: Path, tmp_path: Path) -> None:
    typed: list[tuple[str, Any]] = []
    for path in DAYS:
        day, turns = read(path)
        with town(tmp_path / path.stem, day=day, roster=city()) as made:
            player = Player(made)
            for turn in turns:
                player.play(turn)
            messages, views = rendered(made.slack)
        for blocks in messages:
            known = [one for one in blocks if one["type"] not in YOUNGER_THAN_THE_TYPES]
            typed.append(("KnownBlock[]", known))
        typed += [("HomeView" if one["type"] == "home" else "ModalView", one) for one in views]
    assert len(typed) > 50 and faults(compiler, typed) == ""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("KnownBlock[]", [{"type": "nonsense"}]),
        ("KnownBlock[]", [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]),
        ("KnownBlock[]", [{"type": "context"}]),
        ("ModalView", {"type": "modal", "blocks": []}),
    ],
)
def test_a_wrong_shape_is_noticed(compiler: Path, kind: str, value: Any) -> None:
    assert "error TS2" in faults(compiler, [(kind, value)])
